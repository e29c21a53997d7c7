"""Letters that stand for digits, as readers of paper and hasty fingers write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.matching.reading.lookalikes import as_house, as_number


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("O6-l2345678", "06-12345678"),
        ("l98l-o3-22", "1981-03-22"),
        ("19b10322", "19610322"),
        ("S97 27 4B8", "597 27 488"),
        ("12 maart 1970", "12 maart 1970"),
        ("Mar 1 1970", "Mar 1 1970"),
        ("bellis", "bellis"),
        ("2511 SB", "2511 58"),
        ("", ""),
    ],
)
def test_letters_among_digits_are_the_digits_they_look_like(text: str, read: str) -> None:
    assert as_number(text) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [("1o6", "106"), ("l9", "l9"), ("I1", "I1"), ("12b", "12b"), ("12 l", "12 l"), ("b8", "b8")],
)
def test_a_letter_behind_the_number_of_a_house_stays_one(text: str, read: str) -> None:
    assert as_house(text) == read


@given(st.text())
def test_what_is_read_is_read_so_again(text: str) -> None:
    assert as_number(as_number(text)) == as_number(text) and as_house(as_house(text)) == as_house(text)
