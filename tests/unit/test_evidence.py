"""What tells whose record it is: read from its cells, and read straight from how they are stored."""

from collections.abc import Mapping

import phonenumbers
from hypothesis import given
from hypothesis import strategies as st

from hub.golden.cell import Cell
from hub.golden.form import cell_form, roll_form, said
from hub.golden.record import SourceRecord
from hub.golden.roll import Roll
from hub.identity.features import is_mobile
from tests.unit.said import person
from tests.unit.test_cell import CELLS
from tests.unit.test_roll import ROLLS

COUNTRIES = (1, 31, 32, 33, 34, 39, 41, 43, 44, 45, 46, 48, 49, 90, 212, 351, 352, 353)


@given(
    st.dictionaries(st.sampled_from(["city", "name", "address"]), CELLS),
    st.dictionaries(st.sampled_from(["emails", "phones"]), ROLLS),
)
def test_what_is_stored_says_what_the_record_says(
    cells: Mapping[str, Cell], rolls: Mapping[str, Roll]
) -> None:
    record = SourceRecord(person("brevo", 1), "contacts", "1", cells, rolls)
    forms = {name: cell_form(one) for name, one in cells.items()}
    forms |= {name: roll_form(one) for name, one in rolls.items()}
    assert said(forms) == record.evidence()[:2]


@given(st.sampled_from(COUNTRIES), st.integers(10**5, 10**11 - 1))
def test_a_number_is_a_mobile_one_where_its_country_s_numbering_says_so(code: int, rest: int) -> None:
    number = phonenumbers.parse(f"+{code}{rest}")
    mobile = phonenumbers.number_type(number) == phonenumbers.PhoneNumberType.MOBILE
    assert is_mobile(f"+{code}{rest}") == mobile
