"""What each finding about two records says: chances, from the reviewable files in ``mappings/matching/``.

A pair may be one customer (``match``) or something else of a kind the file names: two strangers, two of one
house, two of one firm. Each finding has a chance under each, and weighs the logarithm of their ratio.
A household shares its name, its address and its telephone; only what housemates do *not* share tells them
apart.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import log2
from typing import Any

from hub.identity.findings import COUNTED, FINDINGS, FULL_NAME, named
from hub.model.keys import Kind

MATCH, STRANGERS = "match", "strangers"
FREQUENCY = "frequency"


@dataclass(frozen=True, slots=True)
class Names:
    """How frequent the values of one comparison are, as far as anybody counted."""

    others: float
    """The share of all records that any value has which is not counted."""
    shares: Mapping[str, float]

    def __hash__(self) -> int:
        """Of what is read from one file and kept: it is looked up by who it is."""
        return hash((self.others, len(self.shares)))


class BadWeights(ValueError):
    """A matching file does not say what it must; the message names the place and what was allowed."""


@dataclass(frozen=True, slots=True)
class Weights:
    """One version of what findings say, for one kind of customer."""

    kind: Kind
    version: str
    accept: float
    """Bits from which a pair is taken for one customer."""
    review: float
    """Bits from which, up to ``accept``, a person is asked."""
    alone: float
    """Bits that a pair of stored records has at most where nothing but their names agrees."""
    caution: float
    """Bits against a pair of stored records for each conflict: a wrong merge is written to every system."""
    records: float
    """Among how many stored records a pair is thought to be: among more, more are alike by chance."""
    together: float
    """Bits that all pairs between two groups must have on average, for the groups to be one."""
    expected: Mapping[str, float]
    """Kind of pair → how many such pairs there are for each record; strangers are all pairs."""
    rare: Mapping[str, float]
    """Comparison → how many others are thought to have a name that nobody else was seen with."""
    chances: Mapping[str, Mapping[str, Mapping[str, float | None]]]
    """Comparison → finding → kind of pair → chance; None: how frequent the very value is."""
    learnt: Mapping[str, Mapping[str, float]]
    """Comparison → finding → bits more for a match, learnt from what people decided."""
    bias: float
    """Bits more for any match, learnt likewise."""
    names: Mapping[str, Names]
    """Comparison → how frequent its values are: for records that are compared without counting them."""
    namesakes: Mapping[int, float] = field(default_factory=dict)
    """Rarity of a full name → bits by which strangers have it oftener than each of its names would say."""

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of pair, a match first and strangers second."""
        return (MATCH, STRANGERS, *(one for one in self.expected if one != MATCH))

    def learnt_bits(self, comparison: str, finding: str) -> float:
        """Bits that people's decisions add to a finding."""
        return self.learnt.get(comparison, {}).get(finding, 0.0)

    def namesake_bits(self, kind: str, rarity: int) -> float:
        """Bits more for a kind of pair that has one full name by chance alone. ``rarity``: of that name."""
        names = [one for one in FULL_NAME if one in self.chances]
        by_chance = all(self.chances[name]["same"][kind] is None for name in names)
        return self.namesakes.get(rarity, 0.0) if by_chance else 0.0

    def bits(self, comparison: str, finding: str, kind: str) -> float | None:
        """The logarithm of a chance; None for the value's frequency."""
        chance = self.chances[comparison][finding][kind]
        return None if chance is None else log2(chance)


def weights(kind: Kind, document: Mapping[str, Any]) -> Weights:
    """Weights from a matching file. Raises BadWeights."""
    expected = {
        str(name): _number(f"expected.{name}", one) for name, one in _map(document, "expected").items()
    }
    kinds = (MATCH, STRANGERS, *(one for one in expected if one != MATCH))
    names = _map(document, "names")
    _same_names("names", names, COUNTED[kind])
    rare = _map(document, "rare")
    _same_names("rare", rare, COUNTED[kind])
    found = _map(document, "findings")
    _same_names("findings", found, FINDINGS[kind])
    chances = {name: _comparison(kind, name, found[name], kinds) for name in FINDINGS[kind]}
    return Weights(
        kind,
        str(document.get("version", "")),
        _number("accept", document.get("accept"), least=-100),
        _number("review", document.get("review"), least=-100),
        _number("alone", document.get("alone"), least=-100),
        _number("caution", document.get("caution")),
        _number("records", document.get("records"), least=2),
        _number("together", document.get("together"), least=-100),
        expected,
        {name: _number(f"rare.{name}", rare[name], least=1e-6) for name in COUNTED[kind]},
        chances,
        _learnt(kind, document.get("learnt", {})),
        _number("bias", document.get("bias", 0), least=-100),
        {name: _names(f"names.{name}", one) for name, one in names.items()},
    )


