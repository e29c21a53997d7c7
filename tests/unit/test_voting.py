"""Which of several opinions stands: by what they say, by whom, and never by chance."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.codecs import codec
from hub.codecs.opinions import OPINIONS
from hub.golden.claims import Claim
from hub.golden.emptying import Struck, strikes
from hub.golden.survivorship import elect
from hub.golden.testimony import Case, Testimony, Verdict
from hub.golden.vote import Ballot, Decision, Vote
from hub.golden.voting import decide
from hub.model.opinion import NOTHING_KNOWN, Known, Unit
from hub.model.rule import Rule
from hub.model.value import Value, canonical
from tests.unit.said import at, person
from tests.unit.test_opinion_laws import VALUES, shares

GIVEN, FAMILY = "given_name", "family_name"
AGREED = Rule("most_agreed")


def ballot(kind: str, unit: Unit = "", **more: Any) -> Ballot:
    """A ballot in which nothing else is known."""
    return Ballot(OPINIONS[kind], unit, more.pop("known", NOTHING_KNOWN), **more)


def home(line: str, **more: str) -> Value:
    """An address in Delft."""
    found = codec("street_line").read(line)
    assert isinstance(found, dict)
    return {**found, "postal_code": "1001 AB", "city": "Delft", **more}


def name(text: str) -> Value:
    """The unit of a given name."""
    return {GIVEN: text}


def family(text: str) -> Value:
    """The unit of a family name."""
    return codec("dutch_family_name").read(text) or {}


def vote(system: str, says: Value, touched: int = 0, number: int = 1, **more: Any) -> Vote:
    """What a record says."""
    return Vote(person(system, number), says, at(touched), **more)


def typed(system: str, says: Value, when: int, **more: Any) -> Vote:
    """What somebody typed in a record."""
    return vote(system, says, when, edited=at(when), **more)


def told(found: Decision) -> tuple[Value | None, str]:
    """What stands, and why."""
    return found.value, found.standing


def test_what_one_alone_says_stands() -> None:
    assert told(decide(ballot("text"), [vote("a", "Breda")])) == ("Breda", "unopposed")
    assert told(decide(ballot("text"), [typed("a", "Breda", 5)])) == ("Breda", "edited")


@pytest.mark.parametrize("votes", [1, 2, 5], ids=["one", "two", "five"])
def test_however_many_say_less_the_fuller_stands(votes: int) -> None:
    less = [vote(f"s{one}", name("J.")) for one in range(votes)]
    assert told(decide(ballot("name", GIVEN), [*less, vote("a", name("Jan"))])) == (name("Jan"), "fuller")


def test_of_one_opinion_the_best_spelt_stands() -> None:
    some = [vote("a", "KOELN"), vote("b", "koeln"), vote("c", "Köln")]
    assert told(decide(ballot("text"), some)) == ("Köln", "unopposed")


def test_an_initial_of_two_rivals_speaks_for_none_of_them() -> None:
    some = [
        vote("a", name("Jan")),
        vote("b", name("Joost")),
        vote("c", name("J.")),
        vote("d", name("J.")),
    ]
    found = decide(ballot("name", GIVEN), some)
    assert found.standing == "undecided" and found.value is None
    assert [(one.value, one.records) for one in found.candidates] == [
        (name("Jan"), (person("a"),)),
        (name("Joost"), (person("b"),)),
    ]


def test_an_initial_of_one_of_two_rivals_speaks_for_that_one() -> None:
    some = [vote("a", name("Maria")), vote("b", name("Naria")), vote("c", name("M."))]
    assert told(decide(ballot("name", GIVEN), some)) == (name("Maria"), "majority")
    others = [vote("a", name("Jan")), vote("b", name("Piet")), vote("c", name("J."))]
    assert decide(ballot("name", GIVEN), others).standing == "undecided"


def test_most_systems_decide_between_slips_and_records_of_one_system_are_one() -> None:
    jansen, slip = family("Jansen"), family("Janssen")
    one_system = [vote("a", jansen, number=one) for one in range(4)]
    found = decide(ballot("name", FAMILY), [*one_system, vote("b", slip)])
    assert found.standing == "undecided"
    found = decide(ballot("name", FAMILY), [*one_system, vote("b", slip), vote("c", slip)])
    assert told(found) == (slip, "majority")


def test_as_many_systems_on_both_sides_decide_nothing() -> None:
    some = [vote(one, "2001-05-03") for one in "ab"] + [vote(one, "2001-05-04") for one in "cd"]
    assert told(decide(ballot("date"), some)) == (None, "undecided")


@pytest.mark.parametrize(
    ("kind", "unit", "most", "other"),
    [
        ("home", "", home("Plein 2"), home("Kerkweg 9")),
        ("home", "", home("Plein 2 A"), home("Plein 2 B")),
        ("home", "", home("Plein 2"), home("Kerkweg 9", postal_code="4811 CX", city="Breda")),
        ("name", FAMILY, family("Jansen"), family("de Boer")),
    ],
    ids=["homes", "doors", "towns", "surnames"],
)
def test_no_majority_decides_between_two_homes_or_two_surnames(
    kind: str, unit: Unit, most: Value, other: Value
) -> None:
    some = [*(vote(one, most) for one in "abc"), vote("d", other)]
    found = decide(ballot(kind, unit, by_time=False), some)
    assert found.standing == "undecided"
    assert [one.value for one in found.candidates] == [most, other]


def test_no_majority_takes_a_door_away_and_one_may_add_it() -> None:
    house, door = home("Plein 2"), home("Plein 2 A")
    without = decide(ballot("home"), [vote("a", house), vote("b", house), vote("c", door)])
    assert without.standing == "undecided" and without.value == house
    found = decide(ballot("home"), [vote("a", house), vote("b", door), vote("c", door)])
    assert told(found) == (door, "majority")


def test_initials_never_win() -> None:
    some = [vote("a", name("J.")), vote("b", name("J.")), vote("c", name("Piet"))]
    assert decide(ballot("name", GIVEN), some).standing == "undecided"
    some = [vote("a", name("J.P.")), vote("b", name("J.P.")), vote("c", name("Jan Willem"))]
    assert decide(ballot("name", GIVEN), some).standing == "undecided"


OLD, NEW = home("Plein 2"), home("Kerkweg 9", postal_code="4811 CX", city="Breda")


@pytest.mark.parametrize(
    ("kind", "unit", "old", "new"),
    [("home", "", OLD, NEW), ("name", FAMILY, family("Jansen"), family("de Boer"))],
    ids=["homes", "surnames"],
)
def test_a_record_made_after_the_other_was_last_touched_speaks(
    kind: str, unit: Unit, old: Value, new: Value
) -> None:
    some = [vote("a", old, 10), vote("b", new, 30, made=at(20))]
    assert told(decide(ballot(kind, unit), some)) == (new, "majority")
    assert decide(ballot(kind, unit, by_time=False), some).standing == "undecided"


@pytest.mark.parametrize(
    "later",
    [
        [vote("b", NEW, 30)],
        [vote("b", NEW, 30, made=at(10))],
        [vote("b", NEW, 30, made=at(20)), vote("c", NEW, 30)],
        [vote("b", NEW, 30, made=at(20)), vote("c", NEW, 5, made=at(4))],
        [vote("b", NEW, 30, made=at(20)), vote("a", OLD, 40, number=2)],
        [vote("b", NEW, 30, made=at(20)), vote("c", home("Dorpsweg 7", postal_code="2000 XX"), 5)],
    ],
    ids=["not told", "not after", "not of all", "not all after", "touched since", "three homes"],
)
def test_a_record_that_may_be_older_does_not_speak(later: list[Vote]) -> None:
    assert decide(ballot("home"), [vote("a", OLD, 10), *later]).standing == "undecided"


@pytest.mark.parametrize(
    ("kind", "unit", "old", "new"),
    [
        ("name", GIVEN, name("Jan"), name("Joost")),
        ("home", "", home("Plein 2"), home("Plein 3")),
        ("home", "", home("Plein 2 A"), home("Plein 2 B")),
        ("date", "", "2001-05-03", "1999-06-04"),
        ("text", "", "Breda", "Tilburg"),
    ],
    ids=["given name", "slip", "door", "date", "text"],
)
def test_a_later_record_speaks_only_for_homes_and_surnames(
    kind: str, unit: Unit, old: Value, new: Value
) -> None:
    some = [vote("a", old, 10), vote("b", new, 30, made=at(20))]
    assert decide(ballot(kind, unit), some).standing == "undecided"


def test_the_latest_edit_stands_over_any_first_sight_and_any_majority() -> None:
    some = [*(vote(one, "Breda", 90) for one in "abc"), typed("d", "Tilburg", 5), typed("e", "Delft", 7)]
    assert told(decide(ballot("text"), some)) == ("Delft", "edited")


def test_two_edits_of_one_moment_are_undecided_and_two_spellings_are_not() -> None:
    some = [typed("a", "Breda", 7), typed("b", "Tilburg", 7), typed("c", "Delft", 5), vote("d", "Breda")]
    found = decide(ballot("text"), some)
    assert found.standing == "undecided"
    assert [one.value for one in found.candidates] == ["Breda", "Tilburg"]
    some = [typed("a", "KOELN", 7), typed("b", "Köln", 7)]
    assert told(decide(ballot("text"), some)) == ("Köln", "edited")


def test_an_edit_that_says_less_gives_way_unless_its_author_took_the_rest_away() -> None:
    full = vote("a", name("Jan"))
    assert told(decide(ballot("name", GIVEN), [full, typed("b", name("J."), 9)])) == (name("Jan"), "fuller")
    shorter = typed("b", name("J."), 9, shortened=True)
    assert told(decide(ballot("name", GIVEN), [full, shorter])) == (name("J."), "edited")


def test_an_edit_that_says_less_than_two_rivals_stands() -> None:
    some = [vote("a", name("Jan")), vote("b", name("Joost")), typed("c", name("J."), 9)]
    assert told(decide(ballot("name", GIVEN), some)) == (name("J."), "edited")


def _moved(when: int) -> Vote:
    parts = (*codec("street_line").parts, "second_line", "postal_code", "city", "country")
    return typed("a", NEW, when, typed=dict.fromkeys(parts, at(when)))


def test_a_move_stands_over_what_was_typed_later_into_the_old_home() -> None:
    into = typed("b", home("Plein 2 A"), 9, typed={"house_number_addition": at(9)})
    assert told(decide(ballot("home"), [_moved(5), into])) == (NEW, "edited")


def test_who_types_another_home_where_none_stood_has_moved_too() -> None:
    other = home("Weg 9", postal_code="9999 XA", city="Goes")
    assert isinstance(other, dict)
    anew = typed("b", other, 9, typed=dict.fromkeys(other, at(9)))
    assert told(decide(ballot("home"), [_moved(5), anew])) == (other, "edited")
    assert told(decide(ballot("home"), [_moved(12), anew])) == (NEW, "edited")


def test_whose_number_is_put_right_at_the_time_of_a_move_or_later_is_asked() -> None:
    def beside(after: int, when: int) -> tuple[Value | None, str]:
        spans = {at(when): at(after)}
        right = typed("b", home("Plein 22"), when, typed={"house_number": at(when)}, spans=spans)
        return told(decide(ballot("home"), [_moved(5), right]))

    assert [beside(4, 6), beside(5, 5), beside(6, 7)] == [(None, "undecided")] * 3
    assert beside(2, 4) == (NEW, "edited")


def test_something_else_known_speaks_between_two() -> None:
    some = [vote("a", family("Jansen")), vote("b", family("Janssen"))]
    known = Known(mailboxes=frozenset({"d.janssen"}))
    found = decide(ballot("name", FAMILY, known=known), some)
    assert told(found) == (family("Janssen"), "majority")


def test_an_emptying_takes_older_votes_of_what_was_emptied_and_those_written_over() -> None:
    gone = Struck(person("a"), at(10), ("Breda",))
    some = [
        vote("b", "BREDA", 5),
        vote("b", "Tilburg", 5, overwritten=True),
        vote("b", "Tilburg", 5),
        vote("b", "Breda", 10),
        typed("b", "Breda", 11),
    ]
    assert [strikes(ballot("text"), gone, one) for one in some] == [True, True, False, False, False]
    emptied = Struck(person("a"), at(10), (name("Jan"),))
    assert strikes(ballot("name", GIVEN), emptied, vote("b", name("J."), 5))
    emptied = Struck(person("a"), at(10), (name("J."),))
    assert not strikes(ballot("name", GIVEN), emptied, vote("b", name("Jan"), 5))


def test_who_empties_a_home_with_its_door_empties_it_where_there_is_no_room_for_one() -> None:
    gone = Struck(person("a"), at(10), (home("Plein 1", second_line="bus 3"),))
    told = [home("Plein 1"), home("Plein 1", second_line="bus 4"), home("Plein 2"), home("Weg 1")]
    assert [strikes(ballot("home"), gone, vote("b", one, 5)) for one in told] == [True, False, False, False]


KINDS = ["name", "joined name", "home", "date", "text", "firm"]
BALLOTS = [(kind, unit) for kind in KINDS for unit in OPINIONS[kind].units]
each_ballot = pytest.mark.parametrize(("kind", "unit"), BALLOTS)
SYSTEMS = st.sampled_from("abc")


@st.composite
def polls(draw: st.DrawFn, kind: str, unit: Unit) -> list[Vote]:
    """Votes of some records, each with one."""
    found = {}
    for number in range(draw(st.integers(1, 5))):
        key = person(draw(SYSTEMS), number)
        when = draw(st.integers(0, 4))
        edited = draw(st.sampled_from([None, None, at(when)]))
        made = draw(st.sampled_from([None, at(when - 1)]))
        found[key] = Vote(key, draw(shares(kind, unit)), at(when), edited, made=made)
    return list(found.values())


@each_ballot
@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_who_is_asked_first_cannot_matter(kind: str, unit: Unit, data: st.DataObject) -> None:
    votes = data.draw(polls(kind, unit))
    turned = data.draw(st.permutations(votes))
    assert decide(ballot(kind, unit), votes) == decide(ballot(kind, unit), turned)


@each_ballot
@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_what_a_system_says_twice_it_says_once(kind: str, unit: Unit, data: st.DataObject) -> None:
    votes = data.draw(polls(kind, unit))
    again = data.draw(st.sampled_from(votes))
    twice = [*votes, again._replace(record=person(again.record.system, 99))]
    one, other = decide(ballot(kind, unit), votes), decide(ballot(kind, unit), twice)
    assert one.value == other.value
    assert {canonical(it.value) for it in one.candidates} == {canonical(it.value) for it in other.candidates}


@each_ballot
@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_what_stands_is_said_and_nothing_that_says_more_is_passed_over(
    kind: str, unit: Unit, data: st.DataObject
) -> None:
    votes = [one._replace(edited=None) for one in data.draw(polls(kind, unit))]
    found = decide(ballot(kind, unit), votes)
    if found.standing == "undecided":
        assert len(found.candidates) > 1
        return
    assert found.value in [one.says for one in votes]
    assert not any(OPINIONS[kind].covers(unit, one.says, found.value or "") for one in votes)


@st.composite
def asked(draw: st.DrawFn, kind: str) -> list[Testimony]:
    """What records say about a field: in a name some on one line."""
    found = []
    for number in range(draw(st.integers(1, 5))):
        joined = kind == "name" and draw(st.booleans())
        opinion = OPINIONS["joined name"] if joined else OPINIONS[kind]
        value = draw(VALUES["joined name" if joined else kind])
        when = draw(st.integers(1, 4))
        claim = Claim(value, at(when), "first")
        if draw(st.sampled_from([False, False, True])):
            before = draw(VALUES[kind])
            parts = opinion.typed([before], value)
            if parts:
                claim = Claim(
                    value, at(when), "edit", (before,), typed=dict.fromkeys(sorted(parts), at(when))
                )
        made = draw(st.sampled_from([None, at(when - 1)]))
        key = person(draw(SYSTEMS), number)
        found.append(Testimony(key, claim, made=made, opinion=opinion if joined else None))
    return found


each_field = pytest.mark.parametrize("kind", ["name", "home", "date"])


@each_field
@given(data=st.data())
@settings(max_examples=200, deadline=None)
def test_a_verdict_is_of_the_set_of_testimonies(kind: str, data: st.DataObject) -> None:
    some = data.draw(asked(kind))
    case = Case(AGREED, OPINIONS[kind])
    assert elect(case, some) == elect(case, data.draw(st.permutations(some)))


@each_field
@given(data=st.data())
@settings(max_examples=200, deadline=None)
def test_a_record_entered_twice_in_one_system_changes_no_verdict(kind: str, data: st.DataObject) -> None:
    some = data.draw(asked(kind))
    again = data.draw(st.sampled_from(some))
    case = Case(AGREED, OPINIONS[kind])
    twice = [*some, again._replace(record=person(again.record.system, 99))]
    assert _verdict(elect(case, some)) == _verdict(elect(case, twice))


def test_a_twin_does_not_bring_back_what_somebody_took_away_since() -> None:
    whole: Value = {"city": "Breda", "postal_code": "1012", "country": "NL"}
    parts = (*codec("street_line").parts, "second_line", "postal_code", "city", "country")
    moved = Claim(whole, at(1), "edit", typed=dict.fromkeys(parts, at(1)))
    less = Claim({"city": "Breda"}, at(2), "edit", (whole,), typed={"country": at(2)})
    some = [Testimony(person("a", 0), moved), Testimony(person("a", 1), less)]
    for told in (some, [*some, Testimony(person("a", 99), moved)]):
        found = elect(Case(AGREED, OPINIONS["home"]), told).value
        assert found == {"city": "Breda", "postal_code": "1012"}


def _verdict(found: Verdict) -> tuple[object, ...]:
    candidates = {unit: sorted(canonical(it.value) for it in some) for unit, some in found.candidates.items()}
    return found.value, dict(found.standing), candidates
