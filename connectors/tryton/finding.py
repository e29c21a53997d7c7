"""Looking parties up by what they hold, before one is created.

Tryton strips a code, and writes numbers in its own way (a telephone number in groups, where its package
phonenumbers is installed): it keeps the plain form beside them, ``value_compact`` and ``code_compact``. That
is looked in and never kept, for Tryton leaves it standing when it erases a party.
"""

from collections.abc import Sequence
from typing import Any

from connectors.contract import Json, RawRecord
from connectors.tryton.entries import VAT, folded
from connectors.tryton.records import MECHANISMS, records
from connectors.tryton.rpc import Rpc
from connectors.tryton.sheet import PARTY_FIELDS

_ESCAPED = str.maketrans({"\\": "\\\\", "%": "\\%", "_": "\\_"})


def find_parties(rpc: Rpc, path: str, values: Sequence[str]) -> dict[str, tuple[RawRecord, ...]]:
    """Value → the active parties that hold it; e-mail addresses and VAT numbers in any case."""
    domain = [["active", "=", True], _holds(path, values)]
    parties = records(rpc.read("party.party", domain, PARTY_FIELDS), "parties")
    kind = VAT if path == "vat" else path
    found = {
        value: tuple(record for record in parties if folded(kind, value) in _held(record.data, path))
        for value in values
    }
    return {value: holders for value, holders in found.items() if holders}


def _holds(path: str, values: Sequence[str]) -> list[Any]:
    if path in MECHANISMS:
        return ["contact_mechanisms", "where", _entry(path, "value", values)]
    if path == "vat":
        return ["identifiers", "where", _entry(VAT, "code", values)]
    return [path, "in", [value.strip() if path == "code" else value for value in values]]


def _entry(kind: str, field: str, values: Sequence[str]) -> list[Any]:
    names = (field, f"{field}_compact")
    alike = [[[name, "ilike", value.translate(_ESCAPED)]] for value in values for name in names]
    return [["type", "=", kind], ["active", "=", True], ["OR", *alike]]


def _held(data: Json, path: str) -> set[str]:
    """Every value the party holds at this path, also beyond the first, as it compares."""
    if path in MECHANISMS:
        entries = [(one, "value") for one in data["contact_mechanisms"] if one["type"] == path]
    elif path == "vat":
        entries = [(one, "code") for one in data["identifiers"] if one["type"] == VAT]
    else:
        return {folded(path, data[path])}
    return {folded(one["type"], one[field]) for one, field in entries if one["active"]}
