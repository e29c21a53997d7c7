"""What would change a verdict on a pair: the one thing that would make it one, or that carries it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hub.identity.findings import UNLESS, named
from hub.identity.rounding import DIGITS
from hub.identity.weighing import Made, Weighing

_NOT_ALONE = frozenset({"swapped"})
"""Findings that two comparisons make together, or neither."""
_NO_PROOF = frozenset({"mark", "trade", "form", "arm"})
"""Comparisons of what tells two of one name apart, and nobody together."""
_SAID: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    **UNLESS,
    "domain": {"email": ("same",)},
    "trade": {"firm": ("same", "sign")},
}
"""Comparison → findings of another one with which it says nothing."""


@dataclass(frozen=True, slots=True)
class Change:
    """One comparison, had it found another thing."""

    comparison: str
    finding: str
    """Empty: had it found nothing."""
    bits: float
    """What the pair would weigh."""


def made_one_by(weighing: Weighing) -> tuple[Change, ...]:
    """Of each comparison the best finding, where that alone would make the pair one; the least first."""
    made, weights = weighing.made, weighing.fitted.weights
    best = (
        max(_found(weighing, made, name), key=lambda one: one.bits)
        for name in made
        if name not in _NO_PROOF and not _is_said(made, name)
    )
    return tuple(sorted((one for one in best if one.bits >= weights.accept), key=lambda one: one.bits))


def carried_by(weighing: Weighing) -> tuple[Change, ...]:
    """The findings without which the pair would be one no more, each alone; the weightiest first."""
    made, weights = weighing.made, weighing.fitted.weights
    without = (_change(weighing, made, name, "") for name, one in made.items() if one)
    return tuple(sorted((one for one in without if one.bits < weights.accept), key=lambda one: one.bits))


def _found(weighing: Weighing, made: Made, name: str) -> Iterator[Change]:
    for finding in named(weighing.fitted.weights.kind, name):
        if finding not in _NOT_ALONE:
            yield _change(weighing, made, name, finding)


def _change(weighing: Weighing, made: Made, name: str, finding: str) -> Change:
    other = {**made, name: finding}
    silent = {one: "" for one in other if one != name and _is_said(other, one)}
    return Change(name, finding, round(weighing.weighed({**other, **silent}).bits, DIGITS))


def _is_said(made: Made, name: str) -> bool:
    return any(made.get(other) in some for other, some in _SAID.get(name, {}).items())
