"""What tells whose record it is: read from its cells, and read straight from how they are stored."""

from collections.abc import Mapping

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.golden.cell import Cell
from hub.golden.form import cell_form, roll_form, said
from hub.golden.record import SourceRecord
from hub.golden.roll import Roll
from hub.identity.features import EVIDENCE, features, is_mobile
from hub.identity.vocabulary import Vocabulary
from hub.mapping.load import HERE, load
from hub.model.keys import KINDS, Kind
from hub.model.value import Value
from tests.unit.said import person
from tests.unit.test_cell import CELLS
from tests.unit.test_roll import ROLLS

OTHERS = frozenset(
    name for kind in KINDS for name in load(HERE).customer.fields[kind] if name not in EVIDENCE
)
SAID: dict[str, Value] = {
    "name": {"given_name": "Jan", "family_name": "Berg"},
    "legal_name": "Bakkerij Berg B.V.",
    "emails": ["jan@berg.nl"],
    "phones": ["+31612345670"],
    "address": {"postal_code": "2511 CR", "house_number": "7"},
    "birth_date": "1980-01-02",
    "vat_number": "NL004495445B01",
    "coc_number": "12345678",
    "domain": "berg.nl",
    "number": "12345",
    **dict.fromkeys(OTHERS, "something"),
}
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
    assert said(forms) == (record.authored(), record.formerly())


@given(st.sampled_from(COUNTRIES), st.integers(10**5, 10**11 - 1))
def test_a_number_is_a_mobile_one_where_its_country_s_numbering_says_so(code: int, rest: int) -> None:
    number = phonenumbers.parse(f"+{code}{rest}")
    mobile = phonenumbers.number_type(number) == phonenumbers.PhoneNumberType.MOBILE
    assert is_mobile(f"+{code}{rest}") == mobile


@pytest.mark.parametrize("kind", KINDS)
@given(said=st.dictionaries(st.sampled_from(sorted(EVIDENCE | OTHERS)), st.just(None)))
def test_what_is_no_evidence_is_not_looked_at(kind: Kind, said: dict[str, None]) -> None:
    told = {name: SAID[name] for name in said if name in SAID}
    evidence = {name: one for name, one in told.items() if name in EVIDENCE}
    assert features(kind, told, Vocabulary()) == features(kind, evidence, Vocabulary())


def test_all_evidence_is_looked_at() -> None:
    nothing = {features(kind, {}, Vocabulary()) for kind in KINDS}
    unseen = [name for name in EVIDENCE if features("person", {name: SAID[name]}, Vocabulary()) in nothing]
    assert unseen == [] and set(SAID) > EVIDENCE
