"""Why two records are one customer, or why not: finding by finding, against the rival that fits best."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import duckdb
import pyarrow as pa

from hub.identity.care import Cared
from hub.identity.database import database, number_by_content
from hub.identity.deciding import Group
from hub.identity.evidence import compare, frequencies
from hub.identity.findings import LOOKED_AT
from hub.identity.fitting import Fitted, expected
from hub.identity.rating import opened, weigh_pairs
from hub.identity.rounding import DIGITS, adding_up
from hub.identity.weighing import Weighed, Weighing
from hub.identity.weights import Weights
from hub.identity.would import Change, carried_by, made_one_by
from hub.identity.written import Written, beside
from hub.model.keys import Kind

Verdict = Literal["one", "asked", "two"]
OF_FILES = frozenset({"number", "fact1", "fact2", "fact3", "fact4"})
"""Comparisons of what only some files tell, and no stored record."""
_SHOWN = {"mark": "mark"}
"""What is shown of a comparison that looks at something else besides."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one comparison found, and what it says."""

    comparison: str
    finding: str
    """Empty where one of the two does not tell, or where it says nothing more."""
    left: str
    right: str
    bits: float


@dataclass(frozen=True, slots=True)
class Why:
    """The explanation of a pair. ``findings``, ``rarity`` and ``care`` add up to ``bits``."""

    kind: Kind
    bits: float
    """In favour of one customer."""
    accept: float
    """From so many bits on a pair is taken for one."""
    review: float
    """From so many bits on a person is asked."""
    rival: str
    """What else the pair may be: the kind of pair that explains it best."""
    rarity: float
    """Bits before anything is compared: how many more or fewer matches there are than such rivals."""
    findings: tuple[Finding, ...]
    care: float = 0.0
    """Bits against a pair of stored records, for what differs or because nothing but a name agrees."""
    cared: tuple[Cared, ...] = ()
    """By which rules; these add up to ``care``."""
    changes: tuple[Change, ...] = ()
    """What would make it one; where it is, what carries it. By itself, whatever else groups are judged by."""
    verdict: Verdict = "two"
    """What becomes of the two."""
    group: Group = field(default_factory=Group)
    """What decided, where that is not the pair itself."""
    today: tuple[bool, bool] = (True, True)
    """Of each, whether what was compared is what it says today."""


def why(described: pa.Table, fitted: Fitted, left: int, right: int) -> Why:
    """Explain the pair of two rows of a table, by weights that were fitted to it."""
    with database() as connection:
        number_by_content(connection, described, fitted.weights.kind)
        frequencies(connection, fitted.weights)
        connection.execute(
            "create table pair as select min(id) as low, max(id) as high from copy "
            "where place in ($left, $right)",
            {"left": left, "right": right},
        )
        compare(connection, fitted.weights.kind, "pair", "finding")
        found = _row(connection, "select * from finding")
        sides = [
            _row(
                connection,
                "select described.* from described join copy using (id) where copy.place = $1",
                place,
            )
            for place in (left, right)
        ]
    return _explained(Weighing(fitted, found, careful=False), sides[0], sides[1])


def why_stored(left: str, right: str, weights: Weights) -> Why:
    """Explain the pair of two stored records, as it is rated: by the descriptions that are most alike."""
    told = dict(enumerate((*_versions(left), *_versions(right))))
    first = len(_versions(left))
    # A description is a record of its own here, which does not know that it is of the past: it is told.
    past = [_past(number, first, len(told)) for number in told]
    with opened(told, weights) as connection:
        connection.register("ages", pa.table({"id": list(told), "age": past}))
        connection.execute(
            "create or replace table described as select described.* exclude (past), "
            "age::utinyint as past from described join ages using (id)"
        )
        connection.execute(
            "create table pair as select l.id as low, r.id as high from described l, described r "
            "where l.id < $first and r.id >= $first",
            {"first": first},
        )
        weigh_pairs(connection, weights)
        best = _row(connection, "select * from weighed order by bits desc, telling desc, low, high limit 1")
        found = _row(
            connection, "select * from finding where low = $1 and high = $2", best["low"], best["high"]
        )
        sides = [
            _row(connection, "select * from described where id = $1", best[side]) for side in ("low", "high")
        ]
    fitted = Fitted(weights, expected(weights, weights.records))
    plain = _explained(Weighing(fitted, found, careful=True), sides[0], sides[1])
    return replace(plain, today=(best["low"] == 0, best["high"] == first))


