"""What may be the key of a record, and what stands in for one that may not.

A key is text or a whole number of the system's own: it is part of a URL, an index entry and a line
somebody types. A record without one is kept under a name made from its content, so that it can be held
back with the reason instead of stopping the page it is on.
"""

from hashlib import sha256
from typing import Any

import orjson

from connectors.contract import Json
from connectors.decode import BROKEN

LONGEST = 200
"""Characters; the store has room for 255, and a facet's suffix follows the key."""
ALLOWED = f"a whole number, or text of 1 to {LONGEST} printable characters without #"
_NAMELESS = "?"


def as_key(value: Any, *, whole: bool = False) -> str | None:
    """``value`` as a key; None where it cannot be one. ``whole``: this system's keys are numbers."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    text = str(value)
    return text if (_is_number(text) if whole else _is_name(text)) else None


def key_of(item: Json, *, whole: bool = False) -> str:
    """The key at ``id``, or a name that says there is none; see :func:`nameless`."""
    return as_key(item.get("id"), whole=whole) or _NAMELESS + fingerprint(item)


def fingerprint(value: Any) -> str:
    """A short name made from content: equal values, equal names."""
    return sha256(orjson.dumps(value, option=orjson.OPT_SORT_KEYS)).hexdigest()[:32]


def nameless(key: str) -> bool:
    """Whether this stands in for a key that the system did not give."""
    return key.startswith(_NAMELESS)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 18


def _is_name(text: str) -> bool:
    odd = text in ("", ".", "..") or text != text.strip() or nameless(text) or "#" in text or BROKEN in text
    return len(text) <= LONGEST and text.isprintable() and not odd
