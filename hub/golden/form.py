"""Cells as JSON and back: the form in which the store keeps them."""

from collections.abc import Mapping
from hashlib import blake2s
from typing import Any

import orjson

from hub.golden import aside as asides
from hub.golden.aside import MARK, Aside
from hub.golden.cell import Cell
from hub.golden.claims import NO_SPANS, NOTHING_TYPED, Claim, Held, Refused, Sent, TypedOver
from hub.golden.former import before
from hub.golden.roll import Roll
from hub.model.instant import DAWN
from hub.model.value import Value

Json = dict[str, Any]
_EMPTY = Cell()
"""The cell in which nothing was ever read: half of all cells, so they share one."""


def cell_form(cell: Cell) -> Json:
    """A cell, what is empty left out."""
    return _filled(
        {
            "base": cell.base,
            "claim": _claim_form(cell.claim),
            "placed": cell.placed or None,
            "intent": cell.intent,
            "flight": [[one.value, one.at] for one in cell.flight] or None,
            "tries": cell.tries or None,
            "refused": list(map(list, cell.refused)) or None,
            "former": list(cell.former) or None,
            "since": cell.since,
            "altered": cell.altered or None,
        }
    )


def cell_of(form: Mapping[str, Any]) -> Cell:
    """The cell that :func:`cell_form` wrote."""
    if not form:
        return _EMPTY
    told = form.get
    return Cell(
        told("base"),
        _claim_of(form["claim"]) if "claim" in form else None,
        told("placed", False),
        told("intent"),
        _flight_of(form),
        told("tries", 0),
        _refused_of(told("refused")),
        tuple(told("former", ())),
        told("since"),
        told("altered", False),
    )


def _refused_of(form: Any) -> tuple[Refused, ...]:
    """Refusals; before they had a time they were one value (of a list field: slots)."""
    if form is None or isinstance(form, str | int | float | dict):
        return () if form is None else (Refused(form, DAWN),)
    timed = all(isinstance(one, list) and len(one) == 2 and _is_instant(one[1]) for one in form)
    return tuple(Refused(one[0], one[1]) if timed else Refused(one, DAWN) for one in form)


def _is_instant(text: object) -> bool:
    return isinstance(text, str) and len(text) == len(DAWN) and text.endswith("Z")


def said(forms: Mapping[str, Json]) -> tuple[dict[str, Value], list[dict[str, Value]]]:
    """What people say in a record, and what they said before, of all its cells and rolls as stored.

    The same as :meth:`SourceRecord.authored` and :meth:`SourceRecord.formerly` tell, at a third of the cost.
    """
    now: dict[str, Value] = {}
    former: list[tuple[str, Value]] = []
    aside: dict[str, Aside] = {}
    for name, form in forms.items():
        if MARK in name:
            aside[name] = aside_of(form)
        elif "slots" in form:
            values = [one["value"] for one in form.get("claims", {}).values() if "value" in one]
            if values:
                now[name] = list[Value](sorted(map(str, values)))
            if len(values) < len(form.get("claims", {})):
                former.append((name, list[Value](sorted(form["claims"]))))
        elif "value" in form.get("claim", ()):
            now[name] = form["claim"]["value"]
        former += [(name, one) for one in form.get("former", ())]
    if aside:
        now, former = asides.said(aside, now, former)
    return now, before(now, former)


def roll_form(roll: Roll) -> Json:
    """A roll, what is empty left out (but its slots, whose number counts)."""
    return {"slots": list(roll.base)} | _filled(
        {
            "claims": {element: _claim_form(claim) for element, claim in roll.claims.items()} or None,
            "ours": sorted(roll.ours) or None,
            "flight": [[one.value, one.at] for one in roll.flight] or None,
            "tries": roll.tries or None,
            "refused": list(map(list, roll.refused)) or None,
            "since": roll.since,
        }
    )


def roll_of(form: Mapping[str, Any]) -> Roll:
    """The roll that :func:`roll_form` wrote."""
    return Roll(
        tuple(form["slots"]),
        {element: _claim_of(one) for element, one in form["claims"].items()} if "claims" in form else {},
        frozenset(form.get("ours", ())),
        _flight_of(form),
        form.get("tries", 0),
        _refused_of(form.get("refused")),
        form.get("since"),
    )


def fingerprint(of: Cell | Roll) -> str:
    """Whether a cell or roll is still what it was."""
    form = cell_form(of) if isinstance(of, Cell) else roll_form(of)
    return blake2s(orjson.dumps(form, option=orjson.OPT_SORT_KEYS), digest_size=8).hexdigest()


def aside_form(one: Aside) -> Json:
    """What is set aside."""
    of = cell_form(one.of) if isinstance(one.of, Cell) else roll_form(one.of)
    held = list(one.held) if one.held else None
    told = {"of": of, "at": one.at, "print": one.print, "held": held}
    return _filled({**told, "mute": one.mute or None, "left": one.left or None})


def aside_of(form: Mapping[str, Any]) -> Aside:
    """What :func:`aside_form` wrote."""
    of = roll_of(form["of"]) if "slots" in form["of"] else cell_of(form["of"])
    held = Held(*form["held"]) if "held" in form else None
    return Aside(of, form["at"], form["print"], held, "mute" in form, form.get("left", ""))


def _flight_of(form: Mapping[str, Any]) -> tuple[Sent, ...]:
    return tuple(Sent(value, at) for value, at in form["flight"]) if "flight" in form else ()


def _claim_form(claim: Claim | None) -> Json | None:
    if claim is None:
        return None
    removed = list(claim.removed) or None
    return _filled(
        {
            "value": claim.value,
            "at": claim.at,
            "how": claim.how,
            "removed": removed,
            "since": claim.since,
            "typed": dict(claim.typed) if claim.typed is not None else None,
            "spans": dict(claim.spans) or None,
            "over": [list(one) for one in claim.over] or None,
            "own": dict(claim.own) or None,
            "first": claim.first or None,
        }
    )


def _claim_of(form: Mapping[str, Any]) -> Claim:
    told = form.get
    return Claim(
        told("value"),
        form["at"],
        form["how"],
        tuple(told("removed", ())),
        told("since"),
        told("typed"),
        told("spans", NO_SPANS),
        tuple(TypedOver(*one) for one in told("over", ())),
        told("first", ""),
        told("own", NOTHING_TYPED),
    )


def _filled(form: Json) -> Json:
    return {name: one for name, one in form.items() if one is not None}