def _learnt(kind: Kind, given: Any) -> dict[str, dict[str, float]]:
    """``learnt: {email: {same: 0.5}}``; what is not named is 0."""
    told = _map({"learnt": given}, "learnt")
    found: dict[str, dict[str, float]] = {}
    for name, some in told.items():
        place = f"learnt.{name}"
        allowed = named(kind, name) if name in FINDINGS[kind] else []
        if unknown := set(_map({place: some}, place)) - {*allowed}:
            raise BadWeights(
                f"{place}: unknown {min(unknown)}. It may have {', '.join(allowed) or 'nothing'}"
            )
        found[name] = {one: _number(f"{place}.{one}", bits, least=-100) for one, bits in some.items()}
    return found


def _names(place: str, given: Any) -> Names:
    """``others: 0.0003`` and, share by share, the names that have it: ``0.005: [jan, piet]``."""
    told = dict(_map({place: given}, place))
    others = _chance(f"{place}.others", told.pop("others", None))
    shares: dict[str, float] = {}
    for share, names in told.items():
        if not isinstance(names, list) or not all(isinstance(one, str) for one in names):
            raise BadWeights(f"{place}.{share}: {names!r} is no list of names; write [jan, piet]")
        if twice := shares.keys() & set(names):
            raise BadWeights(f"{place}.{share}: {min(twice)} has a share already; keep one of them")
        shares |= dict.fromkeys(names, _chance(f"{place}.{share}", share))
    return Names(others, shares)


def _comparison(
    kind: Kind, name: str, given: Any, kinds: tuple[str, ...]
) -> dict[str, dict[str, float | None]]:
    place = f"findings.{name}"
    levels = _map({place: given}, place)
    _same_names(place, levels, named(kind, name))
    return {level: _chances(f"{place}.{level}", levels[level], kinds) for level in named(kind, name)}


def _chances(place: str, given: Any, kinds: tuple[str, ...]) -> dict[str, float | None]:
    told = _map({place: given}, place)
    _same_names(place, told, kinds)
    return {
        one: None if told[one] == FREQUENCY and one != MATCH else _chance(f"{place}.{one}", told[one])
        for one in kinds
    }


def _chance(place: str, given: Any) -> float:
    number = _number(place, given)
    if not 0 < number <= 1:
        raise BadWeights(f"{place}: {given!r} is no chance; give a number above 0, at most 1")
    return number


def _number(place: str, given: Any, least: float = 0.0) -> float:
    try:
        number = float(given)
    except (TypeError, ValueError):
        raise BadWeights(f"{place}: {given!r} is no number") from None
    if not least <= number < float("inf"):
        raise BadWeights(f"{place}: {given!r} is not {least:g} or more")
    return number


def _map(document: Mapping[str, Any], place: str) -> Mapping[str, Any]:
    found = document.get(place)
    if not isinstance(found, Mapping):
        raise BadWeights(f"{place}: {found!r} is no mapping of names to values")
    return found


def _same_names(place: str, given: Mapping[str, Any], wanted: Any) -> None:
    missing, unknown = (
        [one for one in wanted if one not in given],
        [one for one in given if one not in wanted],
    )
    if missing or unknown:
        said = [f"lacks {', '.join(missing)}"] if missing else []
        said += [f"has unknown {', '.join(map(str, unknown))}"] if unknown else []
        raise BadWeights(f"{place}: {' and '.join(said)}. It must have {', '.join(wanted)}")
