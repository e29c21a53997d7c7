"""Who may be one customer: pairs for a person to judge, those first that cost the business most.

Between two golden ids one question is asked, about the two records most alike; none where somebody has
said of any two of their records that they are two customers.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest

from hub.flow.hub import Hub
from hub.golden.consent import ADDRESSES
from hub.model.keys import Kind
from hub.model.value import Value
from hub.store import identity, reads, records
from hub.store.engine import Connection
from hub.store.identity import Possible
from hub.store.reads import Named
from hub.views.naming import name_of
from hub.views.sentences.en import EN

Document = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two."""

    golden_id: str
    record: str
    """The record that is most like one of the other's."""
    name: str
    systems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """May these two be one?"""

    left: Side
    right: Side
    kind: Kind
    bits: float
    """How likely: 0 is as likely as not, each bit doubles the odds."""
    likely: bool
    """The two records are alike enough; what else is known of the two customers speaks against it."""
    impact: int
    reasons: tuple[str, ...]
    """What it costs to leave it open."""


@dataclass(frozen=True, slots=True)
class Queue:
    """The questions, dearest first."""

    questions: tuple[Question, ...]
    total: int
    """How many there are in all."""


def review(hub: Hub, limit: int) -> Queue:
    """The questions that matter most. Reads every stored pair, and every customer in one that is open."""
    with hub.store.read() as connection:
        asked = list(_open(connection))
        wanted = {golden_id for one in asked for golden_id in one.golden_ids}
        known = {one.golden_id: one for one in reads.named(connection, wanted)}
        impacts = ((*_impact(known, one), one) for one in asked)
        first = nsmallest(limit, impacts, key=lambda one: (-one[0], -one[2].bits, one[2].pair))
        return Queue(tuple(_questions(hub, connection, known, first)), len(asked))


def _open(connection: Connection) -> Iterator[Possible]:
    """The strongest pair of each two golden ids nobody has judged."""
    judged = _apart(connection)
    seen: set[frozenset[str]] = set()
    for one in identity.possible(connection):
        both = frozenset(one.golden_ids)
        if both not in seen and both not in judged:
            seen.add(both)
            yield one


def _apart(connection: Connection) -> set[frozenset[str]]:
    decisions = [one for one in identity.judgements(connection) if not one.same]
    rows = records.ids(connection, {key for one in decisions for key in (one.low, one.high)})
    golden = identity.golden_of(connection, rows.values())
    return {
        frozenset((golden[rows[one.low]], golden[rows[one.high]]))
        for one in decisions
        if {one.low, one.high} <= rows.keys() and {rows[one.low], rows[one.high]} <= golden.keys()
    }


def _impact(known: Mapping[str, Named], one: Possible) -> tuple[int, tuple[str, ...]]:
    """How much hangs on a question, and why; the heaviest first."""
    left, right = (known[golden_id].document for golden_id in one.golden_ids)
    found = sorted(_reasons(left, right), reverse=True)
    return sum(weight for weight, _ in found), tuple(reason for _, reason in found)


def _reasons(left: Document, right: Document) -> Iterator[tuple[int, str]]:
    consents = [(left.get(name), right.get(name)) for name in ADDRESSES]
    if any(one != other and "no" in (one, other) for one, other in consents):
        yield 8, EN["hangs.no"]
    if any(_amount(one, "overdue_balance") for one in (left, right)):
        yield 4, EN["hangs.overdue"]
    if any(_amount(one, "open_tickets") for one in (left, right)):
        yield 2, EN["hangs.ticket"]
    if any(one.get("journey_stage") == "customer" for one in (left, right)):
        yield 1, EN["hangs.buys"]


def _amount(document: Document, name: str) -> float:
    try:
        return float(str(document.get(name, 0)))
    except ValueError:
        return 0.0


def _questions(
    hub: Hub,
    connection: Connection,
    known: Mapping[str, Named],
    first: Sequence[tuple[int, tuple[str, ...], Possible]],
) -> Iterator[Question]:
    matching = hub.matching()
    keys = records.keys_by_row(connection, {row for *_, one in first for row in one.pair})
    for impact, reasons, one in first:
        left, right = (
            Side(golden_id, str(keys[row]), name_of(known[golden_id]), known[golden_id].systems)
            for row, golden_id in zip(one.pair, one.golden_ids, strict=True)
        )
        kind = keys[one.pair[0]].kind
        likely = one.bits >= matching[kind].accept
        yield Question(left, right, kind, round(one.bits, 1), likely, impact, reasons)
