"""Take people out of a system's own words before they reach an error, a receipt or a log."""

import re
from collections.abc import Iterator
from typing import Any

_LONGEST = 300
_READ = 2_000
"""So much of an answer is looked at: what is behind that is never shown, and would only cost time."""
_BEGUN = re.compile(r"(?<!\w)[\"'`“‘][^\"'`”’]*$")  # noqa: RUF001
"""A value whose end was cut off."""
_UNSURE = 200
"""What stands last before the cut may be the beginning of one that nothing marks."""
_SHORTEST_VALUE = 3
"""Values shorter than this are left: they say nothing about a person and occur in every sentence."""

_PERSONAL = (
    (re.compile(r"[^\s\"'<>()\[\]{},;:=]+@[^\s\"'<>()\[\]{},;:=]+"), "[e-mail]"),
    # A quote that opens after a letter is an apostrophe ("doesn't"), not the start of a value.
    (re.compile(r"(?<!\w)(\"[^\"]*\"|'[^']*'(?!\w)|`[^`]*`|“[^”]*”|‘[^’]*’)"), "[value]"),  # noqa: RUF001
    (re.compile(r"\+?\(?\d(?:[\s().\-/]{0,2}\d){4,}"), "[number]"),
)


def redact(text: str, sent: Any = None) -> str:
    """``text`` on one line without e-mail addresses, numbers of five digits or more, or quoted values.

    Nor does it repeat any text in ``sent``, the data that was written. At most 300 characters.
    """
    cut = len(text) > _READ
    if cut:  # in the middle of a word, which may be half a name
        text = text[:_READ].rpartition(" ")[0]
    for value in sorted(_texts(sent), key=len, reverse=True):
        text = re.sub(re.escape(value), "[value]", text, flags=re.IGNORECASE)
    for pattern, instead in _PERSONAL:
        text = pattern.sub(instead, text)
    if cut:
        text = _BEGUN.sub("[value]", text)[:-_UNSURE]
    return " ".join(text.split())[:_LONGEST]


def _texts(sent: Any) -> Iterator[str]:
    if isinstance(sent, dict):
        yield from (text for value in sent.values() for text in _texts(value))
    elif isinstance(sent, list):
        yield from (text for value in sent for text in _texts(value))
    elif isinstance(sent, str) and len(sent.strip()) >= _SHORTEST_VALUE:
        yield sent.strip()
