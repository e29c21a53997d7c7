"""The contacts endpoints of Brevo's API."""

from collections.abc import Mapping
from typing import Any

from sandbox.brevo.attributes import CATEGORIES
from sandbox.brevo.contacts import IDENTIFIERS, Contacts
from sandbox.brevo.filters import wanted
from sandbox.brevo.forms import error, invalid, missing, no_contact, taken
from sandbox.brevo.requests import draft, identified, mapping, moment, whole
from sandbox.brevo.sms import digits
from sandbox.core.operation import Answer, Call, Reply

LARGEST_PAGE = 1000
BATCH = 100


class Endpoints:
    """One method an operation."""

    def __init__(self, contacts: Contacts) -> None:
        self.contacts = contacts

    def page(self, call: Call) -> Reply:
        """Contacts by creation (newest first unless asked otherwise); the filters are strictly after."""
        limit, offset = whole(call, "limit", 50, LARGEST_PAGE), whole(call, "offset", 0)
        order = call.one("sort") or "desc"
        if order not in ("asc", "desc"):
            raise invalid("sort should be asc or desc")
        since = moment(call, "modifiedSince"), moment(call, "createdSince")
        found = self.contacts.oldest_first(*since, wanted(call, self.contacts.attributes))
        keys = (found if order == "asc" else found[::-1])[offset : offset + limit]
        return Reply(
            200, {"contacts": [self._shown(self.contacts.look(key)) for key in keys], "count": len(found)}
        )

    def one(self, call: Call) -> Reply:
        row = self.contacts.get(self._key(call))
        return Reply(200, {**self._shown(row or {}), "statistics": {}})

    def create(self, call: Call) -> Reply:
        """201 with the id; with ``updateEnabled`` 204 where the contact is there already."""
        body = mapping(call.body)
        asked = draft(None, body, self.contacts.attributes)
        ids = dict(
            zip(IDENTIFIERS, (asked.email, *map(asked.attributes.get, ("SMS", "EXT_ID"))), strict=True)
        )
        if not any(ids.values()):
            raise missing("Either email, SMS or ext_id is required to create a contact")
        keys = {name: self.contacts.find(name, value) for name, value in ids.items() if value}
        held = {name: key for name, key in keys.items() if key}
        if not held:
            return Reply(201, {"id": int(self.contacts.store(asked, call.actor))})
        if body.get("updateEnabled") is not True:
            raise taken("create", next(iter(held)))
        self._update(next(iter(held.values())), body, call.actor)
        return Reply(204, None)

    def update(self, call: Call) -> Reply:
        self._update(self._key(call), call.body, call.actor)
        return Reply(204, None)

    def delete(self, call: Call) -> Reply:
        self.contacts.delete(self._key(call), call.actor)
        return Reply(204, None)

    def batch(self, call: Call) -> Reply:
        """Update up to 100 contacts; 204 when all are, else 400 that names which were and which were not.

        What can be updated is (the vendor's model ``updateBatchContactsModel`` has both lists).
        """
        items = mapping(call.body).get("contacts")
        if not isinstance(items, list) or not 0 < len(items) <= BATCH:
            raise invalid(f"contacts should be an array of 1 to {BATCH} contacts")
        results = [self._batched(mapping(item), call.actor) for item in items]
        refused = [(name, reply) for name, reply in results if reply is not None]
        if not refused:
            return Reply(204, None)
        done = [name for name, reply in results if reply is None]
        first = refused[0][1].body
        names = {"successIds": done, "failureIds": [name for name, _ in refused]}
        return error(400, first["code"], first["message"], **names)

    def attributes(self, call: Call) -> Reply:
        return Reply(200, {"attributes": self.contacts.attributes.listed()})

    def create_attribute(self, call: Call) -> Reply:
        if call.path["category"] not in CATEGORIES:
            raise invalid(f"attributeCategory should be one of {', '.join(CATEGORIES)}")
        if call.path["category"] != "normal":
            raise invalid("this account has normal attributes only")
        self.contacts.attributes.create(call.path["name"], str(mapping(call.body).get("type")))
        return Reply(201, None)

    def delete_attribute(self, call: Call) -> Reply:
        """Take an attribute away: no contact shows it, or has a value for it, any more."""
        if call.path["category"] not in CATEGORIES:
            raise invalid(f"attributeCategory should be one of {', '.join(CATEGORIES)}")
        self.contacts.attributes.delete(call.path["name"])
        self.contacts.forget(call.path["name"].upper())
        return Reply(204, None)

    def _shown(self, row: Mapping[str, Any]) -> Mapping[str, Any]:
        """A contact as answers have it: this account sends nothing by WhatsApp."""
        shown = self.contacts.attributes.shown(row.get("attributes", {}))
        return {**row, "attributes": shown, "whatsappBlacklisted": False}

    def _key(self, call: Call) -> str:
        key = self.contacts.find(*identified(call))
        if key is None:
            raise no_contact()
        return key

    def _update(self, key: str, body: Any, actor: str) -> None:
        self.contacts.store(draft(key, body, self.contacts.attributes), actor)

    def _batched(self, item: Mapping[str, Any], actor: str) -> tuple[Any, Reply | None]:
        """What names the item, and the refusal it met."""
        given = [name for name in ("id", *IDENTIFIERS) if item.get(name)]
        name = given[0] if given else "id"
        try:
            if not given:
                raise missing("id, email, sms or ext_id is required")
            value = digits(item[name]) if name == "sms" else str(item[name])
            key = self.contacts.find(name, value)
            if key is None:
                raise no_contact()
            self._update(key, {n: v for n, v in item.items() if n != name}, actor)
        except Answer as answer:
            return item.get(name), answer.reply
        return item.get(name), None
