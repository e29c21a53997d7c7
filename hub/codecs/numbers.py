"""Numbers: money as decimal text with two digits, whole numbers, and systems' own keys."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import ClassVar

from hub.codecs.clean import ascii_digits, clean, wanted
from hub.codecs.contract import NO_HINTS, CodecError, Hints
from hub.codecs.option import option
from hub.model.allowed import Allowed
from hub.model.value import Value

_POINT = re.compile(r"[+-]?[0-9]{1,13}(\.[0-9]{1,20})?")
_COMMA = re.compile(r"[+-]?([0-9]{1,13}|[0-9]{1,3}(\.[0-9]{3}){1,3})(,[0-9]{1,20})?")
_CENT = Decimal("0.01")
_SAFE = 2**53
"""Whole numbers beyond this lose digits in JSON readers that know only doubles."""


@dataclass(frozen=True, slots=True)
class Money:
    """``125`` or ``"125.0"`` → ``"125.00"``, rounded half up; ``notation: comma`` for ``"1.250,00"``.

    Thirteen digits before the point: with two behind it every amount survives a double.
    """

    parts: ClassVar[tuple[str, ...]] = ()
    opinion: ClassVar[str] = "exact"
    notation: str = option("notation", choices=("point", "comma"), default="point")
    form: str = option("as", choices=("text", "number"), default="text")

    def read(self, raw: object, hints: Hints = NO_HINTS) -> Value | None:
        number = format(raw, "f") if isinstance(raw, float) and abs(raw) < _SAFE else raw
        text = clean(str(raw) if isinstance(raw, Decimal) else number, "decimal", self._allowed)
        if text is None:
            return None
        plain = self._plain(text, isinstance(raw, str))
        if plain is None or abs(amount := Decimal(plain)) >= 10**13:
            raise CodecError("decimal", self._allowed, raw)
        return _cents(amount)

    def write(self, value: Value | None) -> object:
        text = wanted(value, "decimal", Allowed.AMOUNT)
        if text is None:
            return None
        if not _POINT.fullmatch(text):
            raise CodecError("decimal", Allowed.AMOUNT, value)
        if self.form == "number":
            return float(text)
        return text.replace(".", ",") if self.notation == "comma" else text

    def _plain(self, text: str, typed: bool) -> str | None:
        if self.notation == "comma" and typed:
            return text.replace(".", "").replace(",", ".") if _COMMA.fullmatch(text) else None
        return text if _POINT.fullmatch(text) else None

    @property
    def _allowed(self) -> Allowed:
        return Allowed.AMOUNT_COMMA if self.notation == "comma" else Allowed.AMOUNT_POINT


@dataclass(frozen=True, slots=True)
class Integer:
    """A whole number, also as text; beyond 2^53 it is an ``id``, not a number."""

    parts: ClassVar[tuple[str, ...]] = ()
    opinion: ClassVar[str] = "exact"

    def read(self, raw: object, hints: Hints = NO_HINTS) -> Value | None:
        text = clean(raw, "integer", Allowed.INTEGER)
        if text is None:
            return None
        if not re.fullmatch(r"[+-]?[0-9]{1,16}", text) or abs(int(text)) > _SAFE:
            raise CodecError("integer", Allowed.INTEGER, raw)
        return int(text)

    def write(self, value: Value | None) -> object:
        return self.read(value)


@dataclass(frozen=True, slots=True)
class Id:
    """A system's key, always text inside the hub; ``as: int`` writes it back as a number."""

    parts: ClassVar[tuple[str, ...]] = ()
    opinion: ClassVar[str] = "exact"
    form: str = option("as", choices=("int", "text"), default="text")

    def read(self, raw: object, hints: Hints = NO_HINTS) -> Value | None:
        key = self.write(clean(raw, "id", self._allowed))
        return None if key is None else str(key)

    def write(self, value: Value | None) -> object:
        text = clean(value, "id", self._allowed)
        if text is None or self.form == "text":
            return text
        if not ascii_digits(text) or len(text) > 18:
            raise CodecError("id", self._allowed, value)
        return int(text)

    @property
    def _allowed(self) -> Allowed:
        return Allowed.DIGITS if self.form == "int" else Allowed.ID


def _cents(amount: Decimal) -> str:
    cents = amount.quantize(_CENT, ROUND_HALF_UP)
    return str(abs(cents) if cents.is_zero() else cents)
