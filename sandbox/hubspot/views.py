"""What of a record goes out."""

from collections.abc import Mapping, Sequence
from typing import Any

from sandbox.core.table import Json
from sandbox.hubspot.crm import Crm
from sandbox.hubspot.kinds import COMPANIES, CONTACTS, Kind
from sandbox.hubspot.properties import Property
from sandbox.hubspot.records import Records


def view(kind: Kind, known: Mapping[str, Property], row: Mapping[str, Any], asked: Sequence[str]) -> Json:
    """A record with the properties asked for (the usual ones where none are); empty ones are null.

    Names HubSpot does not know are left out without a word, as its documentation says.
    """
    wanted = sorted({*(asked or kind.shown), *kind.always} & known.keys())
    out = {
        name: row[name] for name in ("id", "createdAt", "updatedAt", "archived", "archivedAt") if name in row
    }
    return {**out, "properties": {name: row["properties"].get(name) for name in wanted}}


def with_history(records: Records, row: Mapping[str, Any], out: Json, asked: Sequence[str]) -> Json:
    """``out`` with the history of the properties it was asked of, of those HubSpot knows."""
    if not asked:
        return out
    names = sorted(set(asked) & records.known.keys())
    return {**out, "propertiesWithHistory": records.history.of(row, names)}


def with_links(crm: Crm, kind: Kind, out: Json, asked: Sequence[str]) -> Json:
    """``out`` with the ``associations`` that were asked for, where there are any."""
    other = COMPANIES if kind is CONTACTS else CONTACTS
    keys = crm.linked(kind, out["id"]) if other.name in asked or other.singular in asked else []
    if not keys:
        return out
    label = f"{kind.singular}_to_{other.singular}"
    results = [{"id": key, "type": label} for key in keys]
    return {**out, "associations": {other.name: {"results": results}}}
