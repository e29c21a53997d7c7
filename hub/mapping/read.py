"""Reading a system's record: which customers it holds, and what it says of each."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import Any, NamedTuple

from connectors.keys import LONGEST, as_key
from hub.codecs import CodecError, codec
from hub.mapping.items import Item, items
from hub.mapping.lens import Lens, Unreadable
from hub.mapping.paths import Path, get
from hub.mapping.spec import Facet, Join, Link, SystemMapping
from hub.model.allowed import Allowed
from hub.model.keys import Kind, RecordKey
from hub.model.opinion import Opinion
from hub.model.value import Several, Slots, Value, once

_MONEY = codec("decimal")


class Beside(NamedTuple):
    """What a system told of a record beside what stands in it."""

    unshown: frozenset[Path] = frozenset()
    """The places it did not show this time."""
    typed: Mapping[str, str] = MappingProxyType({})
    """Dotted path → when that place got its present value."""


NOTHING_BESIDE = Beside()
Related = Mapping[str, Sequence[Mapping[str, Any]]]
"""Object name → the records of it that belong to the record being read."""


@dataclass(frozen=True, slots=True)
class CustomerReading:
    """One customer as one record of one system shows it."""

    key: RecordKey
    values: Mapping[str, Value | None] = field(default_factory=dict)
    """Scalar and composite fields the mapping has for this record; None where empty there."""
    slots: Mapping[str, Slots] = field(default_factory=dict)
    """List fields, place by place; two places may show the same."""
    links: Mapping[str, RecordKey] = field(default_factory=dict)
    unreadable: tuple[Unreadable, ...] = ()
    shown: Mapping[str, str] = field(default_factory=dict)
    """Field → fingerprint of what stands in the record there."""

    several: Mapping[str, tuple[Several, ...]] = field(default_factory=dict)
    """Field of which a place may hold more than its one value → place by place what stands there."""
    opinions: Mapping[str, Opinion] = field(default_factory=dict)
    """Field → how its values compare, for those with parts."""
    defaults: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Field → the values its vendor fills in by itself."""
    nobodys: frozenset[str] = frozenset()
    """Fields in which only the record's own mailbox stands once more: the vendor put it there."""
    absent: frozenset[str] = frozenset()
    """Fields of which the record shows no place at all: nothing is said of them."""
    typed: Mapping[str, str] = field(default_factory=dict)
    """Field → when it was last touched, where the system keeps a history of fields."""

    def document(self) -> dict[str, Value]:
        """The customer as the shared schema knows it: filled fields only."""
        whole: dict[str, Value] = {name: one for name, one in self.values.items() if one is not None}
        for name, slots in self.slots.items():
            if elements := [one for one in once(slots) if one is not None]:
                whole[name] = list[Value](elements)
        return whole


def read_customers(
    mapping: SystemMapping,
    obj: str,
    key: str,
    raw: Mapping[str, Any],
    related: Related,
    today: str = "",
    beside: Beside = NOTHING_BESIDE,
) -> list[CustomerReading]:
    """Every customer the record holds; none where no facet applies (an agent, an empty card).

    ``today``: the day of reading as an ISO date, by which facts are overdue or not.
    """
    spec = mapping.objects[obj]
    return [
        _reading(mapping, facet, item, related, today, beside)
        for facet in spec.facets
        if facet.when.applies(raw)
        for item in items(facet, key, raw)
    ]


def _reading(
    mapping: SystemMapping, facet: Facet, item: Item, related: Related, today: str, beside: Beside
) -> CustomerReading:
    values: dict[str, Value | None] = {}
    slots: dict[str, Slots] = {}
    links: dict[str, RecordKey] = {}
    key, raw = item.key, item.data
    unreadable: list[Unreadable] = [item.problem] if item.problem else []
    hints = _hints(facet, raw)
    shown = facet.lenses if facet.each else _shown(facet, beside.unshown)
    for name, lens in shown.items():
        try:
            if lens.shape == "list":
                slots[name] = lens.read_places(raw, hints)
            else:
                values[name] = lens.read(raw, hints)
        except Unreadable as error:
            unreadable.append(error)
    for join in facet.joins:
        try:
            values[join.field] = joined(join, related.get(join.object, ()), today)
        except Unreadable as error:
            unreadable.append(error)
    for name, link in facet.links.items():
        try:
            links |= _linked(mapping, name, link, key, raw)
        except Unreadable as error:
            unreadable.append(error)
    record = RecordKey(mapping.system, facet.kind, key)
    return CustomerReading(
        record,
        values,
        slots,
        links,
        tuple(unreadable),
        {name: lens.shown(raw) for name, lens in shown.items()},
        {name: some for name, lens in shown.items() if (some := lens.several(raw))},
        facet.opinions,
        facet.defaults,
        _nobodys(shown, raw),
        frozenset(facet.lenses.keys() - shown.keys()),
        {} if facet.each else _typed(shown, beside.typed),
    )


