"""Which of several values in one place is the customer's: the known one, while it stands. Pure.

A mailbox of a finance system may hold the book-keeper's address too. Who puts that in front has corrected
nothing, and who takes the customer's out has not made the book-keeper's his.
"""

from collections.abc import Sequence
from typing import Any

from hub.golden.roll import Roll
from hub.golden.state import Cell
from hub.model.value import Several, Slots, Value


def meant(
    some: Several, looks: tuple[str, str], known: Value | None, coming: Value | None, *, waits: bool
) -> str | None:
    """The value meant of ``some``, with the fingerprint of each; None where none is the customer's.

    ``looks``: the fingerprints of all that stood there at the last look, and of all that does now.
    ``coming``: what the hub has sent there since. ``waits``: the known one was gone at that look already.

    What is new corrects the known one, if that is all that it replaced: else it may be another one's.
    """
    values = [value for value, _ in some]
    if values[:1] == [coming]:
        return values[0]
    for one in (known, coming):
        if one in values:
            return str(one)
    stood, stands = ({one for one in each.split("+") if one[:1] != "-"} for each in looks)
    if len(stood - stands) > (0 if waits else 1):
        return None
    return next((value for value, print_ in some if print_ not in stood), None)


def meant_value(some: Sequence[Several], looks: tuple[str, str], cell: Cell, *, waits: bool) -> str | None:
    """What a field of one value says, where its place is shared."""
    return meant(some[0], looks, cell.base, _coming(cell.flight), waits=waits)


def meant_slots(
    some: Sequence[Several], looks: tuple[str, str], roll: Roll, slots: Slots, *, waits: bool
) -> Slots:
    """What a list field says place by place; only a place that more stands in may say another thing."""
    sent = _coming(roll.flight)
    coming = sent if isinstance(sent, list) else []
    prints = zip(*(each.split() for each in looks), strict=False)
    each = zip(slots, some, prints, _padded(roll.base, slots), _padded(coming, slots), strict=False)
    read = [
        meant(one, look, known, new, waits=waits) if one else value for value, one, look, known, new in each
    ]
    return (*read, *slots[len(read) :])


def _coming(flight: Sequence[Any]) -> Any:
    return flight[-1].value if flight else None


def _padded(some: Sequence[Any], slots: Slots) -> tuple[Any, ...]:
    return (*some, *(None,) * len(slots))[: len(slots)]
