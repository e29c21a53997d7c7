"""The keys of a single value somebody has at hand: an address, a number, a postal code with a house number.

They are those of :mod:`hub.identity.candidates`, of either kind of customer.
"""

from collections.abc import Callable, Mapping

from hub.codecs import CodecError, codec
from hub.identity.candidates import Key, key
from hub.identity.described import TAIL
from hub.identity.letters import plain
from hub.model.keys import KINDS

_TEXTS: Mapping[str, Callable[[str], str]] = {
    "emails": lambda value: f"e{value}",
    "phones": lambda value: f"t{value[-TAIL:]}",
    "vat_number": lambda value: f"v{value}",
    "coc_number": lambda value: f"k{value}",
    "domain": lambda value: f"d{value}",
}
"""Shared field → a value of it as a key's text."""


def keys_of_value(field: str, value: str) -> list[Key]:
    """The keys of whoever has this value in a shared field; [] for a field that is no key by itself."""
    return _both(_TEXTS[field](value)) if field in _TEXTS else []


def keys_of_place(postal_code: str, house_number: str) -> list[Key]:
    """The keys of whoever lives there."""
    return _both(f"ph{plain(postal_code).replace(' ', '')}/{house_number}")


def mailbox(text: str) -> str:
    """The mailbox a text is, as the hub would store it; empty for what is none."""
    try:
        return str(codec("email").read(text) or "")
    except CodecError:
        return ""


def _both(text: str) -> list[Key]:
    return [key(kind, text) for kind in KINDS]
