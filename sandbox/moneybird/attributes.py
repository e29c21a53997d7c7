"""Which attributes there are, and which values they take."""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sandbox.moneybird.countries import COUNTRIES
from sandbox.moneybird.forms import bad_request

EMAIL = re.compile(r"[^\s@,;<>\"]+@([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,63}")
IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
TEXTS = (
    *("company_name", "firstname", "lastname", "address1", "address2", "zipcode", "city", "country", "phone"),
    *("customer_id", "tax_number", "chamber_of_commerce", "bank_account", "si_identifier"),
    *("send_invoices_to_attention", "send_invoices_to_email"),
    *("send_estimates_to_attention", "send_estimates_to_email"),
    *("sepa_iban", "sepa_iban_account_name", "sepa_bic", "sepa_mandate_id"),
)
CHOICES: Mapping[str, tuple[str, ...]] = {
    "delivery_method": ("Email", "Simplerinvoicing", "Peppol", "Post", "Manual"),
    "sepa_sequence_type": ("RCUR", "FRST", "OOFF", "FNAL"),
}
FLAGS = ("sepa_active", "email_ubl", "direct_debit")
OTHERS = ("sepa_mandate_date", "invoice_workflow_id", "estimate_workflow_id", "si_identifier_type")
WRITABLE = frozenset({*TEXTS, *CHOICES, *FLAGS, *OTHERS, "custom_fields_attributes"})
READ_ONLY: Mapping[str, str] = {"attention": "send_invoices_to_attention", "email": "send_invoices_to_email"}
"""What answers show and no write changes since 2016 → the attribute whose value it shows.

Whether such a write is refused or dropped the document leaves open; here it is dropped, the worse of the two.
"""
PERSON_TEXTS = ("firstname", "lastname", "phone", "email", "department")
BLANK: Mapping[str, Any] = {
    **dict.fromkeys((*TEXTS, *READ_ONLY), ""),
    "country": "NL",
    "delivery_method": "Email",
    "sepa_active": False,
    **dict.fromkeys(OTHERS),
    "sepa_sequence_type": "RCUR",
    "email_ubl": False,
    "direct_debit": False,
}
"""A contact nobody has filled in yet."""
MAILBOXES = ("send_invoices_to_email", "send_estimates_to_email")
"""Each may hold several addresses, parted by commas."""


def permitted(given: Any, root: str, known: Iterable[str], dropped: Collection[str] = ()) -> dict[str, Any]:
    """The attributes below ``root`` of a body without those that are ``dropped`` in silence.

    Raises Moneybird's 400 for any that it does not know.
    """
    if not isinstance(given, dict) or not isinstance(given.get(root), dict):
        raise bad_request(f"param is missing or the value is empty: {root}")
    unknown = sorted({*given.keys() - {root}, *given[root].keys() - {*known, *dropped}})
    if unknown:
        raise bad_request(f"found unpermitted parameter(s): {', '.join(unknown)}")
    return {name: value for name, value in given[root].items() if name not in dropped}


def cast(given: Mapping[str, Any]) -> dict[str, Any]:
    """Values as they are stored: text attributes hold text, and null empties them."""
    out = {}
    for name, value in given.items():
        if isinstance(value, dict | list):
            raise bad_request(f"{name} must be a single value")
        out[name] = _cast(name, value)
    return out


def cast_contact(given: Mapping[str, Any]) -> dict[str, Any]:
    """As :func:`cast`, for a contact: what is read only shows what was written under its other name."""
    out = cast(given)
    return out | {name: out[written] for name, written in READ_ONLY.items() if written in out}


def _cast(name: str, value: Any) -> Any:
    if name in FLAGS:
        return value in (True, "true", "1", 1)
    if name in TEXTS or name in PERSON_TEXTS:
        return "" if value is None else str(value)
    return value or None


def wrong_values(row: Mapping[str, Any]) -> dict[str, list[tuple[str, str]]]:
    """What is wrong with a whole contact, attribute by attribute; uniqueness is not looked at."""
    found: dict[str, list[tuple[str, str]]] = {}
    if not any((row.get(name) or "").strip() for name in ("company_name", "firstname", "lastname")):
        for name in ("company_name", "firstname", "lastname"):
            found[name] = [("blank", "can't be blank")]
    for name in ("customer_id", *_needed(row)):
        if not row.get(name):
            found[name] = [("blank", "can't be blank")]
    for name in _invalid(row):
        found[name] = [("invalid", "is invalid")]
    for name, allowed in {**CHOICES, "country": COUNTRIES}.items():
        if row.get(name) and row[name] not in allowed:
            found[name] = [("inclusion", "is not included in the list")]
    return found


def _needed(row: Mapping[str, Any]) -> tuple[str, ...]:
    if not row.get("sepa_active"):
        return ()
    return (
        "sepa_iban",
        "sepa_iban_account_name",
        "sepa_mandate_id",
        "sepa_mandate_date",
        "sepa_sequence_type",
    )


def _invalid(row: Mapping[str, Any]) -> Iterable[str]:
    for name in MAILBOXES:
        addresses = [part.strip() for part in (row.get(name) or "").split(",")]
        if row.get(name) and not all(EMAIL.fullmatch(address) for address in addresses):
            yield name
    if row.get("sepa_iban") and not IBAN.fullmatch(row["sepa_iban"].replace(" ", "")):
        yield "sepa_iban"
