"""Why two are one customer, or two, in sentences: the same for rows of a file and for stored records."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from hub.identity.care import Cared, Way
from hub.identity.deciding import Group
from hub.identity.explaining import Finding, Why
from hub.identity.findings import FINDINGS
from hub.identity.would import Change
from hub.model.keys import Kind
from hub.views.sentences import Sentences

MOST = 3
"""Changes that are told."""


@dataclass(frozen=True, slots=True)
class Line:
    """What is worth how many bits."""

    bits: float
    sentence: str


@dataclass(frozen=True, slots=True)
class Explained:
    """An explanation, ready to be read from above."""

    verdict: str
    bar: str
    """The bits, and what they were held against."""
    lines: tuple[Line, ...]
    """They add up to the total, the last of them; findings first, the strongest above."""
    notes: tuple[str, ...]
    """What says nothing, and what would change the verdict."""


def explained(why: Why, words: Sentences) -> Explained:
    """An explanation in a language."""
    rival = words(f"rival.{why.rival}") if f"rival.{why.rival}" in words.table else why.rival
    bits = {"bits": f"{why.bits:+.2f}", "accept": f"{why.accept:+g}", "review": f"{why.review:+g}"}
    lines = [
        *(Line(one.bits, sentence(why.kind, one, words)) for one in strongest(why) if one.finding),
        Line(why.rarity, words("why.rarity", rival=rival)),
        *(Line(one.bits, _care(why.kind, one, words)) for one in why.cared),
        Line(why.bits, words("why.total")),
    ]
    notes = (*_untold(why, words), *_changes(why, words))
    return Explained(verdict(why, words), words("why.bar", rival=rival, **bits), tuple(lines), notes)


def as_dict(why: Why, words: Sentences) -> dict[str, Any]:
    """An explanation as data, with its sentences."""
    findings = [{**asdict(one), "sentence": sentence(why.kind, one, words)} for one in strongest(why)]
    cared = [{**asdict(one), "sentence": _care(why.kind, one, words)} for one in why.cared]
    return {**asdict(why), "sentence": verdict(why, words), "findings": findings, "cared": cared}


def strongest(why: Why) -> list[Finding]:
    """The findings by what they are worth; those that were not made last."""
    return sorted(why.findings, key=lambda one: (not one.finding, -abs(one.bits)))


def sentence(kind: Kind, one: Finding, words: Sentences) -> str:
    """What a comparison found, with what the two say; empty where it found nothing."""
    if not one.finding:
        return ""
    compared = "fact" if one.comparison.startswith("fact") else one.comparison
    own = f"said.{kind}.{compared}.{one.finding}"
    key = own if own in words.table else f"said.{compared}.{one.finding}"
    return words(key, both=_both(one, words))


def _both(one: Finding, words: Sentences) -> str:
    told = list(dict.fromkeys(filter(None, (one.left, one.right))))
    return words("both", left=told[0], right=told[1]) if len(told) > 1 else "".join(told)


def verdict(why: Why, words: Sentences) -> str:
    """What becomes of the two, and what decided."""
    return words(f"why.{why.verdict}", why=_decided(why, words))


def _decided(why: Why, words: Sentences) -> str:
    group = why.group
    match group.rule:
        case "pair" | "same":
            return words(f"group.{group.rule}.{why.verdict}")
        case "joined" if group.by:
            return words("group.joined_by", by=_others(group, words))
        case "apart" if group.against == "torn":
            return words("group.apart_torn", by=_others(group, words))
        case "apart" if group.pairs:
            told = {"pairs": group.pairs, "mean": f"{group.mean:+.2f}", "needed": f"{group.needed:+g}"}
            return words(f"group.apart_{group.against}", **told)
        case "judged" | "parted":
            return words(f"group.{group.rule}", who=", ".join(group.by))
        case _:
            return words(f"group.{group.rule}")


def _others(group: Group, words: Sentences) -> str:
    return ", ".join(words("group.row", row=one) if one.isdecimal() else one for one in group.by)


def _care(kind: Kind, one: Cared, words: Sentences) -> str:
    match one.rule:
        case "alone":
            names = dict.fromkeys(name for way in one.settles for name in way if not _is_any(kind, name, way))
            return words("care.alone", compared=_names(names, words))
        case "conflicts":
            each = f"{-one.bits / len(one.found):.3g}"
            return words("care.conflicts", each=each, compared=_names(one.found, words))
        case "asked":
            found = ", ".join(_finding(name, finding, words) for name, finding in one.found.items())
            settles = f" {words('or')} ".join(_way(way, words) for way in one.settles)
            return words("care.asked", found=found, settles=settles)
        case "past":
            return words("care.past")


def _is_any(kind: Kind, name: str, way: Way) -> bool:
    """Whether a way asks only that the comparison could be made."""
    return {*way[name]} == {*FINDINGS[kind][name]}


def _way(way: Way, words: Sentences) -> str:
    return ", ".join(_finding(name, some[0], words) for name, some in way.items())


def _finding(name: str, finding: str, words: Sentences) -> str:
    return f"{words(f'compared.{name}')} {words(f'found.{finding}')}"


def _names(some: Iterable[str], words: Sentences) -> str:
    return ", ".join(words(f"compared.{one}") for one in some)


def _untold(why: Why, words: Sentences) -> Iterable[str]:
    silent = [one for one in why.findings if not one.finding]
    parts: Mapping[str, list[str]] = {
        "why.untold": [one.comparison for one in silent if not (one.left and one.right)],
        "why.silent": [one.comparison for one in silent if one.left and one.right],
    }
    return (words(key, compared=_names(names, words)) for key, names in parts.items() if names)


def _changes(why: Why, words: Sentences) -> Iterable[str]:
    if why.group.rule not in ("pair", "same"):
        return ()
    key = "why.carries" if why.verdict == "one" else "why.would"
    if not why.changes:
        return (words(f"{key}_none"),)
    told = f"; {words('or')} ".join(_change(one, words) for one in why.changes[:MOST])
    return (words(key, changes=told),)


def _change(one: Change, words: Sentences) -> str:
    what = (
        _finding(one.comparison, one.finding, words) if one.finding else words(f"compared.{one.comparison}")
    )
    return f"{what} ({one.bits:+.2f})"
