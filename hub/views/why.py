"""Why two records are one customer or two, and the whole history of a golden id."""

from collections.abc import Iterable
from dataclasses import dataclass

from hub.flow.decide.sides import records_of
from hub.flow.errors import NotFound
from hub.flow.hub import Hub
from hub.identity.candidates import MOST
from hub.identity.explaining import Why, why_stored
from hub.identity.rating import rated_across
from hub.model.instant import Instant
from hub.model.keys import RecordKey
from hub.store import descriptions, identity, records
from hub.store.engine import Connection
from hub.store.identity import Happened, Judgement


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided about two records."""

    left: str
    right: str
    same: bool
    who: str
    why: str
    at: Instant


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records, and why they are one or two."""

    left: str
    right: str
    golden_ids: tuple[str | None, str | None]
    one_today: bool
    verdict: str
    """In a sentence: what decided."""
    decisions: tuple[Decision, ...]
    why: Why
    compared: bool
    """Whether they share a key by which they are compared; two that do not may be one by way of others."""


@dataclass(frozen=True, slots=True)
class Member:
    """A record of a golden id."""

    record: str
    since: Instant


@dataclass(frozen=True, slots=True)
class History:
    """All that happened to a golden id."""

    golden_id: str
    asked: str
    """The id that was asked for; another one may answer for it today."""
    members: tuple[Member, ...]
    events: tuple[Happened, ...]
    answers_for: tuple[str, ...]
    """Ids that were merged into this one."""
    decisions: tuple[Decision, ...]


def why(hub: Hub, left: str, right: str) -> Pair:
    """Explain two records, or golden ids by those of their records that are most alike. Raises NotFound."""
    with hub.store.read() as connection:
        mine, theirs = (records_of(hub, connection, one) for one in (left, right))
        keys = {**mine, **theirs}
        kinds = {one.kind for one in keys.values()}
        if len(kinds) > 1:
            raise NotFound(f"{left} and {right} are a person and an organisation; they are never one")
        (weights,) = (hub.matching()[kind] for kind in kinds)
        told = descriptions.documents(connection, {*mine, *theirs})
        pairs = rated_across(told, mine.keys() & told.keys(), theirs.keys() & told.keys(), weights)
        if not pairs:
            raise NotFound(f"{left} and {right}: give two different records that were reconciled")
        low, high, *_ = max(pairs, key=lambda one: (one[2], -one[0], -one[1]))
        pair = (low, high) if low in mine and high in theirs else (high, low)
        found = why_stored(told[pair[0]], told[pair[1]], weights)
        return _pair(connection, keys, pair, found, weights.accept, weights.review)


def _pair(
    connection: Connection,
    keys: dict[int, RecordKey],
    pair: tuple[int, int],
    found: Why,
    accept: float,
    review: float,
) -> Pair:
    golden = identity.golden_of(connection, pair)
    ids = (golden.get(pair[0]), golden.get(pair[1]))
    low, high = (keys[row] for row in pair)
    both = identity.judgements(connection, {low, high})
    decisions = [one for one in both if {one.low, one.high} == {low, high}]
    shared = descriptions.share_a_key(connection, *pair, MOST)
    one_today = ids[0] is not None and ids[0] == ids[1]
    verdict = _verdict(decisions, one_today, found.bits, accept, review, compared=shared)
    return Pair(str(low), str(high), ids, one_today, verdict, tuple(map(_decision, decisions)), found, shared)


def _verdict(
    decisions: list[Judgement], one_today: bool, bits: float, accept: float, review: float, *, compared: bool
) -> str:
    if decisions:
        said = "one customer" if decisions[-1].same else "two customers"
        return f"{said}: {decisions[-1].who} decided so"
    if one_today and bits >= accept:
        return "one customer: the two records are enough alike"
    if one_today:
        return "one customer: by way of other records that each are like both, or that people said are one"
    if bits >= accept and compared:
        return "two customers: alike enough by themselves, but all else known of the two speaks against it"
    if bits >= accept:
        return "two customers: alike, but they share no key by which they would be compared"
    if bits >= review:
        return "two customers: likely to be one, but not certain; klantbeeld review asks about them"
    return "two customers: not enough alike"


def history(hub: Hub, asked: str) -> History:
    """All that happened to a golden id, or that of a record. Raises NotFound."""
    with hub.store.read() as connection:
        golden = set(identity.golden_of(connection, records_of(hub, connection, asked)).values())
        if not golden:
            raise NotFound(f"{asked} was not reconciled yet; run klantbeeld sync")
        (golden_id,) = golden
        held = records.of_golden(connection, [golden_id])[golden_id]
        since = identity.since(connection, held)
        merged = identity.led_to(connection, golden_id)
        keys = {one.key for one in held.values()}
        members = sorted((str(one.key), since[row]) for row, one in held.items())
        return History(
            golden_id,
            asked,
            tuple(Member(*one) for one in members),
            tuple(identity.history(connection, [golden_id, *merged])),
            tuple(merged),
            tuple(map(_decision, _by_time(identity.judgements(connection, keys)))),
        )


def _by_time(some: Iterable[Judgement]) -> list[Judgement]:
    return sorted(some, key=lambda one: (one.at, one.low, one.high))


def _decision(one: Judgement) -> Decision:
    return Decision(str(one.low), str(one.high), one.same, one.who, one.why, one.at)


def feed(hub: Hub, after: int, limit: int) -> list[Happened]:
    """What happened to golden ids since the entry numbered ``after``, oldest first."""
    with hub.store.read() as connection:
        return identity.feed(connection, after, limit)
