"""Which of several values in one place is the customer's: the known one, while it stands. Pure.

A mailbox of a finance system may hold the book-keeper's address too. Who puts that in front has corrected
nothing, and who takes the customer's out has not made the book-keeper's his.
"""

from collections.abc import Sequence
from typing import Any

from hub.golden.roll import Roll
from hub.golden.state import Cell
from hub.model.value import Several, Slots, Value


def meant(some: Several, before: str, known: Value | None, coming: Value | None) -> str | None:
    """The value meant of ``some``, with the fingerprint of each; ``before``: of what stood there at the last
    reading, when ``known`` was read; ``coming``: what the hub has sent there since.

    One that is new corrects the known one; of those that stood beside it none becomes the customer's.
    """
    values = [value for value, _ in some]
    if values[:1] == [coming]:
        return values[0]
    for one in (known, coming):
        if one in values:
            return str(one)
    stood = {*before.split("+")}
    return next((value for value, print_ in some if print_ not in stood), None)


def meant_value(some: Sequence[Several], before: str, cell: Cell) -> str | None:
    """What a field of one value says, where its place is shared."""
    return meant(some[0], before, cell.base, _coming(cell.flight))


def meant_slots(some: Sequence[Several], before: str, roll: Roll, slots: Slots) -> Slots:
    """What a list field says place by place; only a place that more stands in may say another thing."""
    sent = _coming(roll.flight)
    coming = sent if isinstance(sent, list) else []
    each = zip(slots, some, before.split(), _padded(roll.base, slots), _padded(coming, slots), strict=False)
    read = [meant(one, was, known, new) if one else value for value, one, was, known, new in each]
    return (*read, *slots[len(read) :])


def _coming(flight: Sequence[Any]) -> Any:
    return flight[-1].value if flight else None


def _padded(some: Sequence[Any], slots: Slots) -> tuple[Any, ...]:
    return (*some, *(None,) * len(slots))[: len(slots)]
