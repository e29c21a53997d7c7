"""The write-back loop against a simulated world, judged by the people's own journal."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bench.convergence.story import Outcome, run


@settings(max_examples=150, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_no_edit_is_lost_no_write_is_an_echo_and_the_world_comes_to_rest(seed: int) -> None:
    outcome = run(seed)
    assert outcome.lost_edits == 0
    assert outcome.echo_writes == 0
    assert outcome.writes_at_rest == 0
    assert outcome.disagreeing_cells == 0
    assert outcome.stale_winners == 0


def test_the_judge_sees_red_when_the_echo_rules_are_off() -> None:
    blind: list[Outcome] = [run(seed, echo=False) for seed in range(60)]
    assert sum(one.echo_writes for one in blind) > 50
    assert sum(one.stale_winners for one in blind) > 0
