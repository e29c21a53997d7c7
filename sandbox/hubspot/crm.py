"""All records of one account and the links between them."""

from collections.abc import Mapping, Sequence
from typing import Any

from sandbox.core.table import Json
from sandbox.core.world import World
from sandbox.hubspot.forms import invalid, invalid_properties
from sandbox.hubspot.kinds import COMPANIES, CONTACTS, KINDS, Kind
from sandbox.hubspot.records import Claimed, Draft, Records
from sandbox.hubspot.ties import Ties

PRIMARY = "associatedcompanyid"


class Crm:
    """Contacts and companies. A contact's first link is its primary company, kept in its own property."""

    def __init__(self, world: World) -> None:
        self.records = {kind.name: Records(kind, world) for kind in KINDS}
        self._ties = Ties()

    def of(self, kind: Kind) -> Records:
        """The records of a kind."""
        return self.records[kind.name]

    def load(self, rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
        """Take a seed of contacts and companies; links come from ``associatedcompanyid``."""
        unknown = rows.keys() - self.records.keys()
        if unknown:
            raise ValueError(
                f"seed, hubspot: unknown objects {sorted(unknown)}; known: {sorted(self.records)}"
            )
        for name, records in self.records.items():
            records.load(rows.get(name, ()))
        for key, row in self.of(CONTACTS).live.items():
            if PRIMARY in row["properties"]:
                self._ties.set(key, [row["properties"][PRIMARY]])

    def draft(self, kind: Kind, key: str | None, given: Any, claimed: Claimed) -> Draft:
        """Check a write of properties; raises HubSpot's refusal."""
        draft = self.of(kind).draft(key, given, claimed)
        company = draft.values.get(PRIMARY)
        if kind is CONTACTS and company and company not in self.of(COMPANIES).live:
            message = f"{company} is not the id of a company"
            raise invalid_properties([{"name": PRIMARY, "error": "INVALID_LONG", "message": message}])
        return draft

    def store(self, kind: Kind, draft: Draft, actor: str) -> Json:
        """Carry out a checked write; setting the primary company links the two."""
        row = self.of(kind).store(draft, actor)
        if kind is CONTACTS and PRIMARY in draft.values:
            self._set_primary(row["id"], draft.values[PRIMARY])
            self._reflect(row["id"], actor)
        return self.of(kind).live.get(row["id"]) or row

    def archive(self, kind: Kind, key: str, actor: str) -> None:
        """Archive a record and undo its links; an id nobody has is passed over, as HubSpot does."""
        if key not in self.of(kind).live:
            return
        if kind is CONTACTS:
            self._ties.set(key, [])
        else:
            for contact in self.linked(COMPANIES, key):
                self.unlink(contact, key, actor)
        self.of(kind).archive(key, actor)

    def merge(self, kind: Kind, key: str, loser: str, actor: str) -> Json:
        """Make one new record of two, their links included; those of ``key`` come first."""
        row = self.of(kind).merge(key, loser, actor)
        if kind is CONTACTS:
            both = dict.fromkeys(self._ties.companies(key) + self._ties.companies(loser))
            for contact in (key, loser):
                self._ties.set(contact, [])
            self._ties.set(row["id"], list(both))
            self._reflect(row["id"], actor)
        else:
            for contact in dict.fromkeys(self._ties.contacts(key) + self._ties.contacts(loser)):
                now = [row["id"] if one in (key, loser) else one for one in self._ties.companies(contact)]
                self._ties.set(contact, list(dict.fromkeys(now)))
                self._reflect(contact, actor)
        return self.of(kind).live.get(row["id"]) or row

    def linked(self, kind: Kind, key: str) -> list[str]:
        """The ids on the other side of a record's links; a contact's primary company comes first."""
        return self._ties.companies(key) if kind is CONTACTS else self._ties.contacts(key)

    def is_primary(self, contact: str, company: str) -> bool:
        """Whether that is the contact's primary company."""
        return self._ties.companies(contact)[:1] == [company]

    def link(self, contact: str, company: str, actor: str, primary: bool = False) -> None:
        """Link the two; the first link is primary by itself."""
        if contact not in self.of(CONTACTS).live or company not in self.of(COMPANIES).live:
            raise invalid("One or more of the objects to associate do not exist.")
        companies = self._ties.companies(contact)
        if company not in companies:
            self._ties.set(contact, [*companies, company])
        if primary:
            self._set_primary(contact, company)
        self._reflect(contact, actor)

    def unlink(self, contact: str, company: str, actor: str) -> None:
        """Undo a link, if there is one; the next oldest link becomes primary."""
        companies = self._ties.companies(contact)
        if company in companies:
            self._ties.set(contact, [c for c in companies if c != company])
            self._reflect(contact, actor)

    def _set_primary(self, contact: str, company: str | None) -> None:
        """Put that company first; None removes the link that is."""
        linked = self._ties.companies(contact)
        self._ties.set(contact, [company, *(c for c in linked if c != company)] if company else linked[1:])

    def _reflect(self, contact: str, actor: str) -> None:
        """Bring the contact's own property in line with its links."""
        row = self.of(CONTACTS).live.get(contact)
        primary = next(iter(self._ties.companies(contact)), None)
        if row and row["properties"].get(PRIMARY) != primary:
            self.of(CONTACTS).store(Draft(contact, {PRIMARY: primary}), actor)
