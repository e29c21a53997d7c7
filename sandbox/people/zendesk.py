"""Support writes in Zendesk: users with a single name field, organizations, tickets, and its own agents."""

from datetime import datetime, timedelta

from sandbox.core.stamps import iso_s
from sandbox.people import handwriting
from sandbox.people.books import Book
from sandbox.people.difficulty import AGENTS, FROM_MAIL, TICKETED, UNSOLVED
from sandbox.people.entries import Clerk, PersonEntry
from sandbox.people.model import Json, Organisation, Person

_LOCALES = {"nl": "nl", "fr": "fr", "de": "de", "en": "en-GB"}
_ACCOUNT = "nl"
"""The account's default locale."""
_SUBJECTS = (
    "Levering te laat", "Factuur klopt niet", "Kan niet inloggen", "Retour aanmelden", "Adres wijzigen",
    "Product defect", "Vraag over abonnement", "Klacht over bezorging", "Where is my order?",
    "Rechnung fehlt",
)  # fmt: skip
_OPEN, _DONE = ("new", "open", "pending", "hold"), ("solved", "closed")


class ZendeskBook(Book):
    """End users for people, organizations for organisations; agents are nobody's customer."""

    system = "zendesk"

    def __init__(self, clerk: Clerk) -> None:
        super().__init__(clerk, ("users", "organizations", "tickets"))
        self._user, self._organization, self._ticket = 360_000_000_000, 370_000_000_000, 1000
        for number in range(1, AGENTS + 1):
            self._agent(number)

    def person(self, person: Person, organization: str | None) -> None:
        """Enter a person and their tickets, in an organization where that is its id."""
        for _ in self.copies():
            entry = self.clerk.person(person)
            row = self._row(entry.created, entry.updated)
            row |= {
                "name": self._name(entry),
                "email": self.any_email(entry) if entry.emails or entry.mobile is None else None,
                "phone": entry.mobile or entry.phone,
                "locale": _LOCALES[person.language],
                "organization_id": int(organization) if organization else None,
            }
            if self.dice.aside.chance(FROM_MAIL):
                row |= self._from_mail(entry, row["email"])
            row["verified"] = row["email"] is not None
            self.objects["users"].append(row)
            self.about("users", str(row["id"]), person.customer, "person")
            self._tickets(row, entry)

    def firm(self, organisation: Organisation) -> str:
        """Enter an organisation; returns the organization's id."""
        for _ in self.copies():
            entry = self.clerk.firm(organisation)
            self._organization += self.dice.randint(1, 40)
            self.objects["organizations"].append(
                {
                    "id": self._organization,
                    "name": self._unique_name(entry.name),
                    "domain_names": [organisation.domain] if self.dice.chance(0.7) else [],
                    "external_id": None,
                    "organization_fields": {},
                    "shared_tickets": False,
                    "shared_comments": False,
                    "created_at": iso_s(entry.created),
                    "updated_at": iso_s(entry.updated),
                    "tags": [],
                    "notes": "",
                    "details": "",
                    "group_id": None,
                }
            )
            self.about("organizations", str(self._organization), organisation.customer, "organisation")
        return str(self._organization)

    def _agent(self, number: int) -> None:
        row = self._row(*self.clerk.touched())
        email = f"agent{number}@support.example"
        self.objects["users"].append({**row, "name": f"Agent {number}", "email": email, "role": "agent"})

    def _row(self, created: datetime, updated: datetime) -> Json:
        self._user += self.dice.randint(1, 40)
        return {
            "id": self._user,
            "name": "",
            "email": None,
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
            "created_at": iso_s(created),
            "updated_at": iso_s(updated),
            "tags": [],
            "notes": "",
            "details": "",
        }

    def _name(self, entry: PersonEntry) -> str:
        if ", " in entry.last and entry.first:
            family, prefix = entry.last.split(", ", 1)
            return f"{family}, {entry.first} {prefix}"
        return f"{entry.first} {entry.last}".strip()

    def _from_mail(self, entry: PersonEntry, email: str | None) -> Json:
        """Who made themselves a user by writing: no telephone, and the account's own locale."""
        email = email or self.any_email(entry)
        name = handwriting.from_mail(self.dice.aside, entry.person, email)
        return {"name": name, "email": email, "phone": None, "locale": _ACCOUNT}

    def _unique_name(self, name: str) -> str:
        """Zendesk refuses a second organization of the same name, so people add something."""
        free, number = name, 1
        while free.lower() in self._taken:
            number += 1
            free = f"{name} ({number})"
        self._taken.add(free.lower())
        return free

    def _tickets(self, user: Json, entry: PersonEntry) -> None:
        if not self.dice.chance(TICKETED):
            return
        unsolved = self.dice.chance(UNSOLVED)
        for number in range(self.dice.randint(1, 4)):
            status = self.dice.choice(_OPEN if unsolved and number == 0 else _DONE)
            created = self.dice.moment(entry.created, self.clerk.now - timedelta(minutes=30))
            updated = self.dice.moment(created, self.clerk.now - timedelta(minutes=15))
            self._ticket += 1
            self.objects["tickets"].append(
                {
                    "id": self._ticket,
                    "subject": self.dice.choice(_SUBJECTS),
                    "status": status,
                    "priority": self.dice.choice((None, "low", "normal", "high", "urgent")),
                    "requester_id": user["id"],
                    "organization_id": user["organization_id"],
                    "created_at": iso_s(created),
                    "updated_at": iso_s(updated),
                    "tags": [],
                }
            )
