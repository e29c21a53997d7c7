"""A *no* that would otherwise reach nobody: booked for the address it was said about."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from hub.flow.pull.judging import Judged
from hub.golden.consent import ADDRESSES
from hub.golden.record import SourceRecord
from hub.model.keys import RecordKey
from hub.store import refusals
from hub.store.engine import Connection
from hub.store.refusals import Refusal


def book(
    connection: Connection,
    judged: Sequence[Judged],
    seen: Sequence[SourceRecord],
    known: Mapping[RecordKey, SourceRecord],
) -> None:
    """Book what newcomers who are held refused, and what goes with an address that a record lets go of.

    Whoever has such an address now is composed anew.
    """
    admitted = {one.key: _addresses(one) for one in seen if one.key not in known}
    if refusals.any_booked(connection):
        refusals.forget(connection, admitted)
    refusals.book_new(connection, [*_of_newcomers(judged), *_of_former_holders(seen)])


def _addresses(record: SourceRecord) -> set[str]:
    """All addresses a record tells."""
    return {held for name in ADDRESSES.values() if name in record.rolls for held in record.rolls[name].held}


def _of_newcomers(judged: Iterable[Judged]) -> Iterator[Refusal]:
    """Of a customer never admitted the refusals that can be read, by each address that can."""
    for each in judged:
        for reading in each.refused:
            for name, addresses in ADDRESSES.items():
                if reading.values.get(name) is None:
                    continue
                for one in filter(None, reading.slots.get(addresses, ())):
                    yield Refusal(reading.key, name, one, each.raw.read_at)


def _of_former_holders(seen: Iterable[SourceRecord]) -> Iterator[Refusal]:
    """Of a record in which somebody refused the addresses told there once and shown no longer.

    A record that is deleted lets go of all of them.
    """
    for one in seen:
        for name, addresses in ADDRESSES.items():
            cell, roll = one.cells.get(name), one.rolls.get(addresses)
            if cell and cell.base is not None and roll and cell.claim and cell.claim.value is not None:
                for gone in sorted(roll.claims.keys() - (set() if one.deleted else roll.held)):
                    yield Refusal(one.key, name, gone, cell.claim.at)
