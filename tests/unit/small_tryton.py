"""A Tryton of a few parties and invoices, as its JSON-RPC answers."""

from typing import Any

from connectors.tryton.street import PIECES

NEW = {"vat": "NL004495445B01", "address": {"city": "Delft", "country": "NL"}, "lang": "nl"}
MOMENT = {
    "__class__": "datetime",
    "year": 2026,
    "month": 3,
    "day": 2,
    "hour": 10,
    "minute": 0,
    "second": 0,
    "microsecond": 5,
}
DAY = {"__class__": "date", "year": 2026, "month": 3, "day": 2}
STAMPED = {"create_date": MOMENT, "write_date": None, "_timestamp": "1772445600.000005", "active": 1}
ENTRY = {"sequence": None, **STAMPED}


def _party(number: int) -> dict[str, Any]:
    return {
        "id": number,
        "name": f"Firm {number}",
        "code": str(number),
        "replaced_by": None,
        "lang.": {"id": 1, "code": "nl"},
        "categories.": [{"id": 1, "name": "Organisation"}],
        "contact_mechanisms.": [
            {"id": 10 + number, "type": "email", "value": "jan@firm.example", "name": None, **ENTRY}
        ],
        "addresses.": [
            {
                "id": 20,
                "street": "Plein 1",
                **dict.fromkeys(PIECES),
                "city": "Delft",
                "country.": {"code": "NL"},
                **ENTRY,
            }
        ],
        "identifiers.": [{"id": 30, "type": "eu_vat", "code": "NL004495445B01", **ENTRY}],
        **STAMPED,
    }


def _invoice(number: int) -> dict[str, Any]:
    return {
        "id": number,
        "number": f"2026-{number}",
        "state": "posted",
        "type": "out",
        "party": 1,
        "currency.": {"code": "EUR"},
        "invoice_date": DAY,
        "payment_term_date": DAY,
        "total_amount": {"__class__": "Decimal", "decimal": "12.50"},
        "amount_to_pay": {"__class__": "Decimal", "decimal": "12.50"},
        "lines_to_pay.": [{"id": 5, "maturity_date": DAY, "reconciliation": None}],
        **STAMPED,
    }


_RESULTS: dict[str, Any] = {
    "common.db.login": [1, "session-key", []],
    "model.party.party.search_read": [_party(number) for number in range(1, 4)],
    "model.account.invoice.search_read": [_invoice(number) for number in range(1, 4)],
    "model.country.country.search_read": [{"id": 7, "code": "NL"}],
    "model.ir.lang.search_read": [{"id": 8, "code": "nl"}],
    "model.party.party.create": [9],
    "model.party.party.write": None,
    "model.ir.model.access.get_access": {"party.party": {"read": True, "write": True, "create": True}},
}


def answer(body: Any) -> dict[str, Any]:
    """What a call is answered with."""
    return {"id": body["id"], "result": _RESULTS[body["method"]]}
