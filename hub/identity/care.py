"""With how much care pairs of stored records are judged: a wrong merge is written to every system.

Four things, each a condition on the findings of a pair. Without one thing that is :data:`ENOUGH` beside a
name nothing is believed; each of :data:`CONFLICTS` costs; and what may as well be somebody else's is
:data:`ASKED` about, however likely it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Literal

import numpy as np

from hub.identity.findings import FINDINGS
from hub.identity.found import Found, Judged, Mask, Numbers, made, telling
from hub.identity.grouping import ASKED_ABOUT, PERSONAL, TWO
from hub.identity.weights import Weights
from hub.model.keys import Kind

Way = Mapping[str, tuple[str, ...]]
"""Comparison → findings; it holds where each comparison made one of these."""
JUST_BELOW = 0.1
"""Bits below those from which on a pair is believed: a person is asked."""
_ADDRESS = ("same", "near")
_OWN_BOX: Way = {"email": ("own", "initial", "same")}
_BORN: Way = {"birth": ("same", "near")}
_MOBILE: Way = {"mobile": ("same",)}
_NUMBERED: Way = {"number": ("same", "near")}
_REACHED: tuple[Way, ...] = ({"email": ("same",)}, {"domain": ("same",)}, {"telephone": ("same",)})
_OWN_NUMBER: tuple[Way, ...] = ({"coc": ("same",)},)
_REGISTERED: tuple[Way, ...] = ({"vat": ("same", "near")}, {"coc": ("same", "near")})


def _any_given(*shared: Way) -> tuple[Way, ...]:
    given = tuple(FINDINGS["person"]["given"])
    return tuple({**one, "given": given} for one in shared)


ENOUGH: Mapping[Kind, tuple[Way, ...]] = {
    "person": (
        {"email": ("own", "initial", "same", "near")},
        _MOBILE,
        _NUMBERED,
        # What several of a house have in common, twins even a birth date: it takes a given name besides.
        *_any_given(
            _BORN,
            {"landline": ("same",)},
            {"address": _ADDRESS},
            {"work": ("same",)},
            {"email": ("house",)},
        ),
    ),
    "organisation": (
        *_REGISTERED,
        *_REACHED,
        {"address": (*_ADDRESS, "building")},
        {"firm": ("same", "near")},
    ),
}
"""Many people have one name: one of these besides. Firms seldom do, but for those named by a sign."""
CONFLICTS: Mapping[Kind, Way] = {
    "person": {
        "given": ("alike", "different"),
        "family": ("different",),
        "mark": ("different",),
        "birth": ("different",),
        "number": ("different",),
        "mobile": ("different",),
    },
    "organisation": {"vat": ("different",), "coc": ("different",)},
}
"""What speaks of two customers, whatever a house or a group of firms shares."""
SETTLED: Mapping[Kind, Mapping[str, tuple[Way, ...]]] = {
    "person": {
        # Who marries takes another family name, and keeps the given one and what is one's own.
        "family": tuple(
            {"given": ("same",), **one}
            for one in (_OWN_BOX, {**_BORN, **_MOBILE}, {**_BORN, "address": _ADDRESS})
        ),
    },
    "organisation": {},
}
"""Conflicts that are none where one of these was found."""
ASKED: Mapping[Kind, tuple[tuple[Way, tuple[Way, ...]], ...]] = {
    "person": (
        # A parent and a child of one name in one house differ in their mailboxes or mobiles, if in anything.
        (
            {"address": _ADDRESS, "email": ("different",)},
            (_BORN, _MOBILE, _NUMBERED, {"second": ("same",)}),
        ),
        ({"address": _ADDRESS, "mobile": ("different",)}, (_BORN, _OWN_BOX, _NUMBERED)),
        # So do brothers and sisters whose names are alike, twins in nothing else.
        ({"given": ("short", "near"), "mobile": ("different",)}, (_OWN_BOX, _NUMBERED)),
        # And who is called by a short form that is another's name.
        ({"given": ("either",)}, (_OWN_BOX, _NUMBERED)),
        ({"mark": ("untold",)}, ({"birth": ("same",)}, _MOBILE, {"number": ("same",)})),
        # What one has for life may have been typed wrong; a family has one mailbox.
        ({"mark": ("different",)}, (_NUMBERED, {"birth": ("same",)})),
        ({"birth": ("different",)}, (_NUMBERED, {**_OWN_BOX, **_MOBILE})),
        ({"number": ("different",)}, ({"birth": ("same",)},)),
    ),
    "organisation": (
        # Firms of a group may have one VAT number, and one of anything but a number in the register.
        ({"arm": ("different",)}, _OWN_NUMBER),
        ({"trade": ("different",)}, _OWN_NUMBER),
        ({"firm": ("within", "part", "different")}, _OWN_NUMBER),
        # Of one name in two places there may be two.
        ({"town": ("different",)}, (*_REGISTERED, *_REACHED)),
        ({"address": ("different", "area", "street")}, (*_REGISTERED, *_REACHED)),
    ),
}
"""Findings by which it may as well be another, unless one of these others settles it."""
OWN: Mapping[Kind, tuple[Way, ...]] = {
    "person": (_OWN_BOX, _BORN, _MOBILE, _NUMBERED),
    "organisation": (),
}
"""What is one customer's own, and settles a doubt about the groups of two."""
ONE_VOICE: Mapping[Kind, tuple[Way, ...]] = {
    "person": ({**_OWN_BOX, **_MOBILE},),
    "organisation": (),
}
"""Who is reached alike and differs in a name may be one who is called two ways."""
DOUBT: Mapping[Kind, int] = {"person": ASKED_ABOUT, "organisation": -1}
"""What such a pair is for the groups of the two: firms with several addresses only need more."""