def _past(number: int, first: int, every: int) -> int:
    nth, several = (number, first > 1) if number < first else (number - first, every - first > 1)
    return int(several) + int(nth > 0)


def _versions(record: str) -> list[str]:
    """Each description of a stored record as a record of its own."""
    return [json.dumps([one]) for one in json.loads(record)]


def _row(connection: duckdb.DuckDBPyConnection, query: str, *given: int) -> dict[str, Any]:
    found = connection.execute(query, given)
    names = [column[0] for column in found.description or ()]
    return dict(zip(names, found.fetchone() or (), strict=True))


def _explained(weighing: Weighing, left: Mapping[str, Any], right: Mapping[str, Any]) -> Why:
    weights, made = weighing.fitted.weights, weighing.made
    found = weighing.weighed(made)
    rarity, parts, care = _added_up(found)
    told = {name: _SHOWN.get(name, one) for name, one in LOOKED_AT[weights.kind].items()}
    findings = [
        Finding(name, made[name], _shown(left, told[name]), _shown(right, told[name]), bits)
        for name, bits in parts.items()
    ]
    one = found.bits >= weights.accept
    return Why(
        weights.kind,
        round(rarity + sum(parts.values()) + sum(one.bits for one in care), DIGITS),
        weights.accept,
        weights.review,
        found.rival,
        rarity,
        tuple(findings),
        round(sum(one.bits for one in care), DIGITS),
        care,
        carried_by(weighing) if one else made_one_by(weighing),
        "one" if one else "asked" if found.bits >= weights.review else "two",
    )


def _added_up(found: Weighed) -> tuple[float, dict[str, float], tuple[Cared, ...]]:
    """Rarity, findings and care in figures that add up."""
    care = [one.bits for one in found.cared]
    rarity, *rest = adding_up([found.rarity, *found.parts.values(), *care])
    bits = dict(zip(found.parts, rest, strict=False))
    shown = zip(found.cared, rest[len(bits) :], strict=True)
    return rarity, bits, tuple(replace(one, bits=less) for one, less in shown)


def decided(found: Why, group: Group, *, one: bool) -> Why:
    """The explanation, with what became of the pair and what decided that."""
    alone = found.verdict == "one"
    asked = found.verdict != "two" and group.rule not in ("unshared", "judged", "parted")
    verdict: Verdict = "one" if one else "asked" if asked else "two"
    return replace(found, verdict=verdict, group=group, changes=found.changes if alone == one else ())


def as_written(found: Why, left: Written, right: Written) -> Why:
    """The explanation with what stands in the two records, where that is told."""
    findings = (
        replace(one, left=_beside(one, one.left, left), right=_beside(one, one.right, right))
        for one in found.findings
    )
    return replace(found, findings=tuple(findings))


def _beside(one: Finding, compared: str, told: Written) -> str:
    return beside(compared, one.comparison, told.get(one.comparison, ())) if compared else ""


def within(found: Why, told: Collection[str]) -> Why:
    """The explanation without changes of what nobody tells, such as telephones in a file without them."""
    changes = tuple(one for one in found.changes if one.comparison in told)
    untold = OF_FILES.difference(told)
    return replace(
        found, changes=changes, findings=tuple(one for one in found.findings if one.comparison not in untold)
    )


def _shown(row: Mapping[str, Any], told: str) -> str:
    """The values that were compared, as they were compared."""
    columns = ("street", "house", "addition", "postcode", "city") if "||" in told else (told,)
    texts = (", ".join(one) if isinstance(one := row[name], list) else one for name in columns)
    return " ".join(filter(None, texts))
