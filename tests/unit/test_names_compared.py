"""Names of people and firms, streets and mailboxes, as they are compared."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.identity.firms import Firm, firm
from hub.identity.letters import plain
from hub.identity.mailboxes import called_by, calls_another, has_initial, one_box, spells, told_by
from hub.identity.personal import Personal, personal
from hub.identity.sounds import sound
from hub.identity.streets import street
from hub.identity.vocabulary import vocabulary
from hub.mapping.load import load

PEOPLE, FIRMS = (vocabulary(load().customer.matching[kind]) for kind in ("person", "organisation"))


@pytest.mark.parametrize(
    ("text", "compared"),
    [
        ("Müller", "mueller"),
        ("Шевченко", "shevchenko"),
        ("Παπαδόπουλος", "papadopoylos"),  # letter by letter
        ("Işık", "isik"),  # noqa: RUF001
        ("Đorđević", "dordevic"),
        ("Þóra", "thora"),
        ("O'Brien-Smith", "o brien smith"),
    ],
)
def test_letters_of_every_script_are_spelt_in_latin_ones(text: str, compared: str) -> None:
    assert plain(text) == compared


@given(st.text())
def test_what_is_compared_is_words_of_plain_letters_and_stays_so(text: str) -> None:
    once = plain(text)
    assert plain(once) == once == " ".join(once.split()) and once.isascii()


@pytest.mark.parametrize(
    ("told", "parts"),
    [
        (
            {"given_name": "Johan Bernard", "family_name": "van der Berg"},
            Personal("johan", "bernard", "berg"),
        ),
        ({"given_name": "J.B.", "family_name": "Berg"}, Personal("j", "b", "berg")),
        ({"given_name": "JB", "family_name": "Berg"}, Personal("j", "b", "berg")),
        ({"given_name": "JAN", "family_name": "BERG"}, Personal("jan", "", "berg")),
        ({"given_name": "Dr. Anna", "family_name": "Berg MSc"}, Personal("anna", "", "berg")),
        ({"given_name": "Jan", "family_name": "Berg Jr."}, Personal("jan", "", "berg", "jr")),
        ({"given_name": "Jan", "family_name": "Berg III"}, Personal("jan", "", "berg", "iii")),
        ({"given_name": "Jan v", "family_name": "Berg"}, Personal("jan", "", "berg")),
        ({"given_name": "Peter Smith", "family_name": "Sr"}, Personal("peter", "", "smith", "sr")),
        ({"given_name": "Jr.", "family_name": "Peter Smith"}, Personal("peter", "", "smith", "jr")),
        ({"given_name": "Anna Maria", "family_name": "Senior"}, Personal("anna", "maria", "senior")),
        ({"given_name": "Mr", "family_name": "Senior"}, Personal("mr", "", "senior")),
        ({}, Personal()),
    ],
)
def test_a_person_s_name_in_its_parts(told: dict[str, str], parts: Personal) -> None:
    assert personal(told) == parts


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Garage Smit B.V.", Firm("garage smit", "bv", "", frozenset({"smit"}), frozenset({"garage"}))),
        ("Smit Holding BV", Firm("smit", "bv", "holding", frozenset({"smit"}))),
        ("Jansen & de Boer", Firm("jansen boer", "", "", frozenset({"jansen", "boer"}))),
        ("Holding BV", Firm("holding", "bv", "", frozenset({"holding"}))),
        ("BV", Firm("bv", "bv", "", frozenset({"bv"}))),
        ("H & M Bouw", Firm("bouw", "", "h m", frozenset(), frozenset({"bouw"}))),
        ("", Firm()),
    ],
)
def test_a_firm_s_name_in_its_parts(name: str, parts: Firm) -> None:
    found = firm(name, FIRMS)
    assert replace(found, sign="") == parts


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Fosse Ltd", "Fosse Limited"),
        ("Meyer G.m.b.H. & Co. KG", "Meyer GmbH und Co KG"),
        ("Nowak Sp. z o.o.", "Nowak sp.z.o.o."),
        ("Villar S.L.", "Villar SL"),
        ("Jansen B.V. Delft", "Jansen bv Delft"),
    ],
)
def test_a_legal_form_is_one_however_it_is_written(one: str, other: str) -> None:
    assert firm(one, FIRMS) == firm(other, FIRMS) and firm(one, FIRMS).form


@pytest.mark.parametrize(
    ("name", "sign"),
    [
        ("Café Zomerlust", "cafe"),
        ("Bakkerij de Kroon", "bakkerij"),
        ("Bakkerij Delft", "bakkerij"),
        ("Bakkerij Corens", ""),
        ("Kroon", ""),
    ],
)
def test_an_inn_has_a_sign_and_a_shop_may_be_called_by_one(name: str, sign: str) -> None:
    assert firm(name, FIRMS).sign == sign


@pytest.mark.parametrize(
    ("one", "other", "may_be"),
    [
        ("uschi", "ursula", True),
        ("jedrek", "andrzej", True),
        ("geordie", "george", True),
        ("ann", "anna", True),
        ("louis", "louise", False),
        ("august", "augustine", False),
    ],
)
def test_a_short_form_is_that_of_its_full_one_and_no_man_s_name_of_a_woman_s(
    one: str, other: str, may_be: bool
) -> None:
    assert bool(PEOPLE.roots(one) & PEOPLE.roots(other)) == may_be


@pytest.mark.parametrize(
    "written",
    ["8 W. Lombardy St.", "Lombardy Street at Canyon", "lombardy street, suite 28", "N Lombardy St & Canyon"],
)
def test_a_street_is_one_with_whatever_stands_around_it(written: str) -> None:
    assert street(written.removeprefix("8 ")) == "lombardy street"


@pytest.mark.parametrize("name", ["St. John's Street", "North", "W", "Ave"])
def test_of_a_street_something_is_left(name: str) -> None:
    assert street(name)


def test_a_mailbox_is_one_under_each_name_its_provider_takes() -> None:
    assert one_box("j.an+news@googlemail.com") == one_box("jan@gmail.com") == "jan@gmail.com"
    assert one_box("j.an+news@example.nl") == "j.an@example.nl"
    assert one_box("+x@example.nl") == "+x@example.nl"


@pytest.mark.parametrize(
    ("email", "own", "initial", "another"),
    [
        ("johannes.berg@example.nl", True, False, False),
        ("jan.berg@example.nl", True, False, False),  # short for it
        ("jberg7@example.nl", False, True, False),
        ("berg.j@example.nl", False, True, False),
        ("petra.berg@example.nl", False, False, True),
        ("p.vanderberg@example.nl", False, False, True),
        ("berg@example.nl", False, False, True),  # the whole family's
        ("zeilvos@example.nl", False, False, False),
    ],
)
def test_whose_a_mailbox_is_by_what_it_spells(email: str, own: bool, initial: bool, another: bool) -> None:
    given_names = ["johannes", "jan"]
    assert spells(email, ["johannes"], PEOPLE) == own
    assert has_initial(email, ["johannes"], "berg") == initial
    assert calls_another(email, given_names, "berg") == another


def test_who_is_called_by_an_initial_is_whom_the_mailbox_spells() -> None:
    assert not calls_another("johannes.berg@example.nl", ["j"], "berg")
    assert calls_another("petra.berg@example.nl", ["j"], "berg")


@pytest.mark.parametrize(
    ("email", "told"),
    [
        ("zeilvos77@example.nl", ("zeilvos77", True)),
        ("jan.vanderberg@example.nl", ("janvanderberg", False)),
        ("jan@example.nl", ("", False)),  # short: many have it
        ("info.berg@example.nl", ("", False)),
    ],
)
def test_a_local_part_says_more_than_a_name_or_does_not(email: str, told: tuple[str, bool]) -> None:
    assert told_by(email, ["jan", "berg"], PEOPLE) == told


@pytest.mark.parametrize(
    "email", ["akohncke@example.nl", "a.koehncke@example.nl", "alfons.kohncke@example.nl"]
)
def test_a_mailbox_spells_an_umlaut_as_one_letter_or_two(email: str) -> None:
    given, family = ["alfons"], plain("Köhncke")
    assert has_initial(email, given, family) or spells(email, given, PEOPLE)
    assert not calls_another(email, given, family) and calls_another(email, ["petra"], family)
    assert told_by(email, [*given, family], PEOPLE)[1] is False


def test_a_mailbox_that_is_made_of_names_alone_says_no_more_than_a_name() -> None:
    assert told_by("annelies.keppens@example.nl", ["anneloes", "keppens"], PEOPLE) == (
        "annelieskeppens",
        False,
    )


@pytest.mark.parametrize(
    ("email", "called"),
    [
        ("henrietta_q1486@example.nl", "henrietta"),
        ("henrietta@example.nl", "henrietta"),
        ("henrietta.bos@example.nl", ""),  # of another family
        ("zeilvos_q@example.nl", ""),
        ("77@example.nl", ""),
    ],
)
def test_a_mailbox_calls_who_reads_it_by_a_given_name(email: str, called: str) -> None:
    assert called_by(email, "quarney", PEOPLE) == called


@pytest.mark.parametrize(
    "alike", [("meijer", "meyer", "maier"), ("schmidt", "smit"), ("visser", "fisser"), ("dijk", "dyck")]
)
def test_names_that_sound_alike_are_found_by_one_key(alike: tuple[str, ...]) -> None:
    assert len({sound(name) for name in alike}) == 1


@given(st.text())
def test_a_name_with_a_letter_has_a_sound(text: str) -> None:
    assert bool(sound(plain(text))) == any(one.isalpha() for one in plain(text))
