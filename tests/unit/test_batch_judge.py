"""Each batch rule stops the batch that breaks only it; warnings and empty batches do not stop."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from quality.batch import judge_batch
from quality.rules import BatchRules
from quality.verdict import BatchVerdict

RULES: dict[str, Any] = {
    "volume": {"min": "2", "max": "4"},
    "max_drop_share": "0.5",
    "not_null": {"email": "0.5"},
    "unique": ["key"],
    "value_sets": {"address.country": ["NL", "BE"]},
    "references": ["employer"],
}
KNOWN = {"employer": {"o1", "o2"}}


def row(key: Any, **changes: Any) -> dict[str, Any]:
    """A row no rule minds."""
    good = {"key": key, "email": f"{key}@example.nl", "address": {"country": "NL"}, "employer": ["o1", "o2"]}
    return {**good, **changes}


GOOD = [row("a"), row("b"), row("c", employer=None, address=None)]


def judged(rows: list[dict[str, Any]], previous_count: int | None = 4, **changes: Any) -> BatchVerdict:
    """The verdict on rows by the rules above, with some of them changed."""
    rules = BatchRules.of({**RULES, **changes})
    return judge_batch(rows, rules, name="zendesk", references=KNOWN, previous_count=previous_count)


def broken(verdict: BatchVerdict) -> list[tuple[str, str]]:
    return [(each.rule, each.field) for each in verdict.results if not each.passed]


def test_a_good_batch_passes_every_rule() -> None:
    verdict = judged(GOOD)
    assert verdict.passed and broken(verdict) == []
    assert len(verdict.results) == 7


@pytest.mark.parametrize(
    ("rows", "previous_count", "rule", "field"),
    [
        (GOOD[:1], 2, "volume_min", ""),
        ([row(key) for key in "abcde"], 4, "volume_max", ""),
        (GOOD, 7, "max_drop_share", ""),
        ([row("a", email=""), row("b", email=None), row("c")], 4, "not_null", "email"),
        ([row("a"), row("b"), row("a")], 4, "unique", "key"),
        ([row("a"), row("b", address={"country": "nl"})], 4, "value_sets", "address.country"),
        ([row("a"), row("b", employer=["o1", "gone"])], 4, "references", "employer"),
        ([row("a"), row("b", employer="gone")], 4, "references", "employer"),
    ],
)
def test_a_batch_that_only_one_rule_stops(
    rows: list[dict[str, Any]], previous_count: int, rule: str, field: str
) -> None:
    verdict = judged(rows, previous_count)
    assert broken(verdict) == [(rule, field)]
    assert not verdict.passed
    quiet = judged(rows, previous_count, warn=[f"{rule}.{field}" if field else rule])
    assert broken(quiet) == [(rule, field)]
    assert quiet.passed


def test_what_was_seen_is_counted_and_no_value_is_repeated() -> None:
    verdict = judged(
        [row("secret"), row("secret"), row("c", address={"country": "private"}, employer="hidden")]
    )
    seen = {each.rule: each.observed for each in verdict.results}
    assert seen["unique"] == "2 of 3 rows not unique"
    assert seen["value_sets"] == "1 of 3 rows with another value"
    assert seen["volume_min"] == "3 rows"
    assert not any(word in str(verdict) for word in ("secret", "private", "hidden"))


def test_two_volume_rules_with_the_same_bound_are_both_answered() -> None:
    verdict = judged(GOOD[:1], 4)
    assert broken(verdict) == [("volume_min", ""), ("max_drop_share", "")]


def test_mixed_and_nested_values_can_be_judged() -> None:
    rows = [row(1), row("1"), row({"x": [1]}), row([1])]
    assert judged(rows).passed


def test_without_a_previous_batch_nothing_can_have_dropped() -> None:
    assert "max_drop_share" not in {each.rule for each in judged(GOOD, None).results}


@pytest.mark.parametrize(
    ("rules", "previous_count", "passed"),
    [
        ({}, None, True),
        ({"volume": {"max": 3}, "not_null": {"email": 1}}, None, True),
        ({"volume": {"min": 0}}, None, True),
        ({"volume": {"min": 1}}, None, False),
        ({"max_drop_share": 0.5}, 10, False),
        ({"max_drop_share": 0.5}, 0, True),
        ({"volume": {"min": 1}, "warn": ["volume_min"]}, None, True),
    ],
)
def test_an_empty_batch(rules: dict[str, Any], previous_count: int | None, passed: bool) -> None:
    verdict = judge_batch([], BatchRules.of(rules), name="x", references={}, previous_count=previous_count)
    assert verdict.passed is passed


def test_no_rules_no_results() -> None:
    assert judge_batch(GOOD, BatchRules(), name="x", references={}) == BatchVerdict(True, ())


def test_an_empty_batch_does_not_load_great_expectations() -> None:
    program = (
        "import sys; from quality.batch import judge_batch; from quality.rules import BatchRules;"
        "judge_batch([], BatchRules.of({'volume': {'min': 1}}), name='x', references={});"
        "sys.exit('great_expectations' in sys.modules)"
    )
    root = Path(__file__).parents[2]
    assert subprocess.run([sys.executable, "-c", program], cwd=root, check=False).returncode == 0


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        ({"uniq": ["key"]}, r"batch rules: unknown name 'uniq'.*Did you mean 'unique'\?"),
        ({"volume": {"minimum": 1}}, r"batch rules, volume: unknown name 'minimum'.*Did you mean 'min'\?"),
        (
            {"warn": ["not_nul.email"]},
            r"batch rules, warn: unknown name 'not_nul'.*Did you mean 'not_null'\?",
        ),
    ],
)
def test_a_mistyped_rule_is_told(rules: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        BatchRules.of(rules)
