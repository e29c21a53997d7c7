"""The lists of a party: which entry is the first of its kind, and the steps that make another one so.

The first counts: it is what people call "the e-mail" of a party. So nothing here makes another entry the
first by the way. One that the party has already, further on, is put in front and the others stay; the first
of several is not taken away, for the next would become the customer's.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from connectors.contract import Json

Steps = list[Any]
"""What a list of a party is to do, in Tryton's words: ``["write", [id], values]`` and the like."""
VAT = "eu_vat"
_NUMBERS = frozenset({"phone", "mobile"})


class Unwritable(Exception):
    """The change names something that Tryton does not have; the message says what, without values."""


def in_order(entries: Sequence[Json]) -> list[Json]:
    """As Tryton shows them: those without a sequence, then by sequence; the older of two first."""
    return sorted(entries, key=lambda one: (one["sequence"] is not None, one["sequence"] or 0, one["id"]))


def first(entries: Sequence[Json], **wanted: Any) -> Json | None:
    """The first entry whose fields have these values."""
    return next((one for one in entries if all(one[name] == value for name, value in wanted.items())), None)


def folded(kind: str, value: object) -> str:
    """What the spellings of one value share: a number in groups is the same number."""
    text = str(value).strip().casefold()
    if kind in _NUMBERS:
        return re.sub(r"[^+0-9]", "", text) or text
    return re.sub(r"[^0-9a-z]", "", text) if kind == VAT else text


def steps(entries: Sequence[Json], kind: str, field: str, value: str | None) -> Steps:
    """What makes ``value`` the first active entry of this kind. Raises Unwritable, see :func:`taken_away`."""
    alike = [one for one in entries if one["type"] == kind]
    active = [one for one in alike if one["active"]]
    if value is None:
        others = [one for one in active if folded(kind, one[field]) != folded(kind, active[0][field])]
        return taken_away(active, others, kind)
    there = [one for one in alike if folded(kind, one[field]) == folded(kind, value)]
    if further := next((one for one in active[1:] if one in there and active[0] not in there), None):
        return [*_edited(further, {field: value}), *in_front(active, further)]
    if active:
        return _edited(active[0], {field: value})
    if there:
        return _edited(there[0], {field: value, "active": True})
    return [["create", [{"type": kind, field: value}]]]


def taken_away(active: Sequence[Json], others: Sequence[Json], what: str) -> Steps:
    """Deactivate these. Raises Unwritable where ``others`` among them say something else than the first."""
    if others:
        raise Unwritable(
            f"the party has several entries of {what}, and the next would become the customer's: take away "
            "those that are wrong in Tryton"
        )
    return [["write", [one["id"] for one in active], {"active": False}]] if active else []


def in_front(active: Sequence[Json], wanted: Json) -> Steps:
    """Put one in front: it loses its sequence, and those ahead of it are numbered behind all others."""
    ahead = active[: active.index(wanted)]
    last = max(one["sequence"] or 0 for one in active)
    moved = [["write", [one["id"]], {"sequence": last + n}] for n, one in enumerate(ahead, 1)]
    return [*_edited(wanted, {"sequence": None}), *moved]


def _edited(entry: Mapping[str, Any], values: Json) -> Steps:
    """One step for the fields that are others than they were; none where all are as they should be."""
    other = {name: value for name, value in values.items() if entry[name] != value}
    return [["write", [entry["id"]], other]] if other else []
