"""A system that answers yes and changes nothing has said no; it is told as a refusal, field by field."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from connectors.contract import Receipt
from hub.model.instant import Instant
from hub.model.unique import new_id
from hub.store import outbox
from hub.store.change import Change
from hub.store.engine import Connection

Answered = tuple[Change, Receipt]
NOT_TAKEN = "answered as done, and what stood there still does: the system does not take this value here"


def not_taken(
    connection: Connection,
    answered: Sequence[Answered],
    ignored: Mapping[str, Collection[str]],
    at: Instant,
) -> Iterator[Answered]:
    """The answers, each ``ignored`` field (change → which) as a change of its own that was refused."""
    for change, receipt in answered:
        names = [name for name in change.fields if name in ignored.get(change.id, ())]
        shares = [{name: change.fields[name]} for name in names]
        if left := {name: both for name, both in change.fields.items() if name not in names}:
            yield _parted(connection, change, left), receipt
        elif shares:
            yield _refused(_parted(connection, change, shares.pop(0)))
        new = [replace(change, id=new_id(), fields=one) for one in shares]
        if new:
            outbox.add_changes(connection, outbox.plan_of(connection, change.id), new, at)
        yield from map(_refused, new)


def _parted(connection: Connection, change: Change, fields: Mapping[str, Mapping[str, Any]]) -> Change:
    if len(fields) < len(change.fields):
        outbox.narrow(connection, change.id, fields)
    return replace(change, fields=fields)


def _refused(change: Change) -> Answered:
    return change, Receipt(change.id, "refused", change.raw_key, message=NOT_TAKEN)
