"""Yes or no, one of a few words, and opt-outs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from hub.codecs.clean import clean, tidy, wanted
from hub.codecs.contract import NO_HINTS, CodecError, Hints, UnknownCodec
from hub.codecs.option import option
from hub.model.allowed import Allowed
from hub.model.value import Value

_TRUTH = {"true": True, "1": True, "false": False, "0": False}


def truth(raw: object, codec: str) -> bool | None:
    """true, false, 1, 0 or those as text; None when blank."""
    if isinstance(raw, bool):
        return raw
    text = clean(raw, codec, Allowed.TRUTH)
    if text is None:
        return None
    if text.lower() not in _TRUTH:
        raise CodecError(codec, Allowed.TRUTH, raw)
    return _TRUTH[text.lower()]


@dataclass(frozen=True, slots=True)
class Boolean:
    """true or false, also as text or as 1 and 0."""

    parts: ClassVar[tuple[str, ...]] = ()
    opinion: ClassVar[str] = "exact"

    def read(self, raw: object, hints: Hints = NO_HINTS) -> Value | None:
        return truth(raw, "boolean")

    def write(self, value: Value | None) -> object:
        return truth(value, "boolean")


@dataclass(frozen=True, slots=True)
class Flag:
    """A tick box that can say one thing: ``{"flag": {"true": "no"}}`` reads an opt-out tick as "no".

    Not ticked says nothing (None). It can hold no other word, so every other shared value is written
    as not ticked: False, or null with ``empty: "null"``.
    """

    parts: ClassVar[tuple[str, ...]] = ()
    opinion: ClassVar[str] = "exact"
    word: str = option("true")
    empty: str = option("empty", choices=("false", "null"), default="false")

    def read(self, raw: object, hints: Hints = NO_HINTS) -> Value | None:
        return self.word if truth(raw, "flag") else None

    def write(self, value: Value | None) -> object:
        if value is not None and not isinstance(value, str):
            raise CodecError("flag", Allowed.FLAG, value, word=self.word)
        return True if value == self.word else self._unticked

    @property
    def _unticked(self) -> bool | None:
        return None if self.empty == "null" else False


@dataclass(frozen=True, slots=True)
class Enum:
    """A fixed list of words: ``{"enum": {"customer": "klant"}}``, shared word → vendor's word.

    Where the vendor has several words for one of ours, ``{"lead": ["lead", "subscriber"]}`` reads all
    of them and writes the first. Of two shared words with one vendor's word the first is read; capitals
    matter only where the vendor's words differ in nothing else.
    """

    words: Mapping[str, object]
    readings: Mapping[str, str]
    parts: ClassVar[tuple[str, ...]] = ()
    opinion: ClassVar[str] = "exact"

    @classmethod
    def of(cls, options: Mapping[str, object]) -> "Enum":
        """From the options of a mapping. Raises UnknownCodec when there are none, or one is no word."""
        if not options:
            raise UnknownCodec("codec 'enum' needs its words: write {enum: {shared word: vendor's word, …}}")
        spellings = {tidy(shared): _several(vendor) for shared, vendor in options.items()}
        readings: dict[str, str] = {}
        for fold in (str, str.casefold):
            for shared, several in spellings.items():
                for vendor in several:
                    readings.setdefault(fold(_spelling(shared, vendor)), shared)
        return cls({shared: several[0] for shared, several in spellings.items()}, readings)

    def read(self, raw: object, hints: Hints = NO_HINTS) -> Value | None:
        text = _word(raw)
        if text is None:
            return None
        shared = self.readings.get(text) or self.readings.get(text.casefold())
        if shared is None:
            raise CodecError("enum", Allowed.WORDS, raw, _ADD_WORD, words=_list(self.words.values()))
        return shared

    def write(self, value: Value | None) -> object:
        text = wanted(value, "enum", Allowed.WORD)
        if text is None:
            return None
        if text not in self.words:
            raise CodecError("enum", Allowed.WORDS, value, _ADD_WORD, words=_list(self.words))
        return self.words[text]


_ADD_WORD = "Add the word to the enum in the mapping, or correct the value in its system."


def _several(vendor: object) -> list[object]:
    return vendor if isinstance(vendor, list) and vendor else [vendor]


def _spelling(shared: str, vendor: object) -> str:
    word = _word(vendor) if isinstance(vendor, str | int) else None
    if not shared or word is None:
        raise UnknownCodec(f"codec 'enum', word '{shared}': {vendor!r} is not allowed. Allowed: a word.")
    return word


def _list(words: Iterable[object]) -> str:
    return ", ".join(map(str, words))


def _word(raw: object) -> str | None:
    return clean(str(raw).lower() if isinstance(raw, bool) else raw, "enum", Allowed.WORD)
