"""The run ledger: which verb ran, for which system, and its counts."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, select, text, update

from hub.model.instant import DAWN, Instant
from hub.model.unique import new_id
from hub.store.form import dump, parse
from hub.store.tables import run, watermark

Counts = Counter[str]
"""What a run counted: outcome → how many."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of one verb."""

    id: str
    verb: str
    system: str | None
    began: Instant
    ended: Instant | None
    state: str
    counts: Mapping[str, Any]
    error: str | None
    since: Instant
    """When the first of the runs alike began, of which this is the last."""


def start(connection: Connection, verb: str, system: str | None, at: Instant) -> str:
    """Note that a run began; returns its id."""
    made = new_id()
    connection.execute(
        run.insert().values(id=made, verb=verb, system=system, began=at, state="running", counts="{}")
    )
    return made


def finish(
    connection: Connection,
    run_id: str,
    at: Instant,
    state: str,
    counts: Mapping[str, Any],
    error: str | None = None,
) -> None:
    """Note how a run ended: ``done``, ``stopped`` (by a rule) or ``failed``."""
    told, since = dict(counts), None
    if before := _alike(connection, run_id, state, told, error):
        told[ALIKE], since = before.counts.get(ALIKE, 0) + 1, before.since
        connection.execute(delete(run).where(run.c.id == before.id))
    became = {"ended": at, "state": state, "counts": dump(told), "error": error, "since": since}
    connection.execute(update(run).where(run.c.id == run_id).values(**became))


ALIKE = "alike before"
"""The count of runs just like this one that came right before it: of those one row is kept."""
_LOOKED_AT = frozenset({"offered", "unchanged", "unanswered", "clock_ahead_s", ALIKE})
"""Counts of what was looked at: they tell of no event."""


_MINE = run.alias("mine")
_BEFORE = (
    select(run)
    .join(_MINE, (_MINE.c.verb == run.c.verb) & _MINE.c.system.is_not_distinct_from(run.c.system))
    .where(_MINE.c.id == bindparam("mine"), run.c.id != _MINE.c.id)
    .order_by(run.c.began.desc(), run.c.id.desc())
    .limit(1)
)
"""The run of the same kind right before one."""


def _alike(
    connection: Connection, run_id: str, state: str, counts: Mapping[str, Any], error: str | None
) -> Run | None:
    """That one, where both came to the same: to nothing, or to one error."""
    for before in map(_run, connection.execute(_BEFORE, {"mine": run_id})):
        same = (before.state, before.error) == (state, error)
        return before if same and _is_uneventful(before.counts) and _is_uneventful(counts) else None
    return None


def _is_uneventful(counts: Mapping[str, Any]) -> bool:
    return not any(number for name, number in counts.items() if name not in _LOOKED_AT)


GONE = "the process that ran it was gone before it ended; what it had stored stays, and the next run goes on"


def bury(connection: Connection, system: str | None) -> None:
    """Runs over a system (None: over all) that began, and whose process is gone: for who holds their lock.

    When they ended nobody knows, and no clock has been looked at yet: they end as they began.
    """
    left = (text("state = 'running'"), run.c.system.is_not_distinct_from(system))
    connection.execute(update(run).where(*left).values(state="failed", ended=run.c.began, error=GONE))


UNANSWERED: Mapping[str, int] = {"unanswered": 1}
"""The counts of a run that failed before its system answered anything: nothing was read, nothing dated."""
ASKING = ("pull", "keep")
"""Verbs that ask a system before they store anything."""


_ANSWERED = ~run.c.counts.contains('"unanswered"')


def redate(connection: Connection, run_id: str, at: Instant) -> None:
    """A run began at another moment than its clock said."""
    connection.execute(update(run).where(run.c.id == run_id).values(began=at))


LATEST = 100
"""Runs looked at for what is latest; no more than these are at work at once, or ended out of turn."""


# Made once: every run begins and ends with these, and to build a statement costs as much as to run it.
_ENDED = (run.c.ended.is_not(None), run.c.error.is_distinct_from(GONE), _ANSWERED)
_LAST_WORDS = select(run).where(run.c.verb.in_(ASKING), *_ENDED).order_by(run.c.began.desc()).limit(LATEST)
_SEEN = select(run.c.began, run.c.ended).where(_ANSWERED).order_by(run.c.began.desc()).limit(LATEST)
_COMPLETE = select(func.max(watermark.c.complete_at))


def last_words(connection: Connection) -> list[Run]:
    """Of each system the last run that asked it, was answered and came to an end; newest first."""
    found: dict[str | None, Any] = {}
    for row in connection.execute(_LAST_WORDS):
        found.setdefault(row.system, row)
    return list(map(_run, found.values()))


def latest(connection: Connection) -> Instant:
    """The latest instant that a run, or a complete pull, is known to have seen; dawn before the first."""
    seen = [one for row in connection.execute(_SEEN) for one in row]
    seen += connection.execute(_COMPLETE).scalars()
    return max(filter(None, seen), default=DAWN)


def recent(
    connection: Connection, limit: int = 20, verb: str | None = None, system: str | None = None
) -> list[Run]:
    """The latest runs, newest first."""
    query = select(run).order_by(run.c.began.desc()).limit(limit)
    if verb:
        query = query.where(run.c.verb == verb)
    if system:
        query = query.where(run.c.system == system)
    return list(map(_run, connection.execute(query)))


def failed(connection: Connection, limit: int) -> list[Run]:
    """The latest runs that ended in an error, newest first."""
    query = select(run).where(run.c.error.is_not(None)).order_by(run.c.began.desc()).limit(limit)
    return list(map(_run, connection.execute(query)))


def _run(row: Any) -> Run:
    head = (row.id, row.verb, row.system, row.began, row.ended, row.state)
    return Run(*head, parse(row.counts), row.error, row.since or row.began)
