"""Customers of seven countries as they truly are: people, firms, homes, numbers and mailboxes."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from bench.identity.made import spoil
from bench.identity.made.words import europe
from bench.identity.made.words.europe import Country

_WITHOUT_MARK = str.maketrans("łŁøØđĐßıÞþ", "lLoOdDsiTt")
WEIGHTS = (34, 10, 18, 11, 12, 8, 7)
"""Of the countries, in the order of ``EVERYWHERE``."""


@dataclass(frozen=True, slots=True)
class Home:
    """Where somebody is."""

    street: str
    house_number: str
    addition: str
    postal_code: str
    city: str
    area: str
    country: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody."""

    given: str
    short: tuple[str, ...]
    prefix: str
    family: str
    birth: date
    home: Home
    mobile: str
    landline: str
    email: str
    employer: str = ""
    mark: str = ""
    """Of a generation: ``Sr``, ``Jr``."""


@dataclass(frozen=True, slots=True)
class Firm:
    """A firm; ``forms`` are its legal form, as it may be written."""

    name: str
    forms: tuple[str, ...]
    home: Home
    phone: str
    email: str
    domain: str
    coc_number: str


def plain(text: str) -> str:
    """Letters and digits a mailbox may have."""
    bare = unicodedata.normalize("NFKD", text.replace("ß", "ss").translate(_WITHOUT_MARK))
    return "".join(one for one in bare.lower() if one.isascii() and (one.isalnum() or one in ".-_"))


@dataclass(slots=True)
class World:
    """Draws customers; mailboxes and numbers are given out once, unless they are shared on purpose."""

    dice: Random
    given_out: set[str] = field(default_factory=set)

    def country(self) -> Country:
        """One of the seven."""
        return self.dice.choices(europe.EVERYWHERE, WEIGHTS)[0]

    @staticmethod
    def of(home: Home) -> Country:
        """Of a home."""
        return next(one for one in europe.EVERYWHERE if one.code == home.country)

    def home(self, country: Country) -> Home:
        """An address; half a street shares a postcode."""
        town, code, area = country.towns[spoil.skewed(self.dice, len(country.towns))].split("/")
        return self.home_in(country, f"{town}/{code}/{area}")

    def home_in(self, country: Country, place: str) -> Home:
        """An address in this town (``town/postcode pattern/area code``)."""
        dice = self.dice
        town, code, area = place.split("/")
        street = dice.choice(country.streets).replace("*", dice.choice(country.names_of_streets))
        number = dice.randint(1, 180)
        unit = Random(f"{town}{street}{number // 40}")  # a street's own
        addition = dice.choice(("A", "B", "C", "1", "2", "bis")) if dice.random() < 0.12 else ""
        return Home(street, str(number), addition, _filled(unit, code), town, area, country.code)

    def mobile(self, country: Country) -> str:
        """In E.164."""
        begin, digits = country.mobile.split("/")
        return self._once(lambda: f"+{country.dialled}{begin}{self._digits(int(digits))}")

    def landline(self, country: Country, area: str) -> str:
        """In E.164."""
        return self._once(lambda: f"+{country.dialled}{area}{self._digits(country.landline)}")

    def family(self, country: Country) -> tuple[str, str]:
        """Particle and name: a common one or a rare one."""
        if self.dice.random() < 0.4:
            one = country.family[spoil.skewed(self.dice, len(country.family))]
            prefix, _, name = one.rpartition("|")
            return prefix, name
        return "", self.dice.choice(country.first_halves) + self.dice.choice(country.last_halves)

    def given(self, country: Country) -> tuple[str, tuple[str, ...]]:
        """A given name and its short forms."""
        names = self.dice.choice((country.men, country.women))
        full, short = names[spoil.skewed(self.dice, len(names))].split("/")
        return full, tuple(one for one in short.split(",") if one)

    def mailbox(self, given: str, family: str, domain: str = "") -> str:
        """An address nobody else has."""
        first, last = plain(given), plain(family)
        at = domain or self.dice.choice(europe.WEBMAIL)
        shapes = (
            f"{first}.{last}",
            f"{first[:1]}.{last}",
            f"{first[:1]}{last}",
            f"{first}{last}",
            f"{last}.{first}",
        )
        stem, more = self.dice.choice(shapes), iter(range(2, 10**6))
        tail = "" if domain or self.dice.random() < 0.5 else str(self.dice.randint(50, 99))
        while (made := f"{stem}{tail}@{at}") in self.given_out:
            tail = str(next(more))
        self.given_out.add(made)
        return made

    def birth(self) -> date:
        """Of an adult."""
        return date(1936, 1, 1) + timedelta(days=self.dice.randrange(25_500))

    def person(
        self, country: Country, home: Home | None = None, family: tuple[str, str] | None = None
    ) -> Person:
        """Somebody, in this home and of this family where told."""
        given, short = self.given(country)
        prefix, name = family or self.family(country)
        where = home or self.home(country)
        return Person(
            *(given, short, prefix, name, self.birth(), where, self.mobile(country)),
            *(self.landline(country, where.area), self.mailbox(given, name)),
        )

    def firm(self, country: Country, home: Home | None = None, name: str = "") -> Firm:
        """A firm, in this home and of this name where told."""
        where = home or self.home(country)
        called = name or self.firm_name(country, where)
        domain = self._domain(called)
        box = self.dice.choice(("info", "info", "contact", "office", "mail"))
        return Firm(
            *(called, tuple(self.dice.choice(country.forms).split("/")), where),
            *(self.landline(country, where.area), f"{box}@{domain}", domain),
            self._once(lambda: self._digits(8)),
        )

    def _domain(self, called: str) -> str:
        stem = plain(called)[:22].strip(".-_")
        return self._once(
            lambda: f"{stem}{self.dice.choice(('', '-online', self._digits(2), self._digits(6)))}.example"
        )

    def firm_name(self, country: Country, home: Home) -> str:
        """After somebody, a brand, or a town, with a trade."""
        trade, luck = self.dice.choice(country.trades), self.dice.random()
        if luck < 0.35:
            prefix, name = self.family(country)
            return f"{trade} {prefix} {name}".replace("  ", " ") if luck < 0.2 else f"{name} {trade}"
        if luck < 0.85:
            return f"{self.brand()} {trade}" if luck < 0.7 else self.brand()
        return f"{trade} {home.city}"

    def brand(self) -> str:
        """A word nobody else's firm has, or hardly anybody's."""
        one = self.dice.choice(europe.BRANDS)
        return one if self.dice.random() < 0.3 else one[:4] + self.dice.choice(europe.BRANDS)[-4:]

    def _digits(self, number: int) -> str:
        return "".join(self.dice.choices("0123456789", k=number))

    def _once(self, make: Callable[[], str]) -> str:
        while (made := make()) in self.given_out:
            pass
        self.given_out.add(made)
        return made


def _filled(dice: Random, pattern: str) -> str:
    letters = "ABDEFGHJKLNPRSTVWXZ"
    return "".join(
        str(dice.randint(0, 9)) if one == "#" else dice.choice(letters) if one == "@" else one
        for one in pattern
    )
