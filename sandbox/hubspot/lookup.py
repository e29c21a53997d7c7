"""Answering a search without looking at every record."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from sandbox.core.finding import Order, Stretch
from sandbox.core.index import LaggedIndex
from sandbox.hubspot.properties import Property
from sandbox.hubspot.search import Filter, Sorting, place

Row = Mapping[str, Any]


class Lookup:
    """What the index shows, in the order of every property that was ever searched or sorted by."""

    def __init__(self, index: LaggedIndex) -> None:
        self._index = index
        self._orders: dict[str, Order] = {}

    def look(self, key: str) -> Row:
        """A record that was found: no copy, do not touch."""
        return self._index.seen().look(key)

    def search(self, groups: Sequence[Sequence[Filter]], sorting: Sorting) -> Sequence[str]:
        """The ids of what passes all filters of any group (everything where there is none), sorted."""
        found = self._listed(groups, sorting.prop)
        if found is None:
            return [row["id"] for row in sorting.sorted(self._passing(groups))]
        return found[::-1] if sorting.descending else found

    def _listed(self, groups: Sequence[Sequence[Filter]], prop: Property) -> Sequence[str] | None:
        """What passes, in the order of ``prop``, where that can be told without a test; else None."""
        if not groups:
            return self._by(prop)
        filters = [one for group in groups for one in group]
        if len(groups) > 1 or len(filters) != 1 or not filters[0].decides(prop):
            return None
        return self._stretches(filters[0])[0]

    def _passing(self, groups: Sequence[Sequence[Filter]]) -> Iterable[Row]:
        keys = dict.fromkeys(key for group in groups for key in self._candidates(group))
        for row in map(self.look, keys):
            values = row["properties"]
            if any(all(one.test(values) for one in group) for group in groups):
                yield row

    def _candidates(self, group: Sequence[Filter]) -> Iterable[str]:
        """What may pass the filter that fewest may pass; everything where none tells."""
        choices = [self._stretches(one) for one in group if one.places]
        if not choices:
            return self._index.seen().keys()
        fewest = min(choices, key=lambda parts: sum(map(len, parts)))
        return (key for part in fewest for key in part)

    def _stretches(self, one: Filter) -> list[Stretch]:
        if one.prop is None or one.places is None:
            return []
        ordered = self._by(one.prop)
        return [Stretch(ordered, places) for places in one.places(ordered)]

    def _by(self, prop: Property) -> Order:
        seen = self._index.seen()
        if prop.name not in self._orders:
            self._orders[prop.name] = seen.found_by(Order(partial(place, prop)))
        return self._orders[prop.name]
