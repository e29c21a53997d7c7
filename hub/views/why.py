"""Why two records are one customer or two, and the whole history of a golden id."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from hub.flow.decide.sides import records_of
from hub.flow.errors import NotFound
from hub.flow.hub import Hub
from hub.identity.candidates import MOST
from hub.identity.deciding import Group, group_of
from hub.identity.explaining import OF_FILES, Why, as_written, decided, why_stored, within
from hub.identity.findings import LOOKED_AT
from hub.identity.grouping import Decided
from hub.identity.rating import rated_across, rated_within
from hub.identity.weights import Weights
from hub.identity.written import Written, written
from hub.model.instant import Instant
from hub.model.keys import RecordKey
from hub.store import descriptions, identity, records
from hub.store.engine import Connection
from hub.store.identity import Happened, Judgement
from hub.views import explained
from hub.views.sentences import Sentences, sentences


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
        return _pair(connection, keys, pair, found, weights)


def as_dict(found: Pair, words: Sentences) -> dict[str, Any]:
    """The explanation as data, with its sentences in a language."""
    told = explained.as_dict(found.why, words)
    return {**asdict(found), "verdict": told["sentence"], "why": told}


def _pair(
    connection: Connection, keys: Mapping[int, RecordKey], pair: tuple[int, int], found: Why, weights: Weights
) -> Pair:
    golden = identity.golden_of(connection, pair)
    ids = (golden.get(pair[0]), golden.get(pair[1]))
    low, high = (keys[row] for row in pair)
    both = identity.judgements(connection, {low, high})
    decisions = [one for one in both if {one.low, one.high} == {low, high}]
    shared = descriptions.share_a_key(connection, *pair, MOST)
    one_today = ids[0] is not None and ids[0] == ids[1]
    sides = _written(connection, pair, found, weights)
    told = within(as_written(found, *sides), LOOKED_AT[weights.kind].keys() - OF_FILES)
    group = _group(connection, pair, ids, told, weights, decisions, one=one_today, shared=shared)
    told = decided(told, group, one=decisions[-1].same if decisions else one_today)
    verdict = explained.verdict(told, sentences())
    return Pair(str(low), str(high), ids, one_today, verdict, tuple(map(_decision, decisions)), told, shared)


def _written(
    connection: Connection, pair: tuple[int, int], found: Why, weights: Weights
) -> tuple[Written, Written]:
    """What each says today, where that is what was compared."""
    said = records.said_by(connection, pair)
    left, right = (
        written(weights.kind, said[row].now) if today and row in said else {}
        for row, today in zip(pair, found.today, strict=True)
    )
    return left, right


def _group(
    connection: Connection,
    pair: tuple[int, int],
    ids: tuple[str | None, str | None],
    found: Why,
    weights: Weights,
    decisions: Sequence[Judgement],
    *,
    one: bool,
    shared: bool,
) -> Group:
    """What decided: people, the pair itself, or all records that hang together with its two golden ids."""
    if decisions:
        return Group("judged", (decisions[-1].who,))
    sides = [
        {row, *identity.members(connection, {*filter(None, [of])})} for row, of in zip(pair, ids, strict=True)
    ]
    known = records.keys_by_row(connection, _hanging(connection, sides[0] | sides[1]))
    judged = identity.judgements(connection, {*known.values()})
    mine, theirs = ({known[row] for row in side} for side in sides)
    parted = [by.who for by in judged if not by.same and _between(by, mine, theirs)]
    if parted and not one:
        return Group("parted", tuple(dict.fromkeys(parted)))
    if one == (found.verdict == "one"):
        return Group()
    rows = sorted(known, key=lambda row: known[row])
    numbers = {row: number for number, row in enumerate(rows)}
    told = descriptions.documents(connection, rows)
    stored = {numbers[row]: text for row, text in told.items()}
    low, high = sorted(numbers[row] for row in pair)
    return group_of(
        (low, high),
        [str(known[row]) for row in rows],
        rated_within(stored, dict.fromkeys(stored, 0), weights),
        weights,
        _judged(judged, {key: numbers[row] for row, key in known.items()}),
        one=one,
        alike=found.verdict == "one",
        compared=shared,
    )


def _hanging(connection: Connection, rows: set[int]) -> set[int]:
    """These records, and those they are likely to be one with, step by step."""
    found = fresh = rows
    while fresh:
        fresh = {row for pair in identity.accepted(connection, fresh) for row in pair} - found
        found = found | fresh
    return found


def _between(decision: Judgement, mine: Collection[RecordKey], theirs: Collection[RecordKey]) -> bool:
    low, high = decision.low, decision.high
    return (low in mine and high in theirs) or (low in theirs and high in mine)


def _judged(some: Iterable[Judgement], numbers: Mapping[RecordKey, int]) -> Decided:
    """What people decided of two of these records."""
    of: dict[bool, set[tuple[int, int]]] = {True: set(), False: set()}
    for one in some:
        if one.low in numbers and one.high in numbers:
            low, high = sorted((numbers[one.low], numbers[one.high]))
            of[one.same].add((low, high))
    return Decided(frozenset(of[True]), frozenset(of[False]))


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
