"""What the journal tells of writes: which values changed, whose they are, and what each judge counts."""

from typing import Any

from bench.harm.identity import Identity
from bench.harm.reading import changes
from bench.harm.tally import brief, figures
from bench.harm.writes import Shelf, Written, judged
from sandbox.core.journal import Entry
from tests.unit.test_harm_judge import somebody

KEY = "hubspot/person/1"
ROW = {"firstname": "Johannes", "lastname": "van der Berg", "phone": "06-24681350", "mobilephone": None}


def entry(seq: int, before: dict[str, Any], after: dict[str, Any], **other: str) -> Entry:
    said = {
        "system": "hubspot",
        "actor": "hub",
        "object": "contacts",
        "key": "1",
        "action": "update",
        **other,
    }
    return Entry(seq=seq, at="", before=before, after=after, **said)  # type: ignore[arg-type]


def written(entries: list[Entry], **row: Any) -> list[tuple[str, str, str]]:
    shelf = Shelf({("hubspot", "1"): {**ROW, **row}})
    found = judged(shelf.turn(entries), {KEY: "p1"}, {"p1": somebody()})
    return [(one.field, one.was, one.became) for one in found]


def test_a_write_is_judged_value_by_value() -> None:
    one = entry(1, {"firstname": "Johannes", "lastname": "van der Berg"}, {"firstname": "J.", "lastname": ""})
    assert written([one]) == [("given", "right", "poorer"), ("family", "right", "empty")]


def test_what_people_type_and_what_the_hub_creates_is_not_judged_but_known() -> None:
    typed = entry(1, {"firstname": "Johannes"}, {"firstname": "Jo"}, actor="human")
    made = entry(2, {}, {"firstname": "Jo"}, key="2", action="create")
    back = entry(3, {"firstname": "Jo"}, {"firstname": "Johannes"})
    assert written([typed, made, back]) == [("given", "wrong", "right")]


def test_a_number_that_changes_places_is_no_write_and_another_notation_is_one() -> None:
    swap = entry(
        1, {"phone": "06-24681350", "mobilephone": None}, {"phone": None, "mobilephone": "06-24681350"}
    )
    assert written([swap]) == []
    respelt = entry(1, {"phone": "06-24681350"}, {"phone": "+31624681350"})
    assert written([respelt]) == [("phone", "right", "right")]
    lost = entry(1, {"phone": "06-24681350"}, {"phone": "+31600000000"})
    assert written([lost]) == [("phone", "right", "wrong")]


def test_a_second_line_left_behind_makes_another_address() -> None:
    home = {"address": "Zandweg 7", "address2": "bus 3"}
    moved = entry(1, {"address": "Zandweg 7"}, {"address": "Kerkstraat 12A"})
    assert written([moved], **home) == [("street", "wrong", "wrong")]
    assert written([moved], address="Zandweg 7") == [("street", "former", "right")]


def test_of_a_firms_contact_the_name_alone_is_the_persons() -> None:
    before = {"company_name": "Aurora", "firstname": "J.", "address1": "Markt 1", "phone": "1"}
    after = {**before, "firstname": "Johannes", "address1": "Markt 2", "phone": "2"}
    assert [one[0] for one in changes("moneybird", before, after, somebody())] == ["given"]


def test_a_name_in_one_line_changes_only_where_its_words_do() -> None:
    before, after = {"name": "J. van der Berg"}, {"name": "Johannes van der Berg"}
    assert list(changes("zendesk", before, after, somebody())) == [("given", "J.", "Johannes")]


def test_the_strict_judge_takes_what_was_right_once_for_wrong() -> None:
    some = [
        Written("brevo", KEY, "p1", "street", "", "", was, became)  # type: ignore[arg-type]
        for was, became in (("right", "former"), ("former", "right"), ("empty", "wrong"), ("right", "poorer"))
    ]
    counts = {"writes": 4, "harm": 3, "harm_per_1000_writes": 750.0, "better": 1}
    assert brief("strict", some) == {**counts, "over_values": 2, "over_values_per_1000_writes": 500.0}
    counts = {"writes": 4, "harm": 1, "harm_per_1000_writes": 250.0, "better": 0}
    assert brief("lenient", some) == {**counts, "over_values": 1, "over_values_per_1000_writes": 250.0}
    assert figures(some)["strict"]["by_field"]["street"]["kinds"]["right→wrong"] == 1


def test_records_of_two_people_in_one_golden_record_are_apart_and_a_created_one_is_about_its_fellows() -> (
    None
):
    who = Identity({"a": "p1", "b": "p2", "c": "p3"})
    who.look([{"a", "b", "new"}, {"c", "other"}])
    assert who.mixed == {"a", "b", "new"} and who.strangers == 1
    assert who.customers == {"a": "p1", "b": "p2", "c": "p3", "other": "p3"}
    who.look([{"a"}, {"b", "new"}, {"c", "other"}])
    assert not who.mixed and who.customers["new"] == "p2"
