"""From Tryton's answers to records.

A party keeps its lists (``contact_mechanisms``, ``addresses``, ``identifiers``) and shows beside them,
at paths a mapping can name, what people mean by them: the first active ``email``, ``phone``, ``mobile``
and ``website``, the first active ``address``, and the ``vat`` number. :mod:`connectors.tryton.writing`
takes changes at the same paths.
"""

import json
from datetime import date, datetime
from typing import Any

from connectors.contract import Json, RawRecord
from connectors.tryton.sheet import CHILDREN

MECHANISMS = ("email", "phone", "mobile", "website")
ADDRESS = ("street", "postal_code", "city", "country", "subdivision")
VAT = "eu_vat"
CHILD_MODELS = {
    "contact_mechanisms": "party.contact_mechanism",
    "addresses": "party.address",
    "identifiers": "party.identifier",
}


def party_record(item: Json) -> RawRecord:
    """One party; its stamp is the latest of its own and of everything that belongs to it."""
    data = plain(item)
    children = {many: [_flag(one) for one in data[many]] for many in CHILDREN}
    data = {**_flag(data), **children, "categories": [one["name"] for one in data["categories"]]}
    data = {**data, "replaced_by": _key(data["replaced_by"]), **_first_ones(children)}
    return RawRecord(
        key=str(item["id"]),
        data=data,
        stamp=max(
            _stamps(data) + [stamp for many in children.values() for one in many for stamp in _stamps(one)]
        ),
        version=_version(item),
        deleted=not data["active"],
        merged_into=data["replaced_by"],
    )


def invoice_record(item: Json) -> RawRecord:
    """One invoice; ``due_date`` is the earliest date of what is still to be paid, amounts are text."""
    data = plain(item)
    lines = data.pop("lines_to_pay")
    dates = [one["maturity_date"] for one in lines if one["maturity_date"] and not one["reconciliation"]]
    data = {
        **data,
        "party": _key(data["party"]),
        "due_date": min(dates) if dates else data["payment_term_date"],
    }
    return RawRecord(key=str(item["id"]), data=data, stamp=max(_stamps(data)))


RECORD = {"parties": party_record, "invoices": invoice_record}


def first(records: list[Json], **wanted: Any) -> Json | None:
    """The first record whose fields have these values."""
    return next((one for one in records if all(one[name] == value for name, value in wanted.items())), None)


def plain(value: Any) -> Any:
    """Tryton's JSON without its wrappers.

    ``{"__class__": …}`` becomes text, a dotted reference (``"country.": {"id", "code"}``) its code,
    a dotted list loses its dot, and ``_timestamp`` (it is in the version) is left out.
    """
    if isinstance(value, list):
        return [plain(one) for one in value]
    if not isinstance(value, dict):
        return value
    if "__class__" in value:
        return _unwrapped(value)
    undotted = {name.removesuffix("."): (name, one) for name, one in value.items() if name != "_timestamp"}
    return {
        short: _reference(one) if name != short else plain(one) for short, (name, one) in undotted.items()
    }


def _reference(value: Any) -> Any:
    return value["code"] if isinstance(value, dict) else plain(value)


def _unwrapped(value: Json) -> str:
    kind = value["__class__"]
    if kind == "datetime":
        names = ("year", "month", "day", "hour", "minute", "second", "microsecond")
        return datetime(*(value[name] for name in names)).isoformat(timespec="microseconds") + "Z"
    if kind == "date":
        return date(value["year"], value["month"], value["day"]).isoformat()
    return str(value.get("decimal", value.get("seconds", "")))


def _first_ones(children: dict[str, list[Json]]) -> Json:
    """What people mean by "the e-mail", "the address" and "the VAT number" of a party."""
    mechanisms = {kind: first(children["contact_mechanisms"], type=kind, active=True) for kind in MECHANISMS}
    address = first(children["addresses"], active=True) or {}
    vat = first(children["identifiers"], type=VAT, active=True)
    return {
        **{kind: one["value"] if one else None for kind, one in mechanisms.items()},
        "address": {name: address.get(name) for name in ADDRESS},
        "vat": vat["code"] if vat else None,
    }


def _flag(record: Json) -> Json:
    return {**record, "active": bool(record["active"])}


def _key(value: int | None) -> str | None:
    return None if value is None else str(value)


def _stamps(record: Json) -> list[str]:
    """The stamps a record has; ``write_date`` may be null until the first edit."""
    return [record[name] for name in ("create_date", "write_date") if record[name]]


def _version(item: Json) -> str:
    """Tryton's ``_timestamp`` of the party and of everything below it, as its context wants them."""
    found = {f"party.party,{item['id']}": item["_timestamp"]}
    for many, model in CHILD_MODELS.items():
        found |= {f"{model},{one['id']}": one["_timestamp"] for one in item[f"{many}."] or []}
    return json.dumps(found)
