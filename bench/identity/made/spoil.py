"""Slips that any of these sets can make: of the finger, the ear, the scanner; and what is left out."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

_NEAR = {
    "q": "wa", "w": "qes", "e": "wrd", "r": "etf", "t": "ryg", "y": "tuh", "u": "yij", "i": "uok", "o": "ipl",
    "p": "ol", "a": "qsz", "s": "awdx", "d": "sefc", "f": "drgv", "g": "fthb", "h": "gyjn", "j": "hukm",
    "k": "jil", "l": "kop", "z": "asx", "x": "zsdc", "c": "xdfv", "v": "cfgb", "b": "vghn", "n": "bhjm",
    "m": "njk", "1": "2", "2": "13", "3": "24", "4": "35", "5": "46", "6": "57", "7": "68", "8": "79",
    "9": "80", "0": "9",
}  # fmt: skip
"""A key and those beside it."""
_SCANNED = (
    ("rn", "m"), ("m", "rn"), ("cl", "d"), ("d", "cl"), ("l", "1"), ("i", "l"), ("o", "0"), ("s", "5"),
    ("b", "6"), ("g", "9"), ("w", "vv"), ("h", "b"), ("e", "c"), ("u", "v"), ("0", "o"), ("1", "l"),
    ("5", "s"), ("8", "b"), ("z", "2"), ("n", "ri"),
)  # fmt: skip
"""What a scanner takes for what."""
_HEARD = (
    ("ough", "uff"), ("augh", "aw"), ("sch", "sh"), ("ph", "f"), ("gh", "g"), ("wh", "w"), ("kn", "n"),
    ("wr", "r"), ("ck", "k"), ("qu", "kw"), ("x", "ks"), ("ee", "ea"), ("ea", "ee"), ("ai", "ay"),
    ("ey", "y"),
    ("ie", "y"), ("ou", "ow"), ("tt", "t"), ("ll", "l"), ("nn", "n"), ("ss", "s"), ("pp", "p"), ("z", "s"),
    ("c", "k"), ("v", "f"), ("y", "i"), ("dge", "ge"), ("th", "t"), ("s", "ss"), ("l", "ll"), ("i", "y"),
    ("er", "or"), ("or", "er"), ("an", "en"), ("en", "an"), ("o", "oo"),
)  # fmt: skip
"""What an ear takes for what."""


def slip(dice: Random, text: str) -> str:
    """The text with one slip of the finger: a key beside, a letter too few or too many, two turned."""
    if len(text) < 2:
        return text
    at = dice.randrange(len(text) - 1)
    before, letter, after = text[:at], text[at], text[at + 1 :]
    return dice.choice(
        (
            before + _near(dice, letter) + after,
            before + after,
            before + letter + _near(dice, letter) + after,
            before + letter + letter + after,
            before + after[0] + letter + after[1:],
        )
    )


def _near(dice: Random, letter: str) -> str:
    found = dice.choice(_NEAR.get(letter.lower(), letter))
    return found.upper() if letter.isupper() else found


def scanned(dice: Random, text: str) -> str:
    """The text with one sign as a scanner misreads it."""
    return _turned(dice, text, _SCANNED)


def heard(dice: Random, text: str) -> str:
    """The text with one sound spelt otherwise."""
    return _turned(dice, text, _HEARD)


def _turned(dice: Random, text: str, turns: tuple[tuple[str, str], ...]) -> str:
    small = text.lower()
    fitting = [one for one in turns if one[0] in small]
    if not fitting:
        return slip(dice, text)
    old, new = dice.choice(fitting)
    at = dice.choice([at for at in range(len(small)) if small.startswith(old, at)])
    return text[:at] + (new.capitalize() if at == 0 and text[0].isupper() else new) + text[at + len(old) :]


def words_turned(dice: Random, text: str) -> str:
    """Two words that stand beside each other, turned."""
    words = text.split()
    if len(words) < 2:
        return text
    at = dice.randrange(len(words) - 1)
    words[at], words[at + 1] = words[at + 1], words[at]
    return " ".join(words)


def any_slip(dice: Random, text: str) -> str:
    """One of all these; mostly the finger's."""
    ways: tuple[Callable[[Random, str], str], ...] = (slip, slip, slip, heard, scanned)
    return dice.choice(ways)(dice, text)


def now_and_then(dice: Random, share: float, text: str) -> str:
    """With any slip in this share of cases."""
    return any_slip(dice, text) if dice.random() < share else text


def off(dice: Random, day: date) -> date:
    """Another day in one part: some days, a month, years, or day and month turned."""
    way = dice.randrange(4)
    if way == 0:
        return day + timedelta(days=dice.choice((-10, -2, -1, 1, 2, 10)))
    if way == 1:
        return day.replace(month=dice.randint(1, 12), day=min(day.day, 28))
    if way == 2:
        return day.replace(year=day.year + dice.choice((-10, -2, -1, 1, 2, 10)), day=min(day.day, 28))
    return day.replace(month=day.day, day=day.month) if day.day <= 12 else day + timedelta(days=1)


def skewed(dice: Random, number: int) -> int:
    """A number below ``number``, the first of them the likeliest by far."""
    return int(number * dice.random() ** 2.2)
