"""When something was typed is an interval: what is certain, what is not, and what a person is asked."""

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.codecs.opinions import EXACT, OPINIONS
from hub.golden import choosing
from hub.golden.cell import observe, sent
from hub.golden.claims import NO_SPANS, Claim, Reading, Rules
from hub.golden.testimony import Case, Testimony, Verdict
from hub.golden.voting import Ballot, Decision, Struck, Vote, decide, strikes
from hub.model.opinion import NOTHING_KNOWN, Opinion
from hub.model.rule import Rule
from hub.model.value import Value
from tests.unit.said import at, edit, first, person, removal, span
from tests.unit.test_cell import HOMES, JAN, MOVED, NAMES, PLEIN, with_parts

LATEST, UNION, CONSENT = Rule("latest"), Rule("union"), Rule("consent", ("brevo",))
STRICT = Rule("strictest", order=("never", "weekly", "daily"))


def survive(rule: Rule, *some: Testimony, opinion: Opinion = EXACT) -> Verdict:
    """What stands."""
    return choosing.survive(Case(rule, opinion), some)


def typed(system: str, says: Value, by: int, after: int | None = None) -> Vote:
    """What somebody typed at a second at the latest, after another."""
    return Vote(person(system), says, at(by), edited=at(by), spans=span(by, after))


def decided(*votes: Vote, kind: str = "text", unit: str = "") -> Decision:
    """What stands of one unit, whoever is asked first."""
    ballot = Ballot(OPINIONS[kind], unit, NOTHING_KNOWN)
    found = [decide(ballot, some) for some in permutations(votes)]
    assert all(one == found[0] for one in found)
    return found[0]


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


# removals


def test_a_removal_that_may_be_older_than_a_claim_does_not_strike_it() -> None:
    ballot = Ballot(EXACT, "", NOTHING_KNOWN)
    gone = Struck(person("a"), at(10), ("Delft",), at(5))
    sure = [typed("b", "Delft", when) for when in (3, 5)]
    unsure = [typed("b", "Delft", when) for when in (6, 10, 11)]
    assert [strikes(ballot, gone, one) for one in (*sure, *unsure)] == [True, True, False, False, False]
    assert not strikes(ballot, gone, typed("b", "Delft", 8, 2)._replace(overwritten=True))
    assert strikes(ballot, gone, typed("b", "Breda", 5, 2)._replace(overwritten=True))


@pytest.mark.parametrize("rule", [LATEST, UNION, STRICT], ids=lambda rule: rule.name)
def test_a_removal_takes_what_was_certainly_said_before_it_and_nothing_else(rule: Rule) -> None:
    gone = removal("c", "weekly", 10, after=5)
    for seconds, stands in ((4, False), (5, False), (6, True), (10, True), (12, True)):
        found = survive(rule, edit("a", "weekly", seconds, after=3), gone).value
        assert found == ((["weekly"] if rule is UNION else "weekly") if stands else None), seconds


def _told(kind: str, *values: Value | None) -> Claim:
    """What is claimed where these were read, one every ten seconds from the twentieth on."""
    rules = Rules(opinions={} if kind == "text" else {"it": OPINIONS[kind]})
    cell = None
    for number, value in enumerate(values):
        reading = Reading(at(20 + 10 * number), at(10 + 10 * number))
        cell = observe(cell, value, reading, rules, "it").cell
    assert cell and cell.claim
    return cell.claim


ELSEWHERE: Value = {"street": "Dijkweg", "house_number": "102", "postal_code": "1234 AB", "city": "Delft"}
FAMILY_ONLY: Value = {"family_name": "Jansen"}
PETRA: Value = {"given_name": "Petra", "family_name": "Jansen"}
MARIJKE: Value = {"given_name": "Marijke", "family_name": "Jansen"}
ANNEKE: Value = {"given_name": "Anneke", "family_name": "Jansen"}


