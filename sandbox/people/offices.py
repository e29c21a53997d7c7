"""Which departments know whom, and the entries they made."""

from sandbox.people.books import Book
from sandbox.people.brevo import BrevoBook
from sandbox.people.difficulty import SYSTEMS_OF_ORGANISATION, SYSTEMS_OF_PERSON
from sandbox.people.entries import Clerk
from sandbox.people.hubspot import HubspotBook
from sandbox.people.model import Organisation, Person, Unit
from sandbox.people.moneybird import MoneybirdBook
from sandbox.people.zendesk import ZendeskBook

PERSON_SYSTEMS = ("hubspot", "moneybird", "brevo", "zendesk")
ORGANISATION_SYSTEMS = ("hubspot", "moneybird", "zendesk")


class Offices:
    """The four departments' books, filled one household or firm at a time."""

    def __init__(self, clerk: Clerk) -> None:
        self.dice = clerk.dice
        self.hubspot, self.brevo = HubspotBook(clerk), BrevoBook(clerk)
        self.zendesk, self.moneybird = ZendeskBook(clerk), MoneybirdBook(clerk)

    @property
    def books(self) -> tuple[Book, ...]:
        return self.hubspot, self.brevo, self.zendesk, self.moneybird

    def enter(self, unit: Unit) -> None:
        """Let each department that knows somebody of ``unit`` write them down."""
        known = {firm.customer: self._knowing(False) for firm in unit.organisations}
        known |= {person.customer: self._knowing(True) for person in unit.people}
        companies, organizations = self._firms(unit.organisations, known)
        for person in unit.people:
            self._person(person, known[person.customer], companies, organizations)
        self._contacts(unit, known)

    def _knowing(self, person: bool) -> set[str]:
        systems = PERSON_SYSTEMS if person else ORGANISATION_SYSTEMS
        weights = SYSTEMS_OF_PERSON if person else SYSTEMS_OF_ORGANISATION
        count = self.dice.choices(range(1, len(weights) + 1), weights)[0]
        return set(self.dice.sample(systems, count))

    def _firms(
        self, firms: list[Organisation], known: dict[str, set[str]]
    ) -> tuple[dict[str, str], dict[str, str]]:
        companies, organizations = {}, {}
        for firm in firms:
            if "hubspot" in known[firm.customer]:
                companies[firm.customer] = self.hubspot.firm(firm)
            if "zendesk" in known[firm.customer]:
                organizations[firm.customer] = self.zendesk.firm(firm)
        return companies, organizations

    def _person(
        self, person: Person, known: set[str], companies: dict[str, str], organizations: dict[str, str]
    ) -> None:
        employer = person.employer.customer if person.employer else ""
        if "hubspot" in known:
            self.hubspot.person(person, companies.get(employer))
        if "brevo" in known:
            self.brevo.person(person)
        if "zendesk" in known:
            self.zendesk.person(person, organizations.get(employer))

    def _contacts(self, unit: Unit, known: dict[str, set[str]]) -> None:
        """One contact for each firm with its people; people whose firm is not there have their own."""
        people = [person for person in unit.people if "moneybird" in known[person.customer]]
        for firm in unit.organisations:
            if firm.owner and people:
                known[firm.customer].add("moneybird")
            if "moneybird" in known[firm.customer]:
                self.moneybird.firm(firm, [firm.owner] if firm.owner else people)
                people = []
        for person in people:
            self.moneybird.person(person)
