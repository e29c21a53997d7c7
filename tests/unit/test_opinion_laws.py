"""The laws of every opinion, whatever two systems say. An opinion without a strategy here fails."""

from collections.abc import Mapping, Sequence
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.codecs import codec
from hub.codecs.opinions import OPINIONS
from hub.model.opinion import NOTHING_KNOWN, Known, Opinion, Unit, joined_units, unit_of
from hub.model.value import Value, canonical

T1, T2, T3 = (f"2026-0{month}-01T00:00:00.000000Z" for month in (1, 2, 3))
Values = st.SearchStrategy[Value]


def choice(*some: str) -> st.SearchStrategy[str]:
    """One of these texts."""
    return st.sampled_from(some)


def several(text: str) -> list[str]:
    """What stands between bars."""
    return text.split("|")


GIVEN = several(
    "J.|J.P.|JP|J. P.|Jan|JAN|Jan Piet|Jan-Piet|JanPiet|Jan P.|Joost|Dörte|Doerte|Dorte|É.|E.|Élise|Elise|"
    "Ö|O.|Oe|ß|ss|Þ.|Þ.J.|Anne Marie|Annemarie|A.-M.|Jan Jan|王小明|Łukasz|Lukasz"
)
FAMILY = several(
    "van der Berg|v.d. Berg|vd Berg|v/d Berg|van den Berg|Van de Berg|v. Berg|Berg|Boer|Bör|Bor|in 't Veld|"
    "i.'t Veld|van 't Hof|v.'t Hof|v't Hof|van het Hof|de Vries|Jansen-de Vries|Jansen de Vries|De|Müller|"
    "Mueller|Muller|Berg Berg|Veld-"
)
LINES = several(
    "Dorpsstraat 12|Dorpsstraat 12a|DORPSSTRAAT 12A|Dorpsstr. 12-a|Dorpsstraat 12-B|Dorpsstraat 12 1/2|"
    "Dorpstraat 12|Dorpsstraat 13|Kerkweg 18/4|Kerkweg 18-4|Kerkweg 18 bus 4|Kerkweg 18|18/4|"
    "10 rue de la Paix"
)


def _name(given: str, family: str) -> Value:
    found = codec("dutch_family_name").read(family) if family else {}
    return {**({"given_name": given} if given else {}), **(found if isinstance(found, dict) else {})}


def _line_name(words: Sequence[str]) -> Value:
    return codec("dutch_name").read(" ".join(words)) or {"family_name": "Berg"}


def _home(line: str, more: Mapping[str, str]) -> Value:
    found = codec("street_line").read(line) if line else {}
    return {**(found if isinstance(found, dict) else {}), **more}


TWO_PLACES = st.builds(_name, choice("", *GIVEN), choice(*FAMILY))
ONE_LINE = st.lists(choice(*GIVEN, *FAMILY, "Berg,", "-"), min_size=1, max_size=3).map(_line_name)
ADDRESS = st.builds(
    _home,
    choice("", *LINES),
    st.fixed_dictionaries(
        {"city": choice("Breda", "BREDA", "Brada", "Köln", "Koeln")},
        optional={
            "postal_code": choice("1012", "1012 AB", "1012AC", "4811 CX"),
            "second_line": choice("bus 4", "Box 4", "Gebouw B"),
            "country": choice("NL", "BE"),
        },
    ),
)
FIRM = st.lists(
    choice("Jansen", "Janssen", "Bouw", "B.V.", "BV", "&", "en", "Köln Bühne", "Koeln Buehne", "Koln Buhne"),
    min_size=1,
    max_size=4,
).map(" ".join)

VALUES: Mapping[str, Values] = {
    "exact": choice("NL", "nl", "BE") | st.booleans() | st.integers(0, 3),
    "text": choice("Breda", "BREDA", " Bréda", "Brada", "Köln", "Koeln", "Koln") | st.text(min_size=1),
    "firm": FIRM,
    "date": choice("2001-01-01", "2001-05-03", "2001-03-05", "2001-05-04", "1999-01-01"),
    "home": ADDRESS,
    "name": TWO_PLACES | ONE_LINE,
    "phone": choice("+31612345678", "+31612345679", "0612345678"),
    "joined name": ONE_LINE | TWO_PLACES,
}
"""What systems may say, by kind: few words, so that two of them meet often."""

