"""Inputs on which opinions, cells and targets once went wrong, each with what is right."""

from hub.codecs import codec
from hub.codecs.opinions import OPINIONS
from hub.golden.cell import Cell, observe, sent
from hub.golden.claims import Claim, Rules
from hub.model.opinion import NOTHING_KNOWN
from hub.model.value import Value
from hub.publish.target import Stand, Target, target
from tests.unit.said import at, read_at

T1, T2 = (f"2026-0{month}-01T00:00:00.000000Z" for month in (1, 2))


def line(text: str) -> Value:
    """A name as its codec cuts it."""
    found = codec("dutch_name").read(text)
    assert found is not None
    return found


def test_who_types_over_his_own_words_of_which_one_stands_twice_says_what_he_typed() -> None:
    before, after = line("J. Jan Jan"), line("Anne Marie Jan P.")
    claimed = OPINIONS["joined name"].claimed(before, [before], after)
    assert isinstance(claimed, dict)
    assert " ".join(str(one) for one in claimed.values()) == "Anne Marie Jan P."


def test_a_second_line_emptied_earlier_leaves_a_street_line_as_it_was_typed() -> None:
    street = {"street": "Kerkstraat", "house_number": "12", "house_number_addition": "a"}
    value: Value = {**street, "as_typed": "Kerkstraat 12a", "city": "Breda"}
    typed = dict.fromkeys(("street", "house_number", "house_number_addition", "as_typed", "city"), T2)
    assert OPINIONS["home"].amended(value, typed, [(value, {"second_line": T1})]) == value


def test_a_value_pinned_to_be_empty_is_taken_back_where_the_hub_placed_it() -> None:
    text = OPINIONS["text"]
    assert target(Stand(None, {"": "authority"}, text), Cell("Breda", placed=True), text) == Target(None)


def test_while_undecided_what_the_hub_placed_where_nobody_said_anything_goes() -> None:
    text = OPINIONS["text"]
    assert target(Stand(None, {"": "undecided"}, text), Cell("Breda", placed=True), text) == Target(None)


def test_a_family_name_in_its_peoples_own_spelling_stays_so_when_the_given_name_beside_it_was_filled() -> (
    None
):
    """The hub wrote the given name; it takes the family name for its own from then on."""
    names = OPINIONS["name"]
    stand = Stand({"given_name": "Jan", "family_name": "Babaca"}, {"given_name": "fuller"}, names)
    claim = Claim({"given_name": "J.", "family_name": "BABACA"}, T1, "first")
    wanted: Value = {"given_name": "Jan", "family_name": "BABACA"}
    assert target(stand, Cell(claim.value, claim), names) == Target(wanted)
    assert target(stand, Cell(wanted, claim, placed=True), names) == Target(wanted)


def test_who_types_beside_a_write_on_its_way_says_nothing_of_what_was_written() -> None:
    """What the hub wrote is no evidence, also where it was not seen back before somebody typed beside it."""
    rules = Rules(opinions={"": OPINIONS["name"]})
    first: Value = {"given_name": "Jan", "family_name": "Jansen"}
    cell = sent(
        observe(None, first, read_at(0), rules).cell, {"given_name": "Jan", "family_name": "Bakker"}, at(60)
    )
    typed: Value = {"given_name": "Joost", "family_name": "Bakker"}
    claim = observe(cell, typed, read_at(120, 60), rules).cell.claim
    assert claim and claim.value == {"given_name": "Joost", "family_name": "Jansen"}


def test_a_firm_whose_umlauts_were_written_in_two_ways_at_once_is_that_firm() -> None:
    one, other = "Köln Bühne Köln Bühne", "Koeln Buehne Koln Buhne"
    firms = OPINIONS["firm"]
    assert firms.same("", one, other) and not firms.conflicts("", one, other, NOTHING_KNOWN)
