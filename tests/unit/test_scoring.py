"""How much two records look like one customer, by the shipped weights."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.identity.blocking import blocking_keys
from hub.identity.features import Features, features
from hub.identity.model import Model, model
from hub.identity.scoring import ACCEPT, REVIEW, VETO, score, vetoed
from hub.mapping.load import load
from hub.model.keys import KINDS, Kind, RecordKey
from hub.model.value import Value

MODELS: dict[Kind, Model] = {kind: model(load().customer.matching[kind]) for kind in KINDS}


def someone(*, number: int = 1, **said: Any) -> Features:
    """A person; ``given`` and ``family`` for short."""
    name = {"given_name": said.pop("given", ""), "family_name": said.pop("family", "")}
    filled: dict[str, Value] = {part: one for part, one in name.items() if one}
    return _features("person", number, {"name": filled, **said})


def firm(*, number: int = 1, **said: Any) -> Features:
    """An organisation."""
    return _features("organisation", number, said)


def verdict(left: Features, right: Features) -> str:
    """What the model says of two records."""
    return score(left, right, MODELS[left.kind]).verdict


JAN: dict[str, Any] = {"given": "Jan", "family": "van der Berg"}
HOME: dict[str, Any] = {"street": "Plein", "house_number": "7", "postal_code": "2511 CR", "city": "Den Haag"}


def test_the_same_name_and_mailbox_are_one_person() -> None:
    assert verdict(someone(**JAN, emails=["j@b.nl"]), someone(**JAN, emails=["j@b.nl"])) == ACCEPT


def test_the_same_name_alone_is_no_match() -> None:
    assert verdict(someone(**JAN), someone(**JAN)) not in (ACCEPT, VETO)


def test_a_nickname_is_the_name() -> None:
    johannes = someone(given="Johannes", family="Berg", emails=["j@b.nl"])
    assert verdict(someone(**JAN, emails=["j@b.nl"]), johannes) == ACCEPT


@pytest.mark.parametrize(
    "shared", [{"emails": ["home@b.nl"]}, {"address": HOME}, {"phones": ["+31612345670"]}]
)
def test_two_full_given_names_are_two_people_whatever_they_share(shared: dict[str, Any]) -> None:
    jan, petra = someone(**JAN, **shared), someone(given="Petra", family="van der Berg", **shared)
    assert verdict(jan, petra) == VETO and vetoed(petra, jan, MODELS["person"])


def test_an_initial_fits_a_name_and_another_one_does_not() -> None:
    shared: dict[str, Any] = {"emails": ["home@b.nl"]}
    full = someone(**JAN, **shared)
    assert not vetoed(full, someone(given="J.", family="Berg", **shared), MODELS["person"])
    assert verdict(full, someone(given="P.", family="Berg", **shared)) == VETO


def test_two_vat_numbers_are_two_companies_whatever_they_share() -> None:
    shared: dict[str, Any] = {"legal_name": "Bakker B.V.", "domain": "bakker.nl", "address": HOME}
    one, other = firm(**shared, vat_number="NL004495445B01"), firm(**shared, vat_number="NL123456782B90")
    assert verdict(one, other) == VETO
    assert verdict(one, firm(**shared)) == ACCEPT


def test_two_register_numbers_are_two_companies_and_a_slip_of_the_pen_is_not() -> None:
    one = firm(legal_name="Bakker B.V.", coc_number="12345678")
    assert verdict(one, firm(legal_name="Bakker B.V.", coc_number="87654321")) == VETO
    assert verdict(one, firm(legal_name="Bakker B.V.", coc_number="12345687")) == ACCEPT


def test_a_household_s_line_at_one_address_says_nothing_more() -> None:
    at_home: dict[str, Any] = {"phones": ["+31703456789"], "address": HOME}
    line = score(someone(**JAN, **at_home), someone(**JAN, **at_home), MODELS["person"]).evidence
    assert not any(name.startswith(("landline", "phone")) for name, _ in line)


def test_a_generic_mailbox_identifies_nobody() -> None:
    one, other = someone(**JAN, emails=["info@b.nl"]), someone(number=2, family="Vries", emails=["info@b.nl"])
    assert one.emails == frozenset() and not blocking_keys(one) & blocking_keys(other)


def test_a_weaker_resemblance_is_for_a_person_to_judge() -> None:
    one = someone(**JAN, birth_date="1980-01-02")
    assert verdict(one, someone(given="Jan Piet", birth_date="1980-01-02")) == REVIEW


def test_the_explanation_adds_up() -> None:
    found = score(someone(**JAN, emails=["j@b.nl"]), someone(**JAN, emails=["j@b.nl"]), MODELS["person"])
    assert found.total == sum(weight for _, weight in found.evidence)
    assert {"given.same", "family.same", "email.same"} <= {name for name, _ in found.evidence}


WORDS = st.sampled_from(["", "jan", "johan", "johannes", "j", "p", "petra", "berg", "bergh", "berg vries"])
FEW = st.frozensets(st.sampled_from(["a@b.nl", "c@d.nl"]), max_size=2)
LINES = st.frozensets(st.sampled_from(["+31612345670", "+31703456789"]), max_size=2)
NUMBERS = st.sampled_from(["", "12345678", "12345687", "87654321"])


@st.composite
def records(draw: st.DrawFn, kind: Kind) -> Features:
    """Any record."""
    return Features(
        RecordKey("s", kind, str(draw(st.integers(1, 9)))),
        kind,
        given=draw(WORDS),
        family=draw(WORDS),
        name=draw(WORDS),
        legal_form=draw(st.sampled_from(["", "bv", "nv"])),
        emails=draw(FEW),
        phones=draw(LINES),
        landlines=draw(LINES),
        domains=draw(st.frozensets(st.sampled_from(["b.nl", "d.nl"]), max_size=1)),
        postal_code=draw(st.sampled_from(["", "2511cr", "3511ab"])),
        house_number=draw(st.sampled_from(["", "7", "8"])),
        birth_date=draw(st.sampled_from(["", "1980-01-02", "1980-01-03", "1999-12-31"])),
        vat=draw(NUMBERS),
        coc=draw(NUMBERS),
        employer=draw(st.frozensets(st.sampled_from(["d:b.nl", "r:a@b.nl"]), max_size=2)),
    )


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_a_score_is_the_same_both_ways(kind: Kind, data: st.DataObject) -> None:
    left, right = data.draw(records(kind)), data.draw(records(kind))
    assert score(left, right, MODELS[kind]) == score(right, left, MODELS[kind])
    assert vetoed(left, right, MODELS[kind]) == (score(left, right, MODELS[kind]).verdict == VETO)


@given(st.text("abcdeJjnös -", max_size=12), st.text("abcdeJjnös -", max_size=12))
def test_names_compare_the_same_both_ways(one: str, other: str) -> None:
    left, right = someone(given=one, family=other), someone(given=other, family=one)
    assert score(left, right, MODELS["person"]) == score(right, left, MODELS["person"])


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_a_record_is_never_vetoed_against_itself(kind: Kind, data: st.DataObject) -> None:
    one = data.draw(records(kind))
    assert not vetoed(one, one, MODELS[kind])


def _features(kind: Kind, number: int, said: dict[str, Any]) -> Features:
    return features(RecordKey("s", kind, str(number)), said, MODELS[kind])
