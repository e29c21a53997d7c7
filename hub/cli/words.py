"""Values, moments and counts as people read them."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from hub.model.instant import Instant, moment
from hub.views.sentences import Sentences, sentences
from hub.views.spoken import spoken

ENGLISH = sentences()


def safe(text: str) -> str:
    """Text a terminal only prints: what could steer it is shown as a mark. It comes from vendors."""
    return "".join(one if one.isprintable() or one == "\n" else "\N{REPLACEMENT CHARACTER}" for one in text)


def value(shown: Any, words: Sentences = ENGLISH) -> str:
    """A shared value in one line."""
    return spoken(shown, words("empty"))


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


def counts(some: Mapping[str, Any] | None, words: Sentences = ENGLISH) -> str:
    """Counts that say something: ``3 sent, 3 done``."""
    told = ", ".join(f"{number} {name}" for name, number in (some or {}).items() if number)
    return told or words("nothing")
