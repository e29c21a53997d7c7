"""Small things people do to a record that say nothing new of a customer, or nothing that can be read."""

from typing import Any

from bench.edits.hands import Hands
from bench.edits.place import UNREADABLE, Place, texts

TOUCHED: dict[str, tuple[str, ...]] = {
    "contacts": ("properties", "jobtitle"),
    "companies": ("properties", "numberofemployees"),
    "users": ("notes",),
    "organizations": ("notes",),
}
"""Object → a field nobody maps."""

TOWN_TOO, IN_WORDS = "1234 AB Amsterdam", "ergens in mei"
BROKEN: dict[tuple[str, str], tuple[tuple[tuple[str, ...], str], ...]] = {
    ("hubspot", "contacts"): (
        (("properties", "zip"), TOWN_TOO),
        (("properties", "date_of_birth"), IN_WORDS),
    ),
    ("hubspot", "companies"): ((("properties", "zip"), TOWN_TOO),),
    ("brevo", "contacts"): ((("attributes", "POSTCODE"), TOWN_TOO),),
    ("moneybird", "contacts"): ((("zipcode",), TOWN_TOO),),
}
"""System and object → where people type what nobody can read, and what."""


def touched(hands: Hands, place: Place) -> bool:
    """Somebody saves a record with a change in what is nobody's business."""
    number = str(hands.words.next())
    data: dict[tuple[str, ...], Any] = {TOUCHED[place.object]: number}
    if place.system == "moneybird":
        data = {("attention",): f"t.a.v. {number}"}
    if place.system == "brevo":
        data = {("listIds",): [int(number)]}
    return not hands.type(place, data, "touch")


def broken(hands: Hands, place: Place, also_no: list[str]) -> bool:
    """A postcode with a town in it, or a birth date in words; with a no in the same go, if asked."""
    fitting = BROKEN.get((place.system, place.object), ())
    if not fitting:
        return False
    path, word = hands.words.dice.choice(fitting)
    data: dict[tuple[str, ...], Any] = {path: word}
    for name in also_no:
        data |= hands.lenses(place)[name].write("no")
    hands.type(place, data, "unreadable")
    found = hands.look(place)
    return found is not None and UNREADABLE in texts(found).values()
