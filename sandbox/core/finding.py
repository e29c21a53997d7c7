"""Finding records without looking at all of them: by a value they hold, and by their place in an order."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Protocol, overload

Row = Mapping[str, Any]
Place = tuple[Any, ...]


class Finder(Protocol):
    """What a :class:`sandbox.core.table.Table` keeps in line with its records."""

    def change(self, key: str, before: Row | None, after: Row | None) -> None:
        """A record came (from None), changed, or went (to None)."""

    def fill(self, rows: Iterable[tuple[str, Row]]) -> None:
        """Forget all there was: these are the records now."""


class Index:
    """The keys of the records that hold a value; ``values`` tells which values a record holds.

    Made for values few records share: dropping one of a value's records looks at all that hold it.
    """

    def __init__(self, values: Callable[[Row], Iterable[Any]]) -> None:
        self._values = values
        # A single key stands without its list: most values are one record's, and lists are large.
        self._keys: dict[Any, str | list[str]] = {}

    def keys(self, value: Any) -> Sequence[str]:
        """Whose it is; who has held it longest comes first."""
        found = self._keys.get(value, ())
        return (found,) if isinstance(found, str) else tuple(found)

    def one(self, value: Any) -> str | None:
        """Who has held it longest, or None."""
        return next(iter(self.keys(value)), None)

    def change(self, key: str, before: Row | None, after: Row | None) -> None:
        """See :class:`Finder`."""
        was, now = self._of(before), self._of(after)
        for value in (value for value in was if value not in now):
            self._drop(value, key)
        for value in (value for value in now if value not in was):
            self._add(value, key)

    def fill(self, rows: Iterable[tuple[str, Row]]) -> None:
        """See :class:`Finder`."""
        self._keys.clear()
        for key, row in rows:
            self.change(key, None, row)

    def _of(self, row: Row | None) -> dict[Any, None]:
        return {} if row is None else dict.fromkeys(self._values(row))

    def _add(self, value: Any, key: str) -> None:
        held = self._keys.get(value)
        if isinstance(held, list):
            held.append(key)
        else:
            self._keys[value] = key if held is None else [held, key]

    def _drop(self, value: Any, key: str) -> None:
        held = self._keys[value]
        if isinstance(held, list) and len(held) > 1:
            held.remove(key)
        else:
            del self._keys[value]


class Stretch(Sequence[str]):
    """Part of an order, forwards or backwards: good until the order changes."""

    def __init__(self, order: "Order", places: range) -> None:
        self._order, self._places = order, places

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, index: int) -> str: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[str]: ...

    def __getitem__(self, index: int | slice) -> str | Sequence[str]:
        places = self._places[index]
        return self._order[places] if isinstance(places, int) else Stretch(self._order, places)


class Order(Sequence[str]):
    """Keys of records by ``by``, then by their number. Records for which ``by`` gives None are not in it.

    A slice is a window on the order and costs nothing. Where one begins is found by halving: a *bound* is
    what ``by`` may give, with a record's number behind it where that matters, or the beginning of it.
    """

    def __init__(self, by: Callable[[Row], Place | None]) -> None:
        self._by = by
        self._places: list[Place] = []

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, index: int) -> str: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[str]: ...

    def __getitem__(self, index: int | slice) -> str | Sequence[str]:
        if isinstance(index, int):
            return str(self._places[index][-1])
        return Stretch(self, range(len(self))[index])

    def before(self, *bound: Any) -> int:
        """How many stand before a bound."""
        return bisect_left(self._places, bound)

    def through(self, *bound: Any) -> int:
        """How many stand before a bound or at it."""
        return bisect_right(self._places, bound, key=lambda place: place[: len(bound)])

    def change(self, key: str, before: Row | None, after: Row | None) -> None:
        """See :class:`Finder`."""
        was, now = self._place(key, before), self._place(key, after)
        if was != now and was is not None:
            del self._places[bisect_left(self._places, was)]
        if was != now and now is not None:
            insort(self._places, now)

    def fill(self, rows: Iterable[tuple[str, Row]]) -> None:
        """See :class:`Finder`."""
        self._places = sorted(place for key, row in rows if (place := self._place(key, row)) is not None)

    def _place(self, key: str, row: Row | None) -> Place | None:
        by = None if row is None else self._by(row)
        return None if by is None else (*by, int(key))
