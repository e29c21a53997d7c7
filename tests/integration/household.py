"""One person and one organisation a number, in every system that can hold them, in the vendors' shapes.

All systems say the same of a customer, so that what changes later is somebody's edit.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from connectors.contract import Json
from hub.codecs import CodecError, codec
from hub.model.value import Value
from sandbox.core.standin import Rows
from tests.integration.stage import START

SEEN = START - timedelta(days=20)


def _ms(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _s(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True)
class Customer:
    """Person ``number`` or organisation ``number``; the keys each system knows them by."""

    number: int
    refused_in: str = ""
    """The system in which this customer said no at first."""

    @property
    def letters(self) -> str:
        return "".join("bcdfghjklm"[int(digit)] + "a" for digit in f"{self.number:03d}")

    def key(self, system: str, kind: str) -> str:
        """The system's own id."""
        base = {
            "hubspot": 10_000,
            "brevo": 10,
            "zendesk": 360_000_000_000,
            "moneybird": 400_000_000_000_000_000,
        }
        return str(base[system] + (5_000 if kind == "organisation" else 0) + self.number)

    def record(self, system: str, kind: str) -> str:
        """The source record, as text."""
        suffix = "#person" if (system, kind) == ("moneybird", "person") else ""
        return f"{system}/{kind}/{self.key(system, kind)}{suffix}"

    def said(self, kind: str) -> dict[str, Value]:
        """What every system says at first, by shared field."""
        return self._values(kind, "Plein", 1000, "Delft", "nl", "customer", 1, "125.00", 0)

    def edited(self, kind: str) -> dict[str, Value]:
        """A new value for each field, as somebody might type it."""
        return self._values(kind, "Nieuwstraat", 5000, "Breda", "de", "former", 7, "999.00", 1)

    def _values(
        self,
        kind: str,
        street: str,
        codes: int,
        city: str,
        language: str,
        stage: str,
        tickets: int,
        due: str,
        turn: int,
    ) -> dict[str, Value]:
        old = "nieuw" if turn else "klant"
        line = "6" if kind == "person" else "7"
        common: dict[str, Value] = {
            "emails": [f"{kind[0]}@{old}{self.number}.nl"],
            "phones": [f"+31{line}{turn + 1}{self.number:07d}"],
            "address": {
                "street": street,
                "house_number": str(self.number + 1),
                "postal_code": f"{codes + self.number} AB",
                "city": city,
                "country": "NL",
            },
            "language": language,
            "journey_stage": stage,
            "open_tickets": tickets,
            "overdue_balance": due,
        }
        if kind == "person":
            family = ("Nieuw" if turn else "") + self.letters.capitalize()
            born = date(1950 + 30 * turn, 1, 1) + timedelta(days=37 * self.number)
            return common | {
                "name": {"given_name": "Jan", "family_name": family},
                "birth_date": born.isoformat(),
                "email_consent": "no",
                "sms_consent": "no",
            }
        return common | {
            "legal_name": f"Firma {self.number:03d} Handel" + " B.V." * turn,
            "vat_number": f"{self.vat}B0{turn + 1}",
            "coc_number": f"{10_000_000 + 10 * self.number + turn}",
            "domain": f"{old}{self.number}.nl",
        }

    @cached_property
    def vat(self) -> str:
        """A Dutch VAT number of this customer's own, without its suffix."""
        vats = codec("vat")
        for number in range(100_000_000 + 1000 * self.number, 100_000_000 + 1000 * self.number + 999):
            try:
                for suffix in ("B01", "B02"):
                    vats.read(f"NL{number}{suffix}")
            except CodecError:
                continue
            return f"NL{number}"
        raise AssertionError("no valid number")


def rows(people: list[Customer], firms: list[Customer]) -> Mapping[str, Rows]:
    """The seeds of all four systems."""
    return {
        "hubspot": {
            "contacts": [_contact(one) for one in people],
            "companies": [_company(one) for one in firms],
        },
        "brevo": {"contacts": [_brevo(one) for one in people]},
        "zendesk": {
            "users": [_user(one) for one in people],
            "organizations": [_organization(one) for one in firms],
            "tickets": [_ticket(one) for one in people],
        },
        "moneybird": {
            "contacts": [_person(one) for one in people] + [_firm(one) for one in firms],
            "sales_invoices": [_invoice(one, kind) for kind, some in _kinds(people, firms) for one in some],
        },
    }


def _kinds(people: list[Customer], firms: list[Customer]) -> list[tuple[str, list[Customer]]]:
    return [("person", people), ("organisation", firms)]


def _hubspot(one: Customer, kind: str, changed: str, properties: Json) -> Json:
    key, said = one.key("hubspot", kind), one.said(kind)
    address: Any = said["address"]
    shared = {
        "phone": said["phones"][0],  # type: ignore[index]
        "address": f"{address['street']} {address['house_number']}",
        "zip": address["postal_code"],
        "city": address["city"],
        "country": "Netherlands",
        "lifecyclestage": "customer",
        "createdate": _ms(SEEN),
        changed: _ms(SEEN),
        "hs_object_id": key,
    }
    envelope = {"createdAt": _ms(SEEN), "updatedAt": _ms(SEEN), "archived": False}
    return {"id": key, "properties": {**shared, **properties}, **envelope}


