"""How customers of the seven countries are written down by departments: gaps, short forms, slips, shapes."""

from dataclasses import dataclass
from random import Random

from bench.identity.made import spoil
from bench.identity.made.european import Firm, Home, Person

COLUMNS = (
    *("kind", "given_name", "family_name_prefix", "family_name", "legal_name", "email", "phone"),
    *("street", "house_number", "house_number_addition", "postal_code", "city", "country"),
    *("birth_date", "coc_number", "domain", "employer"),
)
ROLES = {name: name for name in COLUMNS if name != "employer"}
_DIALLED = {"NL": "31", "BE": "32", "DE": "49", "FR": "33", "GB": "44", "ES": "34", "PL": "48"}
_TRUNKLESS = frozenset({"ES", "PL"})


@dataclass(frozen=True, slots=True)
class Habit:
    """What a department asks for (shares of records that say it), and how careful it types."""

    name: float = 0.99
    email: float = 0.7
    phone: float = 0.65
    landline: float = 0.25
    """Of the telephones."""
    address: float = 0.7
    birth: float = 0.4
    employer: float = 0.2
    coc: float = 0.5
    slips: float = 0.04
    initial: float = 0.05
    short: float = 0.10
    lower: float = 0.03
    upper: float = 0.03


ORDINARY = Habit()
Row = dict[str, str | None]


def person(dice: Random, one: Person, habit: Habit = ORDINARY) -> Row:
    """A record of a person; it always says a mailbox, a telephone or an address."""
    row: Row = dict.fromkeys(COLUMNS)
    row |= {"kind": "person", **_names(dice, one, habit)}
    said = _said(dice, habit)
    if "email" in said:
        row["email"] = spoil.slip(dice, one.email) if dice.random() < habit.slips / 2 else one.email
    if "phone" in said:
        row["phone"] = phone(dice, one.landline if dice.random() < habit.landline else one.mobile, one.home)
    if "address" in said:
        row |= address(dice, one.home, habit)
    if dice.random() < habit.birth:
        row["birth_date"] = (spoil.off(dice, one.birth) if dice.random() < 0.02 else one.birth).isoformat()
    if one.employer and dice.random() < habit.employer:
        row["employer"] = one.employer
    return _cased(dice, row, habit)


def firm(dice: Random, one: Firm, habit: Habit = ORDINARY) -> Row:
    """A record of a firm."""
    row: Row = dict.fromkeys(COLUMNS)
    form = dice.choice(one.forms) if dice.random() < 0.85 else ""
    name = spoil.slip(dice, one.name) if dice.random() < habit.slips else one.name
    row |= {"kind": "organisation", "legal_name": f"{name} {form}".strip()}
    said = _said(dice, habit)
    if "email" in said:
        row["email"] = one.email
    if "phone" in said:
        row["phone"] = phone(dice, one.phone, one.home)
    if "address" in said:
        row |= address(dice, one.home, habit)
    if dice.random() < habit.coc:
        row["coc_number"] = one.coc_number
    if one.domain and dice.random() < 0.3:
        row["domain"] = one.domain
    return _cased(dice, row, habit)


def _said(dice: Random, habit: Habit) -> set[str]:
    shares = {"email": habit.email, "phone": habit.phone, "address": habit.address}
    said = {name for name, share in shares.items() if dice.random() < share}
    return said or {dice.choices(list(shares), list(shares.values()))[0]}


def _names(dice: Random, one: Person, habit: Habit) -> Row:
    if dice.random() > habit.name:
        return {}
    luck, given = dice.random(), one.given
    if luck < habit.initial:
        given = f"{one.given[0]}."
    elif luck < habit.initial + habit.short and one.short:
        given = dice.choice(one.short)
    family = f"{one.family} {one.mark}" if one.mark and dice.random() < 0.3 else one.family
    return {
        "given_name": spoil.slip(dice, given) if dice.random() < habit.slips and len(given) > 3 else given,
        "family_name_prefix": one.prefix or None,
        "family_name": spoil.now_and_then(dice, habit.slips, family),
    }


def address(dice: Random, home: Home, habit: Habit = ORDINARY) -> Row:
    """Street, number, postcode, town, country."""
    street = spoil.now_and_then(dice, habit.slips, home.street)
    code = home.postal_code if dice.random() < 0.8 else home.postal_code.replace(" ", "")
    return {
        "street": street,
        "house_number": home.house_number,
        "house_number_addition": home.addition or None,
        "postal_code": code,
        "city": spoil.now_and_then(dice, habit.slips / 2, home.city),
        "country": home.country,
    }


def phone(dice: Random, number: str, home: Home) -> str:
    """In E.164, with spaces, or as one dials it within the country."""
    dialled = _DIALLED[home.country]
    rest = number.removeprefix(f"+{dialled}")
    if rest == number or dice.random() < 0.6:
        return number
    trunk = "" if home.country in _TRUNKLESS else "0"
    return dice.choice(
        (
            f"+{dialled} {rest[:2]} {rest[2:]}",
            f"00{dialled}{rest}",
            f"{trunk}{rest}",
            f"{trunk}{rest[:2]}-{rest[2:]}",
        )
    )


def _cased(dice: Random, row: Row, habit: Habit) -> Row:
    luck = dice.random()
    if luck > habit.lower + habit.upper:
        return row
    turn = str.lower if luck < habit.lower else str.upper
    kept = {"kind", "country", "phone", "birth_date"}
    return {name: turn(text) if text and name not in kept else text for name, text in row.items()}
