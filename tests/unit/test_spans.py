"""When something was typed is an interval: what is certain, what is not, and what a person is asked."""

from datetime import timedelta
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.codecs.opinions import EXACT, OPINIONS
from hub.golden.cell import observe
from hub.golden.claims import NO_SPANS, Claim, Reading, Rules, late_from
from hub.golden.testimony import Testimony
from hub.golden.vote import Ballot, Vote
from hub.golden.voting import decide
from hub.model.opinion import NOTHING_KNOWN
from hub.model.rule import Rule
from hub.model.value import Value
from tests.unit.said import at, decided, edit, first, person, removal, span, survive, typed
from tests.unit.test_cell import HOMES, JAN, MOVED, NAMES, PLEIN, with_parts

LATEST, CONSENT = Rule("latest"), Rule("consent", ("brevo",))


# a reading


@pytest.mark.parametrize(
    ("reading", "made", "spans"),
    [
        (Reading(at(100), at(60)), 100, span(100, 60)),
        (Reading(at(100), at(60), at(80)), 80, span(80, 60)),
        (Reading(at(100), at(60), at(50)), 60, NO_SPANS),
        (Reading(at(100), at(60), at(300)), 100, span(100, 60)),
        (Reading(at(100), at(60), at(95), at(80)), 80, NO_SPANS),
        (Reading(at(100), at(60), None, at(20)), 60, NO_SPANS),
        (Reading(at(100), at(60), None, at(300)), 100, NO_SPANS),
        (Reading(at(100), at(100)), 100, NO_SPANS),
    ],
    ids=["no stamp", "stamp", "stamp too old", "stamp ahead", "history", "old", "ahead", "no time between"],
)
def test_between_the_last_reading_and_this_one_narrowed_by_what_the_system_tells(
    reading: Reading, made: int, spans: dict[str, str]
) -> None:
    assert (reading.authored_at(), reading.spans()) == (at(made), spans)


@pytest.mark.parametrize(
    ("stamp", "history", "after"),
    [
        (70, None, 60),
        (60, None, 60),
        (59, None, 50),
        (50, None, 50),
        (49, None, 60),
        (59, 55, 55),
        (None, None, 60),
    ],
    ids=["after", "as late", "late", "as late as may be", "not its own", "history", "none"],
)
def test_what_is_stamped_before_the_last_reading_may_have_been_typed_before_that(
    stamp: int | None, history: int | None, after: int
) -> None:
    stamped, typed = (None if one is None else at(one) for one in (stamp, history))
    early = late_from(at(60), stamped, timedelta(seconds=10))
    reading = Reading(at(100), at(60), stamped, typed, early)
    by = reading.authored_at()
    assert by >= at(60), "a slow clock over there makes nothing older than what was typed over"
    assert reading.spans().get(by, by) == at(after)


@given(
    st.integers(0, 50),
    st.integers(0, 50),
    st.none() | st.integers(0, 120),
    st.none() | st.integers(0, 120),
    st.none() | st.integers(0, 120),
)
def test_no_interval_is_wider_than_the_two_readings(
    since: int, more: int, stamp: int | None, history: int | None, shown: int | None
) -> None:
    told = [None if one is None else at(one) for one in (stamp, history)]
    reading = Reading(at(since + more), at(since), *told)
    by = reading.authored_at()
    after = reading.spans(None if shown is None else at(shown)).get(by, by)
    assert at(since) <= after <= by <= at(since + more)
    if history is not None:
        assert after == by


def test_who_types_over_what_the_hub_put_there_did_so_after_it_was_sent() -> None:
    reading = Reading(at(100), at(60), at(90))
    assert reading.spans(at(70)) == span(90, 70)
    assert reading.spans(at(10)) == span(90, 60)
    assert reading.spans(at(95)) == NO_SPANS


# a claim


def claim(by: int, after: int) -> Claim:
    """A claim made between two seconds."""
    return Claim("x", at(by), "edit", spans=span(by, after) if after < by else NO_SPANS)


