"""What is printed of the measured sets, and how near rivals are counted."""

from bench.identity.by_rival import by_rival
from bench.identity.shown import by_rival_shown, shown

FIGURES = {
    "pairwise": {"precision": 1.0, "recall": 0.5, "f1": 2 / 3},
    "largest_cluster": 4,
    "cpu_s": 1.25,
    "wall_s": 3.0,
}


def test_pairs_of_rivals_are_counted_by_kind() -> None:
    rivals = ["twin"] * 5 + ["holding"] * 3
    truth = [*["twin 1 a"] * 3, *["twin 1 b"] * 2, *["holding 1 a"] * 2, "holding 2 a"]
    found = ["x", "x", "z", "x", "y", "h", "i", "h"]
    assert by_rival(rivals, truth, found) == {
        "twin": {"false": 2, "elsewhere": 0, "true": 1, "missed": 3, "precision": 0.33333, "recall": 0.25},
        "holding": {"false": 1, "elsewhere": 1, "true": 0, "missed": 1, "precision": 0.0, "recall": 0.0},
    }


def test_nothing_joined_is_nothing_joined_wrongly() -> None:
    assert by_rival(["twin", "twin"], ["twin 1 a", "twin 1 b"], ["x", "y"])["twin"]["precision"] == 1.0


def test_a_table_has_a_line_for_each_who_was_measured_and_says_who_failed() -> None:
    text = shown(
        "thin, 20 records", 3, {"ours": FIGURES, "peer": {"failed": "no such column, and a long why"}}
    )
    assert text.splitlines() == [
        "thin, 20 records",
        "      P       R       F1      largest  cpu_s  wall_s",
        "ours  1.0000  0.5000  0.6667  4/3      1.2    3.0",
        "peer  failed: no such column, and a long why",
    ]


def test_a_table_of_rivals_has_a_line_for_each_kind() -> None:
    kinds = by_rival(["twin"] * 2, ["twin 1 a"] * 2, ["x", "x"])
    head, line = by_rival_shown("ours", kinds).splitlines()
    assert head.split() == ["ours", "precision", "false", "elsewhere", "true", "missed"]
    assert line.split() == ["twin", "1.0", "0", "0", "1", "0"]
