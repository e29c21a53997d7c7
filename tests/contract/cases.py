"""How each object of each system is seeded and written, in its vendor's own shape."""

from datetime import datetime, timedelta
from typing import Literal

from connectors.contract import Json
from sandbox.brevo.standin import Brevo
from sandbox.hubspot.standin import HubSpot
from sandbox.moneybird.standin import ADMINISTRATION, Moneybird
from sandbox.zendesk.standin import Zendesk
from tests.contract.kit import Case


def _ms(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _second(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _hubspot(properties: Json, number: int, moment: datetime, changed: str) -> Json:
    stamps = {"createdate": _ms(moment), changed: _ms(moment), "hs_object_id": str(1000 + number)}
    envelope = {"createdAt": _ms(moment), "updatedAt": _ms(moment), "archived": False}
    return {"id": str(1000 + number), "properties": {**properties, **stamps}, **envelope}


def _hubspot_contact(number: int, moment: datetime) -> Json:
    named = {"email": f"c{number}@firm.example", "firstname": f"C{number}"}
    return _hubspot(named, number, moment, "lastmodifieddate")


def _hubspot_company(number: int, moment: datetime) -> Json:
    named = {"name": f"Firm {number}", "domain": f"firm{number}.example"}
    return _hubspot(named, number, moment, "hs_lastmodifieddate")


def _moneybird_contact(number: int, moment: datetime) -> Json:
    return {
        "id": str(400000000000000000 + number),
        "company_name": f"Firm {number}",
        "customer_id": str(number),
        "contact_people": [],
        "custom_fields": [],
        "archived": False,
        "version": int(moment.timestamp()),
        "created_at": _ms(moment),
        "updated_at": _ms(moment),
    }


def _moneybird_invoice(number: int, moment: datetime) -> Json:
    return {
        "id": str(500000000000000000 + number),
        "contact_id": "400000000000000001",
        "invoice_id": f"2024-{number}",
        "state": "open",
        "invoice_date": moment.date().isoformat(),
        "due_date": moment.date().isoformat(),
        "currency": "EUR",
        "total_price_incl_tax": "10.00",
        "total_unpaid": "10.00",
        "version": int(moment.timestamp()),
        "created_at": _ms(moment),
        "updated_at": _ms(moment),
    }


def _brevo_contact(number: int, moment: datetime) -> Json:
    return {
        "id": number,
        "email": f"c{number}@firm.example",
        "emailBlacklisted": False,
        "smsBlacklisted": False,
        "createdAt": _ms(moment),
        "modifiedAt": _ms(moment),
        "listIds": [],
        "attributes": {"FIRSTNAME": f"C{number}"},
    }


def _zendesk_user(number: int, moment: datetime) -> Json:
    return {
        "id": 360000000000 + number,
        "name": f"User {number}",
        "email": f"c{number}@firm.example",
        "phone": None,
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
        "created_at": _second(moment),
        "updated_at": _second(moment),
        "tags": [],
        "notes": "",
        "details": "",
    }


def _zendesk_organization(number: int, moment: datetime) -> Json:
    return {
        "id": 370000000000 + number,
        "name": f"Firm {number}",
        "domain_names": [],
        "external_id": None,
        "organization_fields": {},
        "shared_tickets": False,
        "shared_comments": False,
        "created_at": _second(moment),
        "updated_at": _second(moment),
        "tags": [],
        "notes": "",
        "details": "",
        "group_id": None,
    }


def _zendesk_ticket(number: int, moment: datetime) -> Json:
    return {
        "id": 1000 + number,
        "subject": "A question",
        "status": "open",
        "priority": "high",
        "requester_id": 360000000001,
        "organization_id": None,
        "created_at": _second(moment),
        "updated_at": _second(moment),
        "tags": [],
    }


_GOLDEN: dict[str, Literal["text", "number"]] = {"golden_id": "text", "open_tickets": "number"}
_BOOKS = {"administration_id": ADMINISTRATION}

WRITABLE = [
    Case(
        "hubspot",
        "contacts",
        HubSpot,
        _hubspot_contact,
        options={"fields_contacts": "golden_id,open_tickets"},
        text="properties.firstname",
        custom="properties",
        fresh=lambda n: {"properties": {"email": f"new{n}@firm.example", "golden_id": f"golden-{n}"}},
        natural="properties.email",
        fields=_GOLDEN,
    ),
    Case(
        "hubspot",
        "companies",
        HubSpot,
        _hubspot_company,
        text="properties.city",
        custom="properties",
        options={"fields_companies": "golden_id,open_tickets"},
        fresh=lambda n: {"properties": {"name": f"New {n}", "golden_id": f"golden-{n}"}},
        natural="properties.golden_id",
        fields=_GOLDEN,
        find_lag=timedelta(seconds=30),
    ),
    Case(
        "moneybird",
        "contacts",
        Moneybird,
        _moneybird_contact,
        options=_BOOKS,
        text="city",
        fresh=lambda n: {"company_name": "New firm", "customer_id": f"customer-{n}"},
        natural="customer_id",
        custom="custom_fields",
        fields={"Golden id": "text", "Open tickets": "number"},
    ),
    Case(
        "brevo",
        "contacts",
        Brevo,
        _brevo_contact,
        text="attributes.LASTNAME",
        custom="attributes",
        fresh=lambda n: {"email": f"new{n}@firm.example", "attributes": {"FIRSTNAME": "New"}},
        natural="email",
        options={"fields_contacts": "GOLDEN_ID,OPEN_TICKETS"},
        fields={"GOLDEN_ID": "text", "OPEN_TICKETS": "number"},
    ),
    Case(
        "zendesk",
        "users",
        Zendesk,
        _zendesk_user,
        options={"fields_users": "golden_id,open_tickets"},
        custom="user_fields",
        text="notes",
        fresh=lambda n: {"name": f"New {n}", "email": f"new{n}@firm.example", "external_id": f"golden-{n}"},
        natural="email",
        fields=_GOLDEN,
        find_lag=timedelta(minutes=5),
    ),
    Case(
        "zendesk",
        "organizations",
        Zendesk,
        _zendesk_organization,
        options={"fields_organizations": "golden_id,open_tickets"},
        custom="organization_fields",
        text="notes",
        fresh=lambda n: {"name": f"New {n}", "external_id": f"golden-{n}"},
        natural="name",
        fields=_GOLDEN,
        find_lag=timedelta(minutes=5),
    ),
]

CASES = [
    *WRITABLE,
    Case("zendesk", "tickets", Zendesk, _zendesk_ticket),
    Case("moneybird", "sales_invoices", Moneybird, _moneybird_invoice, options=_BOOKS),
]