def _contact(one: Customer) -> Json:
    said: Any = one.said("person")
    properties = {
        "firstname": "Jan",
        "lastname": said["name"]["family_name"],
        "email": said["emails"][0],
        "date_of_birth": said["birth_date"],
        "hs_language": "nl",
        "hs_email_optout": "true" if one.refused_in == "hubspot" else None,
    }
    return _hubspot(one, "person", "lastmodifieddate", properties)


def _company(one: Customer) -> Json:
    said = one.said("organisation")
    properties = {"name": said["legal_name"], **{n: said[n] for n in ("vat_number", "coc_number", "domain")}}
    return _hubspot(one, "organisation", "hs_lastmodifieddate", properties)


def _brevo(one: Customer) -> Json:
    said: Any = one.said("person")
    address = said["address"]
    refused = one.refused_in == "brevo"
    return {
        "id": int(one.key("brevo", "person")),
        "email": said["emails"][0],
        "emailBlacklisted": refused,
        "smsBlacklisted": refused,
        "createdAt": _ms(SEEN),
        "modifiedAt": _ms(SEEN),
        "listIds": [],
        "attributes": {
            "FIRSTNAME": "Jan",
            "LASTNAME": said["name"]["family_name"],
            "SMS": said["phones"][0][1:],
            "STREET": f"{address['street']} {address['house_number']}",
            "POSTCODE": address["postal_code"],
            "CITY": address["city"],
            "COUNTRY": "Nederland",
            "BIRTHDATE": said["birth_date"],
            "LANGUAGE": "nl",
        },
    }


def _user(one: Customer) -> Json:
    said: Any = one.said("person")
    return {
        "id": int(one.key("zendesk", "person")),
        "name": f"Jan {said['name']['family_name']}",
        "email": said["emails"][0],
        "phone": said["phones"][0],
        "locale": "nl",
        "time_zone": "Amsterdam",
        "role": "end-user",
        "organization_id": None,
        "external_id": None,
        "active": True,
        "suspended": False,
        "shared": False,
        "verified": True,
        "user_fields": {},
        "created_at": _s(SEEN),
        "updated_at": _s(SEEN),
        "tags": [],
        "notes": "",
        "details": "",
    }


def _organization(one: Customer) -> Json:
    return {
        "id": int(one.key("zendesk", "organisation")),
        "name": one.said("organisation")["legal_name"],
        "domain_names": [],
        "external_id": None,
        "organization_fields": {},
        "shared_tickets": False,
        "shared_comments": False,
        "created_at": _s(SEEN),
        "updated_at": _s(SEEN),
        "tags": [],
        "notes": "",
        "details": "",
        "group_id": None,
    }


def _ticket(one: Customer) -> Json:
    return {
        "id": 1000 + one.number,
        "subject": "A question",
        "status": "open",
        "priority": "high",
        "requester_id": int(one.key("zendesk", "person")),
        "organization_id": None,
        "created_at": _s(SEEN),
        "updated_at": _s(SEEN),
        "tags": [],
    }


def _moneybird(one: Customer, kind: str, own: Json) -> Json:
    said: Any = one.said(kind)
    address = said["address"]
    return {
        "id": one.key("moneybird", kind),
        "address1": f"{address['street']} {address['house_number']}",
        "zipcode": address["postal_code"],
        "city": address["city"],
        "country": "NL",
        "email": said["emails"][0],
        "phone": said["phones"][0],
        "customer_id": one.key("moneybird", kind)[-7:],
        "contact_people": [],
        "custom_fields": [],
        "archived": False,
        "version": int(SEEN.timestamp()),
        "created_at": _ms(SEEN),
        "updated_at": _ms(SEEN),
        **own,
    }


def _person(one: Customer) -> Json:
    said: Any = one.said("person")
    return _moneybird(one, "person", {"firstname": "Jan", "lastname": said["name"]["family_name"]})


def _firm(one: Customer) -> Json:
    said = one.said("organisation")
    names = {"company_name": said["legal_name"], "tax_number": said["vat_number"]}
    return _moneybird(one, "organisation", {**names, "chamber_of_commerce": said["coc_number"]})


def _invoice(one: Customer, kind: str) -> Json:
    key = one.key("moneybird", kind)
    return {
        "id": str(int(key) + 100_000_000),
        "contact_id": key,
        "invoice_id": f"2026-{key[-5:]}",
        "state": "late",
        "invoice_date": "2026-01-02",
        "due_date": "2026-02-01",
        "currency": "EUR",
        "total_price_incl_tax": "125.00",
        "total_unpaid": "125.00",
        "version": int(SEEN.timestamp()),
        "created_at": _ms(SEEN),
        "updated_at": _ms(SEEN),
    }
