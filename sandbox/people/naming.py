"""What things are called: family names, streets, firms, and the addresses made from them."""

import re
import unicodedata
from dataclasses import replace

from sandbox.people.dice import Dice
from sandbox.people.difficulty import BOXED, DOUBLE_NAME
from sandbox.people.model import Address, Name
from sandbox.people.words.family import ENDINGS, FAMILY, STEMS
from sandbox.people.words.firms import FANCY, TRADES
from sandbox.people.words.places import CITIES, POSTCODE_LETTERS, STREETS

_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})
_PLAIN = str.maketrans({"ß": "ss", "ø": "o"})
RARE = 0.45
"""Share of family names put together from halves."""


def family_name(dice: Dice, country: str) -> Name:
    """A family name with its tussenvoegsel; a few names are far more common than most, and a few are two."""
    name = _one_name(dice, country)
    if country == "NL" and name.prefix and dice.aside.chance(DOUBLE_NAME):
        plain = [one for one in FAMILY["NL"] if "|" not in one and " " not in one]
        return replace(name, before=dice.aside.choice(plain))
    return name


def _one_name(dice: Dice, country: str) -> Name:
    if dice.chance(RARE):
        prefix = dice.choice(("", "", "", "van", "de")) if country == "NL" else ""
        return Name(prefix, dice.choice(STEMS[country]) + dice.choice(ENDINGS[country]))
    names = FAMILY[country]
    common = names[: len(names) // 4] if dice.chance(0.4) else names
    prefix, _, family = dice.choice(common).rpartition("|")
    return Name(prefix, family)


def address(dice: Dice, country: str) -> Address:
    """A street, a number, and a postcode of the city's own pattern."""
    city = dice.choice(CITIES[country])
    swap = {"#": "123456789", "@": POSTCODE_LETTERS}
    postcode = "".join(dice.choice(swap[c]) if c in swap else c for c in city.postcode)
    number, addition = str(dice.randint(1, 240)), dice.among(("", "A", "-2", " bis"), (88, 7, 3, 2))
    street = dice.choice(STREETS[country])
    box = _box(dice.aside, country) if dice.aside.chance(BOXED[country]) else ""
    number += "" if box else addition
    return Address(street, number, postcode, city.name, country, city.area, box)


def _box(dice: Dice, country: str) -> str:
    if country == "DE":
        return f"{dice.randint(1, 5)}. Stock"
    return f"{'bus' if country == 'BE' else 'Apt'} {dice.randint(1, 30)}"


def firm_name(dice: Dice, country: str, owner: Name | None = None) -> str:
    """``Bakkerij de Vries`` or ``Aurora Software``."""
    trade = dice.choice(TRADES[country])
    if owner is None and dice.chance(0.5):
        return f"{dice.choice(FANCY)} {trade}"
    family = full_family(owner or family_name(dice, country))
    return f"{family} & Zn. {trade}" if dice.chance(0.08) else f"{trade} {family}"


def full_family(name: Name) -> str:
    """``van der Berg``, ``Jansen de Vries``."""
    return " ".join(filter(None, (name.before, name.prefix, name.family)))


def transliterated(text: str) -> str:
    """German umlauts as two letters, other accents dropped: ``Müller`` → ``Mueller``."""
    return without_accents(text.translate(_GERMAN))


def without_accents(text: str) -> str:
    """Accents dropped: ``Müller`` → ``Muller``."""
    split = unicodedata.normalize("NFKD", text.translate(_PLAIN))
    return "".join(c for c in split if not unicodedata.combining(c))


def slug(text: str) -> str:
    """What fits in an e-mail address: lower-case ASCII letters and digits."""
    return re.sub(r"[^a-z0-9]", "", transliterated(text).lower())
