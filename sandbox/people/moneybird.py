"""Finance writes in Moneybird: one contact may hold a firm, a person and more contact people."""

from dataclasses import dataclass, field

from sandbox.people.books import Book, stamps
from sandbox.people.dice import Dice
from sandbox.people.difficulty import EMAIL_CASE, PLACEHOLDER
from sandbox.people.entries import Clerk, FirmEntry, PersonEntry
from sandbox.people.handwriting import email_case
from sandbox.people.invoices import Ledger
from sandbox.people.model import Json, Organisation, Person
from sandbox.people.numbers import bank_account

ADMINISTRATION = "123456789012345678"
FIRST_ID = 400_000_000_000_000_000


@dataclass(slots=True)
class Serial:
    """Moneybird's ids: eighteen digits, growing, above what a JSON number can hold."""

    dice: Dice
    last: int = field(default=FIRST_ID)

    def new(self) -> str:
        self.last += self.dice.randint(1_000, 90_000_000)
        return str(self.last)


class MoneybirdBook(Book):
    """Contacts for everybody, and their sales invoices. E-mail addresses need not be unique here."""

    system = "moneybird"

    def __init__(self, clerk: Clerk) -> None:
        super().__init__(clerk, ("contacts", "sales_invoices"))
        self.serial = Serial(clerk.dice)
        self.ledger = Ledger(clerk.dice, clerk.now, self.serial.new)
        self._customer = 0

    def person(self, person: Person) -> None:
        """Enter somebody on their own."""
        for _ in self.copies():
            entry = self.clerk.person(person)
            self._enter(entry, None, entry, [])

    def firm(self, organisation: Organisation, people: list[Person]) -> None:
        """Enter a firm with its people: the first one often (an owner always) on the contact itself."""
        for _ in self.copies():
            entry = self.clerk.firm(organisation)
            others = [self.clerk.person(person) for person in people]
            named = organisation.owner or self.dice.chance(0.6)
            first = others.pop(0) if others and named else None
            self._enter(entry, entry, first, others)

    def _enter(
        self,
        entry: FirmEntry | PersonEntry,
        firm: FirmEntry | None,
        first: PersonEntry | None,
        others: list[PersonEntry],
    ) -> None:
        key = self.serial.new()
        row = self._row(key, entry, firm, first)
        row["contact_people"] = [self._contact_person(key, other) for other in others]
        self.objects["contacts"].append(row)
        self.objects["sales_invoices"] += self.ledger.invoices(key, row["created_at"])
        if firm:
            self.about("contacts", key, firm.organisation.customer, "organisation")
        if first:
            self.about("contacts", f"{key}#person", first.person.customer, "person")

    def _row(
        self,
        key: str,
        entry: FirmEntry | PersonEntry,
        firm: FirmEntry | None,
        person: PersonEntry | None,
    ) -> Json:
        self._customer += 1
        place = entry.place
        line, second = place.lines(self.dice) if place else ("", "")
        holder = firm.name if firm else person.last if person else ""
        return {
            "id": key,
            "administration_id": ADMINISTRATION,
            "company_name": firm.name if firm else "",
            "firstname": person.first if person else None,
            "lastname": person.last if person else None,
            "address1": line,
            "address2": second,
            "zipcode": place.postcode if place else "",
            "city": place.city if place else "",
            "country": place.country if place else "NL",
            "phone": self._phone(firm, person),
            **dict.fromkeys(("email", "send_invoices_to_email"), self._email(firm, person)),
            "delivery_method": "Email",
            "customer_id": str(self._customer),
            "tax_number": (firm.vat if firm else None) or "",
            "chamber_of_commerce": (firm.register if firm else None) or "",
            **self._bank(place.country if place else "NL", holder),
            "contact_people": [],
            "custom_fields": [],
            "archived": False,
            "version": int(entry.updated.timestamp()),
            **stamps(entry.created, entry.updated),
        }

    def _bank(self, country: str, holder: str) -> Json:
        account = bank_account(self.dice, country) if self.dice.chance(0.4) else ""
        debit = bool(account) and self.dice.chance(0.4)
        return {
            "bank_account": account,
            "sepa_active": debit,
            "sepa_iban": account if debit else "",
            "sepa_iban_account_name": holder if debit else "",
            "sepa_bic": "",
            "sepa_mandate_id": f"M{self._customer}" if debit else "",
            "sepa_mandate_date": "2024-01-01" if debit else None,
            "sepa_sequence_type": "RCUR",
        }

    def _phone(self, firm: FirmEntry | None, person: PersonEntry | None) -> str:
        numbers = [firm.phone if firm else None, *((person.mobile, person.phone) if person else ())]
        return next((number for number in numbers if number), "")

    def _email(self, firm: FirmEntry | None, person: PersonEntry | None) -> str:
        emails = [firm.email] if firm and firm.email else list(person.emails[:1] if person else ())
        if self.dice.chance(PLACEHOLDER):
            return self.dice.choice(("noreply@example.com", "onbekend@example.com"))
        return email_case(self.dice, emails[0], EMAIL_CASE) if emails else ""

    def _contact_person(self, contact: str, entry: PersonEntry) -> Json:
        key = self.serial.new()
        self.about("contacts", f"{contact}#cp:{key}", entry.person.customer, "person")
        return {
            "id": key,
            "contact_id": contact,
            "administration_id": ADMINISTRATION,
            "firstname": entry.first,
            "lastname": entry.last,
            "phone": entry.mobile or entry.phone or "",
            "email": entry.emails[0] if entry.emails else "",
            "department": self.dice.choice(("", "", "Inkoop", "Administratie", "Directie")),
            "version": int(entry.updated.timestamp()),
            **stamps(entry.created, entry.updated),
        }
