"""Scored pairs, judgements, the crosswalk and what became of old golden ids."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, or_, select, update

from hub.model.instant import Instant
from hub.model.keys import RecordKey
from hub.store.among import among
from hub.store.tables import crosswalk, edge, identity_event, judgement, redirect, source_record
from hub.store.upsert import add, chunks, upsert

Pair = tuple[int, int]
"""Two row ids, the lower first."""
Scored = tuple[Pair, float, str]
"""A pair, its bits, and the verdict: ``accept`` or ``review``."""
Event = tuple[str, str, str | None]
"""What happened, to which golden id, and which other one had part in it."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A stored decision on a pair; a steward's stands against every rule."""

    low: RecordKey
    high: RecordKey
    same: bool
    who: str
    why: str
    at: Instant


def replace_edges(connection: Connection, records: Sequence[int], edges: Iterable[Scored]) -> set[int]:
    """Replace every scored pair of ``records``; returns the row ids of pairs that are accepted no more.

    Whoever has an accepted pair with one of ``records`` now hangs together with it.
    """
    before = accepted(connection, records).keys()
    mine = or_(among(edge.c.low_id, records), among(edge.c.high_id, records))
    connection.execute(delete(edge).where(mine))
    rows = [(low, high, score, verdict) for (low, high), score, verdict in edges]
    add(connection, edge, ("low_id", "high_id", "score", "verdict"), rows)
    lost = before - {(low, high) for low, high, _, verdict in rows if verdict == "accept"}
    return {row for pair in lost for row in pair}


def accepted(connection: Connection, records: Collection[int]) -> dict[Pair, float]:
    """Accepted pairs with at least one end among ``records``, and their bits."""
    mine = or_(among(edge.c.low_id, records), among(edge.c.high_id, records))
    query = select(edge.c.low_id, edge.c.high_id, edge.c.score).where(edge.c.verdict == "accept", mine)
    return {(low, high): bits for low, high, bits in connection.execute(query).all()}


def sharing_a_golden_id(connection: Connection, records: Collection[int]) -> set[Pair]:
    """Each of ``records`` with every other record of its golden id."""
    mine, theirs = crosswalk.alias("mine"), crosswalk.alias("theirs")
    query = (
        select(mine.c.record_id, theirs.c.record_id)
        .join(theirs, mine.c.golden_id == theirs.c.golden_id)
        .where(among(mine.c.record_id, records), mine.c.record_id != theirs.c.record_id)
    )
    return {(min(pair), max(pair)) for pair in connection.execute(query).all()}


def judge(connection: Connection, decision: Judgement) -> None:
    """Store a decision; nothing is ever overwritten."""
    low, high = sorted((decision.low, decision.high))
    connection.execute(
        judgement.insert().values(
            low=str(low),
            high=str(high),
            same=decision.same,
            who=decision.who,
            why=decision.why,
            at=decision.at,
        )
    )


def withdraw(connection: Connection, low: RecordKey, high: RecordKey, at: Instant) -> None:
    """A decision no longer stands; the row stays."""
    first, second = sorted((low, high))
    connection.execute(
        update(judgement)
        .where(
            judgement.c.low == str(first), judgement.c.high == str(second), judgement.c.withdrawn_at.is_(None)
        )
        .values(withdrawn_at=at)
    )


def judgements(connection: Connection, keys: Collection[RecordKey] | None = None) -> list[Judgement]:
    """Decisions in force, on pairs that touch ``keys`` (all, without); the latest on a pair stands."""
    standing: dict[tuple[str, str], Judgement] = {}
    query = select(judgement).where(judgement.c.withdrawn_at.is_(None)).order_by(judgement.c.id)
    if keys is not None:
        texts = [str(key) for key in keys]
        query = query.where(or_(among(judgement.c.low, texts), among(judgement.c.high, texts)))
    for row in connection.execute(query):
        standing[row.low, row.high] = Judgement(
            RecordKey.parse(row.low), RecordKey.parse(row.high), row.same, row.who, row.why, row.at
        )
    return list(standing.values())


def parted(connection: Connection, golden_ids: Collection[str]) -> set[str]:
    """Those of these customers of whom a person said that one of their records is not another's."""
    found: set[str] = set()
    query = (
        select(crosswalk.c.golden_id, source_record.c.system, source_record.c.kind, source_record.c.key)
        .join(source_record, source_record.c.id == crosswalk.c.record_id)
        .where(among(crosswalk.c.golden_id, golden_ids))
    )
    owners = {RecordKey(row.system, row.kind, row.key): row.golden_id for row in connection.execute(query)}
    for one in judgements(connection, owners.keys()):
        if not one.same:
            found |= {owners[key] for key in (one.low, one.high) if key in owners}
    return found


def golden_of(connection: Connection, records: Collection[int]) -> dict[int, str]:
    """Row id → golden id, for those that have one."""
    query = select(crosswalk.c.record_id, crosswalk.c.golden_id).where(among(crosswalk.c.record_id, records))
    return dict(connection.execute(query).all())


def of_system(connection: Connection, system: str) -> set[str]:
    """The golden ids that have a record in a system."""
    query = select(crosswalk.c.golden_id).join(source_record, source_record.c.id == crosswalk.c.record_id)
    return set(connection.scalars(query.where(source_record.c.system == system)))


