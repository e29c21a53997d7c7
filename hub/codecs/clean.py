"""Reading text out of whatever a vendor sent, before a codec looks at its meaning."""

import math
import unicodedata

from hub.codecs.contract import CodecError
from hub.codecs.memory import remembered
from hub.model.allowed import Allowed
from hub.model.value import Value

_CONTROL = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0), 0x200B, 0xFEFF), " ")
"""Control characters and invisible spaces: no store keeps NUL, and nobody typed the others on purpose."""

_BIGGEST = 2**63
_LOST = "\ufffd"
LONGEST = 10_000
"""Characters; the shared schema takes 300. More is no name, and no codec has to look through a megabyte."""


@remembered
def tidy(text: str) -> str:
    """Composed (NFC), outer blanks gone, inner blanks one space."""
    return " ".join(unicodedata.normalize("NFC", text.translate(_CONTROL)).split())


def unaccented(text: str) -> str:
    """The letters without what stands above or below them: ``Dörte`` → ``Dorte``."""
    plain = unicodedata.normalize("NFKD", text)
    return plain if plain.isascii() else "".join(one for one in plain if not unicodedata.combining(one))


def clean(raw: object, codec: str, allowed: Allowed = Allowed.TEXT) -> str | None:
    """A text or a number as tidy text; None when blank.

    Raises CodecError for true and false, objects, lists, numbers that are none or beyond 64 bits, half
    or lost characters (lone surrogates, which no store and no API can encode; U+FFFD, which stands
    where something could not be read), and for what is longer than anything a customer has.
    """
    if raw is None:
        return None
    text = raw if isinstance(raw, str) else _number(raw)
    if text is None or not _readable(text):
        raise CodecError(codec, allowed, raw)
    if len(text) > LONGEST:
        raise CodecError(codec, Allowed.LONG, raw, most=LONGEST)
    return tidy(text) or None


def wanted(value: Value | None, codec: str, allowed: Allowed = Allowed.TEXT) -> str | None:
    """A shared value that must be text, on its way out. Raises CodecError for any other type."""
    if value is None or isinstance(value, str):
        return clean(value, codec, allowed)
    raise CodecError(codec, allowed, value)


def ascii_digits(text: str) -> bool:
    """Whether the text is only 0-9; ``str.isdigit`` also takes superscripts and other scripts."""
    return text.isascii() and text.isdigit()


def _number(raw: object) -> str | None:
    if isinstance(raw, bool):
        return None
    if isinstance(raw, int):
        return str(raw) if abs(raw) < _BIGGEST else None
    if isinstance(raw, float) and math.isfinite(raw):
        return _float(raw)
    return None


def _float(raw: float) -> str | None:
    """The number as text; beyond 64 bits its last digits are not what was sent."""
    if abs(raw) >= _BIGGEST:
        return None
    return str(int(raw)) if raw.is_integer() else repr(raw)


def _readable(text: str) -> bool:
    return text.isascii() or not any(0xD800 <= ord(letter) <= 0xDFFF or letter == _LOST for letter in text)
