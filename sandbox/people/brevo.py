"""Marketing writes in Brevo: one contact per e-mail address, people only."""

from sandbox.core.stamps import iso_ms
from sandbox.people import slips
from sandbox.people.books import Book
from sandbox.people.entries import Clerk, PersonEntry
from sandbox.people.model import Json, Person


class BrevoBook(Book):
    """Contacts; no field is ever null, an attribute that is not known is absent."""

    system = "brevo"

    def __init__(self, clerk: Clerk) -> None:
        super().__init__(clerk, ("contacts",))
        self._next = 0
        self._numbers: set[str] = set()

    def person(self, person: Person) -> None:
        """Enter a person."""
        for _ in self.copies():
            entry = self.clerk.person(person)
            self._next += self.dice.randint(1, 3)
            self.objects["contacts"].append(
                {
                    "id": self._next,
                    "email": self.any_email(entry),
                    "emailBlacklisted": self.dice.chance(0.08),
                    "smsBlacklisted": self.dice.chance(0.03),
                    "createdAt": iso_ms(entry.created),
                    "modifiedAt": iso_ms(entry.updated),
                    "listIds": sorted(self.dice.sample(range(2, 9), self.dice.randint(0, 3))),
                    "attributes": self._attributes(entry),
                }
            )
            self.about("contacts", str(self._next), person.customer, "person")

    def _attributes(self, entry: PersonEntry) -> Json:
        values = {
            "FIRSTNAME": entry.first,
            "LASTNAME": entry.last,
            "SMS": self._sms(entry),
            "BIRTHDATE": entry.birth.isoformat() if entry.birth else None,
            "LANGUAGE": entry.person.language,
        }
        if place := entry.place:
            country = self.country_name(place.country)
            values |= {
                "STREET": place.whole,
                "POSTCODE": place.postcode,
                "CITY": place.city,
                "COUNTRY": country,
            }
        return {name: value for name, value in values.items() if value}

    def _sms(self, entry: PersonEntry) -> str | None:
        """Digits with the country code, as Brevo stores them; a number serves one contact only."""
        digits = slips.phone(self.dice, entry.person.mobile).e164[1:]
        if entry.mobile is None or digits in self._numbers:
            return None
        self._numbers.add(digits)
        return digits
