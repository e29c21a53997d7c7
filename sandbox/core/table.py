"""Records in memory, how they are found, and the ids new ones get."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sandbox.core.copies import copied
from sandbox.core.finding import Finder

Json = dict[str, Any]
F = TypeVar("F", bound=Finder)


class Table:
    """Records by numeric id (as text), kept in the order of the ids. Copies go in and copies come out.

    No request may cost more because more records are stored: give the table an index or an order
    (:mod:`sandbox.core.finding`) for what is to be found in another way than by id.
    """

    def __init__(self) -> None:
        self._rows: dict[str, Mapping[str, Any]] = {}
        self._order: list[str] = []
        self._finders: list[Finder] = []

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, key: str) -> bool:
        return key in self._rows

    def found_by(self, finder: F) -> F:
        """Keep ``finder`` up to date from now on; returns it."""
        finder.fill(self.items())
        self._finders.append(finder)
        return finder

    def get(self, key: str) -> Json | None:
        """A copy of the record, or None."""
        row = self._rows.get(key)
        return None if row is None else copied(row)

    def look(self, key: str) -> Mapping[str, Any]:
        """The record itself: look, do not touch. KeyError where there is none."""
        return self._rows[key]

    def put(self, key: str, row: Mapping[str, Any]) -> None:
        """Store a copy of ``row``, new or in place of what was there."""
        self.keep(key, copied(row))

    def keep(self, key: str, row: Mapping[str, Any]) -> None:
        """Store ``row`` itself: whoever gives it away may not touch it again."""
        before = self._rows.get(key)
        if before is None:
            insort(self._order, key, key=int)
        self._rows[key] = row
        for finder in self._finders:
            finder.change(key, before, row)

    def drop(self, key: str) -> None:
        """Remove a record; KeyError where there is none."""
        row = self._rows.pop(key)
        del self._order[bisect_left(self._order, int(key), key=int)]
        for finder in self._finders:
            finder.change(key, row, None)

    def items(self, after: str | None = None) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Id and record in id order, from just after ``after``. These are no copies: look, do not touch.

        ``after`` need not exist (any more). ValueError where it is not a number.
        """
        start = 0 if after is None else bisect_right(self._order, int(after), key=int)
        keys = map(self._order.__getitem__, range(start, len(self._order)))
        return ((key, self._rows[key]) for key in keys)

    def keys(self) -> Sequence[str]:
        """All ids in order. To be looked at only."""
        return self._order

    def load(self, rows: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
        """Store many records at once (a seed)."""
        self._rows.update((key, copied(row)) for key, row in rows)
        self._order = sorted(self._rows, key=int)
        for finder in self._finders:
            finder.fill(self.items())


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
