"""The bench of edits plays a small population to the end; its figures are nobody's test."""

import pytest

from bench.edits.measure import edits
from bench.edits.play import story
from bench.edits.steward import Steward
from bench.edits.switches import SWITCHES
from bench.edits.verdict import ZERO, verdict


def test_a_small_population_is_played_and_judged(capfd: pytest.CaptureFixture[str]) -> None:
    ours = edits(12, [1], rounds=4, show_=1).ours
    assert ours["at_rest"] and ours["acts"]["edit"] > 5 and ours["hub_writes"] > 20
    assert all(isinstance(ours[name], int) for name in (*ZERO, "not_silent", "raced"))
    assert {"before", "pulling", "pulled", "gap"} >= ours["moments"].keys() > {"before"}
    assert any(name.startswith("mapping ") for name in ours["acts"])
    assert "round 4" in capfd.readouterr().err


def test_a_rule_that_is_switched_off_is_back_afterwards() -> None:
    from bench.edits import mishaps
    from bench.edits.between import Between

    before = mishaps.lacking, Between.fetch, Between.pull
    for switch in SWITCHES.values():
        with switch():
            pass
    assert before == (mishaps.lacking, Between.fetch, Between.pull)


def test_nobody_at_work_and_nothing_wrong_breaks_no_promise() -> None:
    with story(10, 3, 0, "sqlite") as quiet:
        quiet.play(0)
        found = verdict(quiet)
        assert quiet.at_rest and not found.found and found.not_silent == 0
        assert isinstance(quiet.steward, Steward) and quiet.steward.rejected == 0


def test_what_people_type_is_in_the_journal_as_it_reads() -> None:
    with story(6, 3, 1, "sqlite") as one:
        place = next(
            it for it in sorted(one.register.owners) if it.system == "hubspot" and it.object == "contacts"
        )
        found = one.hands.look(place)
        assert found is not None
        lens = one.hands.lenses(place)["birth_date"]
        (line,) = one.hands.type(place, lens.write("1999-12-31"), "edit")
        assert (line.before, line.after) == (found.values["birth_date"], "1999-12-31")
        assert line.customer == one.register.owners[place] and line.deliberate
        assert one.hands.type(place, lens.write("1999-12-31"), "edit") == []
        assert one.hands.delete(place) and one.hands.look(place) is None
        assert place not in one.register.living(line.customer)
