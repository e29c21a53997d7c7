"""What the pages claim is asked of the code: options, settings, exit codes, errors, counts, defaults."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from connectors.contract import Receipt
from connectors.errors import ConnectorError
from deploy.keys import Addresses, make
from hub.cli import codes
from hub.flow.errors import FlowError
from hub.mapping.build import build_system
from hub.mapping.load import load
from hub.store.runs import ALIKE, UNANSWERED
from tests.unit.test_docs import COMMANDS, PAGES, ROOT, _known, _text

RUNS = "reference/runs-and-exit-codes.md"
LINES = re.MULTILINE | re.DOTALL


SECTIONS = dict(re.findall(r"^## (klantbeeld [^\n]*)\n(.*?)(?=^## |\Z)", _text("reference/cli.md"), LINES))
"""Heading of a command → what the page says of it."""


def _named(heading: str) -> Any:
    """The command of a heading; a group is what its first word does."""
    words = [word for word in heading.split() if word.islower()]
    command = COMMANDS[" ".join(words)]
    return command.commands["list"] if hasattr(command, "commands") else command


@pytest.mark.parametrize("heading", SECTIONS)
def test_what_the_page_says_of_a_command_is_so(heading: str) -> None:
    params = {word: one for one in _named(heading).params for word in one.opts}
    for first, told in re.findall(r"^\| (`--.*?) \| (.*) \|$", SECTIONS[heading], re.MULTILINE):
        for option in re.findall(r"`(--[a-z-]+)", first):
            assert option in params, f"{heading} has no {option}"
            if default := re.search(r"default `?([\w/]+)", told):
                assert _shown(params[option].default) == default[1], f"{heading} {option}"
    for option, default in re.findall(r"`(--[a-z-]+)` \(default `?([\w/]+)", SECTIONS[heading]):
        assert _shown(params[option].default) == default, f"{heading} {option}"


def _shown(default: Any) -> str:
    return f"{default:g}" if isinstance(default, float) else str(default)


def test_every_command_that_a_sentence_names_exists() -> None:
    spoken = [
        (page.relative_to(ROOT).as_posix(), words)
        for page in PAGES
        for words in re.findall(r"`(?:\./)?klantbeeld ([^`]+)`", page.read_text("utf-8"))
        if not words.isupper()
    ]
    assert len(spoken) > 60
    assert [(page, words) for page, words in spoken if not _known(words.split())] == []


def test_the_settings_of_the_compose_file_have_the_defaults_the_page_tells() -> None:
    compose = (ROOT / "docker-compose.yml").read_text("utf-8")
    known = dict(re.findall(r"\$\{(KLANTBEELD_\w+):-([^}]*)\}", compose))
    rows = re.findall(
        r"^\| `(KLANTBEELD_\w+)` \| .* \| (.*) \|$", _text("how-to/run-in-production.md"), re.MULTILINE
    )
    assert dict(rows).keys() == known.keys()
    plain = {name: told.strip("`") for name, told in rows if " " not in told}
    assert len(plain) > 3 and plain == {name: known[name] for name in plain}


SOURCES = ("hub", "connectors", "dags", "deploy", "demo", "fidelity", "supervisor", "sandbox")


def _code(*folders: str) -> Iterator[tuple[Path, str]]:
    for folder in folders:
        for file in sorted((ROOT / folder).rglob("*.py")):
            yield file, file.read_text("utf-8")


def test_every_setting_a_page_names_is_read_and_every_one_that_is_read_is_named() -> None:
    setting = re.compile(r"\bKLANTBEELD_[A-Z_]*[A-Z]\b")
    others = (ROOT / one for one in ("klantbeeld", "docker-compose.yml", "Dockerfile", "Makefile"))
    texts = [text for _, text in _code(*SOURCES)] + [one.read_text("utf-8") for one in others]
    read = {name for text in texts for name in setting.findall(text)}
    named = {name for page in PAGES for name in setting.findall(page.read_text("utf-8"))}
    assert len(named) > 8 and sorted(named - read) == []
    looked_at = {
        name
        for _, text in _code("hub", "connectors", "dags")
        for name in re.findall(r"environ(?:\.get\(|\[)\"(KLANTBEELD_\w+)", text)
    }
    assert len(looked_at) > 4 and sorted(looked_at - named) == []


def _section(page: str, title: str) -> str:
    found = re.search(rf"^## {title}\n(.*?)(?=^## |\Z)", _text(page), LINES)
    assert found, title
    return found[1]


def test_every_exit_code_is_documented() -> None:
    told = {int(one) for one in re.findall(r"^\| (\d) \|", _text(RUNS), re.MULTILINE)}
    assert told == {value for value in vars(codes).values() if isinstance(value, int)}


def _told_of(node: ast.Call, file: Path) -> tuple[set[Any], set[Any]]:
    """The verb and the counts that a call names."""
    name = ast.unparse(node.func)
    values = [one.value if isinstance(one, ast.Constant) else None for one in node.args]
    verbs = {*values[1:2]} if name == "alone" else set()
    counts: set[Any] = {*values[2:3]} if name == "Checked" else set()
    if name in ("Counts", "counts.update", "total.update") or (name, file.name) == ("Counter", "land.py"):
        counts |= {one.arg for one in node.keywords}
    return verbs, counts


def test_every_verb_and_every_count_of_a_run_is_documented_and_no_other() -> None:
    verbs: set[Any] = set()
    counts: set[Any] = {*get_args(get_type_hints(Receipt)["status"]), *UNANSWERED, ALIKE}
    for file, text in _code("hub/flow"):
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call):
                verb, named = _told_of(node, file)
                verbs, counts = verbs | verb, counts | named
            elif isinstance(node, ast.Subscript) and ast.unparse(node.value) == "counts":
                counts |= {node.slice.value} if isinstance(node.slice, ast.Constant) else set()
    counts = {one for one in counts if isinstance(one, str) and one} - INSIDE
    lines = re.findall(r"^\* ([^:]*):", _section(RUNS, "Counts"), re.MULTILINE)
    assert {name for line in lines for name in re.findall(r"`([^`]+)`", line)} == counts
    assert set(re.findall(r"^\| `(\w+)` \|", _section(RUNS, "Runs"), re.MULTILINE)) == verbs


INSIDE = {"booked", "dirty", "queued", "ready", "written", "emptied"}
"""Counts that no run ends with: of one step, of what waits, of a preview."""


def _errors(base: type[Exception]) -> Iterator[type[Exception]]:
    for one in base.__subclasses__():
        yield one
        yield from _errors(one)


def _kinds(name: str) -> list[str]:
    """The classes that dags/defaults.py sorts under a name; to import it costs all of Airflow."""
    tree = ast.parse((ROOT / "dags" / "defaults.py").read_text("utf-8"))
    made = next(
        one for one in tree.body if isinstance(one, ast.Assign) and ast.unparse(one.targets[0]) == name
    )
    return [str(one).rpartition(".")[2] for one in ast.literal_eval(made.value)]


def test_every_error_a_run_ends_with_is_documented_with_what_airflow_does() -> None:
    text = _text("how-to/when-a-run-fails.md")
    told = dict(re.findall(r"^\* `([A-Z]\w+)`: (.*?)(?=^\* |^$)", text, LINES))
    every = {one.__name__ for base in (FlowError, ConnectorError) for one in _errors(base)}
    assert sorted(told.keys() - every - {"BadFile", "BadConnection"}) == []
    for name in _kinds("HOPELESS"):
        assert "The task fails at once" in " ".join(told[name].split()), name
    for name in _kinds("PASSING"):
        assert "Airflow retries" in " ".join(told[name].split()), name


def test_the_defaults_of_a_field_are_those_the_page_tells() -> None:
    page = _text("reference/mapping.md")
    (facet,) = build_system(BARE, load().customer, "bare", []).objects["users"].facets
    (lens,) = facet.lenses.values()
    told = dict(re.findall(r"^\| `(write|clear|unreadable)` \|.*\| `\"?(\w+)\"?` \|$", page, re.MULTILINE))
    clear, unreadable = "yes" if lens.clear else "no", "note" if lens.lenient else "quarantine"
    assert told == {"write": lens.write_rule, "clear": clear, "unreadable": unreadable}


def test_the_mode_of_a_secret_is_the_one_the_page_tells(tmp_path: Path) -> None:
    make(tmp_path / "secrets", Addresses())
    modes = {oct(one.stat().st_mode & 0o777) for one in (tmp_path / "secrets").iterdir()}
    (told,) = re.findall(r"with mode 0(\d{3})", _text("how-to/run-in-production.md"))
    assert modes == {f"0o{told}"}


BARE: dict[str, Any] = {
    **{"system": "bare", "connector": "zendesk", "title": "Bare", "department": "it", "schedule": "@daily"},
    "objects": {"users": {"facets": [{"kind": "person", "fields": {"language": {"from": "lang"}}}]}},
}
