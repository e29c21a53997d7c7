"""How people at keyboards write one true value down, in all the ways they do."""

from dataclasses import replace

from sandbox.people import slips
from sandbox.people.dice import Dice
from sandbox.people.difficulty import (
    INITIALS,
    LEGAL_FORM_DROPPED,
    LEGAL_FORM_RESPELT,
    NICKNAME,
    PLACEHOLDER,
    PREFIX_CAPITALS,
    PREFIX_LAST,
    SHORT_PREFIX,
    SPLIT_OTHERWISE,
    TRANSLITERATED,
    TYPO,
    UPPER_CASE,
)
from sandbox.people.model import Name, Organisation, Person, Phone
from sandbox.people.naming import full_family, transliterated, without_accents
from sandbox.people.words.given import SHORT

_SHORT_PREFIX = {"van der": "v.d.", "van den": "v.d.", "van de": "v.d.", "van": "v.", "in 't": "i.'t"}
_FORM_SPELLINGS = {
    "B.V.": ("BV", "b.v.", "B.V"), "N.V.": ("NV", "nv"), "V.O.F.": ("VOF", "vof"), "BV": ("B.V.", "bv"),
    "NV": ("N.V.",), "GmbH": ("gmbh", "G.m.b.H."), "Ltd": ("Limited", "LTD", "Ltd."), "PLC": ("plc",),
}  # fmt: skip


def first_name(dice: Dice, given: str, others: tuple[str, ...] = ()) -> str:
    """``Johannes``, ``J.``, ``J.P.``, ``Hans``, or one with a slip of the finger."""
    if dice.chance(INITIALS):
        pointed = dice.chance(0.7)
        if others:
            return "".join(f"{name[0]}." for name in (given, *others))
        return f"{given[0]}." if pointed else given[0]
    if dice.chance(NICKNAME):
        return nickname(given)
    return _slips(dice, given)


def nickname(given: str) -> str:
    """What somebody of that name goes by; the name itself where there is nothing shorter."""
    return SHORT.get(given, given)


def last_name(dice: Dice, name: Name) -> str:
    """``van der Berg``, ``v.d. Berg``, ``Berg, van der``, ``Van der Berg``."""
    family = _slips(dice, name.family)
    if not name.prefix:
        return family
    if dice.chance(SHORT_PREFIX):
        return f"{_SHORT_PREFIX.get(name.prefix, name.prefix)} {family}"
    if dice.chance(PREFIX_LAST):
        return f"{family}, {name.prefix}"
    if dice.chance(PREFIX_CAPITALS):
        return f"{name.prefix[0].upper()}{name.prefix[1:]} {family}"
    return full_family(Name(name.prefix, family))


def full_name(dice: Dice, first: str, name: Name) -> tuple[str, str]:
    """First and last name; the first half of a double name among the given names, now and then."""
    last = last_name(dice, replace(name, before=""))
    if not name.before:
        return first, last
    if first and dice.aside.chance(SPLIT_OTHERWISE):
        return f"{first} {name.before}", last
    return first, full_family(name) if ", " in last else f"{name.before} {last}"


def from_mail(dice: Dice, person: Person, email: str) -> str:
    """What a system calls who wrote a mail: ``J. Babaca``, ``Babaca``, ``JAN BABACA``, ``Jan83``."""
    family = full_family(person.name)
    local = email.partition("@")[0].replace(".", " ").replace("_", " ").title()
    return dice.choice((f"{person.given[0]}. {family}", family, f"{person.given} {family}".upper(), local))


def firm(dice: Dice, organisation: Organisation) -> str:
    """The firm's name with its legal form spelt one way or another, or without."""
    name, form = organisation.name, organisation.form
    if form and not dice.chance(LEGAL_FORM_DROPPED):
        if form in _FORM_SPELLINGS and dice.chance(LEGAL_FORM_RESPELT):
            form = dice.choice(_FORM_SPELLINGS[form])
        name = f"{form} {name}" if form == "Stichting" else f"{name} {form}"
    if "&" in name and dice.chance(0.3):
        name = name.replace("&", "en" if organisation.site.country in ("NL", "BE") else "+")
    return _slips(dice, name)


def phone(dice: Dice, number: Phone) -> str:
    """``+31612345678``, ``06-12345678``, ``0031 6 12 34 56 78`` and so on."""
    number = slips.phone(dice, number)
    country, area, rest = number.country, number.area, number.number
    if dice.chance(PLACEHOLDER):
        return dice.choice(("0000000000", "0612345678", "unknown"))
    spaced = " ".join(rest[i : i + 2] for i in range(0, len(rest), 2))
    forms = (
        number.e164,
        f"0{area}-{rest}",
        f"0{area}{rest}",
        f"0{area} {spaced}",
        f"+{country} {area} {spaced}",
        f"+{country} (0){area} {rest}",
        f"00{country}{area}{rest}",
    )
    return dice.among(forms, (30, 20, 20, 10, 10, 5, 5))


def email_case(dice: Dice, email: str, probability: float) -> str:
    """``Jan@Bakker.example`` for ``jan@bakker.example``, now and then."""
    if not dice.chance(probability):
        return email
    return email.upper() if dice.chance(0.3) else email.title()


def postcode(dice: Dice, value: str) -> str:
    """``1012 AB``, ``1012AB``, ``1012 ab``, or a filler."""
    if dice.chance(PLACEHOLDER):
        return "0000 AA"
    value = slips.postcode(dice, value)
    if value[-1].isalpha() and dice.chance(0.3):
        return value.replace(" ", "") if dice.chance(0.7) else value.lower()
    return value


def _slips(dice: Dice, text: str) -> str:
    if not text.isascii() and dice.chance(TRANSLITERATED):
        text = transliterated(text) if dice.chance(0.5) else without_accents(text)
    if len(text) > 3 and dice.chance(TYPO):
        text = typo(dice, text)
    return text.upper() if dice.chance(UPPER_CASE) else text


def typo(dice: Dice, text: str) -> str:
    """A letter left out, doubled, or swapped with the next; ``text`` has four or more."""
    at = dice.randint(1, len(text) - 2)
    kind = dice.randrange(3)
    if kind == 0:
        return text[:at] + text[at + 1 :]
    if kind == 1:
        return text[:at] + text[at] + text[at:]
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
