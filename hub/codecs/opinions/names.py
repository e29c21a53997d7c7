"""Names of people: a given and a family name, each an opinion of its own; together they are one line."""

import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from itertools import combinations
from typing import Final

from hub.codecs.memory import remembered
from hub.codecs.opinions.plain import Plain
from hub.codecs.opinions.words import bare, key, looks, near, same_words, spelt_out, thrice
from hub.codecs.person_names import prefix_first
from hub.model.instant import Instant
from hub.model.opinion import Known, Typed, Unit
from hub.model.value import Value

GIVEN, FAMILY = "given_name", "family_name"
PREFIX = "family_name_prefix"
_UNITS: Final[Mapping[Unit, tuple[str, ...]]] = {GIVEN: (GIVEN,), FAMILY: (PREFIX, FAMILY)}
_QUOTES = "'\N{RIGHT SINGLE QUOTATION MARK}"
_SHORT: Final = (
    (re.compile(r"(?<![^\s-])[vV][./]?\s?d\.?\s+"), ("vander", "vanden", "vande")),
    (re.compile(rf"(?<![^\s-])[vV]\.?\s?[{_QUOTES}]t\s+"), ("vant", "vanhet")),
    (re.compile(rf"(?<![^\s-])[iI]\.?\s?[{_QUOTES}]t\s+"), ("int",)),
    (re.compile(r"(?<![^\s-])[vV]\.\s*"), ("van",)),
)
_INITIALS = re.compile(r"(?:[^\W\d_]\.?){1,4}")


class Names(Plain):
    """Given and family name in two places."""

    @property
    def units(self) -> Mapping[Unit, tuple[str, ...]]:
        return _UNITS

    def same(self, unit: Unit, left: Value, right: Value) -> bool:
        one, other = _text(unit, left), _text(unit, right)
        return same_words(one, other) if unit == GIVEN else _same_family(one, other)

    def covers(self, unit: Unit, fuller: Value, other: Value) -> bool:
        if self.same(unit, fuller, other):
            return False
        if unit == GIVEN:
            return _initials_of(_text(unit, other), _text(unit, fuller))
        (prefix, family), (bare_prefix, less) = (
            prefix_first(_text(unit, it).split()) for it in (fuller, other)
        )
        return bool(prefix) and not bare_prefix and same_words(" ".join(family), " ".join(less))

    def spelt(self, unit: Unit, value: Value) -> tuple[int, ...]:
        text = _text(unit, value)
        whole = _spellings(text) == (text,)
        return (int(whole), *looks(text), -len(text.split()))

    def settles(self, unit: Unit, rivals: Sequence[Value], known: Known) -> bool:
        texts = [_text(unit, one) for one in rivals]
        kin = (_kin(unit, one, other, known) for one, other in combinations(texts, 2))
        return all(kin)

    def evidence(self, unit: Unit, rivals: Sequence[Value], known: Known) -> Value | None:
        texts = [_text(unit, one) for one in rivals]
        nicknames = unit == GIVEN and _nicknames(texts, known)
        slips = all(_spelling(one, other) for one, other in combinations(texts, 2))
        if not (slips or nicknames):
            return None
        told = [one for one, text in zip(rivals, texts, strict=True) if _in_mailbox(text, known)]
        if len(told) == 1:
            return told[0]
        sound = [one for one, text in zip(rivals, texts, strict=True) if not thrice(bare(text))]
        if len(sound) == 1:
            return sound[0]
        names = known.given if unit == GIVEN else known.family
        heard = [one for one, text in zip(rivals, texts, strict=True) if bare(_core(unit, text)) in names]
        if len(heard) == 1 and slips:
            return heard[0]
        return _full_name(rivals, texts, known) if nicknames else None

    def poor(self, unit: Unit, value: Value, rivals: Sequence[Value]) -> bool:
        return unit == GIVEN and is_initials(_text(unit, value))

    def dated(self, unit: Unit, rivals: Sequence[Value]) -> bool:
        return unit == FAMILY and len(rivals) == 2 and not _spelling(*(_text(unit, one) for one in rivals))

    def conflicts(self, unit: Unit, left: Value, right: Value, known: Known) -> bool:
        if self.same(unit, left, right) or _spelling(_text(unit, left), _text(unit, right)):
            return False
        return not (self.covers(unit, left, right) or self.covers(unit, right, left))

    def typed(self, before: Sequence[Value], after: Value) -> frozenset[str]:
        seen, now = [_parts(one) for one in before] or [{}], _parts(after)
        return frozenset(
            part for part in (GIVEN, PREFIX, FAMILY) if now.get(part) not in [one.get(part) for one in seen]
        )

    def answered(self, value: Value) -> frozenset[str]:
        units = (set(parts) for parts in _UNITS.values())
        return frozenset(part for parts in units if parts & _parts(value).keys() for part in parts)

    def claimed(self, earlier: Value, before: Sequence[Value], after: Value) -> Value:
        told, typed = dict(_parts(after)), self.typed(before, after)
        for parts in _UNITS.values():
            if not typed & set(parts):
                told = {name: one for name, one in told.items() if name not in parts}
                told |= {name: one for name, one in _parts(earlier).items() if name in parts}
        return told or after

    def typed_at(
        self, unit: Unit, value: Value, typed: Typed, before: Sequence[Value] = ()
    ) -> Instant | None:
        return max((typed[part] for part in _UNITS[unit] if part in typed), default=None)

    def aligned(self, value: Value, reference: Value) -> Value:
        return _cut_as(value, reference, words_too=False)