KNOWN = Known(
    frozenset({"jan.berg", "doerte"}),
    frozenset({"jan", "joost"}),
    frozenset({"berg", "jansen"}),
    {"jan": frozenset({"johannes"}), "joost": frozenset({"justus"}), "johannes": frozenset({"johannes"})},
    frozenset({"breda"}),
    frozenset({"bv", "gmbh"}),
)
UNITS = [(kind, unit) for kind, opinion in OPINIONS.items() for unit in opinion.units]
each_unit = pytest.mark.parametrize(("kind", "unit"), UNITS)
each_kind = pytest.mark.parametrize("kind", OPINIONS)
some = settings(max_examples=120, deadline=None)


TOGETHER = ("street", "house_number", "house_number_addition", "as_typed")
"""The parts of one line: a system that shows another line shows all of it."""


def shares(kind: str, unit: Unit) -> Values:
    """What systems may say of one unit."""
    opinion = OPINIONS[kind]
    told = VALUES[kind].filter(lambda value: unit_of(opinion, unit, value) is not None)
    return told.map(lambda value: unit_of(opinion, unit, value) or value)


@st.composite
def neighbours(draw: st.DrawFn, values: Values) -> tuple[Value, Value]:
    """Two values; where they have parts often all but one of them is the same."""
    one, other = draw(values), draw(values)
    if not isinstance(one, dict) or not isinstance(other, dict) or draw(st.booleans()):
        return one, other
    part = draw(st.sampled_from(sorted(one.keys() | other.keys())))
    parts = TOGETHER if part in TOGETHER else (part,)
    changed = {name: it for name, it in one.items() if name not in parts}
    changed |= {name: it for name, it in other.items() if name in parts}
    return one, changed or other


def words(value: Value) -> list[str]:
    """A name word by word, in its natural order."""
    parts = value if isinstance(value, dict) else {}
    names = ("given_name", "family_name_prefix", "family_name")
    return " ".join(str(parts[name]) for name in names if name in parts).split()


def says_as_much(kind: str, left: Value, right: Value) -> bool:
    """Whether two values are equal; on one line, wherever it is cut."""
    return words(left) == words(right) if kind == "joined name" else left == right


def beats(opinion: Opinion, unit: Unit, one: Value, other: Value) -> bool:
    """Whether the one stands before the other: it says more, or the same and better spelt."""
    if one == other or opinion.covers(unit, one, other):
        return one != other
    if not opinion.same(unit, one, other) or opinion.covers(unit, other, one):
        return False
    ranks = [(opinion.spelt(unit, it), canonical(it)) for it in (one, other)]
    return ranks[0] > ranks[1]


def test_every_opinion_has_a_strategy() -> None:
    assert VALUES.keys() == OPINIONS.keys()


@each_unit
@given(data=st.data())
@some
def test_the_same_is_the_same_both_ways(kind: str, unit: Unit, data: st.DataObject) -> None:
    opinion, (one, other) = OPINIONS[kind], data.draw(neighbours(shares(kind, unit)))
    assert opinion.same(unit, one, one) and opinion.same(unit, other, other)
    assert opinion.same(unit, one, other) == opinion.same(unit, other, one)


@each_unit
@given(data=st.data())
@some
def test_nothing_says_more_than_itself_or_than_what_says_more(
    kind: str, unit: Unit, data: st.DataObject
) -> None:
    opinion, (one, other) = OPINIONS[kind], data.draw(neighbours(shares(kind, unit)))
    assert not opinion.covers(unit, one, one)
    assert not (opinion.covers(unit, one, other) and opinion.covers(unit, other, one))


