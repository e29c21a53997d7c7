"""What a process remembers of reading texts: each value is looked at when admitted, planned and compared."""

from collections.abc import Callable
from functools import lru_cache, update_wrapper
from typing import Any, TypeVar, cast

Read = TypeVar("Read", bound=Callable[..., Any])

TEXTS = 65_536
LONGEST = 200
"""Characters: longer texts are read anew each time, so that what is remembered has a bound."""


def remembered(read: Read) -> Read:
    """A pure function of a text, and perhaps another, that answers at once what it was asked before."""
    known = lru_cache(maxsize=TEXTS)(read)

    def answer(text: str, *more: str) -> Any:
        return known(text, *more) if len(text) <= LONGEST else read(text, *more)

    return cast(Read, update_wrapper(answer, read))
