"""However a mapping file is spoiled, it loads or says what is wrong: never anything else."""

import copy
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.mapping.load import HERE, load
from hub.mapping.strict_yaml import BadFile, parse

FILES = sorted(file.stem for file in HERE.glob("*.yml"))
SPOILT: list[Any] = [
    "", " ", "x", "0", "-1", "9" * 400, "NO", "yes", "2026-01-01", "a.b", ".", "#person", "\u2028", "é" * 99,
    [], {}, ["x"], [[]], [{}], {"x": "y"}, {"": ""}, {"from": "x"}, {"kind": "person"}, {"enum": {}}, ["x"],
    "person", "email", "phone", "text", "always", "country", "contacts", "key", "only", "consent", "{id}",
]  # fmt: skip


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every container with every name or number in it."""
    names = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for name in names:
        yield value, name
        yield from places(value[name])


def spoil(document: dict[str, Any], dice: random.Random) -> None:
    """Replace, drop, double, rename or move one node."""
    container, name = dice.choice(list(places(document)))
    other, where = dice.choice(list(places(document)))
    how = dice.choice(["replace", "drop", "double", "rename", "move"])
    if how == "replace":
        container[name] = copy.deepcopy(dice.choice(SPOILT))
    elif how == "drop":
        del container[name]
    elif how == "double" and isinstance(container, list):
        container.append(copy.deepcopy(container[name]))
    elif how == "rename" and isinstance(container, dict):
        container[dice.choice(["x", "from", "fields", "emails", "", name.upper()])] = container.pop(name)
    else:
        container[name] = copy.deepcopy(other[where])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the shipped mappings, of which one file is written anew all the time."""
    copied = tmp_path_factory.mktemp("mappings")
    for file in HERE.iterdir():
        if file.suffix in (".yml", ".json"):
            (copied / file.name).write_bytes(file.read_bytes())
    return copied


def loads_or_says(folder: Path, name: str, text: str) -> None:
    """Load one system's files with this one spoilt."""
    file = folder / f"{name}.yml"
    sound = file.read_bytes()
    file.write_text(text, "utf-8")
    system = "brevo" if name == "customer" else name
    load.cache_clear()
    try:
        assert system in load(folder, frozenset({system})).systems
    except BadFile as error:
        assert all(line.startswith("mappings/") for line in str(error).splitlines())
    finally:
        file.write_bytes(sound)


@pytest.mark.parametrize("name", FILES)
def test_a_spoilt_file_loads_or_says_what_is_wrong(name: str, folder: Path) -> None:
    sound = parse((HERE / f"{name}.yml").read_text("utf-8"), name)

    @settings(max_examples=15, deadline=None, derandomize=True, database=None)
    @given(number=st.integers(0, 10**9))
    def spoiling(number: int) -> None:
        dice = random.Random(number)
        document = copy.deepcopy(sound)
        for _ in range(dice.choice([1, 1, 2, 4])):
            spoil(document, dice)
        loads_or_says(folder, name, yaml.safe_dump(document, allow_unicode=True, sort_keys=False))

    spoiling()


@settings(max_examples=25, deadline=None, derandomize=True, database=None)
@given(
    number=st.integers(0, 10**6),
    what=st.text(st.sampled_from("ab:#-[]{}&*!|>'\"%@`,?\t\n \x00\ud7ff\ufeff\x85<="), max_size=6),
)
def test_letters_in_the_wrong_place_load_or_say_what_is_wrong(number: int, what: str, folder: Path) -> None:
    text = (HERE / "brevo.yml").read_text("utf-8")
    where = number % len(text)
    loads_or_says(folder, "brevo", text[:where] + what + text[where + number % 3 :])


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(text=st.text(max_size=60) | st.text(st.sampled_from("ab:-[]{}&*!|>'\"%?\t\n \x00<"), max_size=60))
def test_any_text_is_a_document_or_a_bad_file(text: str) -> None:
    try:
        assert isinstance(parse(text, "mappings/x.yml"), dict)
    except BadFile as error:
        assert str(error).startswith("mappings/x.yml")
