"""What a person reads is tested too: nothing in the product without its line, and no line about nothing."""

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any, get_args

import pytest
from typer.main import get_command

from hub.cli.app import app
from hub.codecs import names
from hub.codecs.registry import _CODECS
from hub.mapping.load import HERE, load
from hub.model.rule import RULE_NAMES
from hub.publish.want import Exempt

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "mappings").glob("*.md"), *DOCS.rglob("*.md")])
LONGEST = 120


def _text(page: str) -> str:
    return (DOCS / page).read_text("utf-8")


def _fenced(text: str, language: str) -> list[str]:
    return re.findall(rf"^ *```{language}\n(.*?)^ *```$", text, re.MULTILINE | re.DOTALL)


def _prose(text: str) -> str:
    """A page without its blocks of code."""
    return re.sub(r"^ *```.*?^ *```$", "", text, flags=re.MULTILINE | re.DOTALL)


def _missing(page: str, wanted: set[str]) -> list[str]:
    """What no line of the page explains: names stand between backticks."""
    text = _prose(_text(page))
    return sorted(one for one in wanted if f"`{one}`" not in text)


def _keys(schema: Any) -> set[str]:
    """Every property name of a JSON Schema, at any depth."""
    if isinstance(schema, list):
        return {name for one in schema for name in _keys(one)}
    if not isinstance(schema, dict):
        return set()
    return set(schema.get("properties", {})) | {name for one in schema.values() for name in _keys(one)}


def _schema(name: str) -> Any:
    return json.loads((HERE / name).read_text("utf-8"))


def test_every_codec_and_option_is_documented() -> None:
    options = {
        each.metadata["option"]
        for kind in _CODECS.values()
        for each in fields(kind)
        if "option" in each.metadata
    }
    choices = {
        choice
        for kind in _CODECS.values()
        for each in fields(kind)
        for choice in each.metadata.get("choices", ())
    }
    assert {"region", "as", "true"} <= options and "name_nl" in choices
    assert _missing("reference/codecs.md", {*names(), *options, *choices}) == []


def test_no_codec_is_documented_that_does_not_exist() -> None:
    documented = re.findall(r"^\* `(\w+)`:", _text("reference/codecs.md"), re.MULTILINE)
    assert sorted(documented) == names()


def test_every_survivorship_rule_is_documented() -> None:
    assert _missing("reference/survivorship.md", set(RULE_NAMES)) == []


def test_every_exempt_reason_is_documented() -> None:
    assert _missing("reference/runs-and-exit-codes.md", set(get_args(Exempt))) == []


def test_every_mapping_key_is_documented() -> None:
    found = _keys(_schema("mapping.schema.json"))
    assert {"guard", "create_when", "max_length", "suffix"} <= found
    assert _missing("reference/mapping.md", found) == []


def test_every_key_of_the_rules_file_is_documented() -> None:
    found = _keys(_schema("rules.schema.json")) - {"kinds", "person", "organisation", "fields", "matching"}
    unexplained = set(_missing("reference/survivorship.md", found))
    assert unexplained & set(_missing("reference/matching-files.md", found)) == set()


def test_every_key_of_a_matching_file_is_documented() -> None:
    found = {"learnt", "bias"}.union(*load().weights.values())
    assert len(found) > 10 and _missing("reference/matching-files.md", found) == []


def _commands(group: Any, before: str = "klantbeeld") -> Iterator[tuple[str, Any]]:
    for name, command in group.commands.items():
        yield f"{before} {name}", command
        if hasattr(command, "commands"):
            yield from _commands(command, f"{before} {name}")


COMMANDS = dict(_commands(get_command(app)))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_documented(name: str) -> None:
    page = _text("reference/cli.md")
    assert name in page
    options = {option for one in COMMANDS[name].params for option in one.opts if option.startswith("--")}
    assert sorted(one for one in options - {"--help"} if f"`{one}" not in page) == []


def _typed() -> Iterator[tuple[str, str]]:
    """Page and command line, for everything a reader is told to type."""
    for page in PAGES:
        for block in _fenced(page.read_text("utf-8"), "sh"):
            for line in block.splitlines():
                yield page.relative_to(ROOT).as_posix(), line.split(" #")[0].strip()


def test_every_klantbeeld_command_a_page_tells_to_type_exists() -> None:
    typed = [
        (page, words) for page, line in _typed() for words in re.findall(r"\./klantbeeld( [^|$)]*)", line)
    ]
    assert len(typed) > 30
    unknown = [(page, words) for page, words in typed if not _known(words.split())]
    assert unknown == []


def _known(words: list[str]) -> bool:
    """Whether these words name a command, and only options it has."""
    deeper = f"klantbeeld {words[0]} {words[1]}" if len(words) > 1 else ""
    command = COMMANDS.get(deeper) or COMMANDS.get(f"klantbeeld {words[0]}")
    if command is None:
        return False
    command = command.commands["list"] if hasattr(command, "commands") else command
    has = {option for one in command.params for option in one.opts}
    return {word for word in words if word.startswith("--")} <= has


def test_every_make_target_a_page_tells_to_type_exists() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    typed = {word for _, line in _typed() if line.startswith("make ") for word in line.split()[1:]}
    assert {"demo", "test", "check"} <= typed
    assert {word for word in typed if "=" not in word} <= targets


def test_every_setting_of_the_demo_is_read_by_the_demo() -> None:
    told = re.findall(r"`([A-Z_]+)`", _text("../README.md"))
    typed = [
        word.split("=")[0] for page, line in _typed() if line.startswith("make demo") for word in line.split()
    ]
    settings = {word for word in (*told, *typed) if word.isupper()}
    assert {"SIZE", "FINANCE", "ONCE"} <= settings
    code = "".join(one.read_text("utf-8") for one in (ROOT / "demo").glob("*.py"))
    assert sorted(one for one in settings if f'"{one}"' not in code) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_page_has_one_title_short_lines_and_links_that_lead_somewhere(page: Path) -> None:
    text = page.read_text("utf-8")
    assert len(re.findall(r"^# ", _prose(text), re.MULTILINE)) == 1
    assert [line for line in text.splitlines() if len(line) > LONGEST] == []
    targets = re.findall(r"\]\(([^)]+)\)", _prose(text))
    assert [one for one in targets if not _leads(page, one)] == []


def _leads(page: Path, target: str) -> bool:
    where, _, anchor = target.partition("#")
    file = (page.parent / where).resolve() if where else page
    if not file.exists():
        return False
    titles = re.findall(r"^#+ (.*)$", file.read_text("utf-8"), re.MULTILINE) if anchor else []
    return not anchor or anchor in {re.sub(r"[^\w -]", "", one).lower().replace(" ", "-") for one in titles}


def test_the_mapping_of_the_how_to_loads(tmp_path: Path) -> None:
    for file in HERE.glob("*.json"):
        shutil.copy(file, tmp_path)
    shutil.copytree(HERE / "matching", tmp_path / "matching")
    shutil.copy(HERE / "customer.yml", tmp_path)
    (shown,) = _fenced(_text("how-to/connect-a-system.md"), "yaml")
    ours = shown.replace("connector: acme", "connector: zendesk").replace("people:", "users:")
    (tmp_path / "acme.yml").write_text(ours, "utf-8")
    facet = load(tmp_path).systems["acme"].objects["users"].facets[0]
    assert sorted(facet.lenses) == ["emails", "name", "phones"]
