"""Killed at any point and run again, it comes to what it would have come to undisturbed.

The store (but for ids, times and what tells how it came about) and each system's own journal of what the hub
wrote are equal. The points are not listed anywhere: see ``crash_child.py``. Between two points nothing that
lasts is done, so every moment at which a process can die is one of them.
"""

import pytest

from tests.databases import Databases
from tests.integration.crash_story import Kill, Outcome, tell
from tests.integration.dump import unsettled

PHASES = {
    "pull": ("land.", "remap."),
    "admit": ("admit.",),
    "reconcile": ("reconcile.", "rescore.", "components.", "cluster."),
    "plan": ("plan.", "judge."),
    "push": (
        "push.",
        "exchange._once",
        "exchange._note_sending",
        "exchange._receipts",
        "exchange._put_back",
        "recheck.",
        "lookup.",
    ),
    "receipt": ("exchange._look_again", "answers."),
    "ledger of runs, people, sweep and audit": ("running.", "verbs.", "decisions.", "sweep."),
}
"""Phase → how the names of its points begin."""


@pytest.fixture(scope="module")
def whole(databases: Databases) -> Outcome:
    """The story as it goes when nobody is killed."""
    return tell(databases, keep=True)


def _kills(whole: Outcome, dialect: str) -> list[Kill]:
    """The first time something lasting was done in each place, on SQLite the last time too.

    What a system is asked leaves nothing behind, and nor does a transaction that is not committed: to die
    there is to die where something last did. A request may have arrived, or not.
    """
    lasting = [one for one in whole.passed if _lasts(one)]
    first = {one.point.name: one for one in reversed(lasting)}
    if dialect == "postgresql":
        return [one for one in whole.passed if one in first.values()]
    last = {one.point.name: one for one in [*lasting, *filter(_is_about_to_send, whole.passed)]}
    every = {*first.values(), *last.values()}
    return [one for one in whole.passed if one in every]


def _lasts(one: Kill) -> bool:
    """Whether this point comes after something that lasts."""
    return one.point.name.endswith(": committed") or "exchange._receipts: answered" in one.point.name


def _is_about_to_send(one: Kill) -> bool:
    """Whether a system is told something after this point."""
    return "exchange._receipts: before" in one.point.name


def _phase(kill: Kill) -> str:
    for phase, begins in PHASES.items():
        if kill.point.name.startswith(begins):
            return phase
    raise AssertionError(f"no phase has the point {kill.point.name}")


def test_the_story_has_everything_in_it_and_comes_to_rest(whole: Outcome) -> None:
    assert unsettled(whole.dump) == []
    assert {_phase(one) for one in whole.passed} == set(PHASES)
    actions = {(system, action) for system, _, _, action, *_ in whole.written}
    assert actions >= {("brevo", "update"), ("hubspot", "update"), ("hubspot", "create")}
    for table in ("quarantine", "redirect", "decided", "refused", "ledger", "judgement"):
        assert whole.dump[table], table
    assert any('"deleted":true' in one for one in whole.dump["source_record"])


@pytest.mark.parametrize("chapter", [0, 1, 4])
def test_told_again_from_a_chapter_on_it_is_the_same(
    chapter: int, whole: Outcome, databases: Databases
) -> None:
    assert tell(databases, since=whole.moments[chapter]).differences(whole) == []


@pytest.mark.parametrize("phase", PHASES)
def test_killed_anywhere_and_run_again_nothing_is_different(
    phase: str, whole: Outcome, databases: Databases
) -> None:
    mine = [one for one in _kills(whole, databases.dialect) if _phase(one) == phase]
    print(*mine, sep="\n")  # the table of names, shown where this fails
    told = {one: tell(databases, one, since=whole.moments[one.chapter], like=whole) for one in mine}
    assert [str(one) for one, outcome in told.items() if not outcome.killed] == []
    assert {str(one): some for one, outcome in told.items() if (some := outcome.differences(whole))} == {}


@pytest.mark.parametrize("sent", ["batch/create", "PUT /v3/contacts/{key}"])
def test_killed_again_while_it_makes_a_kill_good_nothing_is_different(
    sent: str, whole: Outcome, databases: Databases
) -> None:
    """Some transactions are only ever made after a kill: what became of a creation without an answer."""
    first = next(one for one in whole.passed if "answered" in one.point.name and sent in one.point.name)
    usual = {one.point.name for one in whole.passed}
    since = whole.moments[first.chapter]
    recovered = [one for one in tell(databases, first, since=since).passed if one.chapter == first.chapter]
    new = [one for one in recovered if one.point.name not in usual or one.point.name in _CLOSING]
    second = [one for one in new if _lasts(one) or _is_about_to_send(one)]
    told = {one: tell(databases, first, one, since=since, like=whole) for one in second}
    assert told and {one.killed for one in told.values()} == {2}
    assert {str(one): some for one, outcome in told.items() if (some := outcome.differences(whole))} == {}


_CLOSING = ("push.close_unanswered: committed",)