def field_reading(facet: Facet, name: str, raw: Mapping[str, Any]) -> Value | Slots | None:
    """What a facet reads of one field of a record, place by place for a list. Raises Unreadable."""
    lens, hints = facet.lenses[name], _hints(facet, raw)
    return lens.read_places(raw, hints) if lens.shape == "list" else lens.read(raw, hints)


def _shown(facet: Facet, unshown: Collection[Path]) -> Mapping[str, Lens]:
    """The fields of which the record says anything."""
    if not unshown:
        return facet.lenses
    return {name: lens for name, lens in facet.lenses.items() if not lens.hidden(unshown)}


def _typed(lenses: Mapping[str, Lens], told: Mapping[str, str]) -> dict[str, str]:
    """Field → when the last of its places was touched; a place never touched has no history."""
    found: dict[str, str] = {}
    for name, lens in lenses.items() if told else ():
        if last := max(told.get(".".join(part.path), "") for part in lens.parts):
            found[name] = last
    return found


def _nobodys(lenses: Mapping[str, Lens], raw: Mapping[str, Any]) -> frozenset[str]:
    mailboxes = lenses["emails"].parts if "emails" in lenses else ()
    found = [str(get(raw, part.path) or "") for part in mailboxes]
    filled = ((name, lens) for name, lens in lenses.items() if lens.mailbox_fills)
    return frozenset(name for name, lens in filled if any(lens.repeats(raw, one) for one in found))


def _hints(facet: Facet, raw: Mapping[str, Any]) -> dict[str, str]:
    """The record's country, which telephone numbers and postal codes are read by."""
    address = facet.lenses.get("address")
    for part in address.parts if address else ():
        if part.name == "country":
            try:
                country = part.read(raw, {})
            except CodecError:
                return {}
            return {"country": str(country)} if country else {}
    return {}


def _linked(
    mapping: SystemMapping, name: str, link: Link, key: str, raw: Mapping[str, Any]
) -> dict[str, RecordKey]:
    """The link by its name; nothing where the record has none. Raises Unreadable for what is no key."""
    kind: Kind = "organisation"
    if link.facet is not None:
        return {name: RecordKey(mapping.system, kind, key.split("#")[0] + link.facet)}
    found = get(raw, link.source) if link.source else None
    if not link.source or found in (None, "", [], {}):
        return {}
    other = as_key(found)
    if other is None:
        raise Unreadable(name, link.source, CodecError("id", Allowed.KEY, found, longest=LONGEST))
    return {name: RecordKey(mapping.system, kind, other)}


def joined(join: Join, records: Sequence[Mapping[str, Any]], today: str = "") -> Value | None:
    """How many of the records count, or what they sum to ("125.00"). ``today`` is an ISO date.

    Raises Unreadable for an amount that is none, or that is not told (one in another currency may have none
    in that of the administration), and for amounts of several currencies: their sum would be wrong.
    """
    counting = [one for one in records if _counts(join, one, today)]
    if not join.sum:
        return len(counting)
    if join.currency and len(found := {str(get(one, join.currency)) for one in counting}) > 1:
        raise Unreadable(join.field, join.currency, CodecError("money", Allowed.ONE_CURRENCY, sorted(found)))
    return f"{sum((_amount(join, one) for one in counting), Decimal(0)):.2f}"


def _counts(join: Join, record: Mapping[str, Any], today: str) -> bool:
    if join.past and not str(get(record, join.past) or "9999") < today:
        return False
    return all(str(get(record, where)) in allowed for where, allowed in join.where.items())


def _amount(join: Join, record: Mapping[str, Any]) -> Decimal:
    """A record's amount, where it stands in the most trusted place: one that is not told is not nothing."""
    for where in join.sum:
        try:
            amount = _MONEY.read(get(record, where))
        except CodecError as error:
            raise Unreadable(join.field, where, error) from error
        if amount is not None:
            return Decimal(str(amount))
    raise Unreadable(join.field, join.sum[-1], CodecError("decimal", Allowed.AMOUNT, None))
