"""Reading a system's record: which customers it holds, and what it says of each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from hub.codecs import CodecError
from hub.mapping.lens import Unreadable
from hub.mapping.paths import get
from hub.mapping.spec import Facet, Join, Link, ObjectMapping, SystemMapping
from hub.model.keys import Kind, RecordKey
from hub.model.value import Slots, Value, once

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

    def document(self) -> dict[str, Value]:
        """The customer as the shared schema knows it: filled fields only."""
        whole: dict[str, Value] = {name: one for name, one in self.values.items() if one is not None}
        for name, slots in self.slots.items():
            if elements := [one for one in once(slots) if one is not None]:
                whole[name] = list[Value](elements)
        return whole


def read_customers(
    mapping: SystemMapping, obj: str, key: str, raw: Mapping[str, Any], related: Related, today: str = ""
) -> list[CustomerReading]:
    """Every customer the record holds; none where no facet applies (an agent, an empty card).

    ``today``: the day of reading as an ISO date, by which facts are overdue or not.
    """
    spec = mapping.objects[obj]
    return [
        _reading(mapping, spec, facet, _suffixed(key, facet, item), item, related, today)
        for facet in spec.facets
        if facet.when.applies(raw)
        for item in _items(facet, raw)
    ]


def _items(facet: Facet, raw: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    if facet.each is None:
        yield raw
        return
    for item in get(raw, facet.each) or ():
        if isinstance(item, Mapping):
            yield item


def _suffixed(key: str, facet: Facet, item: Mapping[str, Any]) -> str:
    return key + facet.suffix.replace("{id}", str(item.get("id", "")))


def _reading(
    mapping: SystemMapping,
    spec: ObjectMapping,
    facet: Facet,
    key: str,
    raw: Mapping[str, Any],
    related: Related,
    today: str,
) -> CustomerReading:
    values: dict[str, Value | None] = {}
    slots: dict[str, Slots] = {}
    unreadable: list[Unreadable] = []
    hints = _hints(facet, raw)
    for name, lens in facet.lenses.items():
        try:
            if lens.shape == "list":
                slots[name] = lens.read_places(raw, hints)
            else:
                values[name] = lens.read(raw, hints)
        except Unreadable as error:
            unreadable.append(error)
    for join in facet.joins:
        values[join.field] = joined(join, related.get(join.object, ()), today)
    record = RecordKey(mapping.system, facet.kind, key)
    links = {name: _linked(mapping, link, key, raw) for name, link in facet.links.items()}
    found = {name: one for name, one in links.items() if one is not None}
    shown = {name: lens.shown(raw) for name, lens in facet.lenses.items()}
    return CustomerReading(record, values, slots, found, tuple(unreadable), shown)


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


def _linked(mapping: SystemMapping, link: Link, key: str, raw: Mapping[str, Any]) -> RecordKey | None:
    kind: Kind = "organisation"
    if link.facet is not None:
        return RecordKey(mapping.system, kind, key.split("#")[0] + link.facet)
    found = get(raw, link.source) if link.source else None
    return RecordKey(mapping.system, kind, str(found)) if found not in (None, "") else None


def joined(join: Join, records: Sequence[Mapping[str, Any]], today: str = "") -> Value | None:
    """How many of the records count, or what they sum to ("125.00"). ``today`` is an ISO date."""
    counting = [one for one in records if _counts(join, one, today)]
    if join.sum is None:
        return len(counting)
    amounts = [_amount(get(one, join.sum)) for one in counting]
    return f"{sum(amounts, Decimal(0)):.2f}"


def _counts(join: Join, record: Mapping[str, Any], today: str) -> bool:
    if join.past and not str(get(record, join.past) or "9999") < today:
        return False
    return all(str(get(record, where)) in allowed for where, allowed in join.where.items())


def _amount(raw: object) -> Decimal:
    try:
        amount = Decimal(str(raw))
    except InvalidOperation:
        return Decimal(0)
    return amount if amount.is_finite() else Decimal(0)
