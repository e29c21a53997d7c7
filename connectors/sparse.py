"""Fields that a system leaves out of a record while they are empty, put back as empty.

See :attr:`connectors.contract.ObjectSheet.sparse`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from connectors.contract import RawRecord
from connectors.shape import inside


class Fields:
    """The fields an account has: name → what the connector must know of it. Asked for once, when needed."""

    def __init__(self, ask: Callable[[], Mapping[str, str]]) -> None:
        self._ask = ask
        self._known: Mapping[str, str] | None = None

    def known(self) -> Mapping[str, str]:
        """The account's own list; errors as asking for it raises them."""
        if self._known is None:
            self._known = self._ask()
        return self._known


def filled(record: RawRecord, container: str, names: Iterable[str]) -> RawRecord:
    """The record with None for each of these names that the object at ``container`` leaves out."""
    held = {**dict.fromkeys(names), **inside(record.data, container)}
    return replace(record, data={**record.data, container: held})
