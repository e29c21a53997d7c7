"""What people decide about who is who: two are one customer, or two, whatever any rule says.

A decision is a row with who, why and when; it is never overwritten, only withdrawn or followed by a later
one on the same two records. A decision that contradicts what others decided by way of third records is
refused, and says whose word stands against it.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import product

from hub.flow.decide.sides import records_of
from hub.flow.errors import FlowError, NotFound
from hub.flow.hub import Hub
from hub.flow.present import trusted
from hub.flow.verbs import recompose
from hub.identity.connected import connected
from hub.model.keys import RecordKey
from hub.store import due, identity, records
from hub.store.engine import Connection
from hub.store.identity import Judgement
from hub.store.runs import Counts

Side = Sequence[RecordKey]
"""The records one word stands for: a record itself, or all of a golden id, in order."""


class Contradiction(FlowError):
    """Somebody decided otherwise before; the message says who, when and why."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What a decision came to."""

    decisions: int
    """How many pairs of records it is about."""
    golden_ids: tuple[str, ...]
    """Who the records named are now; one id, or several."""
    counts: Counts


def same(hub: Hub, left: str, right: str, who: str, why: str) -> Decided:
    """These two are one customer, and so are all who are one with either. Raises NotFound and Contradiction.

    ``left``, ``right``: a record as ``system/kind/key``, or a golden id.
    """
    with hub.store.read() as connection:
        mine, theirs = _sides(hub, connection, left, right)
    return _decide(hub, [(mine[0], theirs[0])], mine, theirs, same=True, who=who, why=why)


def apart(hub: Hub, left: str, right: str, who: str, why: str) -> Decided:
    """These two are two customers, and stay so. Raises NotFound and Contradiction.

    A record and the golden id it belongs to: the record leaves. Two records of one golden id: it splits
    between them, the others going with whom they are most alike.
    """
    with hub.store.read() as connection:
        mine, theirs = _sides(hub, connection, left, right)
    shared = set(mine) & set(theirs)
    if len(mine) > 1 and len(theirs) > 1 and shared:
        raise NotFound(f"{left} and {right} are one customer; name the record that is to leave")
    mine, theirs = (
        [one for one in mine if len(mine) == 1 or one not in shared],
        [one for one in theirs if len(theirs) == 1 or one not in shared],
    )
    return _decide(hub, list(product(mine, theirs)), mine, theirs, same=False, who=who, why=why)


def withdraw(hub: Hub, left: str, right: str) -> Decided:
    """What was decided about these two no longer stands. Raises NotFound."""
    with hub.store.read() as connection:
        mine, theirs = _sides(hub, connection, left, right)
        standing = _between(identity.judgements(connection, {*mine, *theirs}), mine, theirs)
    if not standing:
        raise NotFound(f"nothing was decided about {left} and {right}; klantbeeld explain lists decisions")
    with hub.store.begin() as connection:
        trusted(connection)
        for one in standing:
            identity.withdraw(connection, one.low, one.high, hub.now())
        _touch(connection, [key for one in standing for key in (one.low, one.high)])
    return _settled(hub, len(standing), mine, theirs)


def _sides(
    hub: Hub, connection: Connection, left: str, right: str
) -> tuple[list[RecordKey], list[RecordKey]]:
    mine, theirs = (sorted(records_of(hub, connection, one).values()) for one in (left, right))
    if mine == theirs:
        raise NotFound(f"{left} and {right} are the same; give two records, or a record and a golden id")
    if mine[0].kind != theirs[0].kind:
        raise NotFound(f"{left} is a {mine[0].kind} and {right} a {theirs[0].kind}; they are never one")
    return mine, theirs


def _decide(
    hub: Hub,
    pairs: Sequence[tuple[RecordKey, RecordKey]],
    mine: Side,
    theirs: Side,
    *,
    same: bool,
    who: str,
    why: str,
) -> Decided:
    with hub.store.begin() as connection:
        trusted(connection)
        _must_agree(connection, pairs, same=same)
        for one, other in pairs:
            identity.judge(connection, Judgement(one, other, same, who, why, hub.now()))
        _touch(connection, [*mine, *theirs])
    return _settled(hub, len(pairs), mine, theirs)


def _touch(connection: Connection, keys: Iterable[RecordKey]) -> None:
    due.soil(connection, set(records.ids(connection, set(keys)).values()), compare=False)


def _settled(hub: Hub, decisions: int, mine: Side, theirs: Side) -> Decided:
    counts = recompose(hub)
    with hub.store.read() as connection:
        rows = records.ids(connection, {*mine, *theirs})
        golden_ids = sorted(set(identity.golden_of(connection, rows.values()).values()))
    return Decided(decisions, tuple(golden_ids), counts)


def _must_agree(connection: Connection, pairs: Sequence[tuple[RecordKey, RecordKey]], *, same: bool) -> None:
    """Refuse what third records contradict; what was decided on the very pair is followed by this."""
    now = {frozenset(pair) for pair in pairs}
    reached = _reached(connection, {key for pair in pairs for key in pair})
    known = [one for one in reached if frozenset((one.low, one.high)) not in now]
    units = _units({key for pair in pairs for key in pair}, known)
    if same:
        joined = {frozenset((units[one], units[other])) for one, other in pairs}
        if against := [x for x in known if not x.same and frozenset((units[x.low], units[x.high])) in joined]:
            raise Contradiction(f"they were kept apart: {_told(against)}")
    elif any(units[one] == units[other] for one, other in pairs):
        raise Contradiction(f"they are one by other decisions: {_told(x for x in known if x.same)}")


def _reached(connection: Connection, start: Collection[RecordKey]) -> list[Judgement]:
    """Every decision that hangs together with these records by way of decisions that two are one."""
    seen: set[RecordKey] = set()
    found: dict[tuple[RecordKey, RecordKey], Judgement] = {}
    frontier = set(start)
    while frontier:
        seen |= frontier
        new = identity.judgements(connection, frontier)
        found |= {(one.low, one.high): one for one in new}
        frontier = {key for one in new if one.same for key in (one.low, one.high)} - seen
    return list(found.values())


def _units(keys: Collection[RecordKey], known: Sequence[Judgement]) -> dict[RecordKey, int]:
    """Record → the number of the records that decisions make one with it."""
    links = [(one.low, one.high) for one in known if one.same]
    every = sorted({*keys, *(key for one in known for key in (one.low, one.high))})
    number = {key: place for place, key in enumerate(every)}
    parts = connected(range(len(every)), [(number[low], number[high]) for low, high in links])
    return {every[one]: place for place, part in enumerate(parts) for one in part}


def _between(
    known: Iterable[Judgement], mine: Collection[RecordKey], theirs: Collection[RecordKey]
) -> list[Judgement]:
    return [
        one
        for one in known
        if (one.low in mine and one.high in theirs) or (one.low in theirs and one.high in mine)
    ]


def _told(some: Iterable[Judgement]) -> str:
    said = "; ".join(f"{one.low} and {one.high} by {one.who} on {one.at[:10]} ({one.why})" for one in some)
    return f"{said}. Withdraw that first: klantbeeld review withdraw"
