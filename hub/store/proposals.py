"""Changes that somebody asks the owner of a field for: rows, decided once, never taken out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select, update

from hub.model.instant import Instant
from hub.model.value import Value
from hub.store.form import dump, parse
from hub.store.tables import proposal


@dataclass(frozen=True, slots=True)
class Proposal:
    """A value that somebody thinks is right, and what its owner made of it."""

    id: str
    golden_id: str
    """As it was when it was asked."""
    field: str
    value: Value
    owner: str
    """The department that decides."""
    who: str
    department: str
    """Of whoever asks; empty where he is of none."""
    why: str
    at: Instant
    state: str = "open"
    """``open``, ``accepted``, ``declined``."""
    decided_by: str | None = None
    decided_why: str | None = None
    decided_at: Instant | None = None


_FIELDS = tuple(Proposal.__dataclass_fields__)


def add(connection: Connection, made: Proposal) -> None:
    """Store one."""
    row = {name: getattr(made, name) for name in _FIELDS}
    connection.execute(proposal.insert().values(**{**row, "value": dump(made.value)}))


def by_id(connection: Connection, proposal_id: str) -> Proposal | None:
    """One, or none."""
    row = connection.execute(select(proposal).where(proposal.c.id == proposal_id)).one_or_none()
    return _proposal(row) if row else None


def listed(connection: Connection, state: str, limit: int) -> Sequence[Proposal]:
    """Those in this state, the oldest first."""
    query = select(proposal).where(proposal.c.state == state).order_by(proposal.c.at, proposal.c.id)
    return [_proposal(row) for row in connection.execute(query.limit(limit))]


def decide(connection: Connection, proposal_id: str, state: str, who: str, why: str, at: Instant) -> bool:
    """Note what became of one; whether it was still open."""
    mine = (proposal.c.id == proposal_id, proposal.c.state == "open")
    told = {"state": state, "decided_by": who, "decided_why": why, "decided_at": at}
    return connection.execute(update(proposal).where(*mine).values(**told)).rowcount > 0


def _proposal(row: Any) -> Proposal:
    told = {name: getattr(row, name) for name in _FIELDS}
    return Proposal(**{**told, "value": parse(row.value)})
