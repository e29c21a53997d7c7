"""A system's own words without the people in them, however long the answer is."""

import pytest

from connectors.redact import redact


@pytest.mark.parametrize("before", ["x ", "06 12345678 ", '"some value" ', "a@b.example "])
def test_nothing_of_a_value_shows_where_a_long_answer_is_cut(before: str) -> None:
    """Whatever is left out before it makes room: wherever the cut falls, no name is behind it."""
    names = ' "Jan de Vries" jan.de.vries@thuis.example Jan de Vries'
    for more in range(120):
        text = before * (1_900 // len(before)) + "." * more + names
        told = redact(text + " and so on" * 8_000, {"name": "Jan de Vries"})
        assert "Jan" not in told and "Vries" not in told and len(told) <= 300


def test_a_short_answer_is_told_whole() -> None:
    assert redact("city can't be blank", {"city": "Ede"}) == "city can't be blank"
    assert redact('"Ede" is no town: call 020 1234567 or a@b.example') == (
        "[value] is no town: call [number] or [e-mail]"
    )
