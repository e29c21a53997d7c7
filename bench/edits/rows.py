"""The invented customers as rows of the four systems, written through the mappings' own lenses."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bench.edits.invented import Customer
from bench.edits.place import HOMES, Place, lenses
from connectors.contract import Json
from hub.mapping.lens import Lens
from hub.mapping.load import Mappings
from hub.mapping.paths import put
from hub.model.value import Value
from sandbox.core.stamps import iso_ms, iso_s

FIRST = {"hubspot": 10_000, "brevo": 10, "zendesk": 360_000_000_000, "moneybird": 400_000_000_000_000_000}
Rows = dict[str, dict[str, list[Json]]]
"""System → object → rows in the vendor's shape."""


def seeds(mappings: Mappings, every: Sequence[Customer], seen: datetime) -> tuple[Rows, dict[Place, str]]:
    """All rows, last touched at ``seen``, and which customer each is."""
    rows: Rows = {system: {} for system in mappings.systems}
    owners: dict[Place, str] = {}
    for one in every:
        for system in one.systems:
            place = Place(system, HOMES[system, one.kind], str(FIRST[system] + one.number))
            row = _row(place, seen)
            fill(row, lenses(mappings, place, one.kind), one.values)
            rows[system].setdefault(place.object, []).append(row)
            owners[place] = one.id
    return rows, owners


def fill(row: Json, some: Mapping[str, Lens], values: Mapping[str, Value]) -> None:
    """Put these values where the system has them; what it has no room for is left out."""
    for name, lens in some.items():
        if name in values:
            for where, raw in written(lens, values[name]).items():
                put(row, where, raw)


def written(lens: Lens, value: Value | None) -> Mapping[tuple[str, ...], object]:
    """What stands where for this value; a list fills the places there are."""
    if lens.shape != "list":
        return lens.write(value)
    elements = [str(one) for one in value] if isinstance(value, list) else []
    return lens.write_slots(tuple([*elements, *[None] * lens.places][: lens.places]))


def _row(place: Place, seen: datetime) -> Json:
    make: Any = {"hubspot": _hubspot, "brevo": _brevo, "zendesk": _zendesk, "moneybird": _moneybird}
    row: Json = make[place.system](place, iso_ms(seen), iso_s(seen), int(seen.timestamp()))
    return row


def _hubspot(place: Place, ms: str, _: str, __: int) -> Json:
    return {"id": place.key, "createdAt": ms, "updatedAt": ms, "archived": False, "properties": {}}


def _brevo(place: Place, ms: str, _: str, __: int) -> Json:
    flags = {"emailBlacklisted": False, "smsBlacklisted": False}
    return {"id": int(place.key), "createdAt": ms, "modifiedAt": ms, "listIds": [], "attributes": {}, **flags}


def _zendesk(place: Place, _: str, s: str, __: int) -> Json:
    both: Json = {"id": int(place.key), "external_id": None, "created_at": s, "updated_at": s, "tags": []}
    if place.object == "organizations":
        told = {"domain_names": [], "organization_fields": {}, "shared_tickets": False, "group_id": None}
        return {**both, **told, "shared_comments": False, "notes": "", "details": ""}
    state = {"role": "end-user", "active": True, "suspended": False, "shared": False, "verified": True}
    own = {"email": None, "phone": None, "locale": "nl", "time_zone": "Amsterdam", "organization_id": None}
    return {**both, **state, **own, "user_fields": {}, "notes": "", "details": ""}


def _moneybird(place: Place, ms: str, _: str, version: int) -> Json:
    stamps = {"version": version, "created_at": ms, "updated_at": ms}
    lists: Json = {"contact_people": [], "custom_fields": []}
    return {"id": place.key, "customer_id": place.key[-7:], "archived": False, "email": "", **lists, **stamps}
