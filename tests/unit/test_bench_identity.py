"""When the promises of ``python -m bench identity`` hold."""

from typing import Any

import pytest

from bench.identity.measure import kept


def ours(f1: float, **others: Any) -> dict[str, Any]:
    """What was found, with this pairwise F1."""
    return {"pairwise": {"f1": f1}, "largest_cluster": 9, "largest_of_truth": 6, **others}


@pytest.mark.parametrize(
    ("name", "figures", "holds"),
    [
        ("febrl3", ours(0.999), True),
        ("febrl4", ours(0.9989), False),
        ("aside", ours(0.5), True),
        ("hard", ours(0.9, f1_above_peer=0.04), True),
        ("hard", ours(0.9, f1_above_peer=0.039), False),
        ("hard", ours(0.9, f1_above_peer=0.1, largest_cluster=13), False),
        ("hard", ours(0.9), False),
        ("aside", {"failed": "no such command", "largest_of_truth": 6}, False),
    ],
)
def test_a_promise_holds_or_not(name: str, figures: dict[str, Any], holds: bool) -> None:
    assert kept(name, figures) is holds