@each_unit
@given(data=st.data())
@some
def test_what_says_more_does_not_say_the_same(kind: str, unit: Unit, data: st.DataObject) -> None:
    """A cell keeps its own words for the same; for more it does not."""
    opinion, (one, other) = OPINIONS[kind], data.draw(neighbours(shares(kind, unit)))
    assert not (opinion.covers(unit, one, other) and opinion.same(unit, one, other))


@each_unit
@given(data=st.data())
@some
def test_no_two_values_stand_before_each_other_nor_several_in_a_circle(
    kind: str, unit: Unit, data: st.DataObject
) -> None:
    opinion, told = OPINIONS[kind], data.draw(st.lists(shares(kind, unit), min_size=1, max_size=6))
    for one, other in permutations(told, 2):
        assert not (beats(opinion, unit, one, other) and beats(opinion, unit, other, one))
    assert [one for one in told if not any(beats(opinion, unit, other, one) for other in told)]


@each_unit
@given(data=st.data())
@some
def test_values_that_conflict_are_neither_the_same_nor_more_of_each_other(
    kind: str, unit: Unit, data: st.DataObject
) -> None:
    opinion, (one, other) = OPINIONS[kind], data.draw(neighbours(shares(kind, unit)))
    conflict = opinion.conflicts(unit, one, other, KNOWN)
    assert conflict == opinion.conflicts(unit, other, one, KNOWN)
    assert not (conflict and opinion.same(unit, one, other))
    assert not (conflict and opinion.covers(unit, one, other))


@each_unit
@given(data=st.data())
@some
def test_what_decides_between_rivals_does_not_depend_on_their_order(
    kind: str, unit: Unit, data: st.DataObject
) -> None:
    opinion = OPINIONS[kind]
    rivals = data.draw(st.lists(shares(kind, unit), min_size=2, max_size=3, unique_by=canonical))
    turned = rivals[::-1]
    assert opinion.settles(unit, rivals, KNOWN) == opinion.settles(unit, turned, KNOWN)
    assert opinion.dated(unit, rivals) == opinion.dated(unit, turned)
    told = opinion.evidence(unit, rivals, KNOWN)
    assert told == opinion.evidence(unit, turned, KNOWN) and (told is None or told in rivals)


@each_unit
@given(data=st.data())
@some
def test_without_anything_known_nothing_speaks_for_a_value_but_the_value(
    kind: str, unit: Unit, data: st.DataObject
) -> None:
    rivals = data.draw(st.lists(shares(kind, unit), min_size=2, max_size=3, unique_by=canonical))
    told = OPINIONS[kind].evidence(unit, rivals, NOTHING_KNOWN)
    assert told is None or (kind == "date" and str(rivals).count("-01-01") == 1)


@each_kind
@given(data=st.data())
@some
def test_a_value_is_its_units_joined(kind: str, data: st.DataObject) -> None:
    opinion, value = OPINIONS[kind], data.draw(VALUES[kind])
    assert joined_units(opinion, {unit: unit_of(opinion, unit, value) for unit in opinion.units}) == value


@each_kind
@given(data=st.data())
@some
def test_nothing_is_typed_where_nothing_changed_and_something_where_something_did(
    kind: str, data: st.DataObject
) -> None:
    opinion, (before, after) = OPINIONS[kind], data.draw(neighbours(VALUES[kind]))
    assert opinion.typed([before], before) == frozenset()
    assert bool(opinion.typed([before], after)) != says_as_much(kind, before, after)
    assert opinion.typed((), after)


@each_kind
@given(data=st.data())
@some
def test_what_one_of_two_showed_was_not_typed(kind: str, data: st.DataObject) -> None:
    """The hub's write may have landed between two readings."""
    opinion, base, sent = OPINIONS[kind], data.draw(VALUES[kind]), data.draw(VALUES[kind])
    assert opinion.typed([base, base], base) == frozenset()
    if kind not in ("joined name", "home"):
        assert opinion.typed([base, sent], sent) == frozenset()


