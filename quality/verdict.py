"""What a judge of batches answers: a verdict, and what each rule saw. Counts only, never a value."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["stop", "warn"]


@dataclass(frozen=True, slots=True)
class RuleResult:
    """One rule's answer."""

    rule: str
    """One of :data:`quality.rules.NAMES`."""
    field: str
    """The field it looked at; empty for rules about the whole batch."""
    passed: bool
    observed: str
    expected: str
    severity: Severity


@dataclass(frozen=True, slots=True)
class BatchVerdict:
    """Whether a batch may go on, and every rule's answer."""

    passed: bool
    results: tuple[RuleResult, ...]


def verdict(results: tuple[RuleResult, ...]) -> BatchVerdict:
    """Passed unless a rule that stops was broken."""
    return BatchVerdict(all(each.passed or each.severity == "warn" for each in results), results)
