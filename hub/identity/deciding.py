"""What decided whether two records are one, where the pair itself did not."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from hub.identity.grouping import NOTHING, Against, Decided, Pair, Weighed, chain, kept_apart
from hub.identity.weights import Weights

Rule = Literal["pair", "same", "joined", "apart", "unshared", "judged", "parted"]


@dataclass(frozen=True, slots=True)
class Group:
    """The rule that decided, and by what."""

    rule: Rule = "pair"
    """``pair``: the two themselves; ``same``: they say exactly the same; ``joined``: by way of others;
    ``apart``: all that is known of the two groups speaks against it; ``unshared``: they have no key in common
    and were never compared; ``judged``: somebody said so; ``parted``: somebody said so of two that are one
    with them."""
    by: tuple[str, ...] = ()
    """By way of which others, in order; whom one of the two fits as well; or who said so."""
    pairs: int = 0
    """Compared pairs between the two groups."""
    mean: float = 0.0
    """Their bits, on average."""
    needed: float = 0.0
    """The average from which on the two groups are one."""
    against: Against | None = None
    """Of what is ``apart``: why."""


def group_of(
    pair: Pair,
    names: Sequence[str],
    pairs: Sequence[Weighed],
    weights: Weights,
    decided: Decided = NOTHING,
    *,
    one: bool,
    alike: bool,
    compared: bool,
) -> Group:
    """What decided on a pair.

    ``names``: of all records of its two groups, in their order; ``pair`` and ``pairs`` go by their numbers.
    ``one``: whether the two are; ``alike``: whether they would be by
    themselves; ``compared``: whether they were, by a key they share.
    """
    if one == alike:
        return Group()
    if one:
        return Group("joined", tuple(names[number] for number in chain(pair, pairs, weights.accept, decided)))
    if not compared:
        return Group("unshared")
    found = kept_apart(pair, len(names), pairs, weights.accept, weights.together, decided)
    if found is None:
        return Group("apart")
    thirds = tuple(names[number] for number in found.thirds)
    return Group("apart", thirds, found.pairs, round(found.mean, 2), found.needed, found.against)