class JoinedNames(Names):
    """A name on one line: where it is cut was not typed, its words were."""

    def typed(self, before: Sequence[Value], after: Value) -> frozenset[str]:
        seen, now = [_line(one) for one in before] or [[]], _line(after)
        if any(one == now for one in seen):
            return frozenset()
        added = {word for word in now if all(word not in one for one in seen)}
        gone = {f"-{word}" for word in seen[0] if word not in now}
        return frozenset(added | gone or now)  # the same words in another order were all typed

    def claimed(self, earlier: Value, before: Sequence[Value], after: Value) -> Value:
        """The earlier line with the same words changed, where it has them; else what is shown."""
        told, now = _line(earlier), _line(after)
        shown = max((_line(one) for one in before), key=lambda one: _alike(one, now), default=[])
        if told == shown:
            return after
        for what, start, end, to, until in SequenceMatcher(a=shown, b=now, autojunk=False).get_opcodes():
            if what == "equal":
                continue
            old, new = shown[start:end], now[to:until]
            places = [at for at in range(len(told)) if old and told[at : at + len(old)] == old]
            if not places:
                return after
            at = min(places, key=lambda one: abs(one - start))
            told = [*told[:at], *new, *told[at + len(old) :]]
        return _cut(told, _family_starts(told, after)) if told else after

    def kept(self, typed: Typed, earlier: Value, now: Value) -> Typed:
        line = _line(now)
        return {word: at for word, at in typed.items() if word.startswith("-") or word in line}

    def typed_at(
        self, unit: Unit, value: Value, typed: Typed, before: Sequence[Value] = ()
    ) -> Instant | None:
        words = _text(unit, value).split()
        gone = {f"-{word}" for one in before for word in _text(unit, one).split()}
        return max((at for word, at in typed.items() if word in words or word in gone), default=None)

    def aligned(self, value: Value, reference: Value) -> Value:
        return _cut_as(value, reference, words_too=True)


def _alike(one: list[str], other: list[str]) -> float:
    return SequenceMatcher(a=one, b=other, autojunk=False).ratio()


def _parts(value: Value) -> Mapping[str, Value]:
    return value if isinstance(value, dict) else {}


def _text(unit: Unit, value: Value) -> str:
    parts = _parts(value)
    if unit == GIVEN:
        return str(parts.get(GIVEN, ""))
    prefix, family = parts.get(PREFIX), str(parts.get(FAMILY, ""))
    return f"{prefix} {family}".strip() if prefix else family


def _line(value: Value) -> list[str]:
    return f"{_text(GIVEN, value)} {_text(FAMILY, value)}".split()


@remembered
def _spellings(family: str) -> tuple[str, ...]:
    """A family name with its prefix written out in every way it may stand for."""
    for short, full in _SHORT:
        if found := short.search(family):
            before, behind = family[: found.start()], family[found.end() :]
            return tuple(f"{before}{one} {behind}" for one in full)
    return (family,)


@remembered
def _same_family(one: str, other: str) -> bool:
    return any(same_words(mine, theirs) for mine in _spellings(one) for theirs in _spellings(other))


def _core(unit: Unit, text: str) -> str:
    return text if unit == GIVEN else text.split()[-1] if text else ""


def _letters(text: str) -> list[str]:
    """A given name word by word; of initials written together each one."""
    found: list[str] = []
    for word in text.replace("-", " ").split():
        together = "." in word and _INITIALS.fullmatch(word)
        found += [letter for letter in word if letter != "."] if together else [word.strip(".")]
    return [one for one in found if one]


def is_initials(text: str) -> bool:
    """Whether a given name is told by its initials alone: ``J.``, ``J.P.``."""
    words = _letters(text)
    return bool(words) and all(len(word) == 1 for word in words)


