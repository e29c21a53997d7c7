"""The harm bench plays a small population to the end: first load, rest, and people at work."""

from bench.harm.measure import harm


def test_a_small_population_comes_to_rest_and_every_write_is_judged() -> None:
    found = harm(60, [5], rounds=2).ours
    first, rounds = found["first_load"], found["rounds"]
    assert found["at_rest"] and rounds["syncs"] == [2] and sum(rounds["edits"].values()) >= 2
    for judge in ("strict", "lenient"):
        said = first[judge]
        assert said["writes"] == sum(said["kinds"].values()) > 20
        assert said["better"] > said["harm"] >= 0
        assert said["harm"] == sum(one["harm"] for one in said["by_field"].values())
        assert said["harm"] == sum(one["harm"] for one in said["by_system"].values())
