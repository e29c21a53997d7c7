"""How a codec declares its options: as the fields of its dataclass.

``region: str = option("region", default="")`` reads ``{"phone": {"region": "NL"}}``. A field without
a default must be given; ``choices`` names what it may be.
"""

from collections.abc import Mapping
from dataclasses import MISSING, Field, field, fields
from typing import Any

from hub.codecs.contract import UnknownCodec
from quality.suggest import did_you_mean


def option(name: str, *, choices: tuple[str, ...] = (), default: Any = MISSING) -> Any:
    """A dataclass field that is filled from option ``name`` (``as`` and ``true`` cannot be field names)."""
    metadata = {"option": name, "choices": choices}
    return field(metadata=metadata) if default is MISSING else field(default=default, metadata=metadata)


def arguments(codec: str, kind: Any, given: Mapping[str, object]) -> dict[str, str]:
    """The given options as arguments for dataclass ``kind``. Raises UnknownCodec for what does not fit."""
    known = {each.metadata["option"]: each for each in fields(kind)}
    for name in given:
        if name not in known:
            raise UnknownCodec(f"codec '{codec}' has no option '{name}'.{_help(name, known)}")
    missing = [name for name, each in known.items() if each.default is MISSING and name not in given]
    if missing:
        raise UnknownCodec(
            f"codec '{codec}' needs option '{missing[0]}': write {{{codec}: {{{missing[0]}: …}}}}"
        )
    return {known[name].name: _choice(codec, known[name], value) for name, value in given.items()}


def _choice(codec: str, spec: "Field[Any]", value: object) -> str:
    choices: tuple[str, ...] = spec.metadata["choices"]
    text = value if isinstance(value, str) else ""
    if not text or (choices and text not in choices):
        allowed = ", ".join(choices) or "a text"
        raise UnknownCodec(
            f"codec '{codec}', option '{spec.metadata['option']}': {value!r} is not allowed. "
            f"Allowed: {allowed}.{did_you_mean(text, choices)}"
        )
    return text


def _help(name: str, known: Mapping[str, object]) -> str:
    return did_you_mean(name, known) or f" It has: {', '.join(known) or 'none'}."