Rule = Literal["alone", "conflicts", "asked", "past"]


@dataclass(frozen=True, slots=True)
class Cared:
    """One thing that care takes from a pair, and why."""

    rule: Rule
    """``alone``: nothing is :data:`ENOUGH`; ``past``: the two said so once, and not today."""
    bits: float
    found: Mapping[str, str]
    """Comparison → finding: what conflicts, or why it may as well be another."""
    settles: tuple[Way, ...] = ()
    """What would be enough, or would have spared the question."""


def cared(weights: Weights, made: Mapping[str, str], bits: float) -> list[Cared]:
    """What :func:`with_care` takes from a pair that made these findings, step by step.

    ``made``: comparison → finding, empty for none. ``bits``: what the weights say.
    """
    kind = weights.kind
    found: list[Cared] = []
    if bits > weights.alone and not _any_by(made, ENOUGH[kind]):
        found.append(Cared("alone", weights.alone - bits, {}, ENOUGH[kind]))
    conflicts = {
        name: made[name]
        for name, some in CONFLICTS[kind].items()
        if _made_by(made, {name: some}) and not _any_by(made, SETTLED[kind].get(name, ()))
    }
    if conflicts:
        found.append(Cared("conflicts", -weights.caution * len(conflicts), conflicts))
    over = bits + sum(one.bits for one in found) - (weights.accept - JUST_BELOW)
    for way, settled in ASKED[kind]:
        if over >= 0 and _made_by(made, way) and not _any_by(made, settled):
            found.append(Cared("asked", -over, {name: made[name] for name in way}, settled))
            over = 0.0
    return found


def _any_by(made: Mapping[str, str], ways: tuple[Way, ...]) -> bool:
    return any(_made_by(made, one) for one in ways)


def _made_by(made: Mapping[str, str], way: Way) -> bool:
    return all(made[name] and made[name] in some for name, some in way.items())


def with_care(weights: Weights, found: Found, bits: Numbers) -> Judged:
    """What is made of pairs of stored records, of whom the weights say so many ``bits``."""
    kind = weights.kind
    bits = np.where(enough(weights, found), bits, np.minimum(bits, weights.alone))
    conflicts = np.zeros(len(bits))
    for name, some in CONFLICTS[kind].items():
        settled = _one_of(weights, found, SETTLED[kind].get(name, ()))
        conflicts += made(found, weights, name, some) & ~settled
    asked, bits = _asked(weights, found), bits - weights.caution * conflicts
    told = telling(weights, found)
    told = np.where((told == 0) & _one_of(weights, found, OWN[kind]), PERSONAL, told)
    two = (conflicts > 0) & (bits < weights.accept) & ~_one_of(weights, found, ONE_VOICE[kind])
    told = np.where(two, TWO, told)
    bits = np.where(asked, np.minimum(bits, weights.accept - JUST_BELOW), bits)
    return Judged(bits, np.where(asked, DOUBT[kind], told).astype(np.int8))


def enough(weights: Weights, found: Found) -> Mask:
    """Where a name does not stand alone."""
    return _one_of(weights, found, ENOUGH[weights.kind])


def _asked(weights: Weights, found: Found) -> Mask:
    ways = ASKED[weights.kind]
    some = (_holds(weights, found, way) & ~_one_of(weights, found, settled) for way, settled in ways)
    return reduce(np.logical_or, some)


def _one_of(weights: Weights, found: Found, ways: tuple[Way, ...]) -> Mask:
    none = np.zeros(len(found.rarity), np.bool_)
    return reduce(np.logical_or, (_holds(weights, found, one) for one in ways), none)


def _holds(weights: Weights, found: Found, way: Way) -> Mask:
    return reduce(np.logical_and, (made(found, weights, name, some) for name, some in way.items()))