CLAIMS = st.builds(lambda after, more: claim(after + more, after), st.integers(0, 9), st.integers(0, 5))


@given(CLAIMS, CLAIMS, CLAIMS)
def test_before_is_a_strict_partial_order(one: Claim, other: Claim, third: Claim) -> None:
    assert not one.precedes(one)
    assert not (one.precedes(other) and other.precedes(one))
    if one.precedes(other) and other.precedes(third):
        assert one.precedes(third)


@given(CLAIMS, CLAIMS)
def test_before_is_certain_and_only_that(one: Claim, other: Claim) -> None:
    """Whenever within its interval each was made, who precedes was made first; and where not, need not be."""
    if one.precedes(other):
        assert one.at <= other.after() and one.at < other.at
    else:
        assert one.at >= other.at or one.at > other.after()


def test_before_is_decided_of_points_by_the_points() -> None:
    assert claim(5, 5).precedes(claim(6, 6)) and not claim(6, 6).precedes(claim(5, 5))
    assert not claim(5, 5).precedes(claim(5, 5))
    assert claim(5, 2).precedes(claim(9, 5)) and not claim(6, 2).precedes(claim(9, 5))


def test_what_was_typed_earlier_in_a_value_keeps_its_own_interval() -> None:
    cell = observe(None, JAN, Reading(at(0), at(0)), NAMES).cell
    cell = observe(cell, with_parts(JAN, given_name="Joost"), Reading(at(120), at(60)), NAMES).cell
    both: Value = {"given_name": "Joost", "family_name": "Bakker"}
    cell = observe(cell, both, Reading(at(240), at(180)), NAMES).cell
    assert cell.claim is not None and cell.claim.spans == {at(120): at(60), at(240): at(180)}
    assert (cell.claim.after(at(120)), cell.claim.after()) == (at(60), at(180))
    third = observe(cell, with_parts(both, given_name="Piet"), Reading(at(360), at(300)), NAMES).cell
    assert third.claim is not None and third.claim.spans == {at(240): at(180), at(360): at(300)}


def test_a_later_touch_of_the_record_says_nothing_of_what_was_typed_before() -> None:
    cell = observe(None, "Utrecht", Reading(at(0), at(0)), Rules()).cell
    cell = observe(cell, "Delft", Reading(at(60), at(0), at(30)), Rules()).cell
    again = observe(cell, "Delft", Reading(at(120), at(60), at(110)), Rules()).cell
    assert again.claim == cell.claim
    assert again.claim is not None and (again.claim.at, again.claim.after()) == (at(30), at(0))


# two edits


def test_the_certainly_later_of_two_edits_stands() -> None:
    found = decided(typed("a", "Delft", 10, 5), typed("b", "Breda", 20, 10))
    assert (found.value, found.standing) == ("Breda", "edited")


@pytest.mark.parametrize(("by", "after"), [(20, 9), (20, 0), (10, 5), (11, 9)])
def test_of_two_that_conflict_and_overlap_nobody_is_written_over_and_both_are_told(
    by: int, after: int
) -> None:
    found = decided(typed("a", "Delft", 10, 5), typed("b", "Breda", by, after))
    assert (found.value, found.standing) == (None, "undecided")
    assert {one.value: one.records for one in found.candidates} == {
        "Delft": (person("a"),),
        "Breda": (person("b"),),
    }


def test_of_two_that_overlap_and_say_the_same_it_stands() -> None:
    found = decided(typed("a", "DELFT", 10, 5), typed("b", "Delft", 12, 6))
    assert (found.value, found.standing) == ("Delft", "edited")


def test_of_two_that_overlap_and_of_which_one_says_more_the_fuller_stands() -> None:
    less: Value = {"given_name": "J."}
    more: Value = {"given_name": "Jan"}
    for one, other in ((less, more), (more, less)):
        found = decided(typed("a", one, 10, 5), typed("b", other, 12, 6), kind="name", unit="given_name")
        assert found.value == more


