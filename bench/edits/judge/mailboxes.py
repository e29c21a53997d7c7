"""Mailboxes and numbers that changed hands, and where they are not right two syncs later."""

from collections.abc import Callable, Iterator, Mapping, Set

from bench.edits.deals import Deal
from bench.edits.journal import Journal
from bench.edits.judge.found import Found
from bench.edits.place import Place

Held = Mapping[Place, Set[str]]
"""Record the hub may write the field of → what it shows there."""


def wrong_mailboxes(deal: Deal, journal: Journal, holding: Callable[[str, str], Held]) -> Iterator[Found]:
    """Records of those who dealt that show anything but the one element; none where it was edited since.

    ``holding``: customer and field → what his records show.
    """
    if any(one.act > deal.last_act and (one.customer, one.unit[0]) in _of(deal) for one in journal.lines):
        return
    for customer, wanted in deal.wanted.items():
        for place, shown in holding(customer, deal.name).items():
            if shown != {wanted}:
                text = f"shows {sorted(shown)}, ought to show {wanted!r}"
                yield Found("wrong_mailboxes", (customer, deal.name, wanted), place, text)


def _of(deal: Deal) -> set[tuple[str, str]]:
    return {(customer, deal.name) for customer in deal.wanted}
