"""One customer as one department entered them: values with their noise, still without a vendor's shape."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sandbox.people import handwriting, slips
from sandbox.people.dice import Dice
from sandbox.people.difficulty import BROKEN_VAT, MISSING, OTHER_EMAIL, PLACEHOLDER, SECOND_LINE, STALE
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
    box: str = ""
    """Box, floor or apartment as written: ``bus 4``, ``/4``; empty for most."""

    @property
    def whole(self) -> str:
        """All of it in one line."""
        if not self.box or self.box.startswith("/"):
            return self.line + self.box
        return f"{self.line} {self.box}" if self.country == "BE" else f"{self.line}, {self.box}"

    def lines(self, dice: Dice) -> tuple[str, str]:
        """In two lines, where the second may be empty."""
        if self.box and not self.box.startswith("/") and dice.aside.chance(SECOND_LINE):
            return self.line, self.box
        return self.whole, ""


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
        first, last = handwriting.full_name(dice, self._first(person), name)
        return PersonEntry(
            person=person,
            first=first,
            last=last,
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

    def _first(self, person: Person) -> str:
        if self._left_out("first"):
            return ""
        if self.dice.chance(PLACEHOLDER):
            return "unknown"
        return handwriting.first_name(self.dice, person.given, person.others)

    def _emails(self, person: Person) -> list[str]:
        if self._left_out("email"):
            return []
        return person.emails[::-1] if self.dice.chance(OTHER_EMAIL) else list(person.emails)

    def _place(self, home: Address) -> Place | None:
        if self._left_out("address"):
            return None
        dice, country = self.dice, home.country
        street, number = slips.street(dice, home.street), slips.house_number(dice, home.number)
        line = f"{number} {street}" if country == "GB" else f"{street} {number}"
        code, town = handwriting.postcode(dice, home.postcode), slips.town(dice, home.city, country)
        if dice.chance(PLACEHOLDER / 3):
            return Place("unknown", code, town, country)
        return Place(line, code, town, country, slips.box(dice, home.box))

    def _birth(self, born: date) -> date | None:
        if self._left_out("birth"):
            return None
        return _NO_DATE if self.dice.chance(PLACEHOLDER) else slips.birth(self.dice, born)
