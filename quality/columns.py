"""What each batch rule looks at, made flat: one column of cells a rule, ready for a data frame."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from quality.rules import BatchRules
from quality.verdict import Severity

_LISTED = 12

Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Column:
    """One rule about one field (or, with an empty field, about the batch), with what it looks at."""

    rule: str
    field: str
    severity: Severity
    expected: str
    wrong: str = ""
    """What is the matter with a row that breaks it."""
    bound: float = 0
    cells: Sequence[Any] = ()
    """A cell a row, None for empty: the value itself, or whether a value is allowed."""


def columns(
    rows: Rows, rules: BatchRules, references: Mapping[str, Set[str]], previous_count: int | None
) -> list[Column]:
    """All columns the rules ask for. KeyError when the known keys of a reference are not given."""
    return [
        *_volume(len(rows), rules, previous_count),
        *(_filled(rows, rules, name, share) for name, share in rules.not_null.items()),
        *(_unique(rows, rules, name) for name in rules.unique),
        *(
            _known(rows, rules, "value_sets", name, set(allowed))
            for name, allowed in rules.value_sets.items()
        ),
        *(_known(rows, rules, "references", name, references[name]) for name in rules.references),
    ]


def _volume(count: int, rules: BatchRules, previous_count: int | None) -> Iterator[Column]:
    least = rules.least(previous_count)
    cells = [True] * count
    if rules.volume_min is not None:
        yield _of_batch(rules, "volume_min", f"at least {rules.volume_min} rows", rules.volume_min, cells)
    if rules.volume_max is not None:
        yield _of_batch(rules, "volume_max", f"at most {rules.volume_max} rows", rules.volume_max, cells)
    if least is not None:
        expected = f"at least {least} rows, after {previous_count} in the previous batch"
        yield _of_batch(rules, "max_drop_share", expected, least, cells)


def _of_batch(rules: BatchRules, rule: str, expected: str, bound: int, cells: Sequence[Any]) -> Column:
    return Column(rule, "", rules.severity(rule, ""), expected, bound=bound, cells=cells)


def _filled(rows: Rows, rules: BatchRules, name: str, share: float) -> Column:
    cells = [True if _at(row, name) is not None else None for row in rows]
    expected = f"filled in at least {share * 100:g} % of rows"
    return Column("not_null", name, rules.severity("not_null", name), expected, "empty", share, cells)


def _unique(rows: Rows, rules: BatchRules, name: str) -> Column:
    cells = [_text(_at(row, name)) for row in rows]
    return Column("unique", name, rules.severity("unique", name), "no value twice", "not unique", cells=cells)


def _known(rows: Rows, rules: BatchRules, rule: str, name: str, allowed: Set[Any]) -> Column:
    of_text = {str(each) for each in allowed}
    cells = [_each(_at(row, name), lambda value: _is_in(value, of_text)) for row in rows]
    expected = f"one of: {_listed(allowed)}" if rule == "value_sets" else "a key that exists"
    wrong = "with another value" if rule == "value_sets" else "with an unknown key"
    return Column(rule, name, rules.severity(rule, name), expected, wrong, cells=cells)


def _each(value: Any, allowed: Callable[[Any], bool]) -> bool | None:
    """Whether the value, or every element of a list, is allowed; None for an empty one."""
    if value is None:
        return None
    return all(map(allowed, value)) if isinstance(value, list | tuple) else allowed(value)


def _is_in(value: Any, allowed: Set[str]) -> bool:
    return (str(value).lower() if isinstance(value, bool) else str(value)) in allowed


def _listed(allowed: Iterable[Any]) -> str:
    names = sorted(map(str, allowed))
    return ", ".join(names[:_LISTED]) + (", …" if len(names) > _LISTED else "")


def _at(row: Mapping[str, Any], name: str) -> Any:
    """The value at a dotted path; None for what is absent or empty."""
    value: Any = row
    for step in name.split("."):
        value = value.get(step) if isinstance(value, Mapping) else None
    return None if isinstance(value, str | list | tuple | dict) and not value else value


def _text(value: Any) -> str | None:
    return None if value is None else json.dumps(value, sort_keys=True, default=str)
