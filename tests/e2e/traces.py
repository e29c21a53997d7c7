"""Whose traces a run left: every name, address, number and secret it handled, sought in all it wrote."""

import json
import re
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

WORD = re.compile(r"[\w.%+@:-]+")
LONG = 6
"""Letters from which a family name is unlikely to be another word as well."""


@dataclass(frozen=True)
class Needles:
    """What must be found nowhere."""

    people: frozenset[str]
    secrets: frozenset[str]

    @property
    def all(self) -> frozenset[str]:
        return self.people | self.secrets


def words(file: Path) -> set[str]:
    """The words of a file, of whatever kind it is."""
    return set(WORD.findall(file.read_bytes().decode("utf-8", errors="ignore")))


def needles(store: Path, *secret: str) -> Needles:
    """Everybody in a hub's store, and secrets: each a word, or a JSON document of them."""
    people = {word for document in _documents(store) for word in _personal(document)}
    tokens = {one for text in secret for one in _texts(json.loads(text) if text.startswith("{") else text)}
    return Needles(
        frozenset(people | {quote(one, safe="") for one in people}),
        frozenset(one for one in tokens if len(one) > 15 and not one.startswith("http")),
    )


def _documents(store: Path) -> Iterator[dict[str, Any]]:
    with sqlite3.connect(store) as connection:
        for (text,) in connection.execute("SELECT document FROM golden"):
            yield json.loads(text)


def _personal(document: Mapping[str, Any]) -> Iterator[str]:
    yield from document.get("emails", [])
    yield from document.get("phones", [])
    family = str(document.get("name", {}).get("family_name", "")) if "name" in document else ""
    if len(family) >= LONG and " " not in family:
        yield family
    for name in ("vat_number", "coc_number"):
        if len(str(document.get(name, ""))) >= LONG:
            yield str(document[name])


def _texts(found: Any) -> Iterator[str]:
    if isinstance(found, dict):
        for one in found.values():
            yield from _texts(one)
    elif isinstance(found, str):
        yield found
