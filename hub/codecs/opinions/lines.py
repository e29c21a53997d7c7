"""A name as one line of words, and where it is cut into given and family name."""

from difflib import SequenceMatcher

from hub.codecs.opinions.words import key, same_words
from hub.codecs.person_names import prefix_first
from hub.model.opinion import Unit
from hub.model.value import Value, parts_of

GIVEN, FAMILY = "given_name", "family_name"
PREFIX = "family_name_prefix"


def text_of(unit: Unit, value: Value) -> str:
    """A given name, or a family name with its prefix; empty where it has none."""
    parts = parts_of(value)
    if unit == GIVEN:
        return str(parts.get(GIVEN, ""))
    prefix, family = parts.get(PREFIX), str(parts.get(FAMILY, ""))
    return f"{prefix} {family}".strip() if prefix else family


def line_of(value: Value) -> list[str]:
    """The whole name, word by word."""
    return f"{text_of(GIVEN, value)} {text_of(FAMILY, value)}".split()


def cut_as(value: Value, reference: Value, *, words_too: bool) -> Value:
    """The words of a value, cut where the reference is cut.

    Where the words are not the same: a word the reference has is where it has it; of others a line says
    nothing about the cut (``words_too``), two places keep theirs.
    """
    first, other = text_of(GIVEN, value), text_of(GIVEN, reference)
    if first == other:
        return value
    mine, theirs = line_of(value), line_of(reference)
    if not mine or not theirs:
        return value
    own, cut = _given_words(value), _given_words(reference)
    keys, wanted = [key(one) for one in mine], [key(one) for one in theirs]
    if "".join(keys) == "".join(wanted):
        return _cut_after(mine, keys, len("".join(wanted[:cut])), value)
    if len(mine) == len(theirs) and all(map(same_words, mine, theirs)):
        return cut_at(mine, cut)
    prefix = len(str(parts_of(value).get(PREFIX, "")).split())
    family = _family_flags(keys, wanted, own, cut, words_too)
    family[own : own + prefix] = [True] * prefix  # *van der* is nobody's given name
    start = family.index(True) if True in family else len(family)
    return value if not all(family[start:]) or start == own else cut_at(mine, start)


def _cut_after(words: list[str], keys: list[str], letters: int, otherwise: Value) -> Value:
    """The words cut after so many letters; a hyphen more or less, and no word ends there: as they were."""
    ends = [len("".join(keys[:at])) for at in range(len(keys) + 1)]
    return cut_at(words, ends.index(letters)) if letters in ends else otherwise


def _family_flags(mine: list[str], theirs: list[str], own: int, cut: int, words_too: bool) -> list[bool]:
    """For each word whether it belongs to the family name."""
    flags = [at >= own for at in range(len(mine))]
    for what, start, end, to, until in SequenceMatcher(a=theirs, b=mine, autojunk=False).get_opcodes():
        if what == "equal" or (what == "replace" and words_too and cut and end - start == until - to):
            for step in range(until - to):
                flags[to + step] = start + step >= cut
    return flags


def _given_words(value: Value) -> int:
    return len(text_of(GIVEN, value).split())


def family_starts(words: list[str], like: Value) -> int:
    """Where the family name begins among these words, were they cut as that value is."""
    return min(_given_words(like), max(len(words) - 1, 0))


def cut_at(words: list[str], start: int) -> Value:
    """Words as a name whose family name (with its prefix) starts there."""
    told: dict[str, Value] = {}
    if start:
        told[GIVEN] = " ".join(words[:start])
    return told | _family(words[start:])


def _family(words: list[str]) -> dict[str, Value]:
    prefix, family = prefix_first(words)
    told: dict[str, Value] = {PREFIX: " ".join(prefix)} if prefix else {}
    return told | ({FAMILY: " ".join(family)} if family else {})
