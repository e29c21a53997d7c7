"""Addresses: which lines are one home, which of two says more, and what is typed into one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.codecs import codec
from hub.codecs.opinions import OPINIONS
from hub.model.opinion import NOTHING_KNOWN, Typed
from hub.model.value import Value

HOME, STREET_LINE = OPINIONS["home"], codec("street_line")
T0, T1, T2, T3 = (f"2026-0{month}-01T00:00:00.000000Z" for month in range(1, 5))
PARTS = frozenset(codec("street_line").parts) | {"second_line", "postal_code", "city", "country"}


def home(line: str = "", **more: str) -> dict[str, Value]:
    """An address: its street line as a system holds it, and its other parts."""
    found = STREET_LINE.read(line)
    return {**(found if isinstance(found, dict) else {}), **more}


def at(line: str, **more: str) -> dict[str, Value]:
    """A home in one place."""
    return home(line, **{"postal_code": "1012 AB", "city": "Amsterdam", **more})


def same(one: Value, other: Value) -> bool:
    """Whether two are one home, asked both ways."""
    found = HOME.same("", one, other)
    assert found == HOME.same("", other, one)
    return found


def covers(fuller: Value, less: Value) -> bool:
    """Whether the one says more, and not the other way round."""
    found = HOME.covers("", fuller, less)
    assert not (found and HOME.covers("", less, fuller))
    return found


def line_of(value: Value) -> object:
    """The street line a system is given."""
    assert isinstance(value, dict)
    return STREET_LINE.write({name: one for name, one in value.items() if name in STREET_LINE.parts} or None)


ONE_DOOR = [
    ("Dorpsstraat 12a", "Dorpsstraat 12 A"),
    ("Dorpsstraat 12a", "Dorpsstraat 12-A"),
    ("DORPSSTRAAT 12 A", "Dorpsstr. 12-a"),
    ("Dorpsstraat 18/4", "Dorpsstraat 18-4"),
    ("Dorpsstraat 18/4", "Dorpsstraat 18 bus 4"),
    ("Dorpsstraat 18-4", "Dorpsstraat 18, bus 4"),
    ("Dorpsstraat 18 bus4", "Dorpsstraat 18 bus 4"),
    ("Dorpsstraat 18 boîte 4", "Dorpsstraat 18 bte 4"),
    ("Dorpsstraat 12", "Dorpsstr 12"),
    ("Dorpsstraße 12", "Dorpsstr. 12"),
    ("10 rue de la Paix", "rue de la Paix 10"),
    ("12 High Street", "High Street 12"),
    ("Plaça São Tomé 1", "Plaça Sao Tomé 1"),
]
OTHER_DOOR = [
    ("Dorpsstraat 12-A", "Dorpsstraat 12-B"),
    ("Dorpsstraat 12", "Dorpsstraat 13 A"),
    ("Dorpsstraat 18 bus 3", "Dorpsstraat 18 bus 4"),
    ("Dorpsstraat 12-1/1", "Dorpsstraat 12-11"),
    ("Dorpsstraat 12 1/2", "Dorpsstraat 12-12"),
]


@pytest.mark.parametrize(("one", "other"), ONE_DOOR)
def test_one_door_typed_in_two_ways(one: str, other: str) -> None:
    assert same(at(one), at(other))
    assert not covers(at(one), at(other)) and not covers(at(other), at(one))


@pytest.mark.parametrize(("one", "other"), OTHER_DOOR)
def test_another_door_is_another_opinion_and_neither_a_slip_nor_a_move(one: str, other: str) -> None:
    left, right = at(one), at(other)
    assert not same(left, right) and not covers(left, right) and not covers(right, left)
    assert not HOME.settles("", [left, right], NOTHING_KNOWN) and not HOME.dated("", [left, right])
    assert HOME.conflicts("", left, right, NOTHING_KNOWN)


@pytest.mark.parametrize(
    ("door", "house"),
    [
        (at("Dorpsstraat 12 A"), at("Dorpsstraat 12")),
        (at("Dorpsstraat 18 bus 4"), at("Dorpsstraat 18")),
        (at("Dorpsstraat 18", second_line="bus 4"), at("Dorpsstraat 18")),
        (at("Dorpsstraat 12-A"), home("Dorpsstraat 12", city="Amsterdam")),
    ],
    ids=["addition", "box", "second line", "without code"],
)
def test_who_left_the_door_out_slipped_and_no_majority_takes_it_away(door: Value, house: Value) -> None:
    rivals: list[Value] = [door, house]
    for some in (rivals, rivals[::-1]):
        assert HOME.settles("", some, NOTHING_KNOWN) and not HOME.dated("", some)
        assert HOME.poor("", house, some) and not HOME.poor("", door, some)
    assert not same(door, house) and not covers(door, house) and not covers(house, door)
    assert not HOME.conflicts("", door, house, NOTHING_KNOWN)


def test_a_house_is_not_poor_where_nobody_names_a_door() -> None:
    rivals: list[Value] = [at("Dorpsstraat 12"), at("Dorpsstraat 13")]
    assert not any(HOME.poor("", one, rivals) for one in rivals)


def test_a_second_line_is_part_of_the_door() -> None:
    assert same(at("Kerkstraat 18 bus 4"), at("Kerkstraat 18", second_line="bus 4"))
    assert same(at("Kerkstraat 18/4"), at("Kerkstraat 18", second_line="Box 4"))
    assert not same(at("Kerkstraat 18"), at("Kerkstraat 18", second_line="bus 4"))
    assert not same(at("Kerkstraat 18 A"), at("Kerkstraat 18 A", second_line="bus 4"))


def test_the_last_digit_of_a_number_is_no_door_of_another_number() -> None:
    assert not same(at("Postfach 100654"), at("Postfach 10065-4"))


def test_an_addition_and_a_box_are_no_longer_addition() -> None:
    assert not same(at("Kerkstraat 18-4", second_line="bus 4"), at("Kerkstraat 18-44"))


def test_two_numbers_are_two_homes_also_where_the_street_is_not_known() -> None:
    """A street that says nothing (``unknown 5``) is not read; its number is."""
    assert not same({"house_number": "5", "city": "Breda"}, {"house_number": "6", "city": "Breda"})


def test_country_and_typing_make_no_other_home() -> None:
    assert same(at("Kerkstraat 5", country="NL"), at("kerkstraat 5"))
    assert not same(at("Kerkstraat 5", country="NL"), at("Kerkstraat 5", country="BE"))


@pytest.mark.parametrize(
    ("fuller", "less"),
    [
        (at("Kerkstraat 5"), home("Kerkstraat 5", city="Amsterdam")),
        (at("Kerkstraat 5"), home("Kerkstraat 5")),
        (at("Kerkstraat 5"), home(postal_code="1012 AB", city="Amsterdam")),
        (at("Kerkstraat 5"), home(city="AMSTERDAM")),
        (at("Kerkstraat 5"), at("Kerkstraat 5", postal_code="1012")),
        (at("Kerkstraat 5 A"), at("Kerkstr. 5a", postal_code="1012")),
        (at("Kerkstraat 5"), home("Kerkstraat 5", postal_code="1012")),
    ],
)
def test_a_home_that_says_all_of_another_and_more(fuller: Value, less: Value) -> None:
    assert covers(fuller, less)
    assert not HOME.conflicts("", fuller, less, NOTHING_KNOWN)


@pytest.mark.parametrize(
    ("fuller", "less"),
    [
        (at("Kerkstraat 5"), at("Kerkstraat 5", postal_code="1012")),
        (at("Kerkstraat 5"), home("Kerkstraat 5", city="Amsterdam")),
    ],
    ids=["a longer postal code", "a postal code"],
)
def test_who_says_less_is_not_told_that_he_says_the_same(fuller: Value, less: Value) -> None:
    """A cell keeps its own words for the same, so that ``1012`` would stand there for ever."""
    assert not same(fuller, less)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (at("Kerkstraat 5"), home("Kerkstraat 5 A", city="Amsterdam")),
        (at("Kerkstraat 5"), home("Dorpsstraat 5", city="Amsterdam")),
        (at("Kerkstraat 5"), at("Kerkstraat 5", postal_code="1013")),
        (at("Kerkstraat 5", city="Breda"), home("Kerkstraat 5", city="Amsterdam")),
        (home("Kerkstraat 5", city="Breda"), home("Kerkstraat 5", postal_code="1012 AB")),
        (at("Kerkstraat 5", postal_code="1012"), home("Kerkstraat 5", postal_code="1012 AB")),
        (at("Kerkstraat 5"), {"country": "NL"}),
    ],
    ids=["door", "street", "postal code", "city", "each something", "each more", "no place at all"],
)
def test_neither_says_all_of_the_other(one: Value, other: Value) -> None:
    assert not covers(one, other) and not covers(other, one)


@pytest.mark.parametrize(
    "other",
    [
        at("Dorpsstraat 121"),
        at("Dorpstraat 123"),
        at("Dorpsstraat 123", city="Amsterdan"),
        at("Dorpsstraat 123", city="Asmterdam"),
        at("Dorpsstraat 123", postal_code="1012 AC"),
        at("Dorpsstraat 132"),
        home("Dorpsstrata 123", city="Amsterdam"),
        at("Dorpstraat 123", city="Amsterdan"),
    ],
    ids=["digit", "lost", "letter", "swapped", "code", "digits swapped", "without code", "two at one code"],
)
def test_a_keystroke_makes_a_slip_between_which_a_majority_decides(other: Value) -> None:
    rivals: list[Value] = [at("Dorpsstraat 123"), other]
    assert not same(*rivals)
    assert HOME.settles("", rivals, NOTHING_KNOWN) and HOME.settles("", rivals[::-1], NOTHING_KNOWN)
    assert not HOME.dated("", rivals) and not HOME.conflicts("", rivals[0], other, NOTHING_KNOWN)


@pytest.mark.parametrize(
    "other",
    [
        at("Dorpstraat 124"),
        at("Dorpstraat 123", city="Amsterdan", postal_code="1012 AC"),
        at("Dorpsstraat 124 A"),
        at("Dorpsstraat 3"),
        home("Dorpsstraat 124"),
    ],
    ids=["street and number", "street and town", "another door", "another number", "one line alone"],
)
def test_more_than_a_keystroke_is_no_slip(other: Value) -> None:
    assert not HOME.settles("", [at("Dorpsstraat 123"), other], NOTHING_KNOWN)


def test_all_must_be_slips_of_each_other() -> None:
    lines = ("Dorpsstraat 11", "Dorpsstraat 12", "Dorpsstraat 21")
    assert HOME.settles("", [at(lines[0]), at(lines[1])], NOTHING_KNOWN)
    assert not HOME.settles("", [at(one) for one in lines], NOTHING_KNOWN)


@pytest.mark.parametrize(
    ("one", "other", "dated"),
    [
        (at("Kerkstraat 5"), at("Dorpsstraat 9", postal_code="4811 CX"), True),
        (at("Kerkstraat 5"), at("Dorpsstraat 9", postal_code="4811 CX", city="Breda"), True),
        (at("Kerkstraat 5"), at("Dorpsstraat 5", postal_code="4811 CX"), True),
        (home("Kerkstraat 5", city="Breda"), home("Dorpsstraat 9", city="Breda"), True),
        (at("Kerkstraat 5 B"), at("Kerkstraat 5 A"), False),
        (at("Kerkstraat 5"), at("Kerkstraat 17"), False),
        (at("Kerkstraat 5"), at("Dorpsstraat 5"), False),
        (at("Kerkstraat 5"), home(postal_code="4811 CX", city="Breda"), False),
    ],
    ids=["place", "town", "number alike", "without code", "door", "neighbour", "street alone", "no street"],
)
def test_another_street_and_postal_code_may_each_have_been_right_in_its_time(
    one: Value, other: Value, dated: bool
) -> None:
    assert HOME.dated("", [one, other]) == HOME.dated("", [other, one]) == dated
    assert not HOME.settles("", [one, other], NOTHING_KNOWN)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (at("Dorpsstraat 12"), at("Dorpsstr. 12")),
        (at("Dorpsstraat 12"), at("DORPSSTRAAT 12")),
        (at("Dorpsstraat 12 a"), at("DORPSSTRAAT 12A")),
        (at("Dorpsstraat 12", city="Köln"), at("Dorpsstraat 12", city="Koeln")),
        (at("Dorpsstraat 12", country="NL"), at("Dorpsstraat 12")),
    ],
    ids=["written out", "capitals", "capitals kept as typed", "accents", "country"],
)
def test_of_one_home_the_one_written_out_is_better_spelt(better: Value, worse: Value) -> None:
    assert same(better, worse)
    assert HOME.spelt("", better) > HOME.spelt("", worse)


def test_between_homes_only_what_all_say_is_shared() -> None:
    assert HOME.shared("", [at("Kerkstraat 5"), at("Dorpsstraat 9")]) == home(
        postal_code="1012 AB", city="Amsterdam"
    )
    assert HOME.shared("", [at("Kerkstraat 5"), at("Kerkstraat 5 A")]) == at("Kerkstraat 5")
    assert HOME.shared("", [at("Kerkstraat 5 B"), at("Kerkstraat 5 A")]) == at("Kerkstraat")
    assert HOME.shared("", [at("Kerkstraat 5a"), at("Kerkstraat 9a")]) == at("Kerkstraat")
    assert HOME.shared("", [home("Kerkstraat 5", city="Breda"), at("Dorpsstraat 9")]) is None
    assert HOME.shared("", [at("Kerkstraat 5", country="NL"), at("Kerkstraat 6")]) == at("Kerkstraat")


def test_of_two_postal_codes_the_shorter_is_what_both_say() -> None:
    full, short = at("Kerkstraat 5"), at("Dorpsstraat 9", postal_code="1012")
    for rivals in ([full, short], [short, full]):
        assert HOME.shared("", rivals) == home(postal_code="1012", city="Amsterdam")


BEFORE = home("Kerkstraat 18", city="Amsterdam")


@pytest.mark.parametrize(
    "after",
    [
        home("Dorpsstraat 18", city="Amsterdam"),
        home("Kerkstraat 18", city="Breda"),
        home("Dorpsstraat 9", city="Breda", postal_code="4811 CX"),
    ],
    ids=["street", "town", "all"],
)
def test_who_types_another_place_has_moved(after: Value) -> None:
    assert HOME.typed([BEFORE], after) == PARTS
    assert HOME.moved_at(dict.fromkeys(HOME.typed([BEFORE], after), T1)) == T1


def test_who_types_another_postal_code_has_moved() -> None:
    assert HOME.typed([at("Kerkstraat 18")], at("Kerkstraat 18", postal_code="4811 CX")) == PARTS


@pytest.mark.parametrize(
    ("before", "after", "typed"),
    [
        (BEFORE, at("Kerkstraat 18"), {"postal_code"}),
        (at("Kerkstraat 18", postal_code="1012"), at("Kerkstraat 18"), {"postal_code"}),
        (BEFORE, home("Kerkstraat 18 bus 4", city="Amsterdam"), {"house_number_addition"}),
        (BEFORE, home("Kerkstraat 18a", city="Amsterdam"), {"house_number_addition", "as_typed"}),
        (BEFORE, {**BEFORE, "second_line": "bus 4"}, {"second_line"}),
        (BEFORE, home("Kerkstraat 19", city="Amsterdam"), {"house_number"}),
        (BEFORE, home("KERKSTRAAT 18", city="Amsterdam"), {"street"}),
        (BEFORE, home("Kerkstraat 18"), {"city"}),
        (home("Kerkstraat 18 A"), home("Kerkstraat 18"), {"house_number_addition"}),
    ],
    ids=["code", "rest of code", "box", "as typed", "line", "number", "capitals", "emptied", "taken away"],
)
def test_who_types_into_a_home_types_that_part(before: Value, after: Value, typed: set[str]) -> None:
    found = HOME.typed([before], after)
    assert found == typed
    assert HOME.moved_at(dict.fromkeys(found, T1)) is None


def test_what_a_write_of_ours_shows_was_not_typed() -> None:
    ours = home("Kerkstraat 18", city="Breda")
    assert HOME.typed([BEFORE, ours], ours) == frozenset()
    assert HOME.typed([BEFORE, ours], {**ours, "postal_code": "4811 CX"}) == {"postal_code"}


def test_an_address_was_typed_when_its_latest_part_was_and_moved_when_all_of_it_was() -> None:
    moved = dict.fromkeys(PARTS, T1)
    assert HOME.typed_at("", BEFORE, {**moved, "postal_code": T2}) == T2
    assert HOME.moved_at({**moved, "postal_code": T2}) == T1
    assert HOME.moved_at({"postal_code": T2}) is None and HOME.typed_at("", BEFORE, {}) is None


def test_a_part_that_says_something_else_was_not_typed_then() -> None:
    typed = {"postal_code": T1, "street": T1}
    assert HOME.kept(typed, at("Kerkstraat 18"), at("Kerkstraat 18", postal_code="1012 AC")) == {"street": T1}


MINE = at("Kerkstraat 18")
MOVED: Typed = dict.fromkeys(PARTS, T1)
ADDED: Typed = {"house_number_addition": T2}


def test_what_was_typed_later_into_the_same_home_is_mixed_in() -> None:
    assert HOME.amended(MINE, MOVED, [(at("Kerkstraat 18 bus 4"), ADDED)]) == at("Kerkstraat 18 bus 4")
    glued: Typed = {"house_number_addition": T2, "as_typed": T2}
    assert line_of(HOME.amended(MINE, MOVED, [(at("Kerkstraat 18a"), glued)])) == "Kerkstraat 18a"
    code: Typed = {"postal_code": T2}
    without = home("Kerkstraat 18", city="Amsterdam")
    assert HOME.amended(without, {"street": T1}, [(at("KERKSTR. 18"), code)]) == MINE


def test_what_was_taken_away_later_from_the_same_home_is_gone() -> None:
    assert HOME.amended(at("Kerkstraat 18 A"), MOVED, [(MINE, ADDED)]) == MINE


def test_of_what_several_typed_the_latest_stands_whoever_is_asked_first() -> None:
    others = [(at("Kerkstraat 18 A"), ADDED), (at("Kerkstraat 18 B"), {"house_number_addition": T3})]
    for some in (others, others[::-1]):
        assert HOME.amended(MINE, MOVED, some) == at("Kerkstraat 18 B")


@pytest.mark.parametrize(
    ("other", "typed"),
    [
        (at("Kerkstraat 19 A"), ADDED),
        (at("Dorpsstraat 18 A"), ADDED),
        (at("Kerkstraat 18 A", postal_code="4811 CX"), ADDED),
        (home("Kerkstraat 18 A", city="Breda"), ADDED),
        (home(country="NL"), {"country": T2}),
        (at("Kerkstraat 18 A"), {"house_number_addition": T0}),
        (at("Kerkstraat 18 A"), {}),
    ],
    ids=["neighbour", "street", "code", "town", "no home", "earlier", "not typed"],
)
def test_nothing_of_another_home_and_nothing_older_is_mixed_in(other: Value, typed: Typed) -> None:
    assert HOME.amended(MINE, MOVED, [(other, typed)]) == MINE


def test_a_house_number_put_right_by_itself_is_of_the_same_home() -> None:
    found = HOME.amended(at("Kerkstraat 18"), MOVED, [(at("Kerkstraat 19"), {"house_number": T2})])
    assert found == at("Kerkstraat 19")


def test_a_line_kept_as_typed_does_not_outlast_the_door_it_tells() -> None:
    found = HOME.amended(at("Kerkstraat 18a"), MOVED, [(at("Kerkstraat 18 B"), ADDED)])
    assert line_of(found) == "Kerkstraat 18 B"
    assert isinstance(found, dict) and "as_typed" not in found


HOLDS = frozenset({"street", "house_number", "house_number_addition", "as_typed", "postal_code", "city"})


def test_a_home_is_completed_with_what_its_system_has_no_room_for() -> None:
    full = at("Kerkstr. 18", country="BE", second_line="bus 4")
    assert HOME.completed(MINE, HOLDS, full) == {**MINE, "country": "BE", "second_line": "bus 4"}
    assert HOME.completed(MINE, HOLDS | {"second_line"}, at("Kerkstraat 18", country="BE")) == {
        **MINE,
        "country": "BE",
    }


@pytest.mark.parametrize(
    "other",
    [
        at("Dorpsstraat 18", country="BE"),
        at("Kerkstraat 19", country="BE"),
        at("Kerkstraat 18 A", country="BE"),
        home(country="BE"),
        at("Kerkstraat 18"),
    ],
    ids=["street", "number", "door", "no home", "nothing more"],
)
def test_nothing_of_another_home_completes_it(other: Value) -> None:
    assert HOME.completed(MINE, HOLDS, other) == MINE


def test_a_slip_of_a_home_completes_it_where_that_is_asked() -> None:
    short, slip = home("Kerkstraat 18", city="Amsterdam"), at("Kerkstrat 18", country="NL")
    assert HOME.completed(short, None, slip, slips=True) == at("Kerkstraat 18", country="NL")
    assert HOME.completed(short, None, slip) == short
    assert HOME.completed(short, None, at("Dorpsstraat 9"), slips=True) == short


def test_who_answers_with_a_home_typed_all_of_it() -> None:
    assert HOME.answered(MINE) == PARTS


def test_a_second_line_that_its_system_has_room_for_is_not_filled_in() -> None:
    """Where it stands empty somebody left it so: the other is another door."""
    more = at("Kerkstraat 18", second_line="bus 4")
    assert HOME.completed(MINE, HOLDS | {"second_line"}, more) == MINE
    assert HOME.completed(MINE, None, more) == MINE


STREETS = st.sampled_from(["Dorpsstraat", "Kerkweg", "Rue du Moulin", "Plein 1944"])
NUMBERS = st.integers(1, 999).map(str)
LETTERS = st.sampled_from("abcxyz")


@given(street=STREETS, number=NUMBERS, letter=LETTERS, glue=st.sampled_from(["", " ", "-", "/", " - "]))
@settings(deadline=None)
def test_however_a_letter_is_glued_to_its_number_it_is_one_door(
    street: str, number: str, letter: str, glue: str
) -> None:
    plain = at(f"{street} {number} {letter}")
    for typed in (letter, letter.upper()):
        assert same(plain, at(f"{street} {number}{glue}{typed}"))
    assert not same(plain, at(f"{street} {number}"))
    assert not same(plain, at(f"{street} {number}{glue}w"))


@given(street=STREETS, number=NUMBERS, box=NUMBERS, glue=st.sampled_from(["/", "-", " bus ", ", bus "]))
@settings(deadline=None)
def test_however_a_box_is_told_it_is_one_door(street: str, number: str, box: str, glue: str) -> None:
    mine = at(f"{street} {number}{glue}{box}")
    assert same(mine, at(f"{street} {number} bus {box}"))
    assert same(mine, at(f"{street} {number}", second_line=f"Bus {box}"))
    assert not same(mine, at(f"{street} {number} bus {box}1"))


@given(number=st.integers(100, 999), place=st.integers(0, 2), digit=st.integers(0, 9))
def test_one_other_digit_is_a_slip_or_the_same(number: int, place: int, digit: int) -> None:
    digits = list(str(number))
    digits[place] = str(digit)
    rivals: list[Value] = [at(f"Kerkweg {number}"), at(f"Kerkweg {''.join(digits)}")]
    assert HOME.settles("", rivals, NOTHING_KNOWN) or same(*rivals)
    assert not HOME.dated("", rivals)


@given(
    mine=st.sampled_from(["Kerkweg 18", "Kerkweg 18a", "Kerkweg 18 bus 4"]),
    theirs=st.sampled_from(["Kerkweg 18", "Kerkweg 18/4", "KERKWEG 18-B", "Kerkweg 19", "Dorpsstraat 18"]),
    when=st.dictionaries(st.sampled_from(sorted(PARTS)), st.sampled_from([T0, T2])),
)
def test_no_part_but_a_later_one_is_ever_taken_from_another(mine: str, theirs: str, when: Typed) -> None:
    one, other = at(mine), at(theirs, city="AMSTERDAM", country="NL")
    found = HOME.amended(one, dict.fromkeys(PARTS, T1), [(other, when)])
    assert isinstance(found, dict)
    here = theirs.casefold().startswith("kerkweg 18")
    moved = not here and when == dict.fromkeys(PARTS, T2)  # whoever typed all of it says nothing of this home
    for part in PARTS - {"as_typed"}:
        house = here or (when.get("house_number", T1) > T1 and not moved)
        later = when.get(part) == T2 and theirs.casefold().startswith("kerkweg") and house
        assert found.get(part) == (other if later else one).get(part)
