"""A customer as a vCard: whatever it holds, each line is one, and says what was said."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from hub.views.contact import FOLD, vcard
from hub.views.customer import Customer, FieldView
from hub.views.sight import MASK

TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=120)


def _customer(**told: Any) -> Customer:
    fields = tuple(FieldView(name, value, "latest", None, None, {}, (), ()) for name, value in told.items())
    at = "2026-11-22T10:00:00.000000Z"
    return Customer("01a2-3b", "person", "Jan", 1, at, ("hubspot",), fields, (), (), ())


def _read(card: str) -> list[str]:
    """The lines as whoever reads a card has them: unfolded."""
    return card.replace("\r\n ", "").split("\r\n")


def _said(value: str) -> str:
    return value.replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\")


@given(TEXT, TEXT)
def test_every_line_is_folded_and_says_what_was_said(given: str, family: str) -> None:
    card = vcard(_customer(name={"given_name": given, "family_name": family}))
    assert max(len(line.encode()) for line in card.split("\r\n")) <= FOLD
    (full,) = [line for line in _read(card) if line.startswith("FN:")]
    assert _said(full.removeprefix("FN:")) == f"{given} {family}"
    (parts,) = [line for line in _read(card) if line.startswith("N:")]
    assert parts.replace("\\\\", "").replace("\\;", "").count(";") == 4


def test_a_line_break_ends_no_line() -> None:
    card = vcard(_customer(name={"given_name": "Jan\r\nEMAIL:x@y.nl", "family_name": "a\nb"}))
    assert not [line for line in _read(card) if line.startswith("EMAIL")]


def test_a_card_has_what_is_known_and_nothing_that_is_masked() -> None:
    home = {"street": "Plein", "house_number": "2", "house_number_addition": "A", "city": "Delft"}
    lines = _read(vcard(_customer(name={"family_name": "Bos"}, address=home, birth_date=MASK, phones=MASK)))
    assert "ADR:;;Plein 2A;Delft;;;" in lines and "REV:20261122T100000Z" in lines
    assert not [line for line in lines if line.startswith(("BDAY", "TEL"))]
