"""Did you mean …? One answer for every name a person may mistype."""

from collections.abc import Iterable
from difflib import get_close_matches


def did_you_mean(word: str, allowed: Iterable[str]) -> str:
    """`` Did you mean 'lowercase'?`` with its leading space, or nothing when no name comes near."""
    near = get_close_matches(word, list(allowed), n=1)
    return f" Did you mean '{near[0]}'?" if near else ""
