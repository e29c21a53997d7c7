"""What codecs that spread one vendor value over several shared parts have in common."""

from collections.abc import Iterable

from hub.codecs.clean import clean
from hub.codecs.contract import CodecError
from hub.model.allowed import Allowed
from hub.model.value import Value


def joined_parts(value: Value | None, codec: str, parts: tuple[str, ...]) -> dict[str, str]:
    """The filled parts of a shared value, tidied. Raises CodecError when it is no object of those parts."""
    if value is None:
        return {}
    if not isinstance(value, dict) or not value.keys() <= set(parts):
        raise CodecError(codec, Allowed.OBJECT, value, parts=", ".join(parts))
    found = {name: clean(value.get(name), codec) for name in parts}
    return {name: text for name, text in found.items() if text}


def filled(names: Iterable[str], words: Iterable[list[str]]) -> dict[str, Value] | None:
    """Part names with their words joined, empty ones absent; None when all are empty."""
    found: dict[str, Value] = {name: " ".join(some) for name, some in zip(names, words, strict=True) if some}
    return found or None
