"""Who the customers really are, and what the generator hands out."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

Json = dict[str, Any]
Kind = Literal["person", "organisation"]


@dataclass(frozen=True, slots=True)
class TruthRow:
    """Whom one record (or one facet of a Moneybird contact) is about; only a judge may read it."""

    system: str
    object: str
    key: str
    """The record's id; ``123#person`` and ``123#cp:9`` for people inside Moneybird contact ``123``."""
    customer: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Population:
    """Everything the departments hold at the start, and the truth about it."""

    systems: dict[str, dict[str, list[Json]]] = field(repr=False)
    """System → object → raw records in the vendor's own shape."""
    truth: list[TruthRow] = field(repr=False)
    traits: dict[str, list[str]] = field(repr=False)
    """Which customers each hard thing happened to: ``twins`` → customer ids."""
    people: list["Person"] = field(repr=False)
    """Who the people really are, today and before; only a judge may read it."""


@dataclass(frozen=True, slots=True)
class Phone:
    """A telephone number in its parts: ``31``, ``6``, ``12345678``."""

    country: str
    area: str
    number: str

    @property
    def e164(self) -> str:
        return f"+{self.country}{self.area}{self.number}"


@dataclass(frozen=True, slots=True)
class Address:
    """Where somebody lives or does business; ``country`` is ISO 3166-1 alpha-2."""

    street: str
    number: str
    postcode: str
    city: str
    country: str
    area: str
    """The city's telephone area code."""
    box: str = ""
    """Behind the number, where several homes share one: ``bus 4``, ``3. Stock``; empty for most."""


@dataclass(frozen=True, slots=True)
class Name:
    """A family name: ``van der`` and ``Berg``; the prefix is often empty."""

    prefix: str
    family: str
    before: str = ""
    """The first of two names without a hyphen: ``Jansen`` in ``Jansen de Vries``."""


@dataclass(slots=True)
class Person:
    """One human customer, as they are today."""

    customer: str
    given: str
    woman: bool
    name: Name
    birth: date
    language: str
    home: Address
    mobile: Phone
    landline: Phone
    emails: list[str]
    """The usual address first."""
    maiden: Name | None = None
    old_home: Address | None = None
    changed: datetime | None = None
    """When they married or moved: records last touched before show what was."""
    employer: "Organisation | None" = None
    others: tuple[str, ...] = ()
    """Further given names."""


@dataclass(slots=True)
class Organisation:
    """One organisation, as it is today."""

    customer: str
    name: str
    """Without the legal form."""
    form: str
    domain: str
    site: Address
    phone: Phone
    vat: str
    register: str
    """Chamber of Commerce (or the country's own register) number."""
    owner: Person | None = None
    """The sole trader behind it."""

    @property
    def email(self) -> str:
        return f"info@{self.domain}"


@dataclass(slots=True)
class Unit:
    """People and organisations that belong together, such as a household or a firm with its staff."""

    kind: str
    people: list[Person] = field(default_factory=list)
    organisations: list[Organisation] = field(default_factory=list)