@each_kind
@given(data=st.data())
@some
def test_what_was_typed_was_typed_in_one_of_its_units(kind: str, data: st.DataObject) -> None:
    opinion, (before, after) = OPINIONS[kind], data.draw(neighbours(VALUES[kind]))
    typed = dict.fromkeys(opinion.typed([before], after), T1)
    found = {opinion.typed_at(unit, after, typed, [before]) for unit in opinion.units} - {None}
    assert found == ({T1} if typed else set())


@each_kind
@given(data=st.data())
@some
def test_who_types_over_his_own_words_says_what_he_typed(kind: str, data: st.DataObject) -> None:
    opinion, (before, after) = OPINIONS[kind], data.draw(neighbours(VALUES[kind]))
    if opinion.typed([before], after):
        assert says_as_much(kind, opinion.claimed(before, [before], after), after)


@each_kind
@given(data=st.data())
@some
def test_who_types_says_something(kind: str, data: st.DataObject) -> None:
    """Empty is None, never an object without parts."""
    opinion, (before, after) = OPINIONS[kind], data.draw(neighbours(VALUES[kind]))
    earlier = data.draw(VALUES[kind])
    if opinion.typed([before], after):
        assert opinion.claimed(earlier, [before], after) not in ({}, "", None)


@each_kind
@given(data=st.data())
@some
def test_what_was_typed_holds_while_it_is_said(kind: str, data: st.DataObject) -> None:
    opinion, (value, later) = OPINIONS[kind], data.draw(neighbours(VALUES[kind]))
    typed = dict.fromkeys(opinion.typed((), value), T1)
    assert opinion.kept(typed, value, value) == typed
    assert opinion.kept(typed, value, later).items() <= typed.items()


@each_kind
@given(data=st.data())
@some
def test_no_word_is_lost_or_moved_by_cutting_a_name_otherwise(kind: str, data: st.DataObject) -> None:
    opinion, (value, like) = OPINIONS[kind], data.draw(neighbours(VALUES[kind]))
    cut = opinion.aligned(value, like)
    assert cut == value or (isinstance(cut, dict) and words(cut) == words(value))
    for again, before in ((opinion.aligned(value, value), value), (opinion.aligned(cut, like), cut)):
        first = [unit_of(opinion, next(iter(opinion.units)), one) for one in (again, before)]
        assert first[0] == first[1] or opinion.units.keys() == {""}


@each_kind
@given(data=st.data())
@some
def test_a_value_is_only_ever_completed(kind: str, data: st.DataObject) -> None:
    opinion, (value, other) = OPINIONS[kind], data.draw(neighbours(VALUES[kind]))
    for holds in (None, frozenset({"street", "house_number", "postal_code", "city"})):
        full = opinion.completed(value, holds, other)
        assert full == value or (
            isinstance(full, dict) and isinstance(value, dict) and value.items() <= full.items()
        )
        assert opinion.completed(full, holds, other) == full


@each_kind
@given(data=st.data())
@some
def test_a_value_to_which_nobody_typed_anything_stays_as_it_is(kind: str, data: st.DataObject) -> None:
    opinion, (value, other) = OPINIONS[kind], data.draw(neighbours(VALUES[kind]))
    typed = dict.fromkeys(opinion.typed((), value), T2)
    older = {part: T1 for part in opinion.typed((), other) if part in typed}
    assert opinion.amended(value, typed, []) == value
    assert opinion.amended(value, typed, [(value, typed), (other, {})]) == value
    assert opinion.amended(value, dict.fromkeys(typed, T3), [(value, older)]) == value


@each_kind
@given(data=st.data())
@some
def test_who_answers_with_a_value_typed_what_it_says(kind: str, data: st.DataObject) -> None:
    opinion, value = OPINIONS[kind], data.draw(VALUES[kind])
    answered = dict.fromkeys(opinion.answered(value), T1)
    for unit, parts in opinion.units.items():
        said = unit_of(opinion, unit, value) is not None and isinstance(value, dict)
        if parts and kind != "joined name":
            assert opinion.typed_at(unit, value, answered) == (T1 if said else None)