def test_what_was_certainly_typed_before_both_is_no_candidate() -> None:
    found = decided(typed("a", "Delft", 10, 6), typed("b", "Breda", 12, 6), typed("c", "Goes", 5, 2))
    assert {one.value for one in found.candidates} == {"Delft", "Breda"}


def test_a_history_of_the_field_tells_which_was_later() -> None:
    """The same two readings; HubSpot tells to the second when its field was typed."""
    overlapping = (typed("hubspot", "Delft", 10, 5), typed("brevo", "Breda", 12, 5))
    assert decided(*overlapping).standing == "undecided"
    assert decided(typed("hubspot", "Delft", 4), typed("brevo", "Breda", 12, 5)).value == "Breda"
    assert decided(typed("hubspot", "Delft", 13), typed("brevo", "Breda", 12, 5)).value == "Delft"
    assert decided(typed("hubspot", "Delft", 8), typed("brevo", "Breda", 12, 5)).standing == "undecided"


@pytest.mark.parametrize("who", ["a", "b", "c"])
def test_the_next_edit_after_both_were_read_decides(who: str) -> None:
    both = [typed("a", "Delft", 10, 5), typed("b", "Breda", 12, 6)]
    others = [one for one in both if one.record.system != who]
    found = decided(*others, typed(who, "Goes", 30, 12))
    assert (found.value, found.standing) == ("Goes", "edited")


def test_the_owner_s_answer_decides_and_is_not_asked_again() -> None:
    both = [typed("a", "Delft", 10, 5), typed("b", "Breda", 12, 6)]
    answer = Vote(person("c"), "Delft", at(20), edited=at(20), answered=True)
    assert (decided(*both, answer).value, decided(*both, answer).standing) == ("Delft", "edited")


def test_a_move_and_a_word_typed_meanwhile_into_the_old_home_are_no_conflict() -> None:
    start = observe(None, PLEIN, Reading(at(0), at(0)), HOMES).cell
    moved = observe(start, MOVED, Reading(at(100), at(50)), HOMES).cell
    into = observe(start, with_parts(PLEIN, house_number_addition="A"), Reading(at(110), at(60)), HOMES).cell
    assert moved.claim and into.claim
    said = [Testimony(person("a"), moved.claim), Testimony(person("b"), into.claim)]
    for some in permutations(said):
        verdict = survive(LATEST, *some, opinion=OPINIONS["home"])
        assert (verdict.value, verdict.standing) == (MOVED, {"": "edited"})


def test_two_moves_that_overlap_are_asked_about() -> None:
    elsewhere: Value = {"street": "Markt", "house_number": "1", "postal_code": "2000 XX", "city": "Goes"}
    start = observe(None, PLEIN, Reading(at(0), at(0)), HOMES).cell
    cells = [observe(start, one, Reading(at(100), at(50)), HOMES).cell for one in (MOVED, elsewhere)]
    said = [Testimony(person(s), one.claim) for s, one in zip("ab", cells, strict=True) if one.claim]
    verdict = survive(LATEST, *said, opinion=OPINIONS["home"])
    assert verdict.standing == {"": "undecided"}
    assert len(verdict.candidates[""]) == 2


def test_only_the_unit_that_two_typed_at_once_is_asked_about() -> None:
    start = observe(None, JAN, Reading(at(0), at(0)), NAMES).cell
    one = observe(start, with_parts(JAN, given_name="Joost"), Reading(at(100), at(50)), NAMES).cell
    two: Value = {"given_name": "Piet", "family_name": "Bakker"}
    other = observe(start, two, Reading(at(110), at(60)), NAMES).cell
    assert one.claim and other.claim
    verdict = survive(
        LATEST,
        Testimony(person("a"), one.claim),
        Testimony(person("b"), other.claim),
        opinion=OPINIONS["name"],
    )
    assert verdict.value == {"family_name": "Bakker"}
    assert verdict.standing == {"given_name": "undecided", "family_name": "edited"}


TIMES = st.tuples(st.integers(0, 9), st.integers(0, 6))
EDITS = st.lists(st.tuples(st.sampled_from(["Delft", "Breda", "Goes"]), TIMES), min_size=2, max_size=4)


