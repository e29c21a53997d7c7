"""The contacts of one administration: writing them, and the people and custom fields inside."""

from collections.abc import Iterable, Mapping
from typing import Any

from sandbox.core.finding import Index, Order
from sandbox.core.stamps import iso_ms
from sandbox.core.table import Ids, Json, Table
from sandbox.core.world import World
from sandbox.moneybird.attributes import BLANK, PERSON_TEXTS, READ_ONLY, cast, cast_contact, wrong_values
from sandbox.moneybird.forms import bad_request, invalid, not_found, record_not_found

FIELDS = ("Golden id", "Open tickets")
"""The custom fields this administration has on contacts."""


class Contacts:
    """Contacts in Moneybird's own shape; a change inside one is a change of the contact."""

    def __init__(self, world: World, administration: str) -> None:
        self._world, self._administration = world, administration
        self.table = Table()
        self.by_number = self.table.found_by(Index(lambda row: (row["customer_id"],)))
        self.active = self.table.found_by(Order(lambda row: None if row["archived"] else ()))
        self._numbers = self.table.found_by(Order(_whole_number))
        self._ids = Ids(499_000_000_000_000_001, 7)
        self.fields = {str(498_000_000_000_000_001 + n): name for n, name in enumerate(FIELDS)}

    def load(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Take contacts of a seed; whatever a row leaves out is blank."""
        complete = [{**BLANK, **self._blank_lists(), **row} for row in rows]
        for row in complete:
            for shown, written in READ_ONLY.items():
                row[written] = row[shown] = row[written] or row[shown]
        self._ids.seen(p["id"] for row in complete for p in (row, *row["contact_people"]))
        self.table.load((row["id"], row) for row in complete)

    def get(self, key: str, *, archived: bool = True) -> Json:
        """A copy of a contact, of one that is put away only if asked; raises Moneybird's 404."""
        row = self.table.get(key) if key.isdigit() else None
        if row is None or (row["archived"] and not archived):
            raise record_not_found()
        return row

    def create(self, given: Mapping[str, Any], actor: str) -> Json:
        """Create a contact from written attributes; without a customer_id it gets the next free number."""
        key = self._ids.new()
        now = self._world.clock.now()
        own = {
            "id": key,
            "administration_id": self._administration,
            "archived": False,
            "created_at": iso_ms(now),
        }
        row = {**BLANK, "customer_id": self._next_number(), **self._blank_lists(), **own, "version": 0}
        return self._save(self._with(row, given), None, actor)

    def update(self, key: str, given: Mapping[str, Any], actor: str) -> Json:
        """Change the attributes that are given."""
        before = self.get(key)
        return self._save(self._with(before, given), before, actor)

    def archive(self, key: str, actor: str) -> Json:
        """Put a contact away; it stays readable."""
        before = self.get(key)
        if before["archived"]:
            raise bad_request("Contact is already archived")
        return self._save({**before, "archived": True}, before, actor)

    def delete(self, key: str, actor: str) -> None:
        """Remove a contact for good."""
        row = self.get(key)
        self.table.drop(key)
        self._world.journal.record("moneybird", actor, "contacts", key, "delete", row, {})

    def add_person(self, key: str, given: Mapping[str, Any], actor: str) -> Json:
        """Add a contact person; returns the person."""
        before = self.get(key)
        own = {"id": self._ids.new(), "contact_id": key, "administration_id": self._administration}
        person = {**dict.fromkeys(PERSON_TEXTS, ""), **own, **cast(given)}
        person["created_at"] = iso_ms(self._world.clock.now())
        return self._save_people(before, [*before["contact_people"], person], person, actor)

    def change_person(self, key: str, person_id: str, given: Mapping[str, Any], actor: str) -> Json:
        """Change a contact person; returns the person."""
        before = self.get(key)
        person = {**_person(before, person_id), **cast(given)}
        people = [person if p["id"] == person_id else p for p in before["contact_people"]]
        return self._save_people(before, people, person, actor)

    def drop_person(self, key: str, person_id: str, actor: str) -> None:
        """Remove a contact person."""
        before = self.get(key)
        _person(before, person_id)
        people = [p for p in before["contact_people"] if p["id"] != person_id]
        self._save({**before, "contact_people": people}, before, actor)

    def person(self, key: str, person_id: str) -> Json:
        """One contact person; raises Moneybird's 404."""
        return _person(self.get(key), person_id)

    def _save_people(self, before: Json, people: list[Json], person: Json, actor: str) -> Json:
        blank = [name for name in ("firstname", "lastname") if not person[name].strip()]
        if blank:
            raise invalid({name: [("blank", "can't be blank")] for name in blank})
        now = self._world.clock.now()
        person |= {
            "updated_at": iso_ms(now),
            "version": max(person.get("version", 0) + 1, int(now.timestamp())),
        }
        self._save({**before, "contact_people": people}, before, actor)
        return person

    def _save(self, row: Json, before: Json | None, actor: str) -> Json:
        self._check(row)
        if row != before:
            now = self._world.clock.now()
            row = {**row, "updated_at": iso_ms(now), "version": max(row["version"] + 1, int(now.timestamp()))}
            self.table.put(row["id"], row)
        action: Any = "create" if before is None else "update"
        self._world.journal.record("moneybird", actor, "contacts", row["id"], action, before or {}, row)
        return row

    def _check(self, row: Json) -> None:
        wrong = wrong_values(row)
        if any(key != row["id"] for key in self.by_number.keys(row["customer_id"])):
            wrong["customer_id"] = [("taken", "has already been taken")]
        if wrong:
            raise invalid(wrong)

    def _with(self, row: Json, given: Mapping[str, Any]) -> Json:
        plain = {name: value for name, value in given.items() if name != "custom_fields_attributes"}
        fields = self._written_fields(given.get("custom_fields_attributes", []))
        held = {f["id"]: f["value"] for f in row["custom_fields"]} | fields
        listed = [{"id": k, "name": self.fields[k], "value": v} for k, v in held.items() if v]
        return {**row, **cast_contact(plain), "custom_fields": listed}

    def _written_fields(self, given: Any) -> dict[str, str]:
        entries = list(given.values()) if isinstance(given, dict) else given
        if not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
            raise bad_request("custom_fields_attributes must hold {id, value}")
        out = {}
        for entry in entries:
            if entry.keys() != {"id", "value"}:
                raise bad_request("custom_fields_attributes must hold {id, value}")
            if str(entry["id"]) not in self.fields:
                raise not_found("custom_fields_attributes: not_found")
            out[str(entry["id"])] = "" if entry["value"] is None else str(entry["value"])
        return out

    def _next_number(self) -> str:
        largest = self.table.look(self._numbers[-1])["customer_id"] if self._numbers else "0"
        return str(int(largest) + 1)

    def _blank_lists(self) -> Json:
        return {"custom_fields": [], "contact_people": []}


def _whole_number(row: Mapping[str, Any]) -> tuple[int] | None:
    number = row["customer_id"] or ""
    return (int(number),) if number.isdecimal() and len(number) < 19 else None


def _person(row: Mapping[str, Any], person_id: str) -> Json:
    for person in row["contact_people"]:
        if person["id"] == person_id:
            return dict(person)
    raise record_not_found()
