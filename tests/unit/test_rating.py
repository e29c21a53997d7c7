"""How much two stored records look like one customer, by the shipped weights."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.identity.candidates import key
from hub.identity.described import description
from hub.identity.explaining import why_stored
from hub.identity.features import Features, features
from hub.identity.pairing import pairing
from hub.identity.rating import keys_of, rated_within, stored
from hub.identity.vocabulary import vocabulary
from hub.mapping.load import load
from hub.matching.match import shipped
from hub.model.keys import KINDS, Kind
from hub.model.value import Value

WORDS = {kind: vocabulary(load().customer.matching[kind]) for kind in KINDS}
WEIGHTS = {kind: shipped(kind) for kind in KINDS}
SAME, ASK, NO = "one customer", "a person is asked", "two customers"


def someone(**said: Any) -> Features:
    """A person; ``given`` and ``family`` for short."""
    name = {"given_name": said.pop("given", ""), "family_name": said.pop("family", "")}
    filled: dict[str, Value] = {part: one for part, one in name.items() if one}
    return features("person", {"name": filled, **said}, WORDS["person"])


def firm(**said: Any) -> Features:
    """An organisation."""
    return features("organisation", said, WORDS["organisation"])


def told(*versions: Features) -> str:
    """A record as it is stored."""
    return stored(description(one, WORDS[one.kind]) for one in versions)


def bits(kind: Kind, *some: str) -> dict[tuple[int, int], float]:
    """Every pair of these records."""
    pairs = rated_within(dict(enumerate(some)), dict.fromkeys(range(len(some)), 0), WEIGHTS[kind])
    return {(low, high): found for low, high, found, _ in pairs}


def verdict(left: Features, right: Features) -> str:
    """What becomes of two records."""
    (found,) = bits(left.kind, told(left), told(right)).values()
    weights = WEIGHTS[left.kind]
    return SAME if found >= weights.accept else ASK if found >= weights.review else NO


JAN: dict[str, Any] = {"given": "Jan", "family": "van der Berg"}
HOME: dict[str, Any] = {"street": "Plein", "house_number": "7", "postal_code": "2511 CR", "city": "Den Haag"}
BAKER: dict[str, Any] = {"legal_name": "Bakker B.V.", "domain": "bakker.nl", "address": HOME}


@pytest.mark.parametrize(
    "shared", [{"emails": ["j@b.nl"]}, {"phones": ["+31612345670"]}, {"birth_date": "1980-01-02"}]
)
def test_the_same_name_and_one_thing_of_one_s_own_are_one_person(shared: dict[str, Any]) -> None:
    assert verdict(someone(**JAN, **shared), someone(**JAN, **shared)) == SAME


def test_a_name_alone_is_nobody_however_rare_it_is() -> None:
    rare = {"given": "Quirijn", "family": "Zonnebeld"}
    assert verdict(someone(**rare), someone(**rare)) == NO
    assert verdict(someone(**JAN, emails=["j@b.nl"]), someone(**JAN, emails=["jan@c.nl"])) == NO


def test_what_is_likely_but_not_certain_is_for_a_person_to_judge() -> None:
    one = someone(**JAN, address=HOME, birth_date="1980-01-02")
    assert verdict(one, someone(given="Jan", family="Hofstra", address=HOME)) == ASK


@pytest.mark.parametrize("other", ["Johannes", "J.", "Jna"])
def test_a_nickname_an_initial_and_a_slip_are_the_name(other: str) -> None:
    mailbox = {"emails": ["j@b.nl"], "phones": ["+31612345670"]}
    assert verdict(someone(**JAN, **mailbox), someone(given=other, family="Berg", **mailbox)) == SAME


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [("Els", "Elsa", ASK), ("Rene", "Irene", ASK), ("Chris", "Christiaan", SAME), ("Jan", "Johannes", SAME)],
)
def test_two_names_in_their_own_right_a_letter_apart_are_no_short_form_of_one(
    one: str, other: str, found: str
) -> None:
    shared = {"family": "Berg", "birth_date": "1980-01-02", "address": HOME}
    assert verdict(someone(given=one, **shared), someone(given=other, **shared)) == found


@pytest.mark.parametrize(
    "shared", [{"emails": ["home@b.nl"]}, {"address": HOME}, {"phones": ["+31703456789"], "address": HOME}]
)
def test_two_of_one_house_are_two_people(shared: dict[str, Any]) -> None:
    jan, petra = someone(**JAN, **shared), someone(given="Petra", family="van der Berg", **shared)
    assert verdict(jan, petra) == NO


def test_father_and_son_of_one_name_are_two_people() -> None:
    father = someone(**JAN, address=HOME, phones=["+31703456789"], birth_date="1950-01-02")
    son = someone(**JAN, address=HOME, phones=["+31703456789"], birth_date="1981-10-30")
    assert verdict(father, son) == NO


def test_twins_are_two_people() -> None:
    home: dict[str, Any] = {"address": HOME, "birth_date": "1999-05-06", "family": "Berg"}
    assert verdict(someone(given="Anna", **home), someone(given="Sofie", **home)) == NO


def test_of_twins_one_without_a_given_name_may_be_either() -> None:
    home: dict[str, Any] = {"address": HOME, "birth_date": "1999-05-06", "family": "Berg"}
    assert verdict(someone(given="Anna", **home), someone(**home)) == NO
    mine = {"phones": ["+31612345670"], **home}
    assert verdict(someone(given="Anna", **mine), someone(**mine)) == SAME


def test_two_register_numbers_are_two_companies_and_a_slip_of_the_pen_is_not() -> None:
    one = firm(**BAKER, vat_number="NL004495445B01", coc_number="12345678")
    assert verdict(one, firm(**BAKER, vat_number="NL123456782B90", coc_number="87654321")) == NO
    assert verdict(one, firm(**BAKER, coc_number="12345687")) == SAME


def test_a_generic_mailbox_identifies_nobody() -> None:
    some = {
        1: told(someone(**JAN, emails=["info@b.nl"])),
        2: told(someone(family="Vries", emails=["info@b.nl"])),
    }
    found = keys_of("person", some)
    assert not set(found[1]) & set(found[2])


def test_whoever_moved_house_is_known_by_the_old_one() -> None:
    now = someone(**JAN, address={**HOME, "street": "Laan", "house_number": "12", "postal_code": "1234 AB"})
    other = told(someone(**JAN, address=HOME))
    (moved,) = bits("person", told(now, someone(**JAN, address=HOME)), other).values()
    (never,) = bits("person", told(now), other).values()
    assert never < WEIGHTS["person"].accept <= moved


def test_a_key_is_the_same_number_wherever_it_is_made() -> None:
    found = keys_of("person", {7: told(someone(**JAN, emails=["j@b.nl"]))})
    assert key("person", "ej@b.nl") in found[7] and found[7] == sorted(set(found[7]))
    assert not set(found[7]) & set(keys_of("organisation", {7: told(firm(**BAKER))})[7])


def test_only_pairs_that_share_a_key_are_rated_and_none_with_itself() -> None:
    jan = {"emails": ["j@b.nl"], **JAN}
    some = {
        1: told(someone(**jan)),
        2: told(someone(**jan)),
        3: told(someone(**jan, birth_date="1980-01-02")),
    }
    with pairing(["1,2", "2,1"], [1, 3]) as pairs:
        assert pairs.records() == [1, 2]
        assert [(low, high) for low, high, *_ in pairs.rated([some], WEIGHTS["person"])] == [(1, 2)]


@pytest.mark.parametrize(
    ("mine", "later", "expected"),
    [
        ([2], [], [(1, 2), (2, 3)]),
        ([1, 2, 3], [], [(1, 2), (1, 3), (2, 3)]),
        ([1, 2], [3], [(1, 2)]),
        ([4], [], []),
    ],
)
def test_a_pair_is_compared_once_and_with_the_later_of_two(
    mine: list[int], later: list[int], expected: list[tuple[int, int]]
) -> None:
    jan = told(someone(**JAN, emails=["j@b.nl"]))
    with pairing(["3,1,2", "1,3"], mine, later) as pairs:
        found = pairs.rated([{1: jan, 2: jan}, {3: jan, 4: jan}], WEIGHTS["person"])
    assert [(low, high) for low, high, *_ in found] == expected


def test_in_a_crowd_that_hangs_together_only_pairs_with_a_key_in_common_are_rated() -> None:
    twins = [
        someone(given="Jan", family=f"Berg{'abcdefghij'[one % 10]}", birth_date=f"19{one:02}-01-01")
        for one in range(70)
    ]
    found = bits("person", *map(told, twins), told(twins[0]))
    assert (0, 70) in found and (0, 1) not in found


def test_what_was_learnt_of_decisions_weighs_and_is_explained() -> None:
    learnt = replace(WEIGHTS["person"], learnt={"email": {"own": 3.0}, "given": {"same": -1.0}}, bias=0.5)
    jan = told(someone(**JAN, emails=["jan.berg@b.nl"]))
    (plain,) = bits("person", jan, jan).values()
    ((*_, more, _),) = rated_within({0: jan, 1: jan}, {0: 0, 1: 0}, learnt)
    assert more == pytest.approx(plain + 2.5)
    found = why_stored(jan, jan, learnt)
    whole = sum(one.bits for one in found.findings) + found.rarity + found.care
    assert found.bits == pytest.approx(more, abs=0.01) == pytest.approx(whole, abs=0.1)


def test_the_explanation_tells_what_care_costs() -> None:
    father = told(someone(**JAN, address=HOME, birth_date="1950-01-02"))
    son = told(someone(**JAN, address=HOME, birth_date="1981-10-30"))
    (found,) = bits("person", father, son).values()
    explained = why_stored(father, son, WEIGHTS["person"])
    assert explained.care == pytest.approx(-WEIGHTS["person"].caution)
    assert explained.bits == pytest.approx(found, abs=0.01) and explained.rival == "namesakes"


TEXTS = st.sampled_from(["", "jan", "johan", "johannes", "j", "p", "petra", "berg", "bergh", "berg vries"])
MAILS = st.frozensets(st.sampled_from(["a@b.nl", "c@d.nl"]), max_size=2)
LINES = st.frozensets(st.sampled_from(["+31612345670", "+31703456789"]), max_size=2)
NUMBERS = st.sampled_from(["", "12345678", "12345687", "87654321"])


@st.composite
def records(draw: st.DrawFn, kind: Kind) -> str:
    """Any record, with any earlier descriptions."""
    return told(*draw(st.lists(_described(kind), min_size=1, max_size=2)))


def _described(kind: Kind) -> st.SearchStrategy[Features]:
    return st.builds(
        Features,
        kind=st.just(kind),
        given=TEXTS,
        family=TEXTS,
        name=TEXTS,
        legal_form=st.sampled_from(["", "bv", "nv"]),
        emails=MAILS,
        phones=LINES,
        landlines=LINES,
        domains=st.frozensets(st.sampled_from(["b.nl", "d.nl"]), max_size=1),
        postal_code=st.sampled_from(["", "2511cr", "3511ab"]),
        house_number=st.sampled_from(["", "7", "8"]),
        birth_date=st.sampled_from(["", "1980-01-02", "1980-01-03", "1999-12-31"]),
        vat=NUMBERS,
        coc=NUMBERS,
        employer=st.frozensets(st.sampled_from(["d:b.nl", "n:jan"]), max_size=2),
    )


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_a_pair_is_rated_the_same_both_ways_whoever_else_is_there(kind: Kind, data: st.DataObject) -> None:
    some = data.draw(st.lists(records(kind), min_size=3, max_size=6))
    whole = bits(kind, *some)
    turned = bits(kind, *reversed(some))
    last = len(some) - 1
    assert whole == {(last - high, last - low): found for (low, high), found in turned.items()}
    assert list(bits(kind, *some[:2]).values()) == [whole[0, 1]]
