"""Sales writes in HubSpot: contacts and companies, every property a string or null."""

from datetime import datetime

from sandbox.core.stamps import iso_ms
from sandbox.people.books import Book
from sandbox.people.entries import Clerk, Place
from sandbox.people.model import Json, Organisation, Person

_OWNERS = ("70110021", "70110022", "70110023", "70110024", "70110025")
_STAGES = ("lead", "marketingqualifiedlead", "opportunity", "customer")
_STAGE_WEIGHTS = (3, 1, 1, 5)


class HubspotBook(Book):
    """Contacts for people, companies for organisations, linked by ``associatedcompanyid``."""

    system = "hubspot"

    def __init__(self, clerk: Clerk) -> None:
        super().__init__(clerk, ("contacts", "companies"))
        self._contact, self._company = 10_000_000_000, 20_000_000_000

    def person(self, person: Person, company: str | None) -> None:
        """Enter a person, at a company where ``company`` is its id."""
        for _ in self.copies():
            entry = self.clerk.person(person)
            self._contact += self.dice.randint(1, 40)
            properties = {
                "firstname": entry.first or None,
                "lastname": entry.last,
                "email": self.free_email(entry),
                "phone": entry.phone,
                "mobilephone": entry.mobile,
                **self._address(entry.place),
                "date_of_birth": entry.birth.isoformat() if entry.birth else None,
                "hs_language": person.language,
                "hs_email_optout": self.dice.choices((None, "false", "true"), (60, 30, 10))[0],
                "associatedcompanyid": company,
                "createdate": iso_ms(entry.created),
                "lastmodifieddate": iso_ms(entry.updated),
            }
            self._add("contacts", str(self._contact), properties, entry.created, entry.updated)
            self.about("contacts", str(self._contact), person.customer, "person")

    def firm(self, organisation: Organisation) -> str:
        """Enter an organisation; returns the company's id."""
        for _ in self.copies():
            entry = self.clerk.firm(organisation)
            self._company += self.dice.randint(1, 40)
            properties = {
                "name": entry.name,
                "domain": organisation.domain if self.dice.chance(0.8) else None,
                "phone": entry.phone,
                **self._address(entry.place),
                "vat_number": entry.vat,
                "coc_number": entry.register,
                "createdate": iso_ms(entry.created),
                "hs_lastmodifieddate": iso_ms(entry.updated),
            }
            self._add("companies", str(self._company), properties, entry.created, entry.updated)
            self.about("companies", str(self._company), organisation.customer, "organisation")
        return str(self._company)

    def _add(self, obj: str, key: str, properties: Json, created: datetime, updated: datetime) -> None:
        properties["lifecyclestage"] = self.dice.among(_STAGES, _STAGE_WEIGHTS)
        properties["hubspot_owner_id"] = self.dice.choice(_OWNERS) if self.dice.chance(0.6) else None
        properties["hs_object_id"] = key
        row = {
            "id": key,
            "properties": properties,
            "createdAt": iso_ms(created),
            "updatedAt": iso_ms(updated),
        }
        self.objects[obj].append({**row, "archived": False})

    def _address(self, place: Place | None) -> Json:
        if place is None:
            return {"address": None, "zip": None, "city": None, "country": None}
        country = self.country_name(place.country)
        return {"address": place.whole, "zip": place.postcode, "city": place.city, "country": country}
