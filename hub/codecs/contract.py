"""What a codec is: one named, two-way translation between a vendor's value and a shared value.

Laws, held for every registered codec (tests/unit/test_codec_laws.py), with
``project(v) = read(write(v))``: projecting twice is projecting once; what was read and written reads
and writes the same again; blank reads as None; nothing but :class:`CodecError` is raised.
"""

from collections.abc import Mapping
from typing import Protocol, runtime_checkable

from hub.model.allowed import Allowed
from hub.model.value import Value

Hints = Mapping[str, str]
"""What the same record says elsewhere and a reading may lean on, such as ``{"country": "NL"}`` (ISO 2)."""

NO_HINTS: Hints = {}


class CodecError(ValueError):
    """The value cannot be translated: correct it in its system, or choose another codec in the mapping."""

    def __init__(self, codec: str, allowed: Allowed, value: object, remedy: str = "", **told: object) -> None:
        """``told``: what stands in the braces of ``allowed``."""
        self.allowed = allowed.format(**told)
        remedy = remedy or "Correct it in its system, or choose another codec in the mapping."
        super().__init__(f"codec '{codec}' cannot translate this value. Allowed: {self.allowed}. {remedy}")
        self.codec = codec
        self.value = value
        """The value itself, for the quarantine only; it may be personal and is in no message."""


class UnknownCodec(ValueError):
    """A mapping names a codec or an option that does not exist, or leaves out one that must be given."""


class Codec(Protocol):
    """One translation; a value object without state."""

    @property
    def parts(self) -> tuple[str, ...]:
        """() for one value; else the names of the shared parts it reads to and writes from.

        Its shared value is then a dict with those keys, empty parts absent.
        """
        ...

    @property
    def opinion(self) -> str:
        """What kind of value it reads, in the words of :data:`hub.codecs.opinions.OPINIONS`."""
        ...

    def read(self, raw: object, hints: Hints = NO_HINTS) -> Value | None:
        """The shared value of a vendor's value; None for an empty one. Raises CodecError."""
        ...

    def write(self, value: Value | None) -> object:
        """The vendor's value of a shared value; None stays None (but see ``flag``). Raises CodecError."""
        ...


@runtime_checkable
class SharesItsPlace(Protocol):
    """A codec of a place that may hold more than the one value it reads."""

    def each(self, raw: object) -> list[str]:
        """What stands there, one by one and in order; each can be read by itself."""
        ...

    def over(self, written: object, standing: object, known: Value | None) -> object:
        """What to put where ``standing`` stands: ``written`` in place of ``known``, and the rest as it is.

        Raises CodecError where nothing can be.
        """
        ...
