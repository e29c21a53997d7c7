"""The same work begun by two processes at once: it is done once, whoever of the two does it."""

from collections.abc import Sequence
from dataclasses import dataclass
from threading import BrokenBarrierError
from typing import Any

import pytest

from hub.store.engine import Store
from tests.databases import Databases
from tests.integration.crash_child import Point, Verb
from tests.integration.crash_story import PUBLISHES, SYNC, Outcome, begin, finished, forks, orders, tell
from tests.integration.stage import Stage

PATIENCE = 2.0
"""Seconds one waits for the other to come as far; by then it is held up, which is what it should be."""
FIRST, APPROVED, EDITED = 0, 1, 4
"""Chapters: everything is new; the first load was released; people edit."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """Where two processes wait for each other, so that neither is ahead."""

    barrier: Any

    def __call__(self) -> None:
        try:
            self.barrier.wait(PATIENCE)
        except BrokenBarrierError:
            return


CASES: dict[str, tuple[int, list[Verb], str]] = {
    "two reconciles": (FIRST, [("recompose",)], "reconcile._settled: before commit"),
    "two reconciles of an edit": (EDITED, [("recompose",)], "reconcile._uncompared: committed"),
    "two pulls": (FIRST, [SYNC[0]], "land.stored: before commit"),
    "two plans": (FIRST, [("publish", "brevo")], "plan._begin: committed"),
    "two pushes of updates": (APPROVED, PUBLISHES, "recheck.checked: answered brevo GET /v3/contacts/{key}"),
    "two pushes of a creation": (
        APPROVED,
        PUBLISHES,
        "exchange._receipts: before hubspot POST /crm/objects/2026-09/contacts/batch/create",
    ),
    "a pull and a push": (EDITED, SYNC, "land._land_object: before commit"),
}


@pytest.fixture(scope="module")
def whole(databases: Databases) -> Outcome:
    """The story as it goes with one process at a time."""
    return tell(databases, keep=True)


@pytest.mark.parametrize("case", CASES)
def test_begun_by_two_at_once_it_is_done_once(case: str, whole: Outcome, databases: Databases) -> None:
    chapter, verbs, where = CASES[case]
    assert where in {one.point.name for one in whole.passed if one.chapter == chapter}

    def twice(number: int, store: Store, stage: Stage, all_verbs: Sequence[Verb]) -> None:
        if number == chapter:
            _prepare(store, stage, all_verbs, verbs)
            meeting = Meeting(forks.Barrier(2))
            both = [begin(orders(store, stage, verbs, Point(where), do=meeting)) for _ in range(2)]
            for one in both:
                finished(one())

    again = tell(databases, trouble=twice, since=whole.moments[chapter], like=whole)
    assert again.differences(whole) == []


def _prepare(store: Store, stage: Stage, every: Sequence[Verb], twice: Sequence[Verb]) -> None:
    """What the chapter does before that which is begun twice."""
    before = list(every[: list(every).index(twice[0])])
    finished(begin(orders(store, stage, before))())