@remembered
def _initials_of(short: str, full: str) -> bool:
    """Whether ``short`` says less than ``full``: each of its words the same there, or its initial.

    Initials alone say less than any name that begins with them, whatever letters follow.
    """
    few, many = _letters(short), _letters(full)
    if not few or not any(len(one) == 1 for one in few):
        return False
    if len(few) > len(many) and not is_initials(short):
        return False
    pairs = list(zip(few, many, strict=False))
    if not all(same_words(one, word) or _initial(one, word) for one, word in pairs):
        return False
    told = any(len(word) > 1 for one, word in pairs if len(one) == 1)
    return told or (len(many) > len(few) and len(pairs) == len(few))


def _initial(one: str, word: str) -> bool:
    return len(one) == 1 and bare(word)[:1] == bare(one)


def _spelling(one: str, other: str) -> bool:
    """Whether two names may be one with a slip of the finger."""
    return any(near(make(one), make(other)) for make in (bare, spelt_out))


def _kin(unit: Unit, one: str, other: str, known: Known) -> bool:
    """Whether a slip, a nickname or a second given name makes one of the other."""
    if _spelling(one, other):
        return True
    first, second = one.split(), other.split()
    more = bool(first and second) and same_words(first[0], second[0])
    return unit == GIVEN and (more or _nicknames([one, other], known))


def _nicknames(texts: Sequence[str], known: Known) -> bool:
    """Whether all may stand for one full name: ``Kees`` and ``Cornelis``, ``Piet`` and ``Pieter``."""
    return bool(frozenset.intersection(*(known.short.get(bare(text), frozenset()) for text in texts)))


def _full_name(rivals: Sequence[Value], texts: Sequence[str], known: Known) -> Value:
    """Of a name and its short form the name; of two short forms the longer."""
    full = [bare(text) in known.short.get(bare(text), ()) for text in texts]
    ranks = [(whole, len(text), text) for whole, text in zip(full, texts, strict=True)]
    return rivals[ranks.index(max(ranks))]


def _in_mailbox(text: str, known: Known) -> bool:
    words = {bare(text), spelt_out(text), bare(_core(FAMILY, text))}
    return any(len(word) > 2 and word in local for word in words for local in known.mailboxes)


def _cut_as(value: Value, reference: Value, *, words_too: bool) -> Value:
    """The words of a value, cut where the reference is cut.

    Where the words are not the same: a word the reference has is where it has it; of others a line says
    nothing about the cut (``words_too``), two places keep theirs.
    """
    first, other = _text(GIVEN, value), _text(GIVEN, reference)
    if first == other:
        return value
    mine, theirs = _line(value), _line(reference)
    if not mine or not theirs:
        return value
    own, cut = _given_words(value), _given_words(reference)
    keys, wanted = [key(one) for one in mine], [key(one) for one in theirs]
    if "".join(keys) == "".join(wanted):
        return _cut_after(mine, keys, len("".join(wanted[:cut])), value)
    family = _family_flags(keys, wanted, own, cut, words_too)
    start = family.index(True) if True in family else len(family)
    return value if not all(family[start:]) or start == own else _cut(mine, start)


def _cut_after(words: list[str], keys: list[str], letters: int, otherwise: Value) -> Value:
    """The words cut after so many letters; a hyphen more or less, and no word ends there: as they were."""
    ends = [len("".join(keys[:at])) for at in range(len(keys) + 1)]
    return _cut(words, ends.index(letters)) if letters in ends else otherwise


def _family_flags(mine: list[str], theirs: list[str], own: int, cut: int, words_too: bool) -> list[bool]:
    """For each word whether it belongs to the family name."""
    flags = [at >= own for at in range(len(mine))]
    for what, start, end, to, until in SequenceMatcher(a=theirs, b=mine, autojunk=False).get_opcodes():
        if what == "equal" or (what == "replace" and words_too and cut and end - start == until - to):
            for step in range(until - to):
                flags[to + step] = start + step >= cut
    return flags


def _given_words(value: Value) -> int:
    return len(_text(GIVEN, value).split())


def _family_starts(words: list[str], like: Value) -> int:
    return min(_given_words(like), max(len(words) - 1, 0))


def _cut(words: list[str], start: int) -> Value:
    """Words as a name whose family name (with its prefix) starts there."""
    told: dict[str, Value] = {}
    if start:
        told[GIVEN] = " ".join(words[:start])
    return told | _family(words[start:])


def _family(words: list[str]) -> dict[str, Value]:
    prefix, family = prefix_first(words)
    told: dict[str, Value] = {PREFIX: " ".join(prefix)} if prefix else {}
    return told | ({FAMILY: " ".join(family)} if family else {})
