"""The report is one self-contained page that says what broke, first things first."""

import re

from quality.report import render
from quality.verdict import RuleResult, verdict

PASSED = RuleResult("unique", "key", True, "0 of 3 rows not unique", "no value twice", "stop")
WARNED = RuleResult("volume_max", "", False, "9 rows", "at most 4 rows", "warn")
STOPPED = RuleResult(
    "not_null", "<b>email</b>", False, "3 of 3 rows empty", "filled in at least 50 % of rows", "stop"
)


def test_broken_rules_come_first_and_say_whether_they_stop() -> None:
    page = render(verdict((PASSED, WARNED, STOPPED)), "Zendesk", {"Offered": 12345})
    assert re.findall(r"word-(stop|warn)\">", page) == ["stop", "warn"]
    assert page.index("3 of 3 rows empty") < page.index("9 rows") < page.index("0 of 3 rows not unique")
    assert "Stopped." in page and "12,345" in page and "whole batch" in page


def test_a_warning_alone_lets_the_batch_pass() -> None:
    page = render(verdict((WARNED,)), "Zendesk", {})
    assert "Passed." in page and "<caption>Counts" not in page


def test_text_from_mappings_is_escaped() -> None:
    page = render(verdict((STOPPED,)), "<script>alert(1)</script>", {"<i>": 1})
    assert "<script" not in page and "<b>" not in page and "<i>" not in page


def test_the_page_asks_nothing_of_anybody() -> None:
    page = render(verdict((PASSED,)), "Zendesk", {"Offered": 1})
    assert not re.search(r"https?:|src=|<link|<script|@import|url\(", page)
