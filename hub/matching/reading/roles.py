"""Which column of a file says what: as told, by its name, by its cells where names do not decide."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from hub.matching.reading.firms import is_firm, kind_told
from hub.matching.reading.headers import by_name, is_second, no_evidence, only_a_number, which
from hub.matching.reading.values import MOST, SURE, is_house, is_title, looks_like, may_be_postcodes, share

How = Literal["told", "name", "values", "own", ""]
SEVERAL: Mapping[str, int] = {"email": 20, "phone": 20, "fact": 4}
"""What more than one column may say, and how many."""
LEFT_OUT = "-"
APART = 0.2
"""The share of different cells below which a column that only its cells make evidence is somebody else's."""
_PLACE = frozenset({"street", "house_number", "house_number_addition", "postal_code", "city", "country"})
_NAMES = frozenset({"name", "given_name", "family_name"})
_CLUSTER = ("person ", "organisation ")


@dataclass(frozen=True, slots=True)
class Sample:
    """Some of a column's cells."""

    filled: int
    """Of all cells, those that say something."""
    texts: Sequence[str] = ()
    """Different ones, in the file's order."""
    apart: float = 1.0
    """Of the cells they are taken from, the share that is different."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How one column is read."""

    column: str
    role: str
    """Empty where it is left out."""
    how: How
    why: str = ""
    """Where it is left out."""
    like: str = ""
    """The role it looks like where it is left out and was not understood."""


def roles_of(
    columns: Sequence[str],
    told: Mapping[str, str],
    samples: Mapping[str, Sample] | None = None,
    names: Collection[str] = (),
) -> list[Reading]:
    """A reading of each column, in their order. ``samples``: of each, where its cells may be looked at.

    ``names``: given names that many have, to tell a column of names by.
    """
    samples = samples or {}
    roles = {one: by_name(one) for one in columns}
    first = [
        _told(one, told[one]) if one in told else _alone(one, roles, samples.get(one, Sample(0)), names)
        for one in columns
    ]
    return _sought(_shared_out(_family(first), samples))


def _told(column: str, role: str) -> Reading:
    return Reading(column, "", "told", "as told") if role == LEFT_OUT else Reading(column, role, "told")


def _alone(column: str, roles: Mapping[str, str], sample: Sample, names: Collection[str]) -> Reading:
    """What a column says, the others only known by their names."""
    if column.casefold().startswith("cluster") and sample.texts and _ours(sample.texts):
        return Reading(column, "", "own", "clusters of an earlier match: written anew")
    if why := no_evidence(column):
        return Reading(column, "", "name", why)
    like = looks_like(sample.texts, names)
    if only_a_number(column):
        return Reading(column, _number(roles, sample, like), "values")
    role = roles[column]
    if role == "family_name_prefix" and share(sample.texts, is_title) >= MOST / 2:
        return Reading(column, "", "values", "titles: they tell nobody apart")
    if role == "kind" and sample.texts and share(sample.texts, lambda one: kind_told(one) is not None) < 0.5:
        return Reading(column, "", "values", "no kinds of customers that we know")
    if role == "number" and like == "vat_number":
        return Reading(column, like, "values")
    if role and not (role in ("email", "phone") and like in ("email", "phone")):
        return Reading(column, role, "name")
    if role:
        return Reading(column, like, "name" if like == role else "values")
    if like in SURE and sample.apart >= APART and like not in roles.values() - SEVERAL.keys():
        return Reading(column, like, "values")
    if not like and may_be_postcodes(sample.texts):
        like = "postal_code"
    return Reading(column, "", "", "not understood" if sample.filled else "it is empty", like)


def _ours(texts: Sequence[str]) -> bool:
    return all(one.startswith(_CLUSTER) and one.rpartition(" ")[2].isdecimal() for one in texts)


def _number(roles: Mapping[str, str], sample: Sample, like: str) -> str:
    """``Number`` beside a street is a house's; that of telephones is one; else it is one person's."""
    known = set(roles.values())
    beside = "street" in known and "house_number" not in known
    if beside and (not sample.texts or share(sample.texts, is_house) >= MOST):
        return "house_number"
    return "phone" if like == "phone" else "number"


def _family(readings: list[Reading]) -> list[Reading]:
    """``Name`` beside ``Vorname``, and ``Nom`` beside ``Prénom``, is the family name."""
    known = {one.role for one in readings}
    if "given_name" not in known or "family_name" in known:
        return readings
    whole = next((one for one in readings if one.role == "name" and one.how == "name"), None)
    return [replace(one, role="family_name") if one is whole else one for one in readings]


def _shared_out(readings: list[Reading], samples: Mapping[str, Sample]) -> list[Reading]:
    """Each role to one column, those told first; of several addresses the one that is told most."""
    best = _address(readings, samples)
    holders: dict[str, list[str]] = {}
    for one in sorted(readings, key=lambda one: (one.how != "told", is_second(one.column))):
        some = holders.setdefault(one.role, [])
        if one.role and len(some) < SEVERAL.get(one.role, 1) and _belongs(one, best):
            some.append(one.column)
    return [
        one if not one.role or one.column in holders[one.role] else _beside(one, holders[one.role])
        for one in readings
    ]


def _sought(readings: list[Reading]) -> list[Reading]:
    """What columns look like that no other has been read as."""
    known = {one.role for one in readings} - SEVERAL.keys()
    known |= _NAMES if known & _NAMES else set()
    return [replace(one, like="") if one.like in known else one for one in readings]


def _belongs(one: Reading, best: str | None) -> bool:
    return one.how == "told" or one.role not in _PLACE or best is None or which(one.column) in ("", best)


def _beside(one: Reading, holders: Sequence[str]) -> Reading:
    if not holders:
        return Reading(one.column, "", one.how, f"{one.role} of another address than the one read")
    others = ", ".join(f"'{other}'" for other in holders)
    return Reading(one.column, "", one.how, f"{one.role} is read of {others}")


def _address(readings: Sequence[Reading], samples: Mapping[str, Sample]) -> str | None:
    """Which of several addresses is read: one that says no whose, else that with most filled cells."""
    filled: dict[str, int] = {}
    for one in readings:
        if one.role in _PLACE and one.how != "told":
            mine = which(one.column)
            filled[mine] = filled.get(mine, 0) + samples.get(one.column, Sample(0)).filled
    plain = [one.column for one in readings if one.role == "street" and not which(one.column)]
    if len(filled) < 2 or any(samples.get(one, Sample(1)).filled for one in plain):
        return "" if plain else None
    return max((one for one in filled if one), key=filled.__getitem__)


def firms_in(readings: Sequence[Reading], samples: Mapping[str, Sample], role: str) -> float:
    """The share of a role's sampled cells that carry a legal form."""
    texts: Iterator[str] = (
        text for one in readings if one.role == role for text in samples[one.column].texts
    )
    return share([*texts], is_firm)
