"""Small things people do to a record that say nothing new of a customer, or nothing that can be read."""

from collections.abc import Sequence
from typing import Any

from bench.edits.hands import Hands
from bench.edits.place import Place

TOUCHED: dict[str, tuple[str, ...]] = {
    "contacts": ("properties", "jobtitle"),
    "companies": ("properties", "numberofemployees"),
    "users": ("notes",),
    "organizations": ("notes",),
}
"""Object → a field nobody maps."""

TOWN_TOO, IN_WORDS = "1234 AB Amsterdam", "ergens in mei"
BROKEN: dict[tuple[str, str], tuple[tuple[str, tuple[str, ...], str], ...]] = {
    ("hubspot", "contacts"): (
        ("address", ("properties", "zip"), TOWN_TOO),
        ("birth_date", ("properties", "date_of_birth"), IN_WORDS),
    ),
    ("hubspot", "companies"): (("address", ("properties", "zip"), TOWN_TOO),),
    ("brevo", "contacts"): (("address", ("attributes", "POSTCODE"), TOWN_TOO),),
    ("moneybird", "contacts"): (("address", ("zipcode",), TOWN_TOO),),
}
"""System and object → fields people type what nobody can read in, where, and what."""


def touched(hands: Hands, place: Place) -> bool:
    """Somebody saves a record with a change in what is nobody's business."""
    number = str(hands.words.next())
    data: dict[tuple[str, ...], Any] = {TOUCHED[place.object]: number}
    if place.system == "moneybird":
        data = {("attention",): f"t.a.v. {number}"}
    if place.system == "brevo":
        data = {("listIds",): [int(number)]}
    return not hands.type(place, data, "touch")


def broken(hands: Hands, place: Place, also_no: Sequence[str]) -> str:
    """Something nobody can read is typed, with a no in the same go, if asked; the field it was typed in.

    The lens may well read it: then it is the shared schema that will not have it.
    """
    fitting = BROKEN.get((place.system, place.object), ())
    if not fitting:
        return ""
    name, path, word = hands.words.dice.choice(fitting)
    data: dict[tuple[str, ...], Any] = {path: word}
    for channel in also_no:
        data |= hands.lenses(place)[channel].write("no")
    return name if hands.type(place, data, "unreadable", not_meant=name) else ""


def mended(hands: Hands, place: Place, name: str) -> None:
    """It is put right: another home, another day."""
    value = hands.words.home() if name == "address" else hands.words.scalar(name)
    hands.type(place, hands.lenses(place)[name].write(value), "mend")
