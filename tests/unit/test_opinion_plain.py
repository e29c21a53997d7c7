"""Words, texts, firms and dates: when two are one opinion, and what is a slip of the finger."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.codecs.opinions import EXACT, OPINIONS
from hub.codecs.opinions.words import bare, key, near, same_words, spelt_out
from hub.model.opinion import NOTHING_KNOWN, Known, joined_units, unit_of

TEXT, FIRM, DATE = OPINIONS["text"], OPINIONS["firm"], OPINIONS["date"]
FORMS = Known(forms=frozenset({"b", "v", "bv", "nv", "vof", "gmbh", "co", "kg"}))
T1, T2 = "2026-01-01T00:00:00.000000Z", "2026-02-01T00:00:00.000000Z"

LETTERS = st.text("aAeEoOsSbB1 .-äöüßéøłİ\u0301", max_size=8)
ANY = st.text(max_size=8)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Breda", "BREDA"),
        ("'s-Hertogenbosch", "s Hertogenbosch"),
        ("Den Haag", "Denhaag"),
        ("Köln", "Koln"),
        ("Köln", "Koeln"),
        ("Köln", "Ko\u0308ln"),
        ("Weiße Straße", "Weisse Strasse"),
        ("Århus", "Aarhus"),
        ("Łódź", "Lodz"),
        ("Curaçao", "Curacao"),
        ("São Tomé", "Sao Tomé"),
    ],
)
def test_capitals_spacing_punctuation_and_accents_make_no_other_word(one: str, other: str) -> None:
    assert same_words(one, other) and same_words(other, one)
    assert TEXT.same("", one, other) and not TEXT.conflicts("", one, other, NOTHING_KNOWN)


@pytest.mark.parametrize(("one", "other"), [("Koeln", "Koln"), ("Breda", "Bredo"), ("Köln", "Kôln")])
def test_other_letters_make_another_word(one: str, other: str) -> None:
    assert not same_words(one, other) and not TEXT.same("", one, other)


@given(one=LETTERS, other=LETTERS)
def test_words_are_the_same_both_ways(one: str, other: str) -> None:
    assert same_words(one, one)
    assert same_words(one, other) == same_words(other, one)
    assert near(one, other) == near(other, one) and not near(one, one)


@given(text=ANY)
def test_a_key_is_its_own_key(text: str) -> None:
    for make in (key, bare, spelt_out):
        assert make(make(text)) == make(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [("jansen", "janssen"), ("jansen", "jnasen"), ("jansen", "jensen"), ("jansen", "jansn"), ("bor", "boer")],
)
def test_one_keystroke_is_near(one: str, other: str) -> None:
    assert near(one, other) and near(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [("jansen", "jansen"), ("jansen", "jasnne"), ("jansen", "jenssen"), ("jo", "joe"), ("ab", "ba")],
)
def test_none_or_more_than_one_is_not_near(one: str, other: str) -> None:
    assert not near(one, other) and not near(other, one)


@given(word=st.text("abc", min_size=3, max_size=6), place=st.integers(0, 5), letter=st.sampled_from("abcd"))
def test_any_one_keystroke_is_near_or_no_change(word: str, place: int, letter: str) -> None:
    at = place % len(word)
    swapped = word[:at] + word[at : at + 2][::-1] + word[at + 2 :]
    for made in (word[:at] + letter + word[at:], word[:at] + letter + word[at + 1 :], swapped):
        assert made == word or near(word, made)


def test_of_one_text_the_one_with_accents_and_capitals_is_better_spelt() -> None:
    ranked = sorted(["KOELN", "koeln", "Köln", "Koeln"], key=lambda text: TEXT.spelt("", text))
    assert ranked[-1] == "Köln" and ranked[-2] == "Koeln"


def test_texts_conflict_that_no_slip_explains() -> None:
    assert TEXT.conflicts("", "Breda", "Tilburg", NOTHING_KNOWN)
    assert not TEXT.conflicts("", "Breda", "breDaa", NOTHING_KNOWN)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jansen Bouw B.V.", "Jansen Bouw"),
        ("Jansen Bouw B.V.", "Jansen Bouw BV"),
        ("Jansen Bouw B.V.", "JANSEN BOUW N.V."),
        ("Jansen Bouw B. V.", "Jansen Bouw"),
        ("Jansen & Zonen", "Jansen en Zonen B.V."),
        ("Jansen+Zonen", "Jansen and Zonen"),
        ("V.O.F. Jansen", "Jansen"),
        ("Schmidt GmbH & Co. KG", "Schmidt"),
        ("Jansen Bouw", "Janssen Bouw B.V."),
        ("Köln Bühne GmbH", "Koeln Buehne"),
        ("Köln Bühne", "Koln Buhne GmbH"),
    ],
)
def test_a_legal_form_and_the_word_for_and_tell_no_two_firms_apart(one: str, other: str) -> None:
    assert not FIRM.conflicts("", one, other, FORMS) and not FIRM.conflicts("", other, one, FORMS)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jansen Bouw B.V.", "Jansen Vastgoed B.V."),
        ("Jansen Bouw", "Jansen"),
        ("Jansen B.V.", "Bakker B.V."),
        ("B.V.", "N.V."),
        ("Jansen en Zonen", "Jansen Zonen Bouw"),
    ],
)
def test_another_word_makes_another_firm(one: str, other: str) -> None:
    assert FIRM.conflicts("", one, other, FORMS) and FIRM.conflicts("", other, one, FORMS)


def test_with_and_without_a_legal_form_are_two_opinions_of_one_firm() -> None:
    assert not FIRM.same("", "Jansen Bouw B.V.", "Jansen Bouw")
    assert FIRM.same("", "Jansen Bouw B.V.", "jansen bouw bv")
    assert not FIRM.covers("", "Jansen Bouw B.V.", "Jansen Bouw")


FIRM_WORDS = st.lists(st.sampled_from(["Jansen", "Bouw", "Köln", "Bühne", "Zonen"]), min_size=1, max_size=3)


@given(words=FIRM_WORDS, form=st.sampled_from(["", " B.V.", " BV", " GmbH", " GmbH & Co. KG"]))
def test_any_firm_is_itself_with_any_legal_form(words: list[str], form: str) -> None:
    name = " ".join(words)
    assert not FIRM.conflicts("", name, name + form, FORMS)
    assert not FIRM.conflicts("", " & ".join(words), " en ".join(words) + form, FORMS)


@given(words=FIRM_WORDS)
def test_a_firm_spelt_without_umlauts_is_that_firm(words: list[str]) -> None:
    name = " ".join(words)
    for plain in (bare, spelt_out):
        other = " ".join(map(plain, words))
        assert FIRM.same("", name, other) and not FIRM.conflicts("", name, other, FORMS)


@pytest.mark.parametrize(
    ("fuller", "less", "covered"),
    [
        ("2001-05-03", "2001-01-01", True),
        ("2001-01-01", "2001-05-03", False),
        ("2002-05-03", "2001-01-01", False),
        ("2001-05-03", "2001-05-04", False),
        ("2001-01-01", "2001-01-01", False),
        ("2002-01-01", "2001-01-01", False),
    ],
    ids=["a day", "turned", "other year", "two days", "itself", "two years"],
)
def test_the_first_of_january_says_less_than_a_day_of_its_year(fuller: str, less: str, covered: bool) -> None:
    assert DATE.covers("", fuller, less) == covered
    assert DATE.evidence("", [fuller, less], NOTHING_KNOWN) is None


def test_a_day_is_no_other_spelling_of_another() -> None:
    assert DATE.same("", "2001-05-03", "2001-05-03") and not DATE.same("", "2001-05-03", "2001-03-05")
    assert not DATE.dated("", ["2001-05-03", "1999-05-03"])


@pytest.mark.parametrize(
    ("other", "conflict"),
    [
        ("2001-05-03", False),
        ("2001-05-04", False),
        ("2001-03-05", False),
        ("2010-05-03", False),
        ("2001-06-04", True),
        ("1999-05-03", True),
        ("2001-01-01", False),
        ("1999-01-01", True),
    ],
    ids=["same", "digit", "turned", "swapped", "two digits", "year", "some day", "some day of another year"],
)
def test_a_digit_or_day_and_month_turned_is_a_slip(other: str, conflict: bool) -> None:
    day = "2001-05-03"
    assert DATE.conflicts("", day, other, NOTHING_KNOWN) == conflict
    assert DATE.conflicts("", other, day, NOTHING_KNOWN) == conflict


@given(one=st.dates().map(str), other=st.dates().map(str))
def test_dates_are_asked_both_ways(one: str, other: str) -> None:
    assert DATE.conflicts("", one, other, NOTHING_KNOWN) == DATE.conflicts("", other, one, NOTHING_KNOWN)
    assert DATE.evidence("", [one, other], NOTHING_KNOWN) == DATE.evidence("", [other, one], NOTHING_KNOWN)


def test_an_exact_value_is_one_opinion_with_its_equal_alone() -> None:
    assert EXACT.same("", "NL004495445B01", "NL004495445B01")
    assert not EXACT.same("", "nl", "NL") and EXACT.conflicts("", "nl", "NL", NOTHING_KNOWN)
    assert not EXACT.covers("", "NL004495445B01", "NL") and EXACT.settles("", ["a", "b"], NOTHING_KNOWN)


def test_a_whole_value_is_typed_as_one() -> None:
    assert EXACT.typed(["a"], "b") == {""} and EXACT.typed(["a", "b"], "b") == frozenset()
    assert EXACT.typed_at("", "b", {"": T1}) == T1 and EXACT.typed_at("", "b", {}) is None
    assert EXACT.claimed("a", ["b"], "c") == "c"
    assert EXACT.moved_at({"": T1}) is None


def test_a_value_with_parts_that_nobody_knows_more_of_is_typed_part_by_part() -> None:
    typed = {"city": T1, "country": T2}
    assert EXACT.kept(typed, {"city": "Breda"}, {"city": "Breda", "country": "NL"}) == {"city": T1}


def test_a_unit_is_its_share_of_a_value_and_none_where_it_has_none() -> None:
    name = OPINIONS["name"]
    value = {"given_name": "Jan", "family_name_prefix": "de", "family_name": "Vries"}
    family = {"family_name_prefix": "de", "family_name": "Vries"}
    assert unit_of(name, "family_name", {**value}) == family
    assert unit_of(name, "given_name", {**family}) is None and unit_of(name, "given_name", None) is None
    assert unit_of(EXACT, "", "x") == "x" and unit_of(OPINIONS["home"], "", {**value}) == value
    assert joined_units(name, {"given_name": {"given_name": "Jan"}, "family_name": {**family}}) == value
    assert joined_units(name, {"given_name": None, "family_name": {**family}}) == family
    assert joined_units(name, {"given_name": None, "family_name": None}) is None
    assert joined_units(EXACT, {"": "x"}) == "x" and joined_units(EXACT, {}) is None
