"""Finance's customers, moved from Moneybird's books to Tryton's, and the truth about them with them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from stdnum.eu import vat

Json = dict[str, Any]
OVERDUE = "late"
MOST_INVOICES = 150
"""Posting an invoice takes Tryton a tenth of a second."""


@dataclass(frozen=True, slots=True)
class Moved:
    """One Moneybird contact as a Tryton customer."""

    contact: str
    """The contact's key in Moneybird."""
    customer: Json
    """As :func:`sandbox.tryton.seed.seed` takes it: an organisation, or a person."""

    @property
    def kind(self) -> str:
        """``organisation`` or ``person``, as the hub says it."""
        return "organisation" if self.customer["organisation"] else "person"

    @property
    def told_as(self) -> str:
        """The key under which the sandbox's truth tells of this customer."""
        return self.contact if self.customer["organisation"] else f"{self.contact}#person"


def move(contacts: Iterable[Json], invoices: Iterable[Json], most: int = MOST_INVOICES) -> list[Moved]:
    """Every contact with a name as one customer, with its overdue invoices (of all, the first ``most``).

    A Tryton party is one customer: of a firm's contact the people in it stay behind.
    """
    bills: dict[str, list[Json]] = {}
    late = sorted((one for one in invoices if one["state"] == OVERDUE), key=lambda one: str(one["id"]))
    for one in late[:most]:
        bill = {"amount": one["total_unpaid"], "due": one["due_date"]}
        bills.setdefault(one["contact_id"], []).append(bill)
    moved = (Moved(one["id"], _customer(one, bills.get(one["id"], []))) for one in contacts)
    return [one for one in moved if "name" in one.customer]


def _customer(contact: Json, bills: list[Json]) -> Json:
    firm = _text(contact, "company_name")
    number = _text(contact, "tax_number")
    whole = {
        "name": firm or _person(contact),
        "organisation": bool(firm),
        "email": _text(contact, "email"),
        "phone": _text(contact, "phone"),
        "address": _address(contact),
        "vat": number if vat.is_valid(number) else None,  # Tryton takes no other
        "invoices": bills,
    }
    return {name: value for name, value in whole.items() if value not in (None, "")}


def _person(contact: Json) -> str:
    """A name in one field: ``Jan de Boer``; a family name turned round stays so: ``Boer, de, Jan``."""
    first, last = _text(contact, "firstname"), _text(contact, "lastname")
    return ", ".join(filter(None, (last, first))) if "," in last else f"{first} {last}".strip()


def _address(contact: Json) -> Json | None:
    names = {"street": "address1", "postal_code": "zipcode", "city": "city"}
    found = {ours: value for ours, theirs in names.items() if (value := _text(contact, theirs))}
    return {**found, "country": _text(contact, "country") or None} if found else None


def _text(contact: Json, name: str) -> str:
    return str(contact.get(name) or "").strip()


def retold(truth: Iterable[Mapping[str, Any]], moved: Sequence[Moved], ids: Sequence[int]) -> list[Json]:
    """The truth's rows of Moneybird that moved, told of Tryton's parties (``ids``, in the same order)."""
    keys = {one.told_as: (str(key), one.kind) for one, key in zip(moved, ids, strict=True)}
    return [
        {**row, "system": "tryton", "object": "parties", "key": key}
        for row in truth
        if row.get("system") == "moneybird"
        for key, kind in [keys.get(str(row.get("key")), ("", ""))]
        if kind and row.get("kind") == kind
    ]
