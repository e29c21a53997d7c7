"""How long it takes to find somebody among many: what a clerk types, against a store that is full."""

import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from random import Random
from statistics import median, quantiles
from typing import Any

from bench.identity.sets import TRUTH, prepared
from bench.report import Measured, timed
from bench.search.fill import fill
from bench.sync.stage import room
from hub.flow.errors import NotFound
from hub.flow.hub import Hub
from hub.mapping.load import load
from hub.matching.columns import columns_of
from hub.matching.described import describe
from hub.matching.match import describer_of, read
from hub.views.find import find as who_is
from hub.views.search import Search, TooLittle, searching

ASKED, WARM = 400, 40
"""How many are sought, of few records a quarter as many, and how many before the first that is timed."""
SOON = 100
"""Milliseconds that 95 of 100 searches must take at most."""
ENOUGH = 0.95
"""The share of those sought, who are all there, that must be found."""
TYPED = (
    ("given_name", "family_name", "email"),
    ("given_name", "family_name", "phone"),
    ("given_name", "family_name", "postal_code", "house_number"),
    ("family_name", "birth_date"),
    ("given_name", "family_name"),
    ("email",),
    ("legal_name", "postal_code"),
)
"""What a clerk has at hand."""


def find(records: int, store: str) -> Measured:
    """Seek people and firms of our own hard set in a store that holds all of it."""
    table = read(prepared("hard", records))
    columns = columns_of([one for one in table.column_names if one != TRUTH], {}, None)
    _, described = describe(table, describer_of(table, columns))
    with room(store) as here:
        with timed() as filling:
            fill(here.memory, described)
        with searching(Hub(here.memory, load())) as search:
            sought = _sought(table.to_pylist(), Random(7), min(ASKED, records // 4) + WARM)
            with timed() as took:
                waited, found = _asked(search, sought)
            shown = _shown(search.hub, sought)
    ours = {
        "records": table.num_rows,
        "filled_s": filling.wall_s,
        "searches": len(waited),
        "p50_ms": round(1000 * median(waited), 1),
        "p95_ms": round(1000 * quantiles(waited, n=20)[-1], 1),
        "worst_ms": round(1000 * max(waited), 1),
        "share_found": round(found, 3),
        "show_p50_ms": round(1000 * median(shown), 1),
        "show_p95_ms": round(1000 * quantiles(shown, n=20)[-1], 1),
    }
    ours["soon"] = max(ours["p95_ms"], ours["show_p95_ms"]) <= SOON
    return Measured(ours, took, kept=found >= ENOUGH)


def _sought(rows: Sequence[Mapping[str, Any]], dice: Random, many: int) -> list[dict[str, str]]:
    """What is typed of records that are there."""
    found: list[dict[str, str]] = []
    while len(found) < many:
        row, typed = dice.choice(rows), dice.choice(TYPED)
        told = {name: row[name] for name in typed if row.get(name)}
        if len(told) == len(typed):
            found.append(told)
    return found


def _shown(hub: Hub, sought: Sequence[dict[str, str]]) -> list[float]:
    """Seconds it took to show who has a value that was typed, or a name: one of them, or a list."""
    waited: list[float] = []
    for told in sought:
        value = told.get("email") or told.get("phone") or " ".join(told.values())
        began = time.perf_counter()
        with suppress(NotFound):
            who_is(hub, value)
        waited.append(time.perf_counter() - began)
    return waited[WARM:]


def _asked(search: Search, sought: Sequence[dict[str, str]]) -> tuple[list[float], float]:
    """Seconds each search took, once warm, and the share that found somebody; ``info@`` identifies nobody."""
    waited: list[float] = []
    found = 0
    for told in sought:
        began = time.perf_counter()
        try:
            found += bool(search(told))
        except TooLittle:
            continue
        waited.append(time.perf_counter() - began)
    return waited[WARM:], found / len(waited)
