"""What a mapping file asks of a whole batch."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Any

from quality.suggest import did_you_mean
from quality.verdict import Severity

NAMES = ("volume_min", "volume_max", "max_drop_share", "not_null", "unique", "value_sets", "references")


@dataclass(frozen=True, slots=True)
class BatchRules:
    """The rules for one batch. Fields are dotted paths into a row: ``address.city``.

    A list in a field is judged element by element where values are looked up (value sets,
    references), and as a whole where they are compared (unique).
    """

    volume_min: int | None = None
    volume_max: int | None = None
    max_drop_share: float | None = None
    """How much smaller than the previous batch this one may be: 0.5 is half."""
    not_null: Mapping[str, float] = field(default_factory=dict)
    """Field → the least share of rows in which it is filled."""
    unique: tuple[str, ...] = ()
    value_sets: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    references: tuple[str, ...] = ()
    """Fields that hold keys of other records; the known keys come with the batch."""
    warn: frozenset[str] = frozenset()
    """Rules that only warn: ``not_null``, or for one field ``not_null.phone``."""

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> "BatchRules":
        """From a mapping file; numbers may be text, as its loader leaves them.

        ``{volume: {min, max}, max_drop_share, not_null: {field: share}, unique: [fields],
        value_sets: {field: [values]}, references: [fields], warn: [rules]}``; a mapping as
        ``references`` gives its keys. Raises ValueError for any other name.
        """
        _check_names(given, ("volume", *NAMES[2:], "warn"), "batch rules")
        volume = given.get("volume", {})
        _check_names(volume, ("min", "max", "max_drop_share"), "batch rules, volume")
        drop = given.get("max_drop_share", volume.get("max_drop_share"))
        return cls(
            volume_min=int(volume["min"]) if "min" in volume else None,
            volume_max=int(volume["max"]) if "max" in volume else None,
            max_drop_share=None if drop is None else float(drop),
            not_null={name: float(share) for name, share in given.get("not_null", {}).items()},
            unique=tuple(given.get("unique", ())),
            value_sets={name: tuple(values) for name, values in given.get("value_sets", {}).items()},
            references=tuple(given.get("references", ())),
            warn=_warnings(given.get("warn", ())),
        )

    def severity(self, rule: str, name: str) -> Severity:
        """Whether breaking the rule stops the batch."""
        return "warn" if {rule, f"{rule}.{name}"} & self.warn else "stop"

    def least(self, previous_count: int | None) -> int | None:
        """The fewest rows that are no suspicious drop; None when nothing is known to compare with."""
        if self.max_drop_share is None or previous_count is None:
            return None
        return ceil(round(previous_count * (1 - self.max_drop_share), 6))


def _warnings(names: Sequence[str]) -> frozenset[str]:
    _check_names(dict.fromkeys(name.partition(".")[0] for name in names), NAMES, "batch rules, warn")
    return frozenset(names)


def _check_names(given: Mapping[str, Any], allowed: Sequence[str], place: str) -> None:
    for name in given:
        if name not in allowed:
            raise ValueError(
                f"{place}: unknown name '{name}'. Allowed: {', '.join(allowed)}.{did_you_mean(name, allowed)}"
            )
