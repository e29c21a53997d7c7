"""Golden records: the present one, every earlier version, and stewards' pins."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, or_, select, update

from hub.golden.testimony import Pin
from hub.model.instant import Instant
from hub.model.keys import Kind
from hub.model.opinion import Unit
from hub.model.value import Value
from hub.store.among import among
from hub.store.form import dump, parse
from hub.store.tables import golden, golden_version, pin
from hub.store.upsert import upsert

Candidates = Mapping[Unit, Sequence[Mapping[str, Any]]]
"""Unit → values between which nothing decides, each with the records it is from."""

Pins = Mapping[tuple[str, str], Sequence[Pin]]
"""(Golden id, field) → what stewards pinned, the earliest first."""


def candidates_of(provenance: Mapping[str, Any]) -> dict[str, Candidates]:
    """Field → between which values nothing decides."""
    told = provenance.items()
    return {name: one["candidates"] for name, one in told if isinstance(one, dict) and "candidates" in one}


@dataclass(frozen=True, slots=True)
class Golden:
    """One golden record with its provenance."""

    golden_id: str
    kind: Kind
    document: Mapping[str, Value]
    provenance: Mapping[str, Any]
    systems: tuple[str, ...]
    version: int = 0
    changed_at: Instant = ""

    @property
    def candidates(self) -> Mapping[str, Candidates]:
        """Field → between which values nothing decides; most have none."""
        return candidates_of(self.provenance)


Fields = frozenset[str] | None
"""Some of a record's fields; None: whatever it has."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Golden records that are not what they were."""

    rows: Sequence[Mapping[str, Any]]
    """Each a new version, but for when; for some only the origin of a value is another."""
    says_else: Mapping[str, Fields]
    """Golden id → the fields that say something else to the systems; without those of which none does."""


def _golden(row: Any) -> Golden:
    return Golden(
        row.golden_id,
        row.kind,
        parse(row.document),
        parse(row.provenance),
        tuple(parse(row.systems)),
        row.version,
        row.changed_at,
    )


def by_ids(connection: Connection, golden_ids: Collection[str]) -> dict[str, Golden]:
    """Golden id → its present record."""
    query = select(golden).where(among(golden.c.golden_id, golden_ids), golden.c.retired_at.is_(None))
    return {row.golden_id: _golden(row) for row in connection.execute(query).all()}


@dataclass(frozen=True, slots=True)
class Edition:
    """A golden record before and after a run."""

    golden_id: str
    before: Mapping[str, Value]
    """Empty for one that was not there."""
    after: Mapping[str, Value]


def editions(connection: Connection, run_id: str) -> Iterator[Edition]:
    """The golden records that a run changed and nobody since, in the order of their ids."""
    old = golden_version.alias()
    first = select(func.min(golden_version.c.version)).where(
        golden_version.c.golden_id == golden.c.golden_id, golden_version.c.run_id == run_id
    )
    last = func.coalesce(first.scalar_subquery(), golden.c.version) - 1
    query = (
        select(golden.c.golden_id, old.c.document, golden.c.document)
        .select_from(golden)
        .outerjoin(old, (old.c.golden_id == golden.c.golden_id) & (old.c.version == last))
        .where(golden.c.run_id == run_id, golden.c.retired_at.is_(None))
        .order_by(golden.c.golden_id)
    )
    for golden_id, before, after in connection.execute(query):
        yield Edition(golden_id, parse(before) if before else {}, parse(after))


def ids(connection: Connection) -> Iterator[str]:
    """The id of every present golden record."""
    yield from connection.scalars(select(golden.c.golden_id).where(golden.c.retired_at.is_(None)))


def everyone(
    connection: Connection, kind: Kind | None = None, batch: int = 1000, after: str = ""
) -> Iterator[Golden]:
    """Every present golden record, in the order of their ids, from after one on; others may query between."""
    query = select(golden).where(golden.c.retired_at.is_(None)).order_by(golden.c.golden_id).limit(batch)
    if kind:
        query = query.where(golden.c.kind == kind)
    last = after
    while some := [_golden(row) for row in connection.execute(query.where(golden.c.golden_id > last))]:
        yield from some
        last = some[-1].golden_id


def changes(connection: Connection, records: Sequence[Golden]) -> Changes:
    """What would be stored of these; nobody else may write golden records until it is."""
    table = golden.c
    query = select(table.golden_id, table.version, table.document, table.systems, table.provenance)
    mine = among(table.golden_id, [one.golden_id for one in records])
    found = connection.execute(query.where(mine, table.retired_at.is_(None))).all()
    held = {golden_id: (version, *texts) for golden_id, version, *texts in found}
    rows: list[Mapping[str, Any]] = []
    says: dict[str, Fields] = {}
    for one in records:
        version, *before = held.get(one.golden_id, (0,))
        row = _row(one, version + 1)
        # Equal documents are equal texts.
        if before != [row["document"], row["systems"], row["provenance"]]:
            rows.append(row)
        if (fields := _otherwise(row, before)) is None or fields:
            says[one.golden_id] = fields
    return Changes(rows, says)