@pytest.mark.parametrize(
    ("kind", "here", "there", "stands"),
    [
        ("text", ("b", "c", None), "b", None),
        ("text", ("b", "c", None), "a", "a"),
        ("text", ("b", "c", None, "d", None), "b", None),
        ("text", (None, "c", None), "b", "b"),
        ("name", (PETRA, MARIJKE, FAMILY_ONLY), PETRA, FAMILY_ONLY),
        ("name", (PETRA, MARIJKE, FAMILY_ONLY), ANNEKE, ANNEKE),
        ("name", (FAMILY_ONLY, MARIJKE, FAMILY_ONLY), PETRA, PETRA),
        (
            "name",
            (PETRA, MARIJKE, FAMILY_ONLY, {"family_name": "Jansens"}),
            PETRA,
            {"family_name": "Jansens"},
        ),
        ("home", (PLEIN, MOVED, None), PLEIN, None),
        ("home", (PLEIN, MOVED, None), ELSEWHERE, ELSEWHERE),
        ("home", (None, MOVED, None), PLEIN, PLEIN),
    ],
)
def test_what_somebody_typed_over_does_not_come_back_when_his_word_is_emptied(
    kind: str, here: tuple[Value | None, ...], there: Value, stands: Value | None
) -> None:
    """The other record was never written over: the plan was held, or the record is deleted."""
    gone = Testimony(person("a"), _told(kind, *here))
    other = first("b", there, 5)
    assert survive(LATEST, gone, other, opinion=OPINIONS[kind]).value == stands


@pytest.mark.parametrize(("sent_at", "stands"), [(25, None), (3, "b")], ids=["before", "after"])
def test_what_the_hub_put_over_ones_own_word_takes_it_along_when_it_is_emptied(
    sent_at: int, stands: Value | None
) -> None:
    """He empties what the hub wrote; a deleted record still says what his people once did."""
    cell = observe(None, "b", Reading(at(2), at(1)), Rules()).cell
    cell = observe(sent(cell, "c", at(sent_at)), "c", Reading(at(30), at(20)), Rules()).cell
    claim = observe(cell, None, Reading(at(50), at(40)), Rules()).cell.claim
    assert claim and survive(LATEST, Testimony(person("a"), claim), first("b", "b", 5)).value == stands


def test_what_was_first_said_after_that_stands() -> None:
    gone = Testimony(person("a"), _told("text", "b", "c", None))
    assert survive(LATEST, gone, first("b", "b", 35)).value == "b"
    assert survive(
        STRICT, Testimony(person("a"), _told("text", "weekly", "daily", None)), first("b", "never", 5)
    ).value


def test_a_unit_first_seen_after_the_emptying_stands_when_the_other_unit_is_corrected() -> None:
    gone = Testimony(person("a"), _told("name", PETRA, MARIJKE, FAMILY_ONLY))
    for called in ("Piet", "Marijke"):
        new: Value = {"given_name": called, "family_name": "Jansen"}
        cell = observe(
            None, new, Reading(at(90), at(80)), Rules(opinions={"it": OPINIONS["name"]}), "it"
        ).cell
        put: Value = {"given_name": called, "family_name": "Jansens"}
        rules = Rules(opinions={"it": OPINIONS["name"]})
        claim = observe(cell, put, Reading(at(110), at(100)), rules, "it").cell.claim
        assert claim
        assert survive(LATEST, gone, Testimony(person("b"), claim), opinion=OPINIONS["name"]).value == put


@pytest.mark.parametrize(
    ("by", "after", "stands"), [(35, 25, None), (25, 15, None), (20, 10, "x"), (45, 41, "x"), (55, 52, "x")]
)
def test_who_empties_one_of_two_that_nobody_could_order_has_decided(
    by: int, after: int, stands: Value | None
) -> None:
    """His word was typed between 20 and 30, the emptying between 40 and 50."""
    gone = Testimony(person("a"), _told("text", "b", "c", "c", None))
    verdict = survive(LATEST, gone, edit("b", "x", by, after=after))
    assert verdict.value == stands


def test_who_empties_what_the_hub_put_there_settles_nothing_between_others() -> None:
    cell = observe(None, "b", Reading(at(20), at(10)), Rules()).cell
    cell = observe(sent(cell, "c", at(25)), "c", Reading(at(30), at(20)), Rules()).cell
    claim = observe(cell, None, Reading(at(50), at(40)), Rules()).cell.claim
    assert claim and survive(LATEST, Testimony(person("a"), claim), edit("b", "x", 22, after=15)).value == "x"


def test_who_is_certainly_not_the_last_is_no_candidate() -> None:
    """Vos was typed over by Mos; of Bos nobody knows when it was typed."""
    found = decided(typed("a", "Vos", 20), typed("b", "Mos", 40), typed("c", "Bos", 60, 10))
    assert {one.value for one in found.candidates} == {"Mos", "Bos"}


def test_an_element_of_a_list_typed_and_removed_at_once_stays() -> None:
    said = [edit("a", "x", 9, after=4), removal("b", "x", 10, after=5), first("a", "y", 0, 2)]
    assert survive(UNION, *said).value == ["x", "y"]
    later = removal("b", "x", 20, after=9)
    assert survive(UNION, said[0], later, said[2]).value == ["y"]


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
