"""Fill a Tryton with parties and posted invoices, through its own API.

One customer is a simple object; every member but ``name`` may be missing::

    {"name": "Bakkerij Jansen B.V.", "organisation": true, "email": "info@jansen.example",
     "phone": "+31201234567", "address": {"street", "city", "postal_code", "country": "NL"},
     "vat": "NL004495445B01", "lang": "nl", "invoices": [{"amount": "120.50", "due": "2026-09-01"}]}
"""

import datetime
import hashlib
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sandbox.tryton.rpc import Json, TrytonRpc

BATCH = 200
CATEGORIES = ("Organisation", "Person")


@dataclass(frozen=True, slots=True)
class Seeded:
    """What was created."""

    ids: list[int]
    """Party ids, in the order of the customers."""
    invoices: int
    parties_per_second: float


def seed(rpc: TrytonRpc, customers: Sequence[Json], finance: Mapping[str, int]) -> Seeded:
    """Create all customers and then their invoices; ``finance`` is :attr:`Made.finance`."""
    names = _Names(rpc, customers)
    started = time.monotonic()
    ids: list[int] = []
    for start in range(0, len(customers), BATCH):
        some = [_party(one, names) for one in customers[start : start + BATCH]]
        ids += rpc.call("party.party", "create", some)
    seconds = time.monotonic() - started
    return Seeded(ids, _bill(rpc, customers, ids, finance), len(ids) / max(seconds, 1e-9))


class _Names:
    """Ids of the countries, languages and categories that the customers name; made where missing."""

    def __init__(self, rpc: TrytonRpc, customers: Sequence[Json]) -> None:
        codes = sorted({str(code) for one in customers if (code := one.get("address", {}).get("country"))})
        self.country = _ids(rpc, "country.country", "code", codes)
        self.category = _ids(rpc, "party.category", "name", CATEGORIES)
        self.lang = {one["code"]: one["id"] for one in rpc.search_read("ir.lang", [], ["code"])}


def _ids(rpc: TrytonRpc, model: str, field: str, values: Sequence[str]) -> dict[str, int]:
    known = {one[field]: one["id"] for one in rpc.search_read(model, [[field, "in", list(values)]], [field])}
    missing = [value for value in values if value not in known]
    if missing:
        made = rpc.call(model, "create", [{"name": value, field: value} for value in missing])
        known |= dict(zip(missing, made, strict=True))
    return known


def _party(one: Json, names: _Names) -> Json:
    party: Json = {
        "name": one["name"],
        "lang": names.lang.get(one.get("lang", "")),
        "contact_mechanisms": _create(
            {"type": kind, "value": one[kind]} for kind in ("email", "phone", "mobile") if one.get(kind)
        ),
        "addresses": _create([_address(one["address"], names)] if one.get("address") else []),
        "identifiers": _create([{"type": "eu_vat", "code": one["vat"]}] if one.get("vat") else []),
    }
    if "organisation" in one:
        party["categories"] = [["add", [names.category[CATEGORIES[0 if one["organisation"] else 1]]]]]
    return party


def _create(records: Any) -> list[Any]:
    made = list(records)
    return [["create", made]] if made else []


def _address(address: Json, names: _Names) -> Json:
    country = address.get("country")
    return {**address, "country": names.country[country] if country else None}


def _bill(rpc: TrytonRpc, customers: Sequence[Json], ids: list[int], finance: Mapping[str, int]) -> int:
    """Create and post every invoice; return how many."""
    company = {"company": finance["company"]}
    addresses = {one["id"]: one["addresses"] for one in rpc.search_read("party.party", [], ["addresses"])}
    bills = [
        invoice(bill, party, _first_address(rpc, party, addresses[party]), finance)
        for one, party in zip(customers, ids, strict=True)
        for bill in one.get("invoices", [])
    ]
    numbers = [one["id"] for one in rpc.search_read("party.identifier", [["type", "=", "eu_vat"]], [])]
    _accept(rpc, "party.identifier", numbers, "account.invoice eu_vat valid")  # not checked at VIES
    for start in range(0, len(bills), BATCH):
        made = rpc.call("account.invoice", "create", bills[start : start + BATCH], context=company)
        _accept(rpc, "account.invoice", made, "invoice_payment_term")  # due in the past
        rpc.call("account.invoice", "post", made, context=company)
    return len(bills)


def _accept(rpc: TrytonRpc, model: str, ids: list[int], warning: str) -> None:
    """Answer a warning beforehand for these records, as Tryton's own client does afterwards.

    Tryton names a warning after the record: the MD5 of ``model,id``, then the warning's own name.
    """
    digests = (hashlib.md5(f"{model},{one}".encode(), usedforsecurity=False).hexdigest() for one in ids)
    answers = [{"user": rpc.user_id, "name": f"{one}.{warning}", "always": True} for one in digests]
    rpc.call("res.user.warning", "create", answers)


def _first_address(rpc: TrytonRpc, party: int, addresses: list[int]) -> int:
    """The address to bill; Tryton wants one, be it an empty one."""
    if not addresses:
        addresses.extend(rpc.call("party.address", "create", [{"party": party}]))
    return addresses[0]


def invoice(bill: Json, party: int, address: int, finance: Mapping[str, int]) -> Json:
    due = datetime.date.fromisoformat(bill["due"])
    line = {
        "type": "line",
        "company": finance["company"],
        "currency": finance["currency"],
        "account": finance["revenue"],
        "description": "Services",
        "quantity": 1.0,
        "unit_price": Decimal(str(bill["amount"])),
    }
    return {
        "type": "out",
        "company": finance["company"],
        "currency": finance["currency"],
        "account": finance["receivable"],
        "journal": finance["journal"],
        "payment_term": finance["payment_term"],
        "payment_term_date": due,
        "invoice_date": min(due - datetime.timedelta(days=30), datetime.date.today()),
        "party": party,
        "invoice_address": address,
        "lines": [["create", [line]]],
    }
