"""Where each system keeps what we judge, and which values differ between two states of a record."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bench.harm.figures import digits
from bench.harm.names import parted
from bench.harm.spelling import plain
from bench.harm.truth import Truth

Row = Mapping[str, Any]
"""A record as the journal shows it: flat, custom fields by dotted path."""
Change = tuple[str, str, str]
"""Field, before, after."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Field → where it stands; a street line may go on in a second line."""

    object: str
    texts: Mapping[str, tuple[str, ...]]
    phones: tuple[str, ...]
    line: str = ""
    """Where the whole name stands, if it stands in one line."""


SHAPES = {
    "hubspot": Shape(
        "contacts",
        {
            "given": ("firstname",),
            "family": ("lastname",),
            "birth": ("date_of_birth",),
            "street": ("address", "address2"),
            "postcode": ("zip",),
            "town": ("city",),
            "language": ("hs_language",),
        },
        ("phone", "mobilephone"),
    ),
    "brevo": Shape(
        "contacts",
        {
            "given": ("attributes.FIRSTNAME",),
            "family": ("attributes.LASTNAME",),
            "birth": ("attributes.BIRTHDATE",),
            "street": ("attributes.STREET",),
            "postcode": ("attributes.POSTCODE",),
            "town": ("attributes.CITY",),
            "language": ("attributes.LANGUAGE",),
        },
        ("attributes.SMS",),
    ),
    "moneybird": Shape(
        "contacts",
        {
            "given": ("firstname",),
            "family": ("lastname",),
            "street": ("address1", "address2"),
            "postcode": ("zipcode",),
            "town": ("city",),
        },
        ("phone",),
    ),
    "zendesk": Shape("users", {}, ("phone",), line="name"),
}
NAMES = ("given", "family")


def fields(system: str, row: Row) -> tuple[str, ...]:
    """Which fields of a record are a person's: of a firm's contact in Moneybird the name alone."""
    shape = SHAPES[system]
    if row.get("company_name"):
        return NAMES
    return (*(NAMES if shape.line else shape.texts), "phone")


def shown(system: str, row: Row, truth: Truth) -> dict[str, str]:
    """What a record shows of a person, telephones apart."""
    shape = SHAPES[system]
    if shape.line:
        return dict(zip(NAMES, parted(row.get(shape.line), truth), strict=True))
    own = fields(system, row)
    return {name: _text(row, places) for name, places in shape.texts.items() if name in own}


def phones(system: str, row: Row) -> list[str]:
    """The telephone numbers of a person's record, empty places left out."""
    own = "phone" in fields(system, row)
    return [str(row[place]) for place in SHAPES[system].phones if own and row.get(place)]


def changes(system: str, before: Row, after: Row, truth: Truth) -> Iterator[Change]:
    """What differs between two states; a number that only changed places does not."""
    was, became = shown(system, before, truth), shown(system, after, truth)
    for name in became:
        if was.get(name, "") != became[name]:
            yield name, was.get(name, ""), became[name]
    yield from _phones(phones(system, before), phones(system, after))


def _phones(before: list[str], after: list[str]) -> Iterator[Change]:
    gone = [one for one in before if one not in after]
    come = [one for one in after if one not in before]
    for one in list(gone):  # the same number in other words is a change of its own
        if twin := next((other for other in come if digits(other)[-8:] == digits(one)[-8:] != ""), None):
            gone.remove(one)
            come.remove(twin)
            yield "phone", one, twin
    for at in range(max(len(gone), len(come))):
        yield "phone", gone[at] if at < len(gone) else "", come[at] if at < len(come) else ""


def _text(row: Row, places: tuple[str, ...]) -> str:
    return " ".join(str(row[place]) for place in places if row.get(place) and plain(str(row[place])))
