"""Golden records through time: every version of one, and all that changed, in the order it did."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, and_, literal, or_, select, union_all

from hub.model.instant import Instant
from hub.model.keys import Kind
from hub.model.value import Value
from hub.store.form import parse
from hub.store.tables import golden, golden_version


@dataclass(frozen=True, slots=True)
class Version:
    """One state of a golden record."""

    version: int
    at: Instant
    """Since when."""
    run_id: str
    document: dict[str, Value]
    provenance: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Changed:
    """A golden record that changed, or that is no more, as it is now."""

    at: Instant
    golden_id: str
    kind: Kind
    version: int
    document: dict[str, Value]
    systems: tuple[str, ...]
    retired: bool
    """Merged into another one."""


def versions(connection: Connection, golden_id: str) -> Sequence[Version]:
    """Every version of a golden record, the latest first; a retired one's too."""
    now, old = golden.c, golden_version.c
    today = select(now.version, now.changed_at.label("at"), now.run_id, now.document, now.provenance)
    before = select(old.version, old.at, old.run_id, old.document, old.provenance)
    every = union_all(
        today.where(now.golden_id == golden_id), before.where(old.golden_id == golden_id)
    ).order_by("version")
    rows = connection.execute(every).all()
    return [
        Version(row.version, row.at, row.run_id, parse(row.document), parse(row.provenance))
        for row in reversed(rows)
    ]


def changed(connection: Connection, at: Instant, golden_id: str, limit: int) -> Sequence[Changed]:
    """What changed after this moment, or at it to an id that comes after this one; the earliest first.

    Each as it is now: who changed twice is told once, with the later. Reconciling goes one run at a time and
    its moments never go back, so nothing is ever added before what somebody has read.
    """
    alive = _changed(golden.c.changed_at, False).where(golden.c.retired_at.is_(None))
    gone = _changed(golden.c.retired_at, True).where(golden.c.retired_at.is_not(None))
    some = [
        one.where(_after(column, at, golden_id)).order_by(column, golden.c.golden_id).limit(limit)
        for one, column in ((alive, golden.c.changed_at), (gone, golden.c.retired_at))
    ]
    rows = [row for query in some for row in connection.execute(query)]
    found = sorted(rows, key=lambda row: (row.at, row.golden_id))[:limit]
    return [
        Changed(
            row.at,
            row.golden_id,
            row.kind,
            row.version,
            {} if row.retired else parse(row.document),
            tuple(parse(row.systems)),
            bool(row.retired),
        )
        for row in found
    ]


def _changed(moment: Any, retired: bool) -> Select[Any]:
    now = golden.c
    return select(
        moment.label("at"),
        now.golden_id,
        now.kind,
        now.version,
        now.document,
        now.systems,
        literal(retired).label("retired"),
    )


def _after(moment: Any, at: Instant, golden_id: str) -> Any:
    return or_(moment > at, and_(moment == at, golden.c.golden_id > golden_id))
