"""Rules that can be switched off, to show that a figure turns red without them.

A rule that is not here yet cannot be switched off: it has not landed, or nobody wrote its switch.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from typing import Any
from unittest.mock import patch

from bench.edits import mishaps
from bench.edits.between import Between
from connectors.contract import RawRecord

Switch = Callable[[], AbstractContextManager[None]]


@contextmanager
def absence() -> Iterator[None]:
    """What an answer lacks comes as null, as if somebody had emptied it."""
    with patch.object(mishaps, "lacking", partial(mishaps.lacking, absent=False)):
        yield


@contextmanager
def guard() -> Iterator[None]:
    """No plan is held, but for a system's first load."""
    from hub.flow.publish import judge
    from hub.flow.pull import emptied
    from hub.publish.guard import Limits, Size
    from hub.publish.guard import reasons as before

    def first_only(size: Size, limits: Limits) -> tuple[str, ...]:
        return before(size, limits) if size.first_load else ()

    with (
        patch.object(judge, "reasons", first_only),
        patch.object(judge, "over", lambda planned, today, limits: {}),
        patch.object(emptied, "SHARE", 2.0),
    ):
        yield


@contextmanager
def rejected() -> Iterator[None]:
    """What a steward rejects is planned again as if nobody had."""
    from hub.flow.decide import decisions

    with patch.object(decisions, "_block", lambda connection, changes, at: None):
        yield


@contextmanager
def gap() -> Iterator[None]:
    """The hub writes without looking: what a look at a record gives is what the last pull gave."""
    read: dict[tuple[str, str, str], RawRecord] = {}
    pull, fetch = Between.pull, Between.fetch

    def remembering(self: Between, obj: str, cursor: Any) -> Iterator[Any]:
        for page in pull(self, obj, cursor):
            read.update({(self._system, obj, one.key): one for one in page.records})
            yield page

    def blind(self: Between, obj: str, keys: Sequence[str]) -> dict[str, RawRecord]:
        found = fetch(self, obj, keys)
        return {key: read.get((self._system, obj, key), one) for key, one in found.items()}

    with patch.object(Between, "pull", remembering), patch.object(Between, "fetch", blind):
        yield


SWITCHES: Mapping[str, Switch] = {"absence": absence, "gap": gap, "guard": guard, "rejected": rejected}
"""Rule → what switches it off while it lasts."""
