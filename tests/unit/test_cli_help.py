"""Every command and every option explains itself; what a person reads is tested too."""

from collections.abc import Iterator
from typing import Any

import pytest
import typer.main

from hub.cli import main
from hub.cli.app import app


def commands(node: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    yield path, node
    for name, inner in getattr(node, "commands", {}).items():
        yield from commands(inner, (*path, name))


EVERY = dict(commands(typer.main.get_command(app)))
LEAVES = {path: node for path, node in EVERY.items() if not hasattr(node, "commands")}


def test_the_commands_are_these() -> None:
    assert {path[0] for path in EVERY if path} == {
        *(
            "sync",
            "show",
            "status",
            "plan",
            "quarantine",
            "review",
            "find",
            "explain",
            "feed",
            "train",
            "export",
            "disputes",
        ),
        *("match", "check", "preview", "activate", "keep", "audit", "backup", "migrate", "sandbox"),
        *("refused", "serve", "token"),
    }


@pytest.mark.parametrize("path", EVERY, ids=" ".join)
def test_every_command_says_what_it_is_for(path: tuple[str, ...]) -> None:
    assert len(EVERY[path].help or "") > 40


@pytest.mark.parametrize("path", LEAVES, ids=" ".join)
def test_every_command_gives_an_example_that_it_would_take(path: tuple[str, ...]) -> None:
    name = " ".join(("klantbeeld", *path)).removesuffix(" list")
    assert f"Example: {name}" in LEAVES[path].help


@pytest.mark.parametrize("path", LEAVES, ids=" ".join)
def test_every_option_and_argument_has_help(path: tuple[str, ...]) -> None:
    silent = [one.name for one in LEAVES[path].params if not getattr(one, "help", None)]
    assert not silent


@pytest.mark.parametrize("path", LEAVES, ids=" ".join)
def test_every_command_can_answer_in_json(path: tuple[str, ...]) -> None:
    assert "--json" in {word for one in LEAVES[path].params for word in one.opts}


@pytest.mark.parametrize("path", EVERY, ids=" ".join)
def test_help_is_printed_and_the_code_is_0(path: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*path, "--help"]) == 0
    assert "Usage: klantbeeld" in capsys.readouterr().out


@pytest.mark.parametrize("words", [["nonsense"], ["show"], ["sync", "--nonsense"], ["plan", "approve"]])
def test_wrong_usage_is_code_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    shown = capsys.readouterr()
    assert not shown.out
    assert "Traceback" not in shown.err
