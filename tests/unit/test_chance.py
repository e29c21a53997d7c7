"""What two records have in common by chance is counted in the file itself."""

from pathlib import Path
from random import Random

import pyarrow as pa
import pytest

from hub.identity.engine import match
from hub.identity.explaining import why
from hub.identity.weights import STRANGERS, Weights
from hub.matching.columns import columns_of
from hub.matching.described import describe
from hub.matching.match import describer_of, read, shipped
from tests.unit.test_match import written

PEOPLES = [
    [["jan", "piet", "kees", "henk"], ["bakker", "visser", "mulder", "dekker"]],
    [["mehmet", "mustafa", "fatma", "emine"], ["yilmaz", "kaya", "demir", "celik"]],
    [["pawel", "tomasz", "agnieszka", "ewa"], ["nowak", "kowalski", "wojcik", "lewandowski"]],
    [["yusuf", "khadija", "hamza", "naima"], ["bouazza", "elidrissi", "amrani", "benali"]],
]
HEAD = ["voornaam", "achternaam", "geboortedatum", "postcode", "plaats"]


def described(folder: Path, rows: list[list[str]]) -> pa.Table:
    """People, as they are compared."""
    table = read(written(folder, rows, HEAD))
    return describe(table, describer_of(table, columns_of(table.column_names, {}, None)))[1]["person"]


def strangers(towns: int, *, mixed: bool = True) -> list[list[str]]:
    """A thousand people, no two of whom are one; ``mixed``: a given name tells nothing of a family name."""
    dice, rows = Random(3), []
    for number in range(1_000):
        given, family = (dice.choice(PEOPLES), dice.choice(PEOPLES)) if mixed else [dice.choice(PEOPLES)] * 2
        born = f"{1930 + number % 70}-{1 + number % 12:02}-{1 + number % 28:02}"
        rows.append([dice.choice(given[0]), dice.choice(family[1]), born, f"{1000 + number} AB"])
        rows[-1].append(f"Oord {dice.randrange(towns)}")
    return rows


def test_a_town_tells_the_more_the_fewer_live_there(tmp_path: Path) -> None:
    """Of a town where everybody lives nothing is learnt; of one in a hundred, as much as of a rare name."""

    def told(towns: int) -> float:
        file = described(tmp_path, strangers(towns))
        shown = why(file, match(file, shipped("person")).fitted, *neighbours(file))
        return next(one.bits for one in shown.findings if one.comparison == "town")

    assert told(1) == pytest.approx(0.0, abs=1.0)
    assert told(100) > 4


def neighbours(file: pa.Table) -> tuple[int, int]:
    """Two of one town."""
    towns = file["city"].to_pylist()
    return next((0, row) for row in range(1, len(towns)) if towns[row] == towns[0])


@pytest.mark.parametrize("mixed", [True, False])
def test_a_given_name_that_tells_the_family_name_makes_more_namesakes(tmp_path: Path, mixed: bool) -> None:
    """Four peoples with names of their own: of each full name there are four times as many."""
    weights = match(described(tmp_path, strangers(100, mixed=mixed)), shipped("person")).fitted.weights
    assert namesakes(weights) == pytest.approx(0.0 if mixed else 2.0, abs=0.3)


def namesakes(weights: Weights) -> float:
    """Of a full name with one given and one family name of sixteen: eight bits, a little more or less."""
    return max((weights.namesake_bits(STRANGERS, rarity) for rarity in (7, 8)), key=abs)


def test_namesakes_are_in_the_explanation(tmp_path: Path) -> None:
    rows = strangers(100, mixed=False)
    people = described(tmp_path, rows)
    found = match(people, shipped("person"))
    low, high = next(
        (low, high) for high, one in enumerate(rows) for low in range(high) if rows[low][:2] == one[:2]
    )
    told = why(people, found.fitted, low, high)
    assert told.bits == pytest.approx(told.rarity + sum(one.bits for one in told.findings), abs=0.05)
    family = next(one for one in told.findings if one.comparison == "family")
    assert family.bits == pytest.approx(4.0 - 2.0, abs=0.7)  # one of sixteen, and four times as many
