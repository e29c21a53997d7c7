"""From Tryton's answers to records.

A party keeps its lists (``contact_mechanisms``, ``addresses``, ``identifiers``) and shows beside them,
at paths a mapping can name, what people mean by them: the first active ``email``, ``phone``, ``mobile``
and ``website``, the first active ``address`` (its ``street`` with all its pieces, see
:mod:`connectors.tryton.street`), and the ``vat`` number. The lists are in Tryton's order of their
sequences. :mod:`connectors.tryton.writing` takes changes at the same paths.
"""

import json
from typing import Any

from connectors.contract import Json, RawRecord
from connectors.outcome import Answer
from connectors.shape import MAYBE_TEXT, NONE, TEXT, WHOLE, fits
from connectors.stamps import maybe_stamp
from connectors.tryton.entries import VAT, first, in_order
from connectors.tryton.sheet import CHILDREN
from connectors.tryton.street import PIECES, line

MECHANISMS = ("email", "phone", "mobile", "website")
ADDRESS = ("street", "postal_code", "city", "country", "subdivision")
CHILD_MODELS = {
    "contact_mechanisms": "party.contact_mechanism",
    "addresses": "party.address",
    "identifiers": "party.identifier",
}


ID = {"id": WHOLE}
_OWN = {**ID, "_timestamp": TEXT, "active": (bool, int, NONE)}  # SQLite shows 1 and 0
_ENTRY = {**_OWN, "sequence": (int, NONE)}
_TYPED = {**_ENTRY, "type": MAYBE_TEXT}
_PARTY = {
    **_OWN,
    "name": MAYBE_TEXT,
    "code": MAYBE_TEXT,
    "replaced_by": (int, NONE),
    "categories.": [{"name": MAYBE_TEXT}],
    "contact_mechanisms.": [{**_TYPED, "value": MAYBE_TEXT}],
    "identifiers.": [{**_TYPED, "code": MAYBE_TEXT}],
    "addresses.": [{**_ENTRY, **dict.fromkeys(("street", *PIECES), MAYBE_TEXT)}],
}
_INVOICE = {
    **ID,
    "party": (int, NONE),
    "payment_term_date": (dict, NONE),
    "lines_to_pay.": [{"maturity_date": (dict, NONE), "reconciliation": (int, NONE)}],
}
_SHAPE: dict[str, Json] = {"parties": _PARTY, "invoices": _INVOICE}


def records(answer: Answer, obj: str) -> list[RawRecord]:
    """The records in an answer to ``search_read``.

    Raises ContractBroken where one is not as asked for: what is missing must not look like emptied.
    """
    return [_RECORD[obj](item) for item in answer.fitting(_SHAPE[obj], "result")]


def party_record(item: Json) -> RawRecord:
    """One party; its stamp is the latest of its own and of everything that belongs to it."""
    data = plain(item)
    children = {many: in_order([_flag(one) for one in data[many]]) for many in CHILDREN}
    data = {**_flag(data), **children, "categories": [one["name"] for one in data["categories"]]}
    data = {**data, "replaced_by": _key(data["replaced_by"]), **_first_ones(children)}
    return RawRecord(
        key=str(item["id"]),
        data=data,
        stamp=max(
            _stamps(data) + [stamp for many in children.values() for one in many for stamp in _stamps(one)],
            default=None,
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
    return RawRecord(key=str(item["id"]), data=data, stamp=max(_stamps(data), default=None))


_RECORD = {"parties": party_record, "invoices": invoice_record}


_CLOCK = ("hour", "minute", "second", "microsecond")


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
    return value.get("code") if isinstance(value, dict) else plain(value)


def _unwrapped(value: Json) -> str | None:
    """The text of a wrapped value; None for a moment or a day that is in no calendar."""
    kind = value["__class__"]
    if kind == "datetime":
        return _moment(value)
    if kind == "date":
        moment = _moment(value)
        return moment and moment[:10]
    return str(value.get("decimal", value.get("seconds", "")))


def _moment(value: Json) -> str | None:
    whole = {"hour": 0, "minute": 0, "second": 0, "microsecond": 0, **value}
    if not fits(whole, dict.fromkeys(("year", "month", "day", *_CLOCK), WHOLE)):
        return None
    day = "-".join((f"{whole['year']:04}", f"{whole['month']:02}", f"{whole['day']:02}"))
    hour, minute, second, micro = (whole[name] for name in _CLOCK)
    return maybe_stamp(f"{day}T{hour:02}:{minute:02}:{second:02}.{micro:06}+00:00")


def _first_ones(children: dict[str, list[Json]]) -> Json:
    """What people mean by "the e-mail", "the address" and "the VAT number" of a party."""
    mechanisms = {kind: first(children["contact_mechanisms"], type=kind, active=True) for kind in MECHANISMS}
    address = first(children["addresses"], active=True)
    vat = first(children["identifiers"], type=VAT, active=True)
    return {
        **{kind: one["value"] if one else None for kind, one in mechanisms.items()},
        "address": shown(address) if address else dict.fromkeys(ADDRESS),
        "vat": vat["code"] if vat else None,
    }


def shown(address: Json) -> Json:
    """An address as a mapping names its parts."""
    return {**{name: address.get(name) for name in ADDRESS}, "street": line(address)}


def _flag(record: Json) -> Json:
    return {**record, "active": bool(record["active"])}


def _key(value: int | None) -> str | None:
    return None if value is None else str(value)


def _stamps(record: Json) -> list[str]:
    """The stamps a record has; ``write_date`` may be null until the first edit."""
    found = (maybe_stamp(record.get(name)) for name in ("create_date", "write_date"))
    return [stamp for stamp in found if stamp]


def _version(item: Json) -> str:
    """Tryton's ``_timestamp`` of the party and of everything below it, as its context wants them."""
    found = {f"party.party,{item['id']}": item["_timestamp"]}
    for many, model in CHILD_MODELS.items():
        found |= {f"{model},{one['id']}": one["_timestamp"] for one in item[f"{many}."]}
    return json.dumps(found)
