"""From the bytes of an answer to JSON that can be stored: what cannot is marked, and stops nobody else.

Half a character, a number that is none or bytes that are no UTF-8 come from one record; the page they
are on holds a hundred. Each becomes a text with :data:`BROKEN` in it, which no codec reads, so that
one record is held back with the reason and the others pass (docs/decisions/0012-broken-characters.md).
"""

import json
import math
import re
from typing import Any

import orjson

BROKEN = "\ufffd"
"""Unicode's own mark for what could not be read."""

_DEEPEST = 100
_HALVES = re.compile("[\ud800-\udfff]")


def decoded(raw: bytes) -> Any:
    """The JSON in ``raw``, fit to be written again. Raises ValueError where it is no JSON at all.

    Of a name that stands twice in one object the last value counts; a whole number beyond 64 bits
    becomes a float, which is no key and no text.
    """
    try:
        found = orjson.loads(raw)
        orjson.dumps([[[found]]])  # the hub stores it some levels deeper than it came
    except (orjson.JSONDecodeError, orjson.JSONEncodeError):
        return _mended(raw)
    return found


def _mended(raw: bytes) -> Any:
    text = raw.decode("utf-8-sig", "replace")
    try:
        found = json.loads(text, parse_constant=_marked, parse_float=_number, parse_int=_number)
    except RecursionError:
        raise ValueError("nested without end") from None
    return _storable(found, _DEEPEST)


def _marked(text: str) -> str:
    return f"{BROKEN} {text}"


def _number(text: str) -> float | int | str:
    if len(text) <= 20 and text.lstrip("-").isdecimal() and -(2**63) <= int(text) < 2**64:
        return int(text)
    number = float(text)
    return number if math.isfinite(number) else _marked(text[:30])


def _storable(value: Any, levels: int) -> Any:
    if isinstance(value, str):
        return _HALVES.sub(BROKEN, value)
    if not isinstance(value, dict | list):
        return value
    if not levels:
        return _marked("nested too deeply")
    if isinstance(value, list):
        return [_storable(one, levels - 1) for one in value]
    return {_HALVES.sub(BROKEN, name): _storable(one, levels - 1) for name, one in value.items()}
