"""Text as people type it: tidied, and where a mapping asks, in one case."""

from dataclasses import dataclass
from typing import ClassVar

from hub.codecs.clean import clean, tidy, wanted
from hub.codecs.contract import NO_HINTS, Hints
from hub.model.value import Value


@dataclass(frozen=True, slots=True)
class Text:
    """Outer blanks gone, inner blanks one space, composed (NFC); numbers become text."""

    parts: ClassVar[tuple[str, ...]] = ()
    opinion: ClassVar[str] = "text"

    def read(self, raw: object, hints: Hints = NO_HINTS) -> Value | None:
        return clean(raw, "text")

    def write(self, value: Value | None) -> object:
        return wanted(value, "text")


@dataclass(frozen=True, slots=True)
class FirmName(Text):
    """The name of an organisation, as typed; legal forms tell no two of them apart."""

    opinion: ClassVar[str] = "firm"

    def read(self, raw: object, hints: Hints = NO_HINTS) -> Value | None:
        return clean(raw, "firm_name")

    def write(self, value: Value | None) -> object:
        return wanted(value, "firm_name")


@dataclass(frozen=True, slots=True)
class Lowercase:
    """Tidy text in small letters."""

    parts: ClassVar[tuple[str, ...]] = ()
    opinion: ClassVar[str] = "text"

    def read(self, raw: object, hints: Hints = NO_HINTS) -> Value | None:
        text = clean(raw, "lowercase")
        return text and tidy(text.lower())

    def write(self, value: Value | None) -> object:
        return self.read(wanted(value, "lowercase"))


@dataclass(frozen=True, slots=True)
class Uppercase:
    """Tidy text in capitals."""

    parts: ClassVar[tuple[str, ...]] = ()
    opinion: ClassVar[str] = "text"

    def read(self, raw: object, hints: Hints = NO_HINTS) -> Value | None:
        text = clean(raw, "uppercase")
        return text and tidy(text.upper())

    def write(self, value: Value | None) -> object:
        return self.read(wanted(value, "uppercase"))
