"""The sets made for measuring: as many as asked for, the same every time, and as dirty as they say."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

import pytest

from bench.identity.made import near, spoil
from bench.identity.made.european import World, plain
from bench.identity.made.rivals import RECORDS, RIVAL
from bench.identity.made.words import europe
from bench.identity.sets import SETS, TRUTH
from sandbox.people.words.places import CITIES

MADE = (
    *("thin", "historical", "slips", "slips_heavy", "tables", "tables_phone"),
    *("rivals", "unseen", "mixed"),
)
Row = Mapping[str, Any]


def rows(name: str, records: int, seed: int = 3) -> list[Row]:
    return [row for part in SETS[name].parts(records, seed) for row in part.to_pylist()]


def of_a_customer(found: Sequence[Row]) -> list[int]:
    return list(Counter(row[TRUTH] for row in found).values())


@pytest.mark.parametrize("name", MADE)
def test_as_many_records_as_asked_for_the_same_every_time_and_more_at_the_end(name: str) -> None:
    some = rows(name, 300)
    assert len(some) == len({row["id"] for row in some}) == 300
    assert rows(name, 20_001)[:300] == some
    assert rows(name, 300, seed=4) != some
    assert {*SETS[name].roles, *SETS[name].told, TRUTH} <= some[0].keys()


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [
        ("thin", 3.2, 4.5),
        ("historical", 9.0, 11.0),
        ("slips", 2.8, 3.6),
        ("tables", 1.1, 1.35),
        ("rivals", 2.4, 2.6),
        ("unseen", 2.0, 2.5),
        ("mixed", 3.0, 4.2),
    ],
)
def test_records_of_a_customer(name: str, least: float, most: float) -> None:
    sizes = of_a_customer(rows(name, 8_000))
    assert least < sum(sizes) / len(sizes) < most


@pytest.mark.parametrize(
    ("name", "column", "least", "most"),
    [
        ("thin", "first_name", 0.14, 0.20),
        ("thin", "email", 0.16, 0.24),
        ("historical", "dob", 0.12, 0.25),
        ("historical", "occupation", 0.30, 0.45),
        ("slips", "postcode", 0.03, 0.12),
        ("tables_phone", "phone", 0.0, 0.05),
        ("unseen", "birth_date", 0.55, 0.85),
    ],
)
def test_how_much_is_left_out(name: str, column: str, least: float, most: float) -> None:
    found = rows(name, 8_000)
    assert least < sum(row[column] is None for row in found) / len(found) < most


def test_the_heavy_slips_leave_less_alike() -> None:
    def alike(name: str) -> float:
        groups: dict[str, list[Row]] = defaultdict(list)
        for row in rows(name, 5_000):
            groups[row[TRUTH]].append(row)
        pairs = [(some[0], one) for some in groups.values() for one in some[1:]]
        return len([1 for one, other in pairs if one["surname"] == other["surname"]]) / len(pairs)

    assert alike("slips_heavy") + 0.03 < alike("slips") < 0.9


def test_rivals_are_two_customers_of_each_kind_in_turn_with_two_or_three_records() -> None:
    found = rows("rivals", 1_300)
    kinds = list(near.KINDS)
    whole = [row for row in found if row[TRUTH].split()[-2] != found[-1][TRUTH].split()[-2]]
    assert set(of_a_customer(whole)) == set(range(RECORDS[0], RECORDS[1] + 1))
    customers = Counter(row[RIVAL] for row in {row[TRUTH]: row for row in whole}.values())
    assert set(customers) == set(kinds) and len(set(customers.values())) == 1


@pytest.mark.parametrize("kind", near.KINDS)
def test_rivals_share_what_makes_them_rivals_and_are_two(kind: str) -> None:
    shared: Mapping[str, Sequence[str]] = {
        "stranger": ["given", "family", "home.city"],
        "housemate": ["home", "landline"],
        "colleague": ["home", "landline", "employer"],
        "sister firm": ["home", "phone", "domain"],
        "sibling": ["family", "home", "landline"],
        "twin": ["family", "home", "birth"],
        "parent and child": ["given", "family", "home"],
        "names alike": ["family"],
        "neighbour": ["home.street", "home.postal_code"],
        "neighbour firm": ["home"],
        "clients of one office": ["email"],
        "holding": ["home", "phone", "email", "domain"],
        "namesake firm": ["name"],
    }
    world = World(Random(5))
    for _ in range(60):
        one, other = near.KINDS[kind](world)
        assert one != other
        for path in shared[kind]:
            assert reached(one, path) == reached(other, path), path


def reached(one: object, path: str) -> object:
    for name in path.split("."):
        one = getattr(one, name)
    return one


def test_consecutive_numbers_of_a_holding_are_two_numbers() -> None:
    world = World(Random(5))
    apart = {
        int(reached(other, "coc_number")) - int(reached(one, "coc_number"))  # type: ignore[call-overload]
        for one, other in (near.holding(world) for _ in range(100))
    }
    assert apart == {1, 2}


def test_the_words_are_not_the_sandbox_s() -> None:
    towns = {town.split("/")[0] for country in europe.EVERYWHERE for town in country.towns}
    assert towns.isdisjoint(city.name for some in CITIES.values() for city in some)


def test_a_mailbox_has_no_letter_that_no_mailbox_has() -> None:
    assert (
        plain("Łukasz Żółć") == "lukaszzolc"
        and plain("Süßmuth") == "sussmuth"
        and plain("D\u0131\u011fd\u0131") == "digdi"
    )
    world = World(Random(2))
    boxes = [world.person(world.country()).email for _ in range(2_000)]
    assert len(set(boxes)) == 2_000 and all(box.isascii() for box in boxes)


@pytest.mark.parametrize("way", [spoil.slip, spoil.scanned, spoil.heard])
def test_a_slip_leaves_most_of_a_word_as_it_was(way: Any) -> None:
    dice = Random(1)
    for word in ("Featherstonehaugh", "Quigley", "0612345678", "Żuławski"):
        for _ in range(200):
            spoilt = way(dice, word)
            begins, ends = kept(word, spoilt), kept(word[::-1], spoilt[::-1])
            assert begins + ends >= len(word) - 4 and abs(len(spoilt) - len(word)) <= 2, (word, spoilt)


def kept(word: str, spoilt: str) -> int:
    """Letters from the beginning that are as they were."""
    pairs = enumerate(zip(word, spoilt, strict=False))
    return next((at for at, (one, other) in pairs if one != other), min(len(word), len(spoilt)))
