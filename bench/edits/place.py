"""A place: one record of one system; and what it says, unit by unit, in texts that compare.

A *unit* is what people take for one value: a given name, a surname with its prefix, an address as a
whole (its second line apart), one e-mail address, one number, or a field that is no more than one.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from connectors.contract import RawRecord
from hub.mapping.lens import Lens
from hub.mapping.load import Mappings
from hub.mapping.read import CustomerReading, read_customers
from hub.model.keys import Kind
from hub.model.value import Value

HOMES: Mapping[tuple[str, Kind], str] = {
    ("hubspot", "person"): "contacts",
    ("hubspot", "organisation"): "companies",
    ("brevo", "person"): "contacts",
    ("zendesk", "person"): "users",
    ("zendesk", "organisation"): "organizations",
    ("moneybird", "person"): "contacts",
    ("moneybird", "organisation"): "contacts",
}
"""Where each system keeps which kind of customer."""
FACTS = frozenset({"open_tickets", "overdue_balance"})
"""Nobody types these of a customer."""
HOME = ("street", "house_number", "house_number_addition", "postal_code", "city", "country")
LISTS = frozenset({"emails", "phones"})
CONSENTS = ("email_consent", "sms_consent")

Unit = tuple[str, str]
"""Field and part: ``("name", "given")``, ``("emails", "a@b.nl")``, ``("language", "")``."""
Texts = dict[Unit, str]
"""What a record says; a unit that is empty is not there."""


class Place(NamedTuple):
    """One record, by the system's own key."""

    system: str
    object: str
    key: str


def suffix(system: str, kind: Kind) -> str:
    """What the hub puts behind the key of such a record."""
    return "#person" if (system, kind) == ("moneybird", "person") else ""


def record(place: Place, kind: Kind) -> str:
    """The source record, in the hub's words."""
    return f"{place.system}/{kind}/{place.key}{suffix(place.system, kind)}"


def lenses(mappings: Mappings, place: Place, kind: Kind) -> Mapping[str, Lens]:
    """Field → lens of what people type in such a record."""
    facets = mappings.systems[place.system].objects[place.object].facets
    facet = next(one for one in facets if one.kind == kind)
    return {name: lens for name, lens in facet.lenses.items() if name not in FACTS}


def reading(mappings: Mappings, place: Place, raw: RawRecord | None) -> CustomerReading | None:
    """What a record says through its mapping; None where it is gone, or holds nobody."""
    if raw is None or raw.deleted:
        return None
    found = read_customers(mappings.systems[place.system], place.object, place.key, raw.data, {})
    return found[0] if found else None


def texts(found: CustomerReading | None) -> Texts:
    """The units of a reading."""
    if found is None:
        return {}
    told: Texts = {}
    for name, value in found.document().items():
        told |= of_value(name, value)
    return told


def of_value(name: str, value: Any) -> Texts:
    """The units of one field's value, be it a list's elements or slots."""
    if value is None or name in FACTS:
        return {}
    if isinstance(value, list | tuple):
        return {(name, str(one)): str(one) for one in value if one is not None}
    if not isinstance(value, Mapping):
        return {(name, ""): str(value)}
    return {unit: text for unit, text in _parts(name, value) if text}


def _parts(name: str, value: Mapping[str, Value]) -> Iterator[tuple[Unit, str]]:
    if name == "name":
        yield (name, "given"), str(value.get("given_name", ""))
        yield (name, "family"), _joined(value, ("family_name_prefix", "family_name"), " ")
    else:
        yield (name, "home"), _joined(value, HOME, ", ")
        yield (name, "second_line"), str(value.get("second_line", ""))


def _joined(value: Mapping[str, Value], names: tuple[str, ...], between: str) -> str:
    return between.join(str(value[one]) for one in names if value.get(one))


def differing(
    before: CustomerReading | None, after: CustomerReading | None
) -> Iterator[tuple[Unit, str | None, str | None]]:
    """What somebody changed, unit by unit; a value that only reads otherwise now was not touched."""
    was, now = texts(before), texts(after)
    for unit in sorted(was.keys() | now.keys()):
        same = before and after and before.shown.get(unit[0]) == after.shown.get(unit[0])
        if was.get(unit) != now.get(unit) and not same:
            yield unit, was.get(unit), now.get(unit)


def says(stands: str | None, after: str | None) -> bool:
    """Whether what stands is what was typed, or that and what an import had taken and somebody put back."""
    if stands is None or after is None:
        return stands == after
    return set(after.split(", ")) <= set(stands.split(", "))
