"""What is true of one person now, and what was true before: only a judge may know."""

from dataclasses import dataclass, field
from datetime import date

from sandbox.people import Person, Population
from sandbox.people.model import Address, Name, Phone


@dataclass(slots=True)
class Truth:
    """One person; life goes on, so it changes."""

    customer: str
    given: str
    others: tuple[str, ...]
    """Further given names."""
    name: Name
    birth: date
    home: Address
    phones: list[Phone]
    """Every number they can be called at, the mobile one first: their own, their house's, their firm's."""
    language: str = "nl"
    former_names: list[Name] = field(default_factory=list)
    former_homes: list[Address] = field(default_factory=list)
    former_phones: list[Phone] = field(default_factory=list)


def truth_of(person: Person) -> Truth:
    """What is true of somebody before anything happens."""
    phones = [person.mobile, person.landline]
    phones += [person.employer.phone] if person.employer else []
    return Truth(
        person.customer,
        person.given,
        person.others,
        person.name,
        person.birth,
        person.home,
        phones,
        person.language,
        [person.maiden] if person.maiden else [],
        [person.old_home] if person.old_home else [],
    )


def truths(people: Population) -> dict[str, Truth]:
    """Customer → what is true of them; people only."""
    return {one.customer: truth_of(one) for one in people.people}


def about(people: Population) -> dict[str, str]:
    """Record key of a person, in the hub's words → the customer it is about."""
    rows = (row for row in people.truth if row.kind == "person")
    return {f"{row.system}/person/{row.key}": row.customer for row in rows}