@given(EDITS)
@settings(max_examples=300)
def test_what_stands_may_be_said_last_and_what_may_not_is_no_candidate(
    some: list[tuple[str, tuple[int, int]]],
) -> None:
    """The law of intervals: undecided just where two that conflict may each have been the last."""
    votes = [
        typed(f"s{number}", value, after + more, after if more else None)
        for number, (value, (after, more)) in enumerate(some)
    ]
    found = decide(Ballot(EXACT, "", NOTHING_KNOWN), votes)
    times = [(one.edited or "", one) for one in votes]
    maybe_last = {
        str(one.says) for by, one in times if not any(by < at and by <= it.after(at) for at, it in times)
    }
    if len(maybe_last) == 1:
        assert (found.standing, {found.value}) == ("edited", maybe_last)
    else:
        assert (found.standing, found.value) == ("undecided", None)
        assert {one.value for one in found.candidates} == maybe_last


@given(EDITS, st.integers(1, 5))
def test_an_edit_after_all_were_read_always_decides(
    some: list[tuple[str, tuple[int, int]]], more: int
) -> None:
    votes = [
        typed(f"s{number}", value, after + wide, after if wide else None)
        for number, (value, (after, wide)) in enumerate(some)
    ]
    read = max(after + wide for _, (after, wide) in some)
    found = decide(Ballot(EXACT, "", NOTHING_KNOWN), [*votes, typed("next", "Almelo", read + more, read)])
    assert (found.value, found.standing) == ("Almelo", "edited")


# consent


@pytest.mark.parametrize("seconds", [6, 9, 10, 15])
def test_a_no_is_not_lifted_by_a_yes_that_may_be_older(seconds: int) -> None:
    granted = removal("brevo", "no", 10, after=5)
    verdict = survive(CONSENT, edit("hubspot", "no", seconds, after=seconds - 3), granted)
    assert verdict.value == "no"


@pytest.mark.parametrize("seconds", [0, 4, 5])
def test_a_no_is_lifted_by_a_yes_that_is_certainly_later(seconds: int) -> None:
    granted = removal("brevo", "no", 10, after=5)
    no = edit("hubspot", "no", seconds, after=seconds - 3)
    assert survive(CONSENT, no, granted).value is None
    assert survive(CONSENT, no, granted, edit("zendesk", "no", 30, after=8)).value == "no"


def test_of_one_no_taken_back_elsewhere_and_one_yes_the_order_must_be_certain() -> None:
    back = removal("hubspot", "no", 9, own=2, after=7)
    assert survive(CONSENT, back, removal("brevo", "no", 5, after=3)).value is None
    assert survive(CONSENT, back, removal("brevo", "no", 5, after=1)).value == "no"


@given(st.lists(st.tuples(st.booleans(), st.booleans(), TIMES), max_size=5))
def test_less_certainty_never_lifts_a_no(some: list[tuple[bool, bool, tuple[int, int]]]) -> None:
    """Wider intervals keep every no that narrower ones keep."""

    def said(*, wide: bool) -> list[Testimony]:
        found = []
        for number, (grants, brevo, (after, more)) in enumerate(some, 1):
            system, start = "brevo" if brevo else "hubspot", after if wide else None
            make = removal if grants else edit
            found.append(make(system, "no", after + more + 1, number=number, after=start))
        return found

    if survive(CONSENT, *said(wide=False)).value == "no":
        assert survive(CONSENT, *said(wide=True)).value == "no"


# what the guard and the refusals ask: after when what stands was typed


def test_a_verdict_tells_after_when_what_stands_was_typed() -> None:
    assert survive(LATEST, first("a", "Delft")).typed is None
    assert survive(LATEST, edit("a", "Delft", 9, after=4)).typed == at(4)
    assert survive(LATEST, first("b", "Breda"), edit("a", "Delft", 9, after=4)).typed == at(4)
    assert survive(LATEST, first("b", "Delft"), removal("a", "Delft", 9, after=4)).typed == at(4)
