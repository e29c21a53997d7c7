"""How near rivals fare, kind by kind: what two customers are taken for, and what is found of each of them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any

Figures = dict[str, dict[str, Any]]


def by_rival(rivals: Sequence[str], truth: Sequence[str], found: Sequence[str]) -> Figures:
    """Kind → figures of the pairs of records in one cluster; three sequences, a record each.

    ``false``: of two customers. ``true``: of one. ``missed``: of one, not found. ``precision``: of all found.
    ``elsewhere``: of the false, those with a customer that is none of the two rivals.
    """
    true, whole = Counter[str](), Counter[str]()
    false, elsewhere = Counter[str](), Counter[str]()
    for rows in _together(truth):
        whole[rivals[rows[0]]] += len(rows) * (len(rows) - 1) // 2
    for rows in _together(found):
        for one, other in combinations(rows, 2):
            if truth[one] == truth[other]:
                true[rivals[one]] += 1
                continue
            false[rivals[one]] += 1
            elsewhere[rivals[one]] += _pair(truth[one]) != _pair(truth[other])
    return {kind: _figures(true[kind], false[kind], whole[kind], elsewhere[kind]) for kind in whole}


def _together(labels: Sequence[str]) -> Iterable[list[int]]:
    rows: Mapping[str, list[int]] = defaultdict(list)
    for row, label in enumerate(labels):
        rows[label].append(row)
    return rows.values()


def _pair(customer: str) -> str:
    """The two rivals: ``twin 17 a`` and ``twin 17 b`` are ``twin 17``."""
    return customer.rpartition(" ")[0]


def _figures(true: int, false: int, whole: int, elsewhere: int) -> dict[str, Any]:
    return {
        "false": false,
        "elsewhere": elsewhere,
        "true": true,
        "missed": whole - true,
        "precision": round(true / (true + false), 5) if true + false else 1.0,
        "recall": round(true / whole, 4) if whole else 1.0,
    }
