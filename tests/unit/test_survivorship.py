"""Which claim becomes golden: every rule of customer.yml, and that nothing depends on who came first."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.codecs.opinions import EXACT, OPINIONS
from hub.golden import choosing
from hub.golden.claims import Claim
from hub.golden.testimony import Case, Pin, Testimony, Verdict
from hub.model.opinion import Opinion
from hub.model.rule import RULE_NAMES, Rule
from hub.model.value import Value
from tests.unit.said import at, edit, first, person, removal

LATEST, AGREED, UNION = Rule("latest"), Rule("most_agreed"), Rule("union")
OWNER = Rule("only", ("moneybird",))
BEST = Rule("first_of", ("moneybird", "hubspot"))
TOTAL = Rule("total", ("moneybird",))
STRICT = Rule("strictest", order=("never", "weekly", "daily"))
CONSENT = Rule("consent", ("brevo",))
HOME, NAME = OPINIONS["home"], OPINIONS["name"]


def survive(rule: Rule, some: Sequence[Testimony], *pins: Pin, opinion: Opinion = EXACT) -> Verdict:
    """What stands, of values that are equal or not unless told otherwise."""
    return choosing.survive(Case(rule, opinion), some, pins)


def test_an_edit_beats_a_first_sight_whenever_that_was_touched() -> None:
    for seconds in (1, 5, 9):
        said = [first("a", "Delft", seconds), edit("b", "Breda", 5)]
        assert survive(LATEST, said).value == "Breda"
        assert survive(LATEST, said).standing == {"": "edited"}


def test_of_edits_the_latest_stands() -> None:
    said = [edit("a", "Delft", 9), edit("b", "Breda", 5)]
    assert survive(LATEST, said).value == "Delft"
    assert survive(LATEST, said).overruled == ()


def test_nothing_decides_between_two_first_sights() -> None:
    """When a record was touched tells nothing about when a field was typed."""
    verdict = survive(LATEST, [first("a", "Delft", 5), first("b", "Breda", 9)])
    assert (verdict.value, verdict.winner) == (None, None)
    assert verdict.standing == {"": "undecided"}
    assert [one.value for one in verdict.candidates[""]] == ["Breda", "Delft"]


def test_nothing_decides_between_two_edits_of_one_moment() -> None:
    said = [edit("a", "Delft", 5), edit("b", "Breda", 5), first("c", "Goes", 9)]
    verdict = survive(LATEST, said)
    assert verdict.standing == {"": "undecided"}
    assert {one.value for one in verdict.candidates[""]} == {"Delft", "Breda"}
    assert survive(LATEST, [*said, edit("c", "Breda", 6)]).value == "Breda"


def test_what_a_vendor_fills_in_by_itself_has_no_say_but_where_it_is_the_authority() -> None:
    filled = first("moneybird", "nl", 9)
    filled = filled._replace(claim=filled.claim._replace(how="default"))
    assert survive(LATEST, [filled, first("b", "de", 0)]).value == "de"
    assert survive(LATEST, [filled]).value is None
    assert survive(OWNER, [filled]).value == "nl"


def test_only_the_owner_decides_and_an_edit_elsewhere_is_overruled_and_visible() -> None:
    verdict = survive(OWNER, [first("moneybird", "NL1", 0), edit("hubspot", "NL2", 9)])
    assert (verdict.value, verdict.winner) == ("NL1", person("moneybird"))
    assert verdict.overruled == verdict.losers == (edit("hubspot", "NL2", 9),)


def test_only_without_the_owner_s_claim_is_empty_and_the_edit_is_told() -> None:
    verdict = survive(OWNER, [edit("hubspot", "NL2", 9)])
    assert (verdict.value, verdict.overruled) == (None, (edit("hubspot", "NL2", 9),))


def test_first_of_takes_the_best_system_that_says_anything() -> None:
    both = [first("moneybird", "Firm B.V.", 0), edit("hubspot", "Firm", 9)]
    assert survive(BEST, both).value == "Firm B.V."
    assert survive(BEST, both).overruled == (both[1],)
    assert survive(BEST, both[1:]).value == "Firm"


def test_first_of_within_one_system_takes_the_edit_and_tosses_no_coin() -> None:
    said = [first("moneybird", "Old", 0, 1), edit("moneybird", "New", 9, 2)]
    assert survive(BEST, said).value == "New"
    two = [first("moneybird", "Old", 0, 1), first("moneybird", "New", 9, 2), first("hubspot", "Old", 1)]
    assert survive(BEST, two).standing == {"": "undecided"}


def test_most_agreed_counts_systems_not_records() -> None:
    said = [first("a", "Jan", 9, number) for number in (1, 2, 3)]
    said += [first("b", "Johan", 1), first("c", "Johan", 1)]
    assert survive(AGREED, said).value == "Johan"


def test_most_agreed_gives_way_to_any_edit_and_the_latest_edit_wins() -> None:
    said = [first(one, "Jan", 9) for one in "abc"]
    assert survive(AGREED, [*said, edit("d", "Johan", 1)]).value == "Johan"
    assert survive(AGREED, [*said, edit("d", "Johan", 1), edit("e", "Joh", 2)]).value == "Joh"


def test_union_holds_every_element_last_confirmed_first() -> None:
    said = [first("a", "x", 1), first("a", "y", 2), edit("b", "z", 3), first("c", "x", 0)]
    assert survive(UNION, said).value == ["z", "y", "x"]


def test_union_drops_what_was_removed_later_and_takes_it_back_when_said_again() -> None:
    said = [first("a", "x", 1), first("b", "x", 1), first("a", "y", 1)]
    gone = [*said, removal("c", "x", 5)]
    assert survive(UNION, gone).value == ["y"]
    assert survive(UNION, [*gone, edit("d", "x", 7)]).value == ["x", "y"]
    assert survive(UNION, [*gone, edit("d", "x", 4)]).value == ["y"]


def test_an_emptied_union_says_who_emptied_it() -> None:
    said = [first("a", "x", 1), removal("c", "x", 5)]
    verdict = survive(UNION, said)
    assert (verdict.value, verdict.winner, verdict.losers) == (None, person("c"), (said[0],))


def test_strictest_takes_the_strictest_word_and_no_other() -> None:
    said = [edit("a", "daily", 9), first("b", "weekly", 0), edit("c", "sometimes", 9)]
    assert survive(STRICT, said).value == "weekly"
    assert survive(STRICT, said[2:]).value is None


def test_total_adds_the_owner_s_records_and_nobody_else_s() -> None:
    said = [first("moneybird", "10.50", 0, 1), first("moneybird", "2.25", 0, 2), edit("hubspot", "99.00", 9)]
    verdict = survive(TOTAL, said)
    assert verdict.value == "12.75" and verdict.overruled == (said[2],)
    assert survive(TOTAL, [first("moneybird", 2, 0, 1), first("moneybird", 3, 0, 2)]).value == 5
    assert survive(TOTAL, said[2:]).value is None


def test_a_removal_strikes_older_claims_of_that_value() -> None:
    said = [first("a", "Delft", 0), first("b", "Delft", 0), removal("c", "Delft", 5)]
    verdict = survive(LATEST, said)
    assert (verdict.value, verdict.winner) == (None, person("c"))
    assert survive(LATEST, [*said, edit("d", "Delft", 6)]).value == "Delft"


def test_a_removal_strikes_what_the_hub_had_overwritten_and_not_what_still_stands() -> None:
    gone = removal("c", "Delft", 5)
    assert survive(LATEST, [first("a", "Breda", 0)._replace(overwritten=True), gone]).value is None
    assert survive(LATEST, [first("a", "Breda", 0), gone]).value == "Breda"


def test_what_was_typed_over_does_not_come_back_when_that_is_emptied() -> None:
    said = [first("a", "Breda", 0), edit("b", "Delft", 3), removal("c", "Delft", 5)]
    assert survive(LATEST, said).value is None
    assert survive(LATEST, [*said, edit("d", "Breda", 4)]).value == "Breda"


@pytest.mark.parametrize("rule", [OWNER, BEST, TOTAL], ids=lambda rule: rule.name)
def test_who_may_not_decide_may_not_empty_either(rule: Rule) -> None:
    gone = removal("hubspot", "10.00", 5)
    verdict = survive(rule, [first("moneybird", "10.00", 0), gone])
    assert verdict.value == "10.00" and verdict.overruled == (gone,)
    owners = [first("moneybird", "10.00", 0, 1), removal("moneybird", "10.00", 5, number=2)]
    assert survive(rule, owners).value == ("10.00" if rule is TOTAL else None)


def test_a_better_system_may_empty_what_a_lesser_one_says() -> None:
    said = [first("hubspot", "NL1", 0), removal("moneybird", "NL1", 5)]
    assert survive(BEST, said).value is None


def test_a_retired_claim_stands_until_somebody_types_another_later() -> None:
    retired = edit("a", "Delft", 9)._replace(retired=True)
    for rule in (LATEST, AGREED):
        assert survive(rule, [retired]).value == "Delft"
        assert survive(rule, [retired, first("b", "Breda", 20)]).value == "Delft"
        assert survive(rule, [retired, edit("b", "Breda", 5)]).value == "Delft"
        assert survive(rule, [retired, edit("b", "Breda", 10)]).value == "Breda"
    assert survive(UNION, [retired]).value == ["Delft"]


def test_a_retired_first_sight_votes() -> None:
    retired = first("a", "Jan", 0)._replace(retired=True)
    assert survive(AGREED, [retired, first("b", "Jan", 0), first("c", "Jaan", 9)]).value == "Jan"


@pytest.mark.parametrize("rule", [OWNER, BEST], ids=lambda rule: rule.name)
def test_a_retired_claim_is_not_replaced_by_one_that_may_not_decide(rule: Rule) -> None:
    retired = first("moneybird", "10.00", 0)._replace(retired=True)
    assert survive(rule, [retired, first("zendesk", "20.00", 5)]).value == "10.00"


def test_a_fact_goes_with_its_record() -> None:
    retired = first("moneybird", "10.00", 0, 1)._replace(retired=True)
    assert survive(TOTAL, [retired]).value is None
    assert survive(TOTAL, [retired, first("moneybird", "2.00", 0, 2)]).value == "2.00"


def test_parts_the_winner_cannot_hold_come_from_one_of_the_same_home() -> None:
    room = frozenset({"city", "street", "postal_code"})
    short = edit("a", {"city": "Breda", "street": "Plein"}, 9)._replace(holds=room)
    full = first("b", {"city": "Breda", "street": "plein", "country": "NL"}, 0)
    verdict = survive(LATEST, [short, full], opinion=HOME)
    assert verdict.value == {"city": "Breda", "street": "Plein", "country": "NL"}
    assert verdict.filled == {"country": person("b")}


def test_an_address_never_mixes_two_houses() -> None:
    whole = edit("a", {"city": "Breda"}, 9)._replace(holds=frozenset({"city", "street"}))
    other = first("b", {"city": "Delft", "street": "Plein", "country": "NL"}, 0)
    assert survive(LATEST, [whole, other], opinion=HOME).value == {"city": "Breda"}


def test_a_pin_beats_everything_and_can_empty() -> None:
    said = [edit("a", "Delft", 9), removal("b", "Delft", 99)]
    for value in ("Breda", None):
        verdict = survive(LATEST, said, Pin(value, "an", "asked on the phone", at(1)))
        assert (verdict.value, verdict.rule) == (value, "pin")
        assert verdict.losers == (said[0],)


def test_each_pin_holds_what_it_tells_and_leaves_the_rest_open() -> None:
    typed = [edit("a", {"given_name": "Piet", "family_name": "Zonneveld"}, 9)]
    given = Pin({"given_name": "Jan"}, "an", "telephoned", at(1))
    family = Pin({"family_name_prefix": "de", "family_name": "Boer"}, "an", "telephoned", at(2))
    other = Pin({"family_name": "Bakker"}, "an", "married", at(3))
    assert survive(LATEST, typed, given, opinion=NAME).value == {
        "given_name": "Jan",
        "family_name": "Zonneveld",
    }
    both = {"given_name": "Jan", "family_name_prefix": "de", "family_name": "Boer"}
    assert survive(LATEST, typed, given, family, opinion=NAME).value == both
    last = survive(LATEST, typed, given, family, other, opinion=NAME)
    assert last.value == {"given_name": "Jan", "family_name": "Bakker"}
    assert set(last.standing.values()) == {"authority"}


def test_no_stands_whatever_else_was_said_later() -> None:
    no = first("hubspot", "no", 0)
    assert survive(CONSENT, [no]).value == "no"
    assert survive(CONSENT, [no, removal("zendesk", "no", 9)]).value == "no"
    assert survive(CONSENT, [no, removal("zendesk", "no", 9)]).overruled


def test_a_no_is_lifted_only_by_a_later_grant_of_a_named_system() -> None:
    no = first("hubspot", "no", 5)
    assert survive(CONSENT, [no, removal("brevo", "no", 4)]).value == "no"
    granted = survive(CONSENT, [no, removal("brevo", "no", 9)])
    assert (granted.value, granted.winner, granted.at) == (None, person("brevo"), at(9))
    assert survive(CONSENT, [no, removal("brevo", "no", 9), edit("zendesk", "no", 10)]).value == "no"


def test_taking_back_one_s_own_no_is_no_grant_where_the_rules_do_not_name_the_system() -> None:
    """The tick was there and is gone; only marketing may date a yes."""
    back = removal("hubspot", "no", 9, own=2)
    verdict = survive(CONSENT, [back])
    assert (verdict.value, verdict.at, verdict.overruled) == ("no", at(2), (back,))
    assert survive(CONSENT, [back, removal("brevo", "no", 1)]).value == "no"
    assert survive(CONSENT, [back, removal("brevo", "no", 5)]).value is None


SYSTEMS = ("brevo", "hubspot", "moneybird", "zendesk")
TEXTS: st.SearchStrategy[Value] = st.sampled_from(["no", "never", "weekly", "x"])
AMOUNTS: st.SearchStrategy[Value] = st.sampled_from(["1.00", "2.50", "0.00"])
HOUSES: st.SearchStrategy[Value] = st.dictionaries(
    st.sampled_from(["city", "street", "country"]), st.sampled_from(["p", "q"]), min_size=1
).map(dict)
RULES = [LATEST, AGREED, UNION, OWNER, BEST, TOTAL, STRICT, CONSENT]


@st.composite
def said(draw: st.DrawFn, rule: Rule) -> list[Testimony]:
    """What a handful of records say; one testimony a record, or one an element for a list."""
    values = (
        AMOUNTS
        if rule is TOTAL
        else TEXTS
        if rule.name in ("union", "strictest", "consent")
        else TEXTS | HOUSES
    )
    records = draw(st.lists(st.tuples(st.sampled_from(SYSTEMS), st.integers(1, 2)), unique=True, max_size=6))
    return [draw(_testimony(one, number, values)) for one, number in records]


@st.composite
def _testimony(draw: st.DrawFn, system: str, number: int, values: st.SearchStrategy[Value]) -> Testimony:
    gone = draw(st.booleans())
    value = draw(values)
    how: Any = "edit" if gone else draw(st.sampled_from(["first", "edit"]))
    since = at(draw(st.integers(0, 5))) if gone and draw(st.booleans()) else None
    claim = Claim(None if gone else value, at(draw(st.integers(0, 5))), how, (value,) if gone else (), since)
    holds = draw(st.none() | st.just(frozenset({"city", "street"})))
    return Testimony(person(system, number), claim, draw(st.booleans()), draw(st.booleans()), holds)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
@given(data=st.data())
def test_who_came_first_cannot_matter(rule: Rule, data: st.DataObject) -> None:
    some = data.draw(said(rule))
    shuffled = data.draw(st.permutations(some))
    for opinion in (EXACT, HOME):
        assert survive(rule, shuffled, opinion=opinion) == survive(rule, some, opinion=opinion)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
@given(data=st.data())
def test_a_golden_value_is_somebody_s_claim(rule: Rule, data: st.DataObject) -> None:
    some = data.draw(said(rule))
    verdict = survive(rule, some)
    if verdict.value is None or rule in (TOTAL, CONSENT):
        return
    claimed = [one.claim.value for one in some]
    assert "undecided" not in verdict.standing.values()
    for value in verdict.value if rule is UNION and isinstance(verdict.value, list) else [_chosen(verdict)]:
        assert value in claimed


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
@given(data=st.data())
def test_an_overruled_testimony_is_an_edit_that_did_not_win(rule: Rule, data: st.DataObject) -> None:
    some = data.draw(said(rule))
    verdict = survive(rule, some)
    for one in verdict.overruled:
        assert one.claim.how == "edit" and one in some
        assert one.claim.value is None or one.claim.value != verdict.value


def test_every_rule_is_tried_here() -> None:
    assert {rule.name for rule in RULES} == set(RULE_NAMES)


def _chosen(verdict: Verdict) -> Value | None:
    """The golden value without the parts that were filled in."""
    if not isinstance(verdict.value, dict):
        return verdict.value
    return {part: one for part, one in verdict.value.items() if part not in verdict.filled}
