"""What a pair weighs, finding by finding; and what it would weigh, had one comparison found another thing."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import log2
from typing import Any

from hub.identity.care import Cared, cared
from hub.identity.evidence import numbers
from hub.identity.findings import FULL_NAME
from hub.identity.fitting import Fitted
from hub.identity.rating import PAST
from hub.identity.weights import MATCH

Made = Mapping[str, str]
"""Comparison → finding; empty for none."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A pair, weighed against the rival that fits it best."""

    bits: float
    rival: str
    parts: Mapping[str, float]
    """Comparison → its bits."""
    rarity: float
    """Bits before anything is compared."""
    cared: tuple[Cared, ...]
    """What care takes. All of these add up to ``bits``."""


@dataclass(frozen=True, slots=True)
class Weighing:
    """The scales for one pair."""

    fitted: Fitted
    found: Mapping[str, Any]
    """The pair's row in a table of findings (see :func:`hub.identity.evidence.compare`)."""
    careful: bool
    """Whether it is judged as stored records are."""

    @property
    def made(self) -> dict[str, str]:
        """What each comparison found."""
        kind = self.fitted.weights.kind
        known = {name: {n: one for one, n in numbers(kind, name).items()} for name in self._names}
        return {name: known[name].get(self.found[name], "") for name in self._names}

    @property
    def _names(self) -> list[str]:
        return list(self.fitted.weights.chances)

    def weighed(self, made: Made) -> Weighed:
        """The pair, had it made these findings."""
        weights, counts = self.fitted.weights, self.fitted.counts
        others = [kind for kind in weights.kinds if kind != MATCH]
        rival = max(others, key=lambda kind: log2(counts[kind]) + sum(self._said(made, kind).values()))
        mine, theirs = self._said(made, MATCH), self._said(made, rival)
        parts = {name: mine[name] - theirs[name] + weights.learnt_bits(name, made[name]) for name in made}
        rarity = log2(counts[MATCH]) - log2(counts[rival]) + weights.bias
        plain = rarity + sum(parts.values())
        care = self._cared(made, plain) if self.careful else ()
        return Weighed(plain + sum(one.bits for one in care), rival, parts, rarity, care)

    def _cared(self, made: Made, bits: float) -> tuple[Cared, ...]:
        past = self.found["past"] * PAST
        return (*cared(self.fitted.weights, made, bits), *([Cared("past", -past, {})] if past else ()))

    def _said(self, made: Made, kind: str) -> dict[str, float]:
        return {name: self._bits(name, finding, kind) for name, finding in made.items()}

    def _bits(self, name: str, finding: str, kind: str) -> float:
        weights = self.fitted.weights
        told = weights.bits(name, finding, kind) if finding else 0.0
        more = weights.namesake_bits(kind, self.found["rarity"]) if name == FULL_NAME[-1] else 0.0
        return more + (float(self.found[f"{name}_bits"]) if told is None else told)
