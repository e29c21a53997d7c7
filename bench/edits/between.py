"""What stands between the hub and a connector: people who type while it reads, and before it writes."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from connectors.contract import Connector, Json, Page, RawRecord, Receipt, Write

Loss = Callable[[RawRecord], Json]
"""A record → what of it an answer still holds."""


@dataclass(slots=True)
class Script:
    """What happens at which moment; nothing, until somebody says so."""

    pulled: Callable[[str, str, Page], None] = lambda system, obj, page: None
    """A page was read and stored; the pull may go on."""
    look: Callable[[str, str, dict[str, RawRecord]], dict[str, RawRecord]] = lambda system, obj, found: found
    """What a look at records by key gives."""
    gap: Callable[[str, str, Sequence[Write]], None] = lambda system, obj, writes: None
    """Just before a write, after the look at what it changes."""
    sent: Callable[[str, str, Sequence[Receipt]], None] = lambda system, obj, receipts: None
    """Just after it."""
    losses: dict[tuple[str, str], Loss] = field(default_factory=dict)
    """System and object → what is lost of each record in the pulls to come."""
    lost: set[tuple[str, str, str]] = field(default_factory=set)
    """System, object and key of records an answer was partial for, until somebody asks."""


class Between:
    """A connector as the hub sees it; what is not named here is the connector's own."""

    def __init__(self, system: str, real: Connector, script: Script) -> None:
        self._system, self._real, self._script = system, real, script

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    def pull(self, obj: str, cursor: Json | None) -> Iterator[Page]:
        """The real pages, of which something may be missing."""
        for page in self._real.pull(obj, cursor):
            yield self._partial(obj, page)
            self._script.pulled(self._system, obj, page)

    def fetch(self, obj: str, keys: Sequence[str]) -> dict[str, RawRecord]:
        """The real records."""
        return self._script.look(self._system, obj, self._real.fetch(obj, keys))

    def push(self, obj: str, writes: Sequence[Write]) -> list[Receipt]:
        """The real push, with people at work just before it."""
        self._script.gap(self._system, obj, writes)
        receipts = self._real.push(obj, writes)
        self._script.sent(self._system, obj, receipts)
        return receipts

    def _partial(self, obj: str, page: Page) -> Page:
        loss = self._script.losses.get((self._system, obj))
        if loss is None:
            return page
        self._script.lost |= {(self._system, obj, one.key) for one in page.records}
        return replace(page, records=tuple(replace(one, data=loss(one)) for one in page.records))
