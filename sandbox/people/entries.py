"""One customer as one department entered them: values with their noise, still without a vendor's shape."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sandbox.people import handwriting
from sandbox.people.dice import Dice
from sandbox.people.difficulty import BROKEN_VAT, MISSING, OTHER_EMAIL, PLACEHOLDER, STALE
from sandbox.people.households import SPAN
from sandbox.people.model import Address, Organisation, Person
from sandbox.people.numbers import broken

_NO_DATE = date(1900, 1, 1)


@dataclass(slots=True)
class Place:
    """An address as written; ``country`` is ISO 3166-1 alpha-2."""

    line: str
    postcode: str
    city: str
    country: str


@dataclass(slots=True)
class PersonEntry:
    """A person as one department wrote them down; None where they wrote nothing."""

    person: Person
    first: str
    last: str
    emails: list[str]
    """To try in this order, where a system wants addresses to be unique; empty when unknown."""
    phone: str | None
    mobile: str | None
    place: Place | None
    birth: date | None
    created: datetime
    updated: datetime


@dataclass(slots=True)
class FirmEntry:
    """An organisation as one department wrote it down; None where they wrote nothing."""

    organisation: Organisation
    name: str
    email: str | None
    phone: str | None
    place: Place | None
    vat: str | None
    register: str | None
    created: datetime
    updated: datetime


@dataclass(slots=True)
class Clerk:
    """Enters customers, with a slip here and there."""

    dice: Dice
    now: datetime

    def person(self, person: Person) -> PersonEntry:
        """One entry of a person, as they were when it was last touched."""
        dice = self.dice
        created, updated = self.touched()
        before = person.changed is not None and (updated < person.changed or dice.chance(STALE))
        name = person.maiden if before and person.maiden else person.name
        home = person.old_home if before and person.old_home else person.home
        return PersonEntry(
            person=person,
            first=self._first(person.given),
            last=handwriting.last_name(dice, name),
            emails=self._emails(person),
            phone=None if self._left_out("phone") else handwriting.phone(dice, person.landline),
            mobile=None if self._left_out("mobile") else handwriting.phone(dice, person.mobile),
            place=self._place(home),
            birth=self._birth(person.birth),
            created=created,
            updated=updated,
        )

    def firm(self, organisation: Organisation) -> FirmEntry:
        """One entry of an organisation."""
        dice = self.dice
        created, updated = self.touched()
        vat = broken(dice, organisation.vat) if dice.chance(BROKEN_VAT) else organisation.vat
        return FirmEntry(
            organisation=organisation,
            name=handwriting.firm(dice, organisation),
            email=None if self._left_out("email") else organisation.email,
            phone=None if self._left_out("phone") else handwriting.phone(dice, organisation.phone),
            place=self._place(organisation.site),
            vat=None if self._left_out("vat") else vat,
            register=None if self._left_out("register") else organisation.register,
            created=created,
            updated=updated,
        )

    def touched(self) -> tuple[datetime, datetime]:
        """When an entry was made and last changed; never in the last quarter of an hour."""
        latest = self.now - timedelta(minutes=15)
        created = self.dice.moment(self.now - SPAN, latest)
        return created, created if self.dice.chance(0.35) else self.dice.moment(created, latest)

    def _left_out(self, what: str) -> bool:
        return self.dice.chance(MISSING[what])

    def _first(self, given: str) -> str:
        if self._left_out("first"):
            return ""
        return "unknown" if self.dice.chance(PLACEHOLDER) else handwriting.first_name(self.dice, given)

    def _emails(self, person: Person) -> list[str]:
        if self._left_out("email"):
            return []
        return person.emails[::-1] if self.dice.chance(OTHER_EMAIL) else list(person.emails)

    def _place(self, home: Address) -> Place | None:
        if self._left_out("address"):
            return None
        line = f"{home.street} {home.number}"
        if home.country == "GB":
            line = f"{home.number} {home.street}"
        code = handwriting.postcode(self.dice, home.postcode)
        return Place("unknown" if self.dice.chance(PLACEHOLDER / 3) else line, code, home.city, home.country)

    def _birth(self, born: date) -> date | None:
        if self._left_out("birth"):
            return None
        return _NO_DATE if self.dice.chance(PLACEHOLDER) else born
