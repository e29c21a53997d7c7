"""Values, moments and counts as people read them."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from hub.model.instant import Instant, moment
from hub.views.sentences import Sentences, sentences

ENGLISH = sentences()
_PARTS = (
    *("given_name", "family_name_prefix", "family_name"),
    *("street", "house_number", "house_number_addition", "second_line", "postal_code", "city", "country"),
)
"""The parts of names and addresses, in the order they are spoken."""
_LINE = ("street", "house_number", "house_number_addition", "as_typed")
"""What a line as somebody typed it stands for."""


def safe(text: str) -> str:
    """Text a terminal only prints: what could steer it is shown as a mark. It comes from vendors."""
    return "".join(one if one.isprintable() or one == "\n" else "\N{REPLACEMENT CHARACTER}" for one in text)


def value(shown: Any, words: Sentences = ENGLISH) -> str:
    """A shared value in one line."""
    if isinstance(shown, Mapping):
        if typed := shown.get("as_typed"):
            rest = {part: one for part, one in shown.items() if part not in _LINE}
            return f"{typed} {value(rest, words)}" if rest else str(typed)
        return " ".join(
            str(shown[part]) for part in (*_PARTS, *sorted(shown.keys() - _PARTS)) if part in shown
        )
    if isinstance(shown, list | tuple):
        return ", ".join(str(one) for one in shown if one is not None) or words("empty")
    return words("empty") if shown is None else str(shown)


def when(at: Instant | None) -> str:
    """A moment to the second, by the clock on the wall (``TZ``), and in UTC where that is another."""
    if not at:
        return "never"
    utc = f"{at[:10]} {at[11:19]}Z"
    here = f"{moment(at).astimezone():%Y-%m-%d %H:%M:%S}" if at > "1" else utc[:-1]  # year 1 has no zone
    return utc if here == utc[:-1] else f"{here} ({utc if here[:10] != utc[:10] else utc[11:]})"


def ago(seconds: float | None) -> str:
    """How long ago, as ``1:02:03``."""
    return "never" if seconds is None else str(timedelta(seconds=int(seconds)))


def counts(some: Mapping[str, Any] | None) -> str:
    """Counts that say something: ``3 sent, 3 done``."""
    return ", ".join(f"{number} {name}" for name, number in (some or {}).items() if number) or "nothing"
