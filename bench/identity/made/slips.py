"""Australian-style originals, each with one to five duplicates spoilt field by field.

Up to so many slips a field and a record: of finger, ear and scanner, words and fields turned, values left
out.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

import pyarrow as pa

from bench.identity.made import spoil
from bench.identity.made.rows import Row, cut
from bench.identity.made.words import australian as words

COLUMNS = (
    *("given_name", "surname", "street_number", "address_1", "address_2", "suburb", "postcode", "state"),
    *("date_of_birth", "phone_number", "soc_sec_id", "customer"),
)
ROLES = {
    "given_name": "given_name",
    "surname": "family_name",
    "street_number": "house_number",
    "address_1": "street",
    "suburb": "city",
    "postcode": "postal_code",
    "date_of_birth": "birth_date",
    "phone_number": "phone",
    "soc_sec_id": "national_id",
}
DUPLICATES = (40, 25, 18, 10, 7)
"""Weights of one to five beside the original."""
TOWNS = 250
TURNED = (("given_name", "surname"), ("address_1", "address_2"))
LIKELY = {
    **{"given_name": 16, "surname": 16, "street_number": 8, "address_1": 14, "address_2": 10, "suburb": 12},
    **{"postcode": 7, "state": 4, "date_of_birth": 9, "phone_number": 8, "soc_sec_id": 8},
}
"""Where a slip falls."""
Values = dict[str, str | None]
Slip = Callable[[Random, str], str]


@dataclass(frozen=True, slots=True)
class Load:
    """How much is spoilt."""

    a_field: int
    a_record: int
    gone: float
    """Of slips, those that leave a value out."""
    turned: float
    """Of slips, those that turn two fields."""


ORDINARY = Load(a_field=3, a_record=10, gone=0.24, turned=0.04)
HEAVY = Load(a_field=4, a_record=14, gone=0.26, turned=0.06)


def parts(records: int, seed: int) -> Iterator[pa.Table]:
    """Exactly ``records`` records, ordinarily spoilt."""
    return cut(COLUMNS, _rows(Random(seed), ORDINARY), records)


def heavy(records: int, seed: int) -> Iterator[pa.Table]:
    """Exactly ``records`` records, heavily spoilt."""
    return cut(COLUMNS, _rows(Random(seed), HEAVY), records)


def _rows(dice: Random, load: Load) -> Iterator[Row]:
    towns, number = [_town(dice) for _ in range(TOWNS)], 0
    while True:
        number += 1
        original = _person(dice, towns)
        yield {**original, "customer": f"a{number:06d}"}
        for _ in range(dice.choices((1, 2, 3, 4, 5), DUPLICATES)[0]):
            yield {**_spoilt(dice, original, load), "customer": f"a{number:06d}"}


def _town(dice: Random) -> Mapping[str, str]:
    name = dice.choice(words.SUBURB_STARTS) + dice.choice(words.SUBURB_ENDS)
    if dice.random() < 0.15:
        name = f"{dice.choice(('mount', 'port', 'upper'))} {name}"
    return {"suburb": name, "postcode": str(dice.randint(2000, 6999)), "state": dice.choice(words.STATES)}


def _person(dice: Random, towns: list[Mapping[str, str]]) -> Values:
    born = date(1900, 1, 1) + timedelta(days=dice.randrange(36_000))
    street = f"{dice.choice(words.STREET_NAMES)} {dice.choice(words.STREET_KINDS)}"
    values: Values = {
        "given_name": words.GIVEN[spoil.skewed(dice, len(words.GIVEN))],
        "surname": words.FAMILY[spoil.skewed(dice, len(words.FAMILY))],
        "street_number": str(dice.randint(1, 250)),
        "address_1": street,
        "address_2": dice.choice(words.PROPERTY) if dice.random() < 0.4 else None,
        **towns[spoil.skewed(dice, len(towns))],
        "date_of_birth": f"{born:%Y%m%d}",
        "phone_number": f"0{dice.choice('2378')} {dice.randrange(10**8):08d}",
        "soc_sec_id": str(dice.randrange(10**6, 10**7)),
    }
    gone = dice.choices(list(LIKELY), k=1)[0] if dice.random() < 0.25 else ""
    return {**values, gone: None} if gone else values


def _spoilt(dice: Random, original: Values, load: Load) -> Values:
    values, met = dict(original), dict.fromkeys(original, 0)
    for _ in range(max(dice.randint(1, load.a_record), dice.randint(1, load.a_record))):
        if dice.random() < load.turned:
            one, other = dice.choice(TURNED)
            values[one], values[other] = values[other], values[one]
            continue
        field = dice.choices(list(LIKELY), list(LIKELY.values()))[0]
        value = values[field]
        if value is None or met[field] >= load.a_field:
            continue
        met[field] += 1
        values[field] = None if dice.random() < load.gone else _slipped(dice, field, value)
    return values


def _slipped(dice: Random, field: str, value: str) -> str | None:
    if field == "date_of_birth" and len(value) == 8 and dice.random() < 0.4:
        return value[:4] + value[6:] + value[4:6]
    if " " in value and field != "phone_number" and dice.random() < 0.2:
        return spoil.words_turned(dice, value)
    ways: tuple[Slip, ...] = (spoil.slip, spoil.scanned)
    if not any(map(str.isdigit, value)):
        ways = (spoil.slip, spoil.slip, spoil.heard, spoil.scanned)
    return dice.choice(ways)(dice, value) or None
