"""Records in memory, and the ids new ones get."""

from bisect import bisect_right, insort
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from typing import Any

Json = dict[str, Any]


class Table:
    """Records by numeric id (as text), kept in the order of the ids. Copies go in and copies come out."""

    def __init__(self) -> None:
        self._rows: dict[str, Json] = {}
        self._order: list[str] = []

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, key: str) -> bool:
        return key in self._rows

    def get(self, key: str) -> Json | None:
        """A copy of the record, or None."""
        return deepcopy(self._rows.get(key))

    def put(self, key: str, row: Mapping[str, Any]) -> None:
        """Store a copy of ``row``, new or in place of what was there."""
        if key not in self._rows:
            insort(self._order, key, key=int)
        self._rows[key] = deepcopy(dict(row))

    def drop(self, key: str) -> None:
        """Remove a record; KeyError where there is none."""
        del self._rows[key]
        self._order.remove(key)

    def items(self, after: str | None = None) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Id and record in id order, from just after ``after``. These are no copies: look, do not touch.

        ``after`` need not exist (any more). ValueError where it is not a number.
        """
        start = 0 if after is None else bisect_right(self._order, int(after), key=int)
        return ((key, self._rows[key]) for key in self._order[start:])

    def load(self, rows: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
        """Store many records at once (a seed)."""
        self._rows.update((key, deepcopy(dict(row))) for key, row in rows)
        self._order = sorted(self._rows, key=int)


class Ids:
    """Ids for new records: predictable, growing, and never one that was seen."""

    def __init__(self, start: int, step: int = 1) -> None:
        self._next, self._step = start, step

    def new(self) -> str:
        """The next free id."""
        taken = self._next
        self._next += self._step
        return str(taken)

    def seen(self, keys: Iterable[str]) -> None:
        """Keep clear of ids that a seed brought along."""
        self._next = max([self._next, *(int(key) + self._step for key in keys)])
