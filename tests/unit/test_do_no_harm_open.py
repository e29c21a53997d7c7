"""Inputs on which an opinion is still wrong; each goes to its own file when it is right."""

from hub.codecs import codec
from hub.codecs.opinions import OPINIONS
from hub.model.value import Value

T1, T2 = (f"2026-0{month}-01T00:00:00.000000Z" for month in (1, 2))


def line(text: str) -> Value:
    """A name as its codec cuts it."""
    found = codec("dutch_name").read(text)
    assert found is not None
    return found


def test_who_types_over_his_own_words_of_which_one_stands_twice_says_what_he_typed() -> None:
    before, after = line("J. Jan Jan"), line("Anne Marie Jan P.")
    claimed = OPINIONS["joined name"].claimed(before, before, after)
    assert isinstance(claimed, dict)
    assert " ".join(str(one) for one in claimed.values()) == "Anne Marie Jan P."


def test_a_second_line_emptied_earlier_leaves_a_street_line_as_it_was_typed() -> None:
    home: Value = {"street": "Kerkstraat", "house_number": "12", "house_number_addition": "a"}
    value: Value = {**home, "as_typed": "Kerkstraat 12a", "city": "Breda"}
    typed = dict.fromkeys(("street", "house_number", "house_number_addition", "as_typed", "city"), T2)
    assert OPINIONS["home"].amended(value, typed, [(value, {"second_line": T1})]) == value