def members(connection: Connection, golden_ids: Collection[str]) -> set[int]:
    """The rows of the records that belong to these."""
    return set(
        connection.scalars(select(crosswalk.c.record_id).where(among(crosswalk.c.golden_id, golden_ids)))
    )


def cross(connection: Connection, rows: Mapping[int, str], at: Instant) -> None:
    """Note which golden id each record belongs to from now on."""
    values = [{"record_id": record, "golden_id": golden, "since": at} for record, golden in rows.items()]
    upsert(connection, crosswalk, values, ("record_id",))


def redirected(connection: Connection, redirects: Mapping[str, str], at: Instant) -> None:
    """Old ids answer with new ones; ids that led to an old one now lead on at once."""
    rows = [{"old": old, "new": new, "at": at} for old, new in redirects.items()]
    leads_on = update(redirect).where(redirect.c.new == bindparam("by")).values(new=bindparam("to"))
    if rows:
        connection.execute(leads_on, [{"by": old, "to": new} for old, new in redirects.items()])
    upsert(connection, redirect, rows, ("old",))
    happened(connection, [("merged", old, new) for old, new in redirects.items()], at)


def resolve(connection: Connection, golden_id: str) -> str:
    """The id that answers for ``golden_id`` today."""
    row = connection.execute(select(redirect.c.new).where(redirect.c.old == golden_id)).one_or_none()
    return str(row.new) if row else golden_id


def resolved(connection: Connection, golden_ids: Collection[str]) -> dict[str, str]:
    """Old id → the one that answers for it today, of those of these that another answers for."""
    query = select(redirect.c.old, redirect.c.new).where(among(redirect.c.old, golden_ids))
    return dict(connection.execute(query).all())


def merged_away(connection: Connection, golden_ids: Collection[str]) -> set[str]:
    """Those of these ids for which another one answers by now."""
    found: set[str] = set()
    for some in chunks(sorted(golden_ids)):
        found |= set(connection.scalars(select(redirect.c.old).where(redirect.c.old.in_(some))))
    return found


def happened(connection: Connection, events: Sequence[Event], at: Instant) -> None:
    """Add to the feed of issued, merged and split ids."""
    rows = [(at, what, golden_id, other) for what, golden_id, other in events]
    add(connection, identity_event, ("at", "what", "golden_id", "other"), rows)


@dataclass(frozen=True, slots=True)
class Possible:
    """A pair that is, or may be, one customer, and is two today."""

    pair: Pair
    bits: float
    golden_ids: tuple[str, str]
    """Of the two records, in the pair's order."""


def possible(connection: Connection) -> list[Possible]:
    """Every such pair; strongest first. Reads every stored pair."""
    low, high = crosswalk.alias("low"), crosswalk.alias("high")
    query = (
        select(edge.c.low_id, edge.c.high_id, edge.c.score, low.c.golden_id, high.c.golden_id)
        .join(low, low.c.record_id == edge.c.low_id)
        .join(high, high.c.record_id == edge.c.high_id)
        .where(low.c.golden_id != high.c.golden_id)
        .order_by(edge.c.score.desc(), edge.c.low_id, edge.c.high_id)
    )
    return [
        Possible((one, other), bits, (mine, theirs))
        for one, other, bits, mine, theirs in connection.execute(query)
    ]


@dataclass(frozen=True, slots=True)
class Happened:
    """One entry of the feed of golden ids."""

    id: int
    """Goes up; the next reading begins after it."""
    at: Instant
    what: str
    """``issued``, ``merged`` (``golden_id`` into ``other``) or ``split`` (``golden_id`` off ``other``)."""
    golden_id: str
    other: str | None


def latest_event(connection: Connection) -> int:
    """The number of what happened last to a golden id; 0 where nothing did."""
    return connection.scalar(select(identity_event.c.id).order_by(identity_event.c.id.desc()).limit(1)) or 0


def feed(connection: Connection, after: int, limit: int) -> list[Happened]:
    """What happened to golden ids, oldest first."""
    query = (
        select(identity_event).where(identity_event.c.id > after).order_by(identity_event.c.id).limit(limit)
    )
    return [Happened(row.id, row.at, row.what, row.golden_id, row.other) for row in connection.execute(query)]


def history(connection: Connection, golden_ids: Collection[str]) -> list[Happened]:
    """What happened to these ids, oldest first, and what other ids had to do with them."""
    found: dict[int, Happened] = {}
    for some in chunks(sorted(golden_ids)):
        mine = or_(identity_event.c.golden_id.in_(some), identity_event.c.other.in_(some))
        for row in connection.execute(select(identity_event).where(mine)):
            found[row.id] = Happened(row.id, row.at, row.what, row.golden_id, row.other)
    return [found[one] for one in sorted(found)]


def led_to(connection: Connection, golden_id: str) -> list[str]:
    """The ids for which this one answers."""
    return list(
        connection.scalars(select(redirect.c.old).where(redirect.c.new == golden_id).order_by(redirect.c.old))
    )


def since(connection: Connection, records: Collection[int]) -> dict[int, Instant]:
    """Row id → since when it belongs to its golden id."""
    found: dict[int, Instant] = {}
    for some in chunks(sorted(records)):
        query = select(crosswalk.c.record_id, crosswalk.c.since).where(crosswalk.c.record_id.in_(some))
        found |= dict(connection.execute(query).all())
    return found
