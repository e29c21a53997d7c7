"""What departments read, in their language: one table of sentences a language, the same keys in each."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from string import Formatter
from typing import Literal

from hub.views.sentences.en import EN
from hub.views.sentences.nl import NL

Lang = Literal["en", "nl"]
TABLES: Mapping[Lang, Mapping[str, str]] = {"en": EN, "nl": NL}


@dataclass(frozen=True, slots=True)
class Sentences:
    """One language."""

    table: Mapping[str, str]

    def __call__(self, key: str, /, **told: object) -> str:
        """The sentence of a key, with what it tells in its places."""
        return self.table[key].format(**told)

    def retold(self, what: str, text: str) -> str:
        """A sentence that was stored in English, in this language; one that no table has stays as it is."""
        if self.table is EN:
            return text
        for key, pattern in _patterns(what).items():
            if found := pattern.fullmatch(text):
                return self(key, **found.groupdict())
        return text

    def name(self, what: str, key: str) -> str:
        """The name of a thing (``department``: ``sales``), or its key where it has none."""
        return self.table.get(f"{what}.{key}", key)

    def field(self, name: str) -> str:
        """A shared field, or a part of one, by name, with the key that commands take where that differs."""
        word = self.name("field", name.partition(".")[0])
        return name if word == name.partition(".")[0] else f"{word} ({name})"


@cache
def _patterns(what: str) -> Mapping[str, re.Pattern[str]]:
    """Key → what its English sentence looks like, whatever it tells."""
    return {
        key: re.compile(_pattern(text), re.DOTALL) for key, text in EN.items() if key.startswith(f"{what}.")
    }


def _pattern(text: str) -> str:
    parts = [(re.escape(said), name) for said, name, _, _ in Formatter().parse(text)]
    return "".join(f"{said}(?P<{name}>.+?)" if name else said for said, name in parts)


def sentences(lang: Lang = "en") -> Sentences:
    """The sentences of a language."""
    return Sentences(TABLES[lang])
