"""Which other record of a system shows a value, by an index: it may be why the system refused it."""

from collections.abc import Collection, Iterator
from typing import Any

from hub.golden.record import SourceRecord
from hub.identity.at_hand import keys_of_value
from hub.model.keys import RecordKey
from hub.store import name_words, reads, records
from hub.store.engine import Connection

MOST = 20
"""Customers looked at who may have the value."""


def holder(
    connection: Connection, system: str, name: str, before: Any, after: Any, but: RecordKey | None
) -> RecordKey | None:
    """The first record of a system, ``but`` one, that is known to show what a field newly would."""
    new = {*_values(after)} - {*_values(before)}
    keys = [one for value in new for one in keys_of_value(name, value)]
    if not keys:
        return None
    # The keys are of what people said: a record in which the hub put it is found by way of its customer.
    whose = reads.with_blocking_key(connection, keys, MOST)
    if name == "emails":  # one that many share is no key, and a word
        whose += name_words.called(connection, [new], MOST)
    held = records.of_golden(connection, whose, system).values()
    every = (one for some in held for one in some.values() if one.key != but)
    return min((one.key for one in every if _shows(one, name, new)), default=None)


def _shows(record: SourceRecord, name: str, values: Collection[str]) -> bool:
    if record.deleted:
        return False
    roll, cell = record.rolls.get(name), record.cells.get(name)
    shown = roll.held if roll else {*_values(cell.base if cell else None)}
    return not shown.isdisjoint(values)


def _values(value: Any) -> Iterator[str]:
    some = value if isinstance(value, list | tuple) else [value]
    yield from (one for one in some if isinstance(one, str))
