"""A street as it is compared: its kind in one spelling, without a side of town or a remark behind it."""

from functools import lru_cache

from hub.identity.letters import plain

_KINDS = {
    short: full
    for full, shorts in {
        "avenue": ("ave", "av", "aven"),
        "street": ("st",),
        "boulevard": ("blvd", "boul", "bd", "blv"),
        "road": ("rd",),
        "drive": ("dr", "drv"),
        "lane": ("ln",),
        "place": ("pl",),
        "square": ("sq",),
        "court": ("ct",),
        "highway": ("hwy", "hiway"),
        "parkway": ("pkwy",),
        "terrace": ("ter", "terr"),
        "crescent": ("cres", "cr"),
        "close": ("cl",),
        "circuit": ("cct", "crct"),
        "chaussee": ("ch", "chee"),
        "steenweg": ("stwg", "stw"),
        "plein": ("pln",),
    }.items()
    for short in shorts
}
_SIDES = frozenset({"n", "e", "s", "w", "ne", "nw", "se", "sw", "north", "east", "south", "west"})
_REMARKS = frozenset(
    {
        *("at", "off", "between", "btw", "bet", "near", "opposite", "corner", "cnr", "behind", "in", "c"),
        *("suite", "ste", "unit", "apt", "apartment", "floor", "level", "room", "building", "bldg"),
        *(
            "bij",
            "naast",
            "tegenover",
            "hoek",
            "achter",
            "ecke",
            "gegenueber",
            "neben",
            "angle",
            "chez",
            "pres",
        ),
    }
)
"""What is said of a place after its street."""


@lru_cache(maxsize=200_000)
def street(text: str) -> str:
    """Plain words: ``8 W. Lombardy St. at Canyon`` without its number is ``lombardy street``."""
    kept: list[str] = []
    for word in plain(text.partition("&")[0].partition(",")[0]).split():
        if kept and word in _REMARKS:
            break
        if word not in _SIDES:
            kept.append(_KINDS.get(word, word) if kept else word)
    return " ".join(kept) or plain(text)
