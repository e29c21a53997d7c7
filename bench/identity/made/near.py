"""Pairs of customers that are nearly one, and are two: twelve ways, one function each."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from bench.identity.made.european import Firm, Home, Person, World
from bench.identity.made.words import listed
from bench.identity.made.words.europe import Country

Customer = Person | Firm
Pair = tuple[Customer, Customer]
ALIKE = listed(
    "Johan/Johanna Paul/Paula Tim/Tom Jan/Jana Marin/Marina Daan/Dana Karl/Karla Erik/Erika "
    "Gabriel/Gabriela Martin/Martina Mari/Marie Lars/Lara Niels/Nils Fien/Sien Els/Elsa Hanne/Hanna "
    "Simon/Simone Rene/Irene Michel/Michelle Daniel/Daniela Emil/Emilia Julien/Julie Ron/Rob Lena/Lina "
    "Mia/Mila Bas/Bart Jos/Jop Ines/Iris Robert/Roberta Louis/Louise Adrian/Adriana Nico/Nicole Jean/Joan "
    "Stef/Stefa Anton/Antonia Dirk/Dick Wim/Tim"
)
"""Names in their own right that differ by a letter or an ending."""
HOUSES = listed(
    "Café Restaurant Hotel Bakkerij Apotheek Garage Gasthaus Brasserie Pizzeria Salon Bloemen Boulangerie Bar"
)
SIGNS = listed(
    "de_Kroon de_Linde 't_Anker de_Zwaan Central du_Pont zum_Löwen Roma de_Molen La_Plaza de_Post Flora "
    "Oranje de_Hoek de_Eenhoorn Elegant zur_Krone Moderne de_Valk The_Red_Lion Bellevue de_Beurs Sonne "
    "Vier_Jaargetijden du_Marché 't_Centrum Victoria de_Gouden_Leeuw Astoria Paradiso"
)
"""A house and its sign: in every town there may be one."""


def stranger(world: World) -> Pair:
    """A namesake in the same town."""
    country = world.country()
    one = world.person(country)
    place = next(town for town in country.towns if town.startswith(f"{one.home.city}/"))
    other = world.person(country, world.home_in(country, place), (one.prefix, one.family))
    return one, replace(other, given=one.given, short=one.short, email=world.mailbox(one.given, one.family))


def housemate(world: World) -> Pair:
    """Two of other names in one house, with one landline."""
    country = world.country()
    one = world.person(country)
    return one, replace(world.person(country, one.home), landline=one.landline)


def colleague(world: World) -> Pair:
    """Two of one firm: its address, its switchboard, mailboxes of its domain."""
    country = world.country()
    work = world.firm(country)
    one, other = (_at_work(world, country, work) for _ in range(2))
    return one, other


def _at_work(world: World, country: Country, work: Firm) -> Person:
    one = world.person(country, work.home)
    mail = world.mailbox(one.given, one.family, work.domain)
    return replace(one, landline=work.phone, employer=work.name, email=mail)


def sister_firm(world: World) -> Pair:
    """Two firms of one group at one site, with one domain and one telephone."""
    country, brand = world.country(), world.brand()
    first, second = world.dice.sample(country.trades, 2)
    one = world.firm(country, name=f"{brand} {first}")
    other = world.firm(country, one.home, f"{brand} {second}")
    return one, replace(other, phone=one.phone, domain=one.domain, email=one.email)


def sibling(world: World) -> Pair:
    """Two children of one house, with a parent's mobile or mailbox now and then."""
    one, other = _family(world)
    return one, replace(other, birth=one.birth + timedelta(days=world.dice.randint(330, 2_900)))


def twin(world: World) -> Pair:
    """The same, and born on one day."""
    one, other = _family(world)
    return one, replace(other, birth=one.birth)


def _family(world: World) -> tuple[Person, Person]:
    country = world.country()
    one = world.person(country)
    other = world.person(country, one.home, (one.prefix, one.family))
    while other.given == one.given:
        other = world.person(country, one.home, (one.prefix, one.family))
    mobile = one.mobile if world.dice.random() < 0.5 else other.mobile
    email = one.email if world.dice.random() < 0.5 else other.email
    return one, replace(other, landline=one.landline, mobile=mobile, email=email)