def _otherwise(row: Mapping[str, Any], before: Sequence[str]) -> Fields:
    """The fields that say something else, or for another reason: cells then show something else."""
    if not before or before[1] != row["systems"]:
        return None
    return frozenset(
        [
            *_differing(before[0], row["document"], lambda value: value),
            *_differing(before[2], row["provenance"], _why),
        ]
    )


def _differing(before: str, after: str, what: Callable[[Any], Any]) -> list[str]:
    if before == after:
        return []
    was, now = parse(before), parse(after)
    return [name for name in was.keys() | now.keys() if what(was.get(name)) != what(now.get(name))]


def _why(origin: Any) -> Any:
    return (
        tuple(origin.get(name) for name in ("standing", "candidates", "typed", "typed_of"))
        if isinstance(origin, dict)
        else None
    )


def disputed(connection: Connection, batch: int = 1000) -> Iterator[Golden]:
    """Every golden record of which something is undecided, in the order of their ids."""
    query = select(golden).where(golden.c.disputed, golden.c.retired_at.is_(None))
    query = query.order_by(golden.c.golden_id).limit(batch)
    last = ""
    while some := [_golden(row) for row in connection.execute(query.where(golden.c.golden_id > last))]:
        yield from some
        last = some[-1].golden_id


def store(connection: Connection, found: Changes, at: Instant, run_id: str) -> None:
    """Store what changed, each change a new version."""
    _keep(connection, [row["golden_id"] for row in found.rows if row["version"] > 1])
    rows = [{**row, "changed_at": at, "run_id": run_id} for row in found.rows]
    upsert(connection, golden, rows, ("golden_id",))


def _keep(connection: Connection, golden_ids: Collection[str]) -> None:
    """What these were until now is an earlier version from now on; a retired one is kept already."""
    now = golden.c
    was = select(now.golden_id, now.version, now.document, now.provenance, now.changed_at, now.run_id)
    mine = was.where(among(now.golden_id, golden_ids))
    connection.execute(golden_version.insert().from_select(list(golden_version.c.keys()), mine))


def save(connection: Connection, records: Sequence[Golden], at: Instant, run_id: str) -> Changes:
    """Store what changed of these."""
    found = changes(connection, records)
    store(connection, found, at, run_id)
    return found


def _row(one: Golden, version: int) -> dict[str, Any]:
    return {
        "golden_id": one.golden_id,
        "kind": one.kind,
        "version": version,
        "document": dump(one.document),
        "provenance": dump(one.provenance),
        "systems": dump(list(one.systems)),
        "retired_at": None,
        "disputed": bool(one.candidates),
    }


def retire(connection: Connection, golden_ids: Collection[str], at: Instant) -> None:
    """These ids no longer have a record of their own (they redirect)."""
    gone = among(golden.c.golden_id, golden_ids)
    connection.execute(update(golden).where(gone).values(retired_at=at))


def counts(connection: Connection) -> dict[str, int]:
    """Kind → how many golden records."""
    query = select(golden.c.kind, func.count()).where(golden.c.retired_at.is_(None)).group_by(golden.c.kind)
    return dict(connection.execute(query).all())


def pins(connection: Connection, golden_ids: Collection[str], now: Instant) -> Pins:
    """The pins in force."""
    query = (
        select(pin)
        .where(
            among(pin.c.golden_id, golden_ids),
            pin.c.withdrawn_at.is_(None),
            or_(pin.c.until.is_(None), pin.c.until > now),
        )
        .order_by(pin.c.id)
    )
    found: dict[tuple[str, str], list[Pin]] = {}
    for row in connection.execute(query):
        made = Pin(parse(row.value), row.who, row.why, row.at, row.until)
        found.setdefault((row.golden_id, row.field), []).append(made)
    return found


def end_pins(connection: Connection, now: Instant) -> set[str]:
    """Note that pins whose time is over ended; the golden ids they were of."""
    over = pin.c.withdrawn_at.is_(None) & pin.c.until.is_not(None) & (pin.c.until <= now)
    ended = set(connection.scalars(select(pin.c.golden_id).where(over)))
    if ended:
        connection.execute(update(pin).where(over).values(withdrawn_at=now))
    return ended


def withdraw_pins(connection: Connection, golden_id: str, field: str, now: Instant) -> int:
    """End the pins of a field; how many were in force."""
    mine = (pin.c.golden_id == golden_id, pin.c.field == field, pin.c.withdrawn_at.is_(None))
    return connection.execute(update(pin).where(*mine).values(withdrawn_at=now)).rowcount


def add_pin(connection: Connection, golden_id: str, field: str, made: Pin) -> None:
    """Store a steward's override."""
    connection.execute(
        pin.insert().values(
            golden_id=golden_id,
            field=field,
            value=dump(made.value),
            who=made.who,
            why=made.why,
            at=made.at,
            until=made.until,
        )
    )
