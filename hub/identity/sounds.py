"""How a name sounds, about the same in Dutch, German and English: only to find whom to compare."""

import re
from functools import lru_cache

_AS_ONE = (
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^(?:kn|gn)", "n"),
        (r"^wr", "r"),
        (r"sch|sh|ch(?=[ei])|tch|tsj|sj", "s"),
        (r"ph|v|w(?=[aeiouy])", "f"),
        (r"ck|cq|q|c(?![eiy])|x", "k"),
        (r"c|z|ts|tz", "s"),
        (r"gh|ch|g", "k"),
        (r"dt|th|d", "t"),
        (r"b", "p"),
        (r"j(?=[aeiouy])", ""),
        (r"[aeiouyjhw]+", "a"),
        (r"m", "n"),
        (r"(.)\1+", r"\1"),
    )
)
_RULES = tuple(_AS_ONE)


@lru_cache(maxsize=200_000)
def sound(name: str) -> str:
    """``Meijer``, ``Meyer`` and ``Maier`` are one; empty for what has no letter. ``name``: as ``plain``."""
    word = "".join(one for one in name if one.isalpha())
    for pattern, becomes in _RULES:
        word = pattern.sub(becomes, word)
    return word[:1] + word[1:].replace("a", "") if word else ""
