"""Organisations and the people in them: firms with staff, groups, sole traders."""

from sandbox.people.difficulty import INFO_MAILBOX, NAMESAKE, STAFF, SWITCHBOARD
from sandbox.people.households import Registry
from sandbox.people.model import Address, Organisation, Person, Unit
from sandbox.people.naming import address, firm_name, slug
from sandbox.people.numbers import landline, mobile, register_number, vat_number
from sandbox.people.words.firms import DAUGHTERS, FANCY, FORMS


class Chamber:
    """Registers organisations, each with a customer id and a domain nobody else has."""

    def __init__(self, registry: Registry) -> None:
        self.registry, self.dice = registry, registry.dice
        self._count = 0
        self._domains: set[str] = set()
        self._names: set[str] = set()

    def firm(self, room: int) -> Unit:
        """A firm with none to three known employees, at most ``room`` customers together."""
        staff = int(self.dice.among("0123", STAFF))
        organisation = self._organisation(self.registry.country())
        people = [self._employee(organisation) for _ in range(min(staff, room - 1))]
        return Unit("firm", people, [organisation])

    def group(self, room: int) -> Unit:
        """Two or three firms of one name and one site, each with its own numbers."""
        mother = self._organisation(self.registry.country())
        firms = [mother]
        for _ in range(min(self.dice.randint(1, 2), room - 1)):
            name = self._other_name(mother.name, {firm.name for firm in firms})
            firms.append(self._organisation(mother.site.country, name, mother))
        return Unit("group", [], firms)

    def sole_trader(self) -> Unit:
        """A person and their one-person business: same address, telephone and mailbox."""
        country = self.registry.country()
        person = self.registry.person(country)
        firm = self._organisation(country, firm_name(self.dice, country, person.name))
        firm.site, firm.form, firm.owner, firm.phone = person.home, "", person, mobile(self.dice, country)
        person.mobile = firm.phone
        person.emails[0] = firm.email if self.dice.chance(0.5) else self._work_email(person, firm)
        return Unit("sole_trader", [person], [firm])

    def _organisation(self, country: str, name: str = "", mother: Organisation | None = None) -> Organisation:
        dice = self.dice
        site = mother.site if mother else address(dice, country)
        vat = vat_number(dice, country)
        name = name if mother else self._own_name(name or firm_name(dice, country), site)
        self._count += 1
        return Organisation(
            customer=f"o{self._count:07d}",
            name=name,
            form=dice.choice(FORMS[country]),
            domain=self._domain(name),
            site=site,
            phone=mother.phone if mother and dice.chance(0.5) else landline(dice, country, site.area),
            vat=vat,
            register=register_number(dice, country, vat),
        )

    def _employee(self, firm: Organisation) -> Person:
        person = self.registry.person(firm.site.country)
        person.employer = firm
        shared = self.dice.chance(INFO_MAILBOX)
        person.emails[0] = firm.email if shared else self._work_email(person, firm)
        if self.dice.chance(SWITCHBOARD):
            person.mobile = firm.phone
        return person

    def _work_email(self, person: Person, firm: Organisation) -> str:
        return self.registry.unique(f"{slug(person.given)}.{slug(person.name.family)}", firm.domain)

    def _own_name(self, name: str, site: Address) -> str:
        """A name no other firm has, but for a few namesakes; who comes second adds the town, then a word."""
        if name in self._names and not self.dice.chance(NAMESAKE):
            while (local := f"{name} {site.city}") in self._names:
                name = f"{self.dice.choice(FANCY)} {name}"
            name = local
        self._names.add(name)
        return name

    def _domain(self, name: str) -> str:
        stem, number = slug(name)[:40], 1
        domain = f"{stem}.example"
        while domain in self._domains:
            number += 1
            domain = f"{stem}{number}.example"
        self._domains.add(domain)
        return domain

    def _other_name(self, stem: str, taken: set[str]) -> str:
        free = [daughter for daughter in DAUGHTERS if f"{stem} {daughter}" not in taken]
        return f"{stem} {self.dice.choice(free)}"
