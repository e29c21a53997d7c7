"""What people type in a round of the harm bench, and where it ends up."""

import pytest

from bench.harm.judge import verdict
from bench.harm.life import marries, moves, renumbers, respelt, slip
from bench.harm.typed import request, usual
from sandbox.people.dice import Dice
from tests.unit.test_harm_judge import DUTCH, somebody

FIELDS = ("given", "family", "street", "postcode", "town", "phone")


@pytest.mark.parametrize("seed", range(20))
def test_what_people_tell_after_something_happened_is_right_and_what_was_is_former(seed: int) -> None:
    truth, dice = somebody(), Dice(seed)
    was = {name: usual(name, truth) for name in FIELDS}
    told = {**moves(dice, truth), **marries(dice, truth), **renumbers(dice, truth)}
    assert {name: verdict(name, text, truth) for name, text in told.items()} == dict.fromkeys(told, "right")
    assert {verdict(name, was[name], truth) for name in told} <= {"former", "right", "poorer"}
    assert verdict("phone", was["phone"], truth) == "former"


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("name", FIELDS)
def test_a_respelling_stays_right_and_a_slip_is_one(name: str, seed: int) -> None:
    truth, dice = somebody(), Dice(seed)
    if name != "family":  # where a clerk's own slip may come with it
        assert verdict(name, respelt(dice, name, truth), truth) == "right"
    assert verdict(name, slip(dice, name, usual(name, truth)), truth) in ("wrong", "right", "poorer")


def test_a_value_is_typed_where_the_system_keeps_it() -> None:
    truth, typed = somebody(home=DUTCH), {"given": "Hans"}
    assert request("hubspot", {}, typed, truth) == {"properties": {"firstname": "Hans"}}
    assert request("brevo", {}, typed, truth) == {"attributes": {"FIRSTNAME": "Hans"}}
    assert request("zendesk", {"name": "J. van der Berg"}, typed, truth) == {"name": "Hans van der Berg"}
    assert request("brevo", {}, {"phone": "+31624681350"}, truth) == {"attributes": {"SMS": "31624681350"}}


def test_who_types_an_address_leaves_no_old_second_line_under_it() -> None:
    row = {"address1": "Zandweg 7", "address2": "bus 3"}
    typed = {"street": "Kerkstraat 12A"}
    assert request("moneybird", row, typed, somebody()) == {"address1": "Kerkstraat 12A", "address2": None}
