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
    """A postcode with a town in it is typed, or a birth date in words; with a no in the same go, if asked."""
    wrong: dict[tuple[str, ...], Any] = {}
    for name, word in (("address", "1234 AB Amsterdam"), ("birth_date", "ergens in mei")):
        lens = hands.lenses(place).get(name)
        part = next((it for it in lens.parts if it.name in ("postal_code", "")), None) if lens else None
        if part is not None and part.codec.opinion != "text" and not wrong and place.system != "brevo":
            wrong[part.path] = word
        elif part is not None and not wrong and name == "address":
            wrong[part.path] = word
    if not wrong:
        return False
    for name in also_no:
        wrong |= hands.lenses(place)[name].write("no")
    hands.type(place, wrong, "unreadable")
    found = hands.look(place)
    return found is not None and UNREADABLE in texts(found).values()
