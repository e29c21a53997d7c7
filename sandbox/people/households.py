"""People and how they live together: alone, as couples, parents and children, twins."""

from datetime import date, datetime, timedelta

from sandbox.people.dice import Dice
from sandbox.people.difficulty import (
    BORDER_NUMBER,
    COUNTRIES,
    MARRIED,
    MOVED,
    SEVERAL_GIVEN,
    SHARED_MAILBOX,
)
from sandbox.people.model import Address, Name, Person, Phone
from sandbox.people.naming import address, family_name, slug
from sandbox.people.numbers import landline, mobile
from sandbox.people.words.firms import FREE_MAIL
from sandbox.people.words.given import FEMALE, MALE

_LANGUAGE = {"NL": "nl", "BE": "nl", "DE": "de", "GB": "en"}
_BORDER_NAMES = 0.06
"""People whose given name comes from another country."""
NEIGHBOURS = {"NL": ("BE", "DE"), "BE": ("NL", "DE"), "DE": ("NL", "BE"), "GB": ("NL", "BE")}
"""Where people have a telephone number from who have one from abroad."""
SPAN = timedelta(days=3 * 365)
"""How far back stamps go."""
_AGES = date(2026, 3, 2)
"""The day everybody's age is told of: the same seed makes the same people, whenever it is asked."""


class Registry:
    """Makes people, each with a customer id and e-mail addresses nobody else has."""

    def __init__(self, dice: Dice, now: datetime) -> None:
        self.dice, self.now = dice, now
        self._people = 0
        self._emails: set[str] = set()

    def country(self) -> str:
        """A country by weight."""
        return self.dice.among(list(COUNTRIES), list(COUNTRIES.values()))

    def person(self, country: str, name: Name | None = None, home: Address | None = None) -> Person:
        """A grown-up; name and home are new unless given."""
        dice = self.dice
        woman = dice.chance(0.5)
        name, home = name or family_name(dice, country), home or address(dice, country)
        names = (FEMALE if woman else MALE)[self._name_country(country)]
        given = dice.choice(names)
        self._people += 1
        person = Person(
            customer=f"p{self._people:07d}",
            given=given,
            woman=woman,
            name=name,
            birth=self.birth(18, 85),
            language="fr" if country == "BE" and dice.chance(0.3) else _LANGUAGE[country],
            home=home,
            mobile=self._mobile(country),
            landline=landline(dice, country, home.area),
            emails=[],
            others=(dice.aside.choice(names),) if dice.aside.chance(SEVERAL_GIVEN) else (),
        )
        person.emails = [self.email(person), self.email(person)]
        return person

    def email(self, person: Person, domain: str = "") -> str:
        """An address made from the person's name that nobody has yet; on a free provider by default."""
        first, last = slug(person.given), slug(person.name.prefix + person.name.family)
        domain = domain or self.dice.choice(FREE_MAIL)
        forms = (f"{first}.{last}", f"{first[0]}.{last}", f"{first}{person.birth:%y}", f"{last}.{first}")
        local = self.dice.among(forms, (6, 3, 1, 1))
        return self.unique(local, domain)

    def unique(self, local: str, domain: str) -> str:
        """``local@domain``, with a number behind ``local`` where that is taken."""
        email, number = f"{local}@{domain}", 1
        while email in self._emails:
            number += self.dice.randint(1, 40)
            email = f"{local}{number}@{domain}"
        self._emails.add(email)
        return email

    def _name_country(self, country: str) -> str:
        return self.country() if self.dice.chance(_BORDER_NAMES) else country

    def _mobile(self, country: str) -> Phone:
        own, aside = mobile(self.dice, country), self.dice.aside
        return mobile(aside, aside.choice(NEIGHBOURS[country])) if aside.chance(BORDER_NUMBER) else own

    def birth(self, youngest: int, oldest: int) -> date:
        """A day of birth for somebody of that age, in years."""
        return _AGES - timedelta(days=self.dice.randint(youngest * 366, oldest * 365))


def single(registry: Registry) -> list[Person]:
    """One person, who may have moved house or married."""
    person = registry.person(registry.country())
    _live(registry, person)
    return [person]


def couple(registry: Registry) -> list[Person]:
    """Two people at one address, often with one e-mail address or one family name."""
    dice, country = registry.dice, registry.country()
    first = registry.person(country)
    second = registry.person(country, first.name if dice.chance(0.45) else None, first.home)
    second.landline = first.landline
    _named_otherwise(registry, second, first)
    if dice.chance(SHARED_MAILBOX):
        shared = registry.unique(f"familie.{slug(first.name.family)}", dice.choice(FREE_MAIL))
        first.emails[0] = second.emails[0] = shared
    return [first, second]


def parent_and_child(registry: Registry) -> list[Person]:
    """Two generations at one address with one family name and the same initial."""
    parent = registry.person(registry.country())
    parent.birth = registry.birth(54, 80)
    child = registry.person(parent.home.country, parent.name, parent.home)
    child.given = _same_initial(registry, parent.given, child)
    child.birth = parent.birth + timedelta(days=registry.dice.randint(20 * 366, 34 * 365))
    child.landline = parent.landline
    child.emails = [registry.email(child), registry.email(child)]
    return [parent, child]


def twins(registry: Registry) -> list[Person]:
    """Two people with one birthday, one family name and one address."""
    first = registry.person(registry.country())
    second = registry.person(first.home.country, first.name, first.home)
    second.birth, second.landline = first.birth, first.landline
    if not _named_otherwise(registry, second, first):
        second.emails = [registry.email(second), registry.email(second)]
    return [first, second]


def _named_otherwise(registry: Registry, person: Person, housemate: Person) -> bool:
    """Two of one house with one given name would be one customer to anybody; whether it took another name."""
    if person.given != housemate.given:
        return False
    while person.given == housemate.given:
        person.given = registry.dice.choice((FEMALE if person.woman else MALE)[person.home.country])
    person.emails = [registry.email(person), registry.email(person)]
    return True


def _live(registry: Registry, person: Person) -> None:
    dice, country = registry.dice, person.home.country
    if dice.chance(MOVED):
        person.old_home, person.home = person.home, address(dice, country)
    elif person.woman and dice.chance(MARRIED):
        person.maiden, partner = person.name, family_name(dice, country)
        person.name = married(dice, person.maiden, partner)
    if person.old_home or person.maiden:
        person.changed = dice.moment(registry.now - SPAN * 0.7, registry.now - timedelta(days=30))


def married(dice: Dice, own: Name, partner: Name) -> Name:
    """What somebody is called who marries: the partner's name, or both: ``de Vries-Bakker``."""
    if dice.chance(0.5):
        return partner
    return Name(partner.prefix, f"{partner.family}-{f'{own.prefix} {own.family}'.strip()}")


def _same_initial(registry: Registry, given: str, child: Person) -> str:
    """Another given name, with the same initial where there is one."""
    others = [name for name in (FEMALE if child.woman else MALE)[child.home.country] if name != given]
    return registry.dice.choice([name for name in others if name[0] == given[0]] or others)
