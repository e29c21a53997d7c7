"""What a person takes away by emptying it, from whom, and what of it does not come back."""

import pytest

from hub.codecs.opinions import EXACT, OPINIONS
from hub.golden.cell import observe, sent
from hub.golden.claims import Claim, Reading, Rules
from hub.golden.emptying import Struck, strikes
from hub.golden.testimony import Testimony
from hub.golden.vote import Ballot
from hub.model.opinion import NOTHING_KNOWN
from hub.model.rule import Rule
from hub.model.value import Value
from tests.unit.said import at, decided, edit, first, person, removal, survive, typed
from tests.unit.test_cell import MOVED, PLEIN

LATEST, UNION = Rule("latest"), Rule("union")
STRICT = Rule("strictest", order=("never", "weekly", "daily"))


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


@pytest.mark.parametrize(
    ("kind", "here", "other", "stands"),
    [
        ("text", (None, "c", "c", None), "x", None),
        ("name", (FAMILY_ONLY, MARIJKE, MARIJKE, FAMILY_ONLY), ANNEKE, FAMILY_ONLY),
        ("name", (PETRA, MARIJKE, MARIJKE, FAMILY_ONLY), ANNEKE, FAMILY_ONLY),
        ("home", (None, MOVED, MOVED, None), ELSEWHERE, None),
    ],
    ids=["where nothing stood", "a part where nothing stood", "a part", "a home where none was"],
)
def test_so_has_he_who_empties_what_was_typed_where_nothing_stood_or_a_part_of_it(
    kind: str, here: tuple[Value | None, ...], other: Value, stands: Value | None
) -> None:
    """His word was typed between 20 and 30, the other between 15 and 25, the emptying between 40 and 50."""
    gone = Testimony(person("a"), _told(kind, *here))
    verdict = survive(LATEST, gone, edit("b", other, 25, after=15), opinion=OPINIONS[kind])
    assert verdict.value == stands


def test_a_part_the_hub_left_as_it_was_said_is_not_written_over_with_the_rest() -> None:
    """Somebody types a surname, and all follow; then he empties his given name, which others never had."""

    def called(given: str, family: str) -> Value:
        return {"given_name": given, "family_name": family}

    smit: Value = {"family_name": "Smit"}
    gone = Testimony(person("a"), _told("name", called("Marjan", "Babaca"), called("Marjan", "Smit"), smit))
    others = [
        first(system, called(given, "Babaca"), 5)._replace(overwritten=True, shows=called(given, "Smit"))
        for system, given in (("b", "Marjan"), ("c", "Marian"), ("d", "Marian"))
    ]
    verdict = survive(LATEST, gone, *others, opinion=OPINIONS["name"])
    assert verdict.value == called("Marian", "Smit")


def test_what_was_kept_when_the_later_word_was_refused_is_not_emptied_with_that() -> None:
    """Brevo's word is refused in Moneybird, and somebody empties it in HubSpot, where the hub had put it."""
    said = [first("moneybird", "Gouda", 0), edit("brevo", "Breda", 3), removal("hubspot", "Breda", 5)]
    assert survive(LATEST, *said).value is None
    assert survive(LATEST, said[0]._replace(kept=("Breda",)), *said[1:]).value == "Gouda"


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
