"""Moneybird: addresses and limits."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from math import ceil
from typing import Any, ClassVar

from sandbox.core.clock import retry_after
from sandbox.core.limits import FixedWindow
from sandbox.core.operation import Answer, Call, Operation, Reply
from sandbox.core.standin import Forms, Rows, StandIn
from sandbox.core.world import World
from sandbox.moneybird.attributes import PERSON_TEXTS, READ_ONLY, WRITABLE, permitted
from sandbox.moneybird.contacts import Contacts
from sandbox.moneybird.forms import MoneybirdForms, bad_request, record_not_found
from sandbox.moneybird.invoices import EVER, Invoices
from sandbox.moneybird.pages import by_ids, page, versions

ADMINISTRATION = "123456789012345678"
LIMIT, SPAN = 150, timedelta(minutes=5)
SEARCHED = ("company_name", "firstname", "lastname", "email", "customer_id", "city", "zipcode")
PAGED = frozenset({"page", "per_page"})
ARCHIVED = frozenset({"include_archived"})
"""Without it a contact that is put away is not shown, wherever it is asked for."""
Handle = Callable[[Call], Reply]


class Moneybird(StandIn):
    """One Moneybird administration. Seed objects: ``contacts`` and ``sales_invoices``."""

    name: ClassVar[str] = "moneybird"
    forms: Forms = MoneybirdForms()

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self._contacts = Contacts(world, ADMINISTRATION)
        self._invoices = Invoices(world, ADMINISTRATION)
        self._window = FixedWindow(world.clock, LIMIT, SPAN)

    def seed(self, rows: Rows) -> None:
        unknown = rows.keys() - {"contacts", "sales_invoices"}
        if unknown:
            raise ValueError(f"seed, moneybird: unknown objects {sorted(unknown)}")
        self._contacts.load(rows.get("contacts", ()))
        self._invoices.load(rows.get("sales_invoices", ()))

    def operations(self) -> Sequence[Operation]:
        """Each under its path with ``.json``, and without: the suffix is optional."""
        named = self._operations()
        return [*named, *(replace(one, path=one.path.removesuffix(".json")) for one in named)]

    def _operations(self) -> list[Operation]:
        contacts, one, people = "contacts", "contacts/{id}", "contacts/{id}/contact_people"
        listed = PAGED | ARCHIVED | {"query"}
        return [
            Operation("GET", "/api/v2/administrations.json", _administrations),
            self._at("GET", contacts, self._list, listed),
            self._at("POST", contacts, self._create, body=True),
            self._at("GET", "contacts/synchronization", self._versions, ARCHIVED),
            self._at("POST", "contacts/synchronization", self._by_ids, ARCHIVED, body=True),
            self._at("GET", "contacts/customer_id/{number}", self._by_number),
            self._at("GET", one, self._contact, ARCHIVED),
            self._at("PATCH", one, self._update, body=True),
            self._at("DELETE", one, self._delete),
            self._at("PATCH", f"{one}/archive", self._archive),
            self._at("POST", people, self._add_person, body=True),
            self._at("GET", f"{people}/{{person}}", self._person),
            self._at("PATCH", f"{people}/{{person}}", self._change_person, body=True),
            self._at("DELETE", f"{people}/{{person}}", self._drop_person),
            self._at("GET", "custom_fields", self._custom_fields),
            *self._invoice_operations(),
        ]

    def limit(self, operation: Operation, actor: str) -> Mapping[str, str]:
        """150 requests in each five minutes, whoever asks.

        What is left of them and when it begins anew: the names are not the usual ones, and the moment is
        a Unix time.
        """
        taken = self._window.take()
        reset = self.world.clock.deadline(taken.wait).timestamp()
        headers = {
            "RateLimit-Limit": str(LIMIT),
            "RateLimit-RequestsRemaining": str(taken.remaining),
            "RateLimit-Remaining": str(retry_after(self.world.clock, taken.wait)),
            "RateLimit-Reset": str(ceil(reset)),
        }
        if not taken.allowed:
            wait = {"Retry-After": str(ceil(reset))}
            body = {"error": "Too many requests", "symbolic": "too_many_requests"}
            raise Answer(Reply(429, body, {**headers, **wait}))
        return headers

    def _invoice_operations(self) -> list[Operation]:
        path, query = "sales_invoices", frozenset({"filter"})
        sync = f"{path}/synchronization"
        return [
            self._at("GET", path, self._invoice_page, query | PAGED),
            self._at("GET", sync, lambda c: versions(self._invoices.matching(c.one("filter"), EVER)), query),
            self._at("POST", sync, lambda c: by_ids(c.body, self._invoices.table()), body=True),
            self._at("GET", f"{path}/{{id}}", self._invoice),
        ]

    def _at(
        self, method: str, path: str, handle: Handle, query: frozenset[str] = frozenset(), body: bool = False
    ) -> Operation:
        def own(call: Call) -> Reply:
            if call.path["administration"] != ADMINISTRATION:
                raise record_not_found()
            return handle(call)

        return Operation(method, f"/api/v2/{{administration}}/{path}.json", own, query, body)

    def _contact(self, call: Call) -> Reply:
        return Reply(200, self._contacts.get(call.path["id"], archived=_archived_too(call)))

    def _versions(self, call: Call) -> Reply:
        every = _archived_too(call)
        return versions(row for _, row in self._contacts.table.items() if every or not row["archived"])

    def _by_ids(self, call: Call) -> Reply:
        every = _archived_too(call)
        return by_ids(call.body, self._contacts.table, lambda row: every or not row["archived"])

    def _list(self, call: Call) -> Reply:
        table, words = self._contacts.table, (call.one("query") or "").lower().split()
        keys = table.keys() if _archived_too(call) else self._contacts.active
        if not words:
            return page(call, keys, table, 50)
        return page(call, (key for key in keys if _mentions(table.look(key), words)), table, 50)

    def _by_number(self, call: Call) -> Reply:
        key = self._contacts.by_number.one(call.path["number"])
        if key is None:
            raise record_not_found()
        return Reply(200, self._contacts.get(key))

    def _create(self, call: Call) -> Reply:
        given = permitted(call.body, "contact", WRITABLE, READ_ONLY)
        return Reply(201, self._contacts.create(given, call.actor))

    def _update(self, call: Call) -> Reply:
        given = permitted(call.body, "contact", WRITABLE, READ_ONLY)
        return Reply(200, self._contacts.update(call.path["id"], given, call.actor))

    def _archive(self, call: Call) -> Reply:
        self._contacts.archive(call.path["id"], call.actor)
        return Reply(204, None)

    def _delete(self, call: Call) -> Reply:
        if self._invoices.of_contact(call.path["id"]):
            raise bad_request("Contact cannot be removed: there are invoices. Archive it instead.")
        self._contacts.delete(call.path["id"], call.actor)
        return Reply(204, None)

    def _person(self, call: Call) -> Reply:
        return Reply(200, self._contacts.person(call.path["id"], call.path["person"]))

    def _add_person(self, call: Call) -> Reply:
        given = permitted(call.body, "contact_person", PERSON_TEXTS)
        return Reply(201, self._contacts.add_person(call.path["id"], given, call.actor))

    def _change_person(self, call: Call) -> Reply:
        given = permitted(call.body, "contact_person", PERSON_TEXTS)
        found = self._contacts.change_person(call.path["id"], call.path["person"], given, call.actor)
        return Reply(200, found)

    def _drop_person(self, call: Call) -> Reply:
        self._contacts.drop_person(call.path["id"], call.path["person"], call.actor)
        return Reply(204, None)

    def _custom_fields(self, call: Call) -> Reply:
        own = {"administration_id": ADMINISTRATION, "source": "contact"}
        return Reply(200, [{"id": k, **own, "name": n} for k, n in self._contacts.fields.items()])

    def _invoice_page(self, call: Call) -> Reply:
        keys = (row["id"] for row in self._invoices.matching(call.one("filter")))
        return page(call, keys, self._invoices.table(), 25)

    def _invoice(self, call: Call) -> Reply:
        row = self._invoices.table().get(call.path["id"]) if call.path["id"].isdigit() else None
        if row is None:
            raise record_not_found()
        return Reply(200, row)


def _archived_too(call: Call) -> bool:
    return call.one("include_archived") == "true"


def _mentions(row: Mapping[str, Any], words: Sequence[str]) -> bool:
    text = " ".join(row[name] or "" for name in SEARCHED).lower()
    return all(word in text for word in words)


def _administrations(call: Call) -> Reply:
    one = {
        "id": ADMINISTRATION,
        "name": "Klantbeeld demo",
        "language": "nl",
        "currency": "EUR",
        "country": "NL",
    }
    return Reply(200, [{**one, "time_zone": "Europe/Amsterdam", "access": "user"}])