def parent_and_child(world: World) -> Pair:
    """Of one name, in one house."""
    one = world.person(world.country())
    born = one.birth + timedelta(days=world.dice.randint(7_500, 14_000))
    child = world.person(world.of(one.home), one.home, (one.prefix, one.family))
    named = replace(
        child, given=one.given, short=one.short, birth=born, landline=one.landline, mark="Jr",
        email=world.mailbox(one.given, one.family),
    )  # fmt: skip
    return replace(one, mark="Sr"), named


def alike(world: World) -> Pair:
    """Two names that differ by a letter or an ending, at one address or born on one day."""
    one, other = _family(world)
    first, second = world.dice.choice(ALIKE).split("/")
    one = replace(one, given=first, short=(), email=world.mailbox(first, one.family))
    country = world.of(one.home)
    mobile, email = world.mobile(country), world.mailbox(second, other.family)
    other = replace(other, given=second, short=(), email=email, mobile=mobile)
    if world.dice.random() < 0.5:
        return one, other
    where = world.home(country)
    return one, replace(other, birth=one.birth, home=where, landline=world.landline(country, where.area))


def neighbour(world: World) -> Pair:
    """In one building or next door; some have a name in common."""
    dice, country = world.dice, world.country()
    one = world.person(country)
    home = _next_door(world, one.home)
    family = (one.prefix, one.family) if dice.random() < 0.3 else None
    other = world.person(country, home, family)
    if not family and dice.random() < 0.4:
        other = replace(other, given=one.given, short=one.short, email=world.mailbox(one.given, other.family))
    near = replace(one.home, addition=dice.choice(("A", "1", "bus 1"))) if home.addition else one.home
    return replace(one, home=near), other


def _next_door(world: World, home: Home) -> Home:
    if world.dice.random() < 0.6:
        return replace(home, addition=world.dice.choice(("B", "C", "2", "3", "bus 2", "bus 12")))
    return replace(home, house_number=str(int(home.house_number) + world.dice.choice((1, 2))), addition="")


def neighbour_firm(world: World) -> Pair:
    """Two firms of a business centre: one address, one suite, and sometimes the desk's telephone."""
    country = world.country()
    home = replace(world.home(country), addition=world.dice.choice(("Suite 4", "Unit 12", "2e etage", "")))
    one, other = world.firm(country, home), world.firm(country, home)
    while other.name == one.name:
        other = world.firm(country, home)
    return one, replace(other, phone=one.phone) if world.dice.random() < 0.5 else other


def one_office(world: World) -> Pair:
    """Two clients of one accountant, whose mailbox is on both."""
    country = world.country()
    office = world.firm(country)
    one, other = world.firm(country), world.firm(country)
    phone = office.phone if world.dice.random() < 0.3 else ""
    return (
        replace(one, email=office.email, domain="", phone=phone or one.phone),
        replace(other, email=office.email, domain="", phone=phone or other.phone),
    )


def holding(world: World) -> Pair:
    """A holding and what it owns: nearly one name, consecutive numbers, all else the same."""
    one = world.firm(world.country())
    over = world.dice.choice(("{} Holding", "{} Beheer", "{} Groep", "{} Group", "{} Vastgoed"))
    number = f"{int(one.coc_number) + world.dice.choice((1, 1, 1, 2)):08d}"
    return one, replace(one, name=over.format(one.name), coc_number=number)


def namesake_firm(world: World) -> Pair:
    """One name in two towns."""
    country = world.country()
    first, second = world.dice.sample(country.towns, 2)
    name = f"{world.dice.choice(HOUSES)} {world.dice.choice(SIGNS)}"
    one = world.firm(country, world.home_in(country, first), name)
    return one, world.firm(country, world.home_in(country, second), name)


KINDS: Mapping[str, Callable[[World], Pair]] = {
    "stranger": stranger,
    "housemate": housemate,
    "colleague": colleague,
    "sister firm": sister_firm,
    "sibling": sibling,
    "twin": twin,
    "parent and child": parent_and_child,
    "names alike": alike,
    "neighbour": neighbour,
    "neighbour firm": neighbour_firm,
    "clients of one office": one_office,
    "holding": holding,
    "namesake firm": namesake_firm,
}
