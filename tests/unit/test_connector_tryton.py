"""Tryton's parts without a server: the order of a party's lists, streets, and how far back reading begins."""

from datetime import datetime
from typing import Any

import pytest

from connectors.contract import Connection, Json
from connectors.errors import Denied
from connectors.pace import Timing
from connectors.tryton.connector import Tryton
from connectors.tryton.entries import Unwritable, in_order, steps
from connectors.tryton.street import PIECES, line, parted
from tests.unit import small_tryton
from tests.unit.scripted import Asked, Reply, serving


def entry(number: int, value: str, sequence: int | None = None, **other: Any) -> Json:
    return {
        "id": number,
        "type": "email",
        "value": value,
        "sequence": sequence,
        "active": True,
        **other,
    }


def after(entries: list[Json], wanted: str | None) -> list[str]:
    """The active values in order, when Tryton has done as it is told."""
    held = {one["id"]: dict(one) for one in entries}
    for what, *how in steps(in_order(entries), "email", "value", wanted):
        if what == "write":
            for number in how[0]:
                held[number].update(how[1])
        else:
            held[99] = {"id": 99, "sequence": None, "active": True, **how[0][0]}
    return [one["value"] for one in in_order(list(held.values())) if one["active"]]


@pytest.mark.parametrize(
    ("entries", "wanted", "shown"),
    [
        ([], "a", ["a"]),
        ([entry(1, "a")], "b", ["b"]),
        ([entry(1, "a")], None, []),
        ([entry(1, "a", active=False)], "A", ["A"]),
        ([entry(1, "a"), entry(2, "b"), entry(3, "c")], "b", ["b", "c", "a"]),
        ([entry(1, "a", 1), entry(2, "b", 2), entry(3, "c")], "b", ["b", "c", "a"]),
        ([entry(1, "a", 1), entry(2, "b")], "a", ["a", "b"]),
        ([entry(1, "a"), entry(2, "a")], "a", ["a", "a"]),
        ([entry(1, "a"), entry(2, "A")], None, []),
        ([entry(1, "a"), entry(2, "b")], "c", ["c", "b"]),
        ([entry(1, "a"), entry(2, "b", active=False)], "b", ["b"]),
    ],
)
def test_a_value_becomes_the_first_and_no_other_is_lost(
    entries: list[Json], wanted: str | None, shown: list[str]
) -> None:
    assert after(entries, wanted) == shown


def test_of_several_the_first_is_not_taken_away() -> None:
    with pytest.raises(Unwritable, match=r"several entries of email.* in Tryton") as refused:
        after([entry(1, "jan@firm.example"), entry(2, "b")], None)
    assert "jan@" not in str(refused.value)


def pieces(street: str | None, **some: str) -> Json:
    return {**dict.fromkeys(PIECES), "street": street, **some}


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        (pieces(None), None),
        (pieces("Plein 5 A"), "Plein 5 A"),
        (pieces("Plein 5", street_name="Plein", building_number="5", unit_number="A"), "Plein 5 A"),
        (pieces("Plein 5", street_name="Plein", building_number="5", unit_number="5"), "Plein 5 5"),
        (pieces("A\n5 RUE X", street_name="Rue X", building_number="5", unit_number="A"), "5 RUE X, A"),
        (pieces("Plein 5 box A", street_name="Plein", building_number="5", unit_number="A"), "Plein 5 box A"),
        (pieces("Zon\n1 High St", street_name="High St", building_name="Zon"), "1 High St, Zon"),
        (pieces("Postbus 9", post_box="9", floor_number="2"), "Postbus 9 2"),
        (pieces(None, unit_number="A"), "A"),
    ],
)  # fmt: skip
def test_a_street_shows_every_piece_and_begins_with_the_street(address: Json, shown: str | None) -> None:
    assert line(address) == shown


@pytest.mark.parametrize(
    ("wanted", "ways"),
    [
        ("Laan 7", [("Laan", "7", None)]),
        ("Laan van Oost 7 B", [("Laan van Oost", "7", "B"), ("Laan van Oost", "7 B", None)]),
        ("Laan 7-2", [("Laan", "7", "2"), ("Laan", "7-2", None)]),
        ("12 High Street", [("High Street", "12", None)]),
        ("Plein 1944 5", []),
        ("Laan 12345678", []),
        ("Laan", []),
    ],
)
def test_a_line_is_parted_only_where_its_parts_are_plain(wanted: str, ways: list[Any]) -> None:
    house = ("street_name", "building_number", "unit_number")
    as_it_is, *found = [tuple(one[name] for name in house) for one in parted(pieces("x"), wanted)]
    assert (as_it_is, found) == ((None, None, None), ways)
    assert len(list(parted(pieces("x", floor_number="2"), wanted))) == 1


class Books:
    """A small Tryton at eleven o'clock that remembers since when it was asked for changes."""

    def __init__(self) -> None:
        self.since: list[datetime] = []

    def __call__(self, asked: Asked) -> Reply:
        domain = [*asked.body["params"][0]] if asked.body["method"].endswith("search_read") else []
        for clause in domain[1:2]:
            moment = {name: value for name, value in clause[1][0][2].items() if name != "__class__"}
            self.since.append(datetime(**moment))
        return Reply(200, small_tryton.answer(asked.body), {"Date": "Sun, 22 Nov 2026 11:00:00 GMT"})

    def asked_since(self, **options: str) -> str:
        with serving(self) as server:
            hub = Tryton(Connection(server.url, "x", "hub", options), Timing(lambda _: None, lambda: 0.0))
            first = list(hub.pull("parties", None))[-1].cursor
            list(hub.pull("parties", first))
        return f"{self.since[-1]:%H:%M}"


def test_reading_goes_on_behind_the_longest_transaction_which_the_connection_may_say() -> None:
    assert Books().asked_since() == "10:45"
    assert Books().asked_since(horizon="90") == "09:30"
    with pytest.raises(Denied, match="horizon must be a number above 0"):
        Books().asked_since(horizon="an hour")
