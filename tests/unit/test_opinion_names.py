"""Names of people: which spellings are one opinion, which of two says more, and how one line is cut."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.codecs import codec
from hub.codecs.opinions import OPINIONS
from hub.model.opinion import NOTHING_KNOWN, Known
from hub.model.value import Value
from tests.unit.test_opinion_laws import several

NAME, LINE = OPINIONS["name"], OPINIONS["joined name"]
GIVEN, FAMILY = "given_name", "family_name"
T1, T2 = "2026-01-01T00:00:00.000000Z", "2026-02-01T00:00:00.000000Z"

SAME_GIVEN = [
    ("Jan", "JAN"),
    ("Jan Piet", "Jan-Piet"),
    ("J.P.", "J. P."),
    ("Dörte", "Doerte"),
    ("Dörte", "Dorte"),
    ("Élise", "Elise"),
    ("Łukasz", "Lukasz"),
]
OTHER_GIVEN = [
    ("Doerte", "Dorte"),
    ("Jan", "Joost"),
    ("Jan", "Jan Willem"),
    ("J.", "Jan"),
    ("J.", "J.P."),
    ("Jan", "Johannes"),
]
SAME_FAMILY = [
    ("v.d. Berg", "van der Berg"),
    ("v.d. Berg", "van den Berg"),
    ("v.d. Berg", "van de Berg"),
    ("v/d Berg", "Van der Berg"),
    ("vd Berg", "van der Berg"),
    ("v.d.Berg", "van der Berg"),
    ("v. Dijk", "van Dijk"),
    ("i.'t Veld", "in 't Veld"),
    ("v.'t Hof", "van 't Hof"),
    ("v.'t Hof", "van het Hof"),
    ("v't Hof", "van het Hof"),
    ("Jansen-de Vries", "Jansen de Vries"),
    ("Müller", "Mueller"),
    ("Müller", "Muller"),
    ("Pérez García", "Perez Garcia"),
    ("Pérez García", "Perez García"),
]
OTHER_FAMILY = [
    ("van der Berg", "van den Berg"),
    ("van der Berg", "van de Berg"),
    ("Boer", "Bor"),
    ("Mueller", "Muller"),
    ("Jansen", "Janssen"),
    ("de Vries", "Jansen-de Vries"),
]


def given_name(text: str) -> Value:
    """The unit of the given name."""
    return {GIVEN: text}


def family(text: str) -> Value:
    """The unit of the family name, its prefix apart."""
    found = codec("dutch_family_name").read(text)
    assert found is not None
    return found


def cut(text: str) -> Value:
    """A name in two places: ``Anna|Jansen de Vries``."""
    first, _, last = text.partition("|")
    found = family(last) if last else {}
    assert isinstance(found, dict)
    return {**({GIVEN: first} if first else {}), **found}


def line(text: str) -> Value:
    """A name as its codec cuts it."""
    found = codec("dutch_name").read(text)
    assert found is not None
    return found


def shown(value: Value) -> str:
    """A name with a bar between given and family name."""
    assert isinstance(value, dict)
    last = " ".join(str(value[part]) for part in ("family_name_prefix", FAMILY) if part in value)
    return f"{value.get(GIVEN, '')}|{last}"


@pytest.mark.parametrize(("one", "other"), SAME_GIVEN)
def test_one_given_name_spelt_in_two_ways(one: str, other: str) -> None:
    for left, right in ((one, other), (other, one)):
        assert NAME.same(GIVEN, given_name(left), given_name(right))
        assert not NAME.covers(GIVEN, given_name(left), given_name(right))


@pytest.mark.parametrize(("one", "other"), OTHER_GIVEN)
def test_two_given_names(one: str, other: str) -> None:
    assert not NAME.same(GIVEN, given_name(one), given_name(other))


@pytest.mark.parametrize(("one", "other"), SAME_FAMILY)
def test_one_family_name_spelt_in_two_ways(one: str, other: str) -> None:
    assert NAME.same(FAMILY, family(one), family(other))
    assert NAME.same(FAMILY, family(other), family(one))


@pytest.mark.parametrize(("one", "other"), OTHER_FAMILY)
def test_two_family_names(one: str, other: str) -> None:
    assert not NAME.same(FAMILY, family(one), family(other))
    assert not NAME.covers(FAMILY, family(one), family(other))


def test_letters_with_points_before_a_family_name_are_no_prefix() -> None:
    """As the codec reads them: ``V.D.`` in capitals are initials."""
    assert not NAME.same(FAMILY, family("V.D. Berg"), family("van der Berg"))


@pytest.mark.parametrize(
    ("fuller", "less"),
    [
        ("Jan", "J."),
        ("Joost", "J."),
        ("Jan", "J.P."),
        ("Jan", "J"),
        ("Jan Piet", "J."),
        ("Jan Piet", "J.P."),
        ("Jan Piet", "Jan P."),
        ("Jan Piet", "J. Piet"),
        ("J.P.", "J."),
        ("Þ.J.", "Þ."),
        ("Anne-Marie", "A.-M."),
        ("Élise", "E."),
        ("Elise", "É."),
    ],
)
def test_initials_say_less(fuller: str, less: str) -> None:
    assert NAME.covers(GIVEN, given_name(fuller), given_name(less))
    assert not NAME.covers(GIVEN, given_name(less), given_name(fuller))
    assert not NAME.same(GIVEN, given_name(fuller), given_name(less))


@pytest.mark.parametrize("prefix", ["van der", "v.d.", "de", "in 't"])
def test_a_family_name_without_its_prefix_says_less(prefix: str) -> None:
    full, less = family(f"{prefix} Berg"), family("Berg")
    assert NAME.covers(FAMILY, full, less) and not NAME.covers(FAMILY, less, full)
    assert not NAME.same(FAMILY, full, less) and not NAME.covers(FAMILY, full, family("Bakker"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jan", "P."),
        ("Jan", "P.J."),
        ("Jan Willem", "Jan"),
        ("Jan Piet", "J.K."),
        ("Jan Piet", "P."),
        ("Dörte", "Dorte"),
        ("Oe", "Ö"),
        ("ß", "ß"),
    ],
)
def test_neither_says_more(one: str, other: str) -> None:
    assert not NAME.covers(GIVEN, given_name(one), given_name(other))
    assert not NAME.covers(GIVEN, given_name(other), given_name(one))


@pytest.mark.parametrize(
    ("unit", "better", "worse"),
    [
        (GIVEN, given_name("Dörte"), given_name("Doerte")),
        (GIVEN, given_name("Jan"), given_name("JAN")),
        (GIVEN, given_name("Jan"), given_name("jan")),
        (FAMILY, family("van der Berg"), family("v.d. Berg")),
        (FAMILY, family("van den Berg"), family("vd Berg")),
        (FAMILY, family("Müller"), family("MUELLER")),
        (FAMILY, family("in 't Veld"), family("i.'t Veld")),
    ],
)
def test_of_one_name_the_one_written_out_with_its_accents_is_better_spelt(
    unit: str, better: Value, worse: Value
) -> None:
    assert NAME.same(unit, better, worse)
    assert NAME.spelt(unit, better) > NAME.spelt(unit, worse)


def test_a_majority_decides_between_slips_and_never_between_two_names() -> None:
    assert NAME.settles(GIVEN, [given_name("Maria"), given_name("Marai")], NOTHING_KNOWN)
    assert NAME.settles(GIVEN, [given_name("Jan"), given_name("Jan Willem")], NOTHING_KNOWN)
    assert not NAME.settles(GIVEN, [given_name("Jan"), given_name("Joost")], NOTHING_KNOWN)
    assert NAME.settles(FAMILY, [family("Jansen"), family("Janssen")], NOTHING_KNOWN)
    assert not NAME.settles(FAMILY, [family("Jansen"), family("de Boer")], NOTHING_KNOWN)
    assert not NAME.settles(FAMILY, [family("Jansen"), family("Janssen"), family("Bakker")], NOTHING_KNOWN)


def test_a_majority_of_initials_says_too_little() -> None:
    rivals = [given_name(one) for one in ("J.", "J", "J.P.", "A.-M.", "Jan", "J. Piet", "Jo")]
    assert [NAME.poor(GIVEN, one, rivals) for one in rivals] == [True] * 4 + [False] * 3
    assert not NAME.poor(FAMILY, family("J."), [family("J."), family("Jansen")])


def test_another_family_name_may_have_been_right_in_its_time_a_slip_never() -> None:
    assert NAME.dated(FAMILY, [family("Jansen"), family("de Boer")])
    assert not NAME.dated(FAMILY, [family("Jansen"), family("Janssen")])
    assert not NAME.dated(FAMILY, [family("Jansen"), family("de Boer"), family("Bakker")])
    assert not NAME.dated(GIVEN, [given_name("Jan"), given_name("Joost")])


KNOWN = Known(
    frozenset({"d.janssen", "hans"}),
    frozenset({"jan", "michael", "michiel", "maria", "marijke"}),
    frozenset({"bakker"}),
    {
        "hans": frozenset({"johannes"}),
        "johannes": frozenset({"johannes"}),
        "marijke": frozenset({"maria"}),
        "maria": frozenset({"maria"}),
        "michiel": frozenset({"michael"}),
        "michael": frozenset({"michael"}),
        "kees": frozenset({"cornelis"}),
        "cornelis": frozenset({"cornelis"}),
        "piet": frozenset({"petrus"}),
        "pieter": frozenset({"petrus"}),
    },
)


@pytest.mark.parametrize(
    ("unit", "told", "other"),
    [
        (FAMILY, family("Janssen"), family("Jansen")),
        (FAMILY, family("Bakker"), family("Baker")),
        (GIVEN, given_name("Jan"), given_name("Jna")),
        (GIVEN, given_name("Hans"), given_name("Johannes")),
        (GIVEN, given_name("Cornelis"), given_name("Kees")),
        (GIVEN, given_name("Maria"), given_name("Marijke")),
        (GIVEN, given_name("Michael"), given_name("Michiel")),
        (GIVEN, given_name("Pieter"), given_name("Piet")),
    ],
    ids=[
        "mailbox",
        "known family",
        "known given",
        "mailbox first",
        "full",
        "full if short",
        "as long",
        "two short forms",
    ],
)
def test_something_else_speaks_for_one_of_two(unit: str, told: Value, other: Value) -> None:
    for rivals in ([told, other], [other, told]):
        assert NAME.evidence(unit, rivals, KNOWN) == told


@pytest.mark.parametrize(
    ("unit", "rivals"),
    [
        (FAMILY, [family("Bakker"), family("de Boer")]),
        (GIVEN, [given_name("Jan"), given_name("Joost")]),
    ],
    ids=["not akin", "two names"],
)
def test_nothing_speaks_between_names_that_are_not_akin(unit: str, rivals: list[Value]) -> None:
    assert NAME.evidence(unit, rivals, KNOWN) is None


def test_two_names_conflict() -> None:
    assert NAME.conflicts(GIVEN, given_name("Jan"), given_name("Joost"), NOTHING_KNOWN)
    assert NAME.conflicts(FAMILY, family("Jansen"), family("de Boer"), NOTHING_KNOWN)


@pytest.mark.parametrize(
    ("unit", "one", "other"),
    [
        (FAMILY, family("v.d. Berg"), family("van den Berg")),
        (GIVEN, given_name("Jan"), given_name("J.")),
        (FAMILY, family("van der Berg"), family("Berg")),
        (GIVEN, given_name("Jan"), given_name("Jna")),
        (FAMILY, family("Jansen"), family("Janssen")),
    ],
    ids=["the same", "initials", "no prefix", "a slip of a given name", "a slip of a family name"],
)
def test_what_one_customer_may_be_called_does_not_conflict(unit: str, one: Value, other: Value) -> None:
    assert not NAME.conflicts(unit, one, other, NOTHING_KNOWN)
    assert not NAME.conflicts(unit, other, one, NOTHING_KNOWN)


@pytest.mark.parametrize(
    ("mine", "reference", "aligned"),
    [
        ("Anna|Jansen de Vries", "Anna Jansen|de Vries", "Anna Jansen|de Vries"),
        ("Anna Jansen|de Vries", "Anna|Jansen de Vries", "Anna|Jansen de Vries"),
        ("ANNA Jansen|de Vries", "Anna|Jansen de Vries", "ANNA|Jansen de Vries"),
        ("Anna|Jansen", "Anna Maria|de Vries", "Anna|Jansen"),
        ("|Jansen", "Anna|Jansen", "|Jansen"),
        ("Anna Jansen|de Vries", "|Vries", "Anna Jansen|de Vries"),
    ],
)
def test_a_name_in_two_places_is_cut_as_another_with_its_words_is(
    mine: str, reference: str, aligned: str
) -> None:
    assert shown(NAME.aligned(cut(mine), cut(reference))) == aligned


@pytest.mark.parametrize(
    ("mine", "reference", "aligned"),
    [
        ("Anna Jansen de Vries", "Anna|Jansen de Vries", "Anna|Jansen de Vries"),
        ("Anne Jansen de Vries", "Anna|Jansen de Vries", "Anne|Jansen de Vries"),
        ("Ana García López", "Ana|García López", "Ana|García López"),
        ("Ana Maria López", "Ana|García López", "Ana|Maria López"),
        ("Jan Jansen", "Anna|Jansen", "Jan|Jansen"),
        ("Jansen", "Anna|Jansen", "|Jansen"),
        ("Anna", "Anna|", "Anna|"),
        ("Piet Bakker", "Anna|Jansen de Vries", "Piet|Bakker"),
        ("de Olmrade", "Jan|Babaca", "|de Olmrade"),
        ("Ö Ö Ö", "Ö O.|Ö", "Ö Ö|Ö"),
    ],
)
def test_a_name_on_one_line_is_cut_where_the_reference_is(mine: str, reference: str, aligned: str) -> None:
    assert shown(LINE.aligned(line(mine), cut(reference))) == aligned


def test_in_two_places_the_parts_that_differ_were_typed() -> None:
    assert NAME.typed([cut("Jan|de Vries")], cut("Joost|de Vries")) == {GIVEN}
    assert NAME.typed([cut("Jan|de Vries")], cut("Jan|Vries")) == {"family_name_prefix"}
    assert NAME.typed([cut("Jan|de Vries")], cut("|de Vries")) == {GIVEN}
    assert NAME.typed([cut("Vries|Anna")], cut("Anna|Vries")) == {GIVEN, FAMILY}
    assert NAME.typed([cut("Jan|Vries"), cut("Joost|Bakker")], cut("Joost|Vries")) == frozenset()


def test_in_two_places_only_the_unit_that_was_typed_is_claimed_anew() -> None:
    said, hub = cut("Doerte|v.d. Berg"), cut("Dörte|van den Berg")
    assert shown(NAME.claimed(said, [hub], cut("Dörte|Bakker"))) == "Doerte|Bakker"
    assert shown(NAME.claimed(said, [hub], cut("Anna|van den Berg"))) == "Anna|v.d. Berg"
    assert shown(NAME.claimed(said, [hub], cut("Anna|Bakker"))) == "Anna|Bakker"


def test_who_takes_away_all_he_ever_said_still_says_something() -> None:
    """The hub added the family name; he emptied the given name: a claim of no parts is no value."""
    claimed = NAME.claimed(cut("Doerte|"), [cut("Dörte|Bakker")], cut("|Bakker"))
    assert claimed != {}


def test_a_unit_was_typed_when_its_latest_part_was() -> None:
    typed = {GIVEN: T1, "family_name_prefix": T2}
    assert NAME.typed_at(GIVEN, cut("Jan|de Vries"), typed) == T1
    assert NAME.typed_at(FAMILY, cut("Jan|de Vries"), typed) == T2
    assert NAME.typed_at(FAMILY, cut("Jan|de Vries"), {GIVEN: T1}) is None


def test_on_one_line_the_words_were_typed_and_not_the_cut() -> None:
    assert LINE.typed([line("Jan de Vries")], line("Joost de Vries")) == {"Joost", "-Jan"}
    assert LINE.typed([line("Jan de Vries")], line("Jan Willem de Vries")) == {"Willem"}
    assert LINE.typed([line("Jan Willem de Vries")], line("Jan de Vries")) == {"-Willem"}
    assert LINE.typed([line("jan de vries")], line("Jan de Vries")) == {"Jan", "Vries", "-jan", "-vries"}
    assert LINE.typed([cut("Anna Jansen|de Vries")], cut("Anna|Jansen de Vries")) == frozenset()
    assert LINE.typed([line("Berg, van der, Jan")], line("Jan van der Berg")) == frozenset()
    assert LINE.typed([], line("Jan de Vries")) == {"Jan", "de", "Vries"}


def test_what_of_a_line_stood_there_or_came_from_the_hub_was_not_typed() -> None:
    assert LINE.typed([line("Jan Vries"), line("Joost Bakker")], line("Joost Vries")) == {"-Jan"}


@pytest.mark.parametrize(
    ("before", "after"),
    [("Vries Anna", "Anna Vries"), ("Thomas Thomas", "Thomas"), ("Jan Berg", "Jan Berg Berg")],
    ids=["put in order", "said once less", "said once more"],
)
def test_the_same_words_in_another_order_or_number_were_typed_too(before: str, after: str) -> None:
    assert LINE.typed([line(before)], line(after))


@pytest.mark.parametrize(
    ("said", "hub", "typed", "claimed"),
    [
        ("Doerte Jansen", "Dörte Jansen", "Dörte Bakker", "Doerte|Bakker"),
        ("J. v.d. Berg", "Jan van den Berg", "Joost van den Berg", "Joost|van den Berg"),
        ("Doerte Jansen", "Dörte Maria Jansen", "Dörte Maria Bakker", "Doerte|Bakker"),
        ("Jan Willem de Vries", "Jan Willem de Vries", "Jan de Vries", "Jan|de Vries"),
        ("Thomas Thomas", "Thomas Thomas", "Thomas Bakker", "Thomas|Bakker"),
    ],
    ids=["kept", "not there: as shown", "more than he said", "taken away", "the second of two"],
)
def test_on_one_line_what_was_said_before_is_kept(said: str, hub: str, typed: str, claimed: str) -> None:
    assert shown(LINE.claimed(line(said), [line(hub)], line(typed))) == claimed


def test_a_word_that_is_gone_is_no_longer_typed_and_one_taken_away_stays_so() -> None:
    typed = {"Jan": T1, "Vries": T1, "-Willem": T1}
    assert LINE.kept(typed, line("Jan Vries"), line("Jan Bakker")) == {"Jan": T1, "-Willem": T1}


def test_a_unit_of_a_line_was_typed_when_its_latest_word_was() -> None:
    typed = {"Jan": T1, "Vries": T2}
    assert LINE.typed_at(GIVEN, line("Jan de Vries"), typed) == T1
    assert LINE.typed_at(FAMILY, line("Jan de Vries"), typed) == T2
    assert LINE.typed_at(FAMILY, line("Jan Bakker"), {"Jan": T1}) is None
    assert LINE.typed_at(GIVEN, line("Vries"), {"-Jan": T1}, [line("Jan Vries")]) == T1
    assert LINE.typed_at(FAMILY, line("Vries"), {"-Jan": T1}, [line("Jan Vries")]) is None


def test_who_takes_a_given_name_away_has_typed() -> None:
    before, after = line("Jan Willem de Vries"), line("Jan de Vries")
    typed = dict.fromkeys(LINE.typed([before], after), T1)
    assert LINE.typed_at(GIVEN, after, typed, [before]) == T1
    assert LINE.typed_at(FAMILY, after, typed, [before]) is None


WORDS = st.lists(
    st.sampled_from(several("Jan|Piet|Anna|ANNA|Jansen|de|van|der|v.d.|Vries|Jansen-de|-|Dörte|Doerte")),
    min_size=1,
    max_size=5,
)


@st.composite
def cuts(draw: st.DrawFn) -> Value:
    """A name in two places, cut anywhere."""
    words = draw(WORDS)
    at = draw(st.integers(0, len(words)))
    return cut(f"{' '.join(words[:at])}|{' '.join(words[at:])}")


@given(words=WORDS, reference=cuts())
@settings(max_examples=300, deadline=None)
def test_a_line_keeps_its_words_in_their_order_however_it_is_cut(words: list[str], reference: Value) -> None:
    mine = line(" ".join(words))
    for opinion in (NAME, LINE):
        aligned = opinion.aligned(mine, reference)
        assert shown(aligned).replace("|", " ").split() == words
        assert opinion.aligned(aligned, reference) == aligned


@given(words=WORDS, at=st.integers(0, 5), to=st.integers(0, 5))
@settings(max_examples=300, deadline=None)
def test_two_that_say_the_same_words_are_cut_alike(words: list[str], at: int, to: int) -> None:
    """A dash by itself is no word: on which side of the cut it stands makes no other name."""
    words = [one for one in words if one != "-"] or ["Jan"]
    mine, theirs = (cut(f"{' '.join(words[:one])}|{' '.join(words[one:])}") for one in (at, to))
    for opinion in (NAME, LINE):
        assert opinion.aligned(mine, theirs) == theirs


@given(prefix=st.sampled_from(["v.d.", "vd", "v/d"]), family_name=st.sampled_from(["Berg", "Hoek", "Wal"]))
def test_a_short_prefix_is_each_of_those_it_may_stand_for(prefix: str, family_name: str) -> None:
    long = [family(f"{one} {family_name}") for one in ("van der", "van den", "van de")]
    assert all(NAME.same(FAMILY, family(f"{prefix} {family_name}"), one) for one in long)
    assert not any(NAME.same(FAMILY, one, other) for one in long for other in long if one is not other)


@given(names=st.lists(st.sampled_from(several("Jan|Piet|Anna|Élise|Dörte|Willem")), min_size=1, max_size=3))
def test_any_given_name_says_more_than_its_initials(names: list[str]) -> None:
    full = given_name(" ".join(names))
    for count in range(1, len(names) + 1):
        some = names[:count]
        for glue in ("", " "):
            initials = given_name(glue.join(f"{one[0]}." for one in some))
            assert NAME.covers(GIVEN, full, initials)
            assert NAME.poor(GIVEN, initials, [initials, full])
            assert not NAME.poor(GIVEN, full, [initials, full])
