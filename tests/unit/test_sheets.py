"""A cell of a CSV file is no formula, wherever a spreadsheet thinks that a cell begins."""

import csv
import io

from hypothesis import example, given
from hypothesis import strategies as st

from hub.model.sheets import inert

_CELL = st.text("a1=+-@;\t\n\r,' \"", max_size=12)


@given(st.lists(_CELL, min_size=1, max_size=3))
@example(["Jan;=1+1"])
@example(["x", "Jan;=1+1;"])
@example(["\t=1"])
def test_no_cell_is_a_formula_for_whoever_parts_them_by_comma_semicolon_or_tab(row: list[str]) -> None:
    text = io.StringIO(newline="")
    csv.writer(text).writerow(map(inert, row))
    for delimiter in ",;\t":
        cells = [
            cell
            for line in csv.reader(io.StringIO(text.getvalue(), newline=""), delimiter=delimiter)
            for cell in line
        ]
        assert [one for one in cells if one.startswith(tuple("=+-@"))] == []


def test_what_is_none_stays_as_it_is() -> None:
    for one in ("Jan, +31 6", "a-b;c", "1 = 1", "Jan; Piet", "'t Hart"):
        assert inert(one) == one
