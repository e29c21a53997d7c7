"""The run ledger: which verb ran, for which system, and its counts."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, select, update

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
    connection.execute(
        update(run).where(run.c.id == run_id).values(ended=at, state=state, counts=dump(counts), error=error)
    )


UNANSWERED: Mapping[str, int] = {"unanswered": 1}
"""The counts of a run that failed before its system answered anything: nothing was read, nothing dated."""
ASKING = ("pull", "keep")
"""Verbs that ask a system before they store anything."""


def _answered() -> ColumnElement[bool]:
    return ~run.c.counts.contains('"unanswered"')


def redate(connection: Connection, run_id: str, at: Instant) -> None:
    """A run began at another moment than its clock said."""
    connection.execute(update(run).where(run.c.id == run_id).values(began=at))


def last_word(connection: Connection) -> str | None:
    """How the last run ended that asked a system and was answered: its error, None where it went well."""
    query = select(run.c.error).where(run.c.verb.in_(ASKING), run.c.ended.is_not(None), _answered())
    found: str | None = connection.scalar(query.order_by(run.c.began.desc()).limit(1))
    return found


LATEST = 100
"""Runs looked at for :func:`latest`; no more than these are at work at once, or ended out of turn."""


def latest(connection: Connection) -> Instant:
    """The latest instant that a run, or a complete pull, is known to have seen; dawn before the first."""
    some = select(run.c.began, run.c.ended).where(_answered()).order_by(run.c.began.desc()).limit(LATEST)
    seen = [one for row in connection.execute(some) for one in row]
    seen += connection.execute(select(watermark.c.complete_at)).scalars()
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
    return [
        Run(row.id, row.verb, row.system, row.began, row.ended, row.state, parse(row.counts), row.error)
        for row in connection.execute(query)
    ]
