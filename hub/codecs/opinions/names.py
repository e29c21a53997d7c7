"""Names of people: a given and a family name, each an opinion of its own; together they are one line."""

import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from itertools import combinations
from typing import Final

from hub.codecs.memory import remembered
from hub.codecs.opinions.lines import (
    FAMILY,
    GIVEN,
    PREFIX,
    cut_as,
    cut_at,
    family_starts,
    line_of,
    text_of,
)
from hub.codecs.opinions.plain import Plain
from hub.codecs.opinions.words import bare, looks, near, same_words, spelt_out, thrice
from hub.codecs.person_names import prefix_first
from hub.model.instant import Instant
from hub.model.opinion import Known, Typed, Unit
from hub.model.value import Value, parts_of

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
        one, other = text_of(unit, left), text_of(unit, right)
        return same_words(one, other) if unit == GIVEN else _same_family(one, other)

    def covers(self, unit: Unit, fuller: Value, other: Value) -> bool:
        if self.same(unit, fuller, other):
            return False
        if unit == GIVEN:
            return _initials_of(text_of(unit, other), text_of(unit, fuller))
        (prefix, family), (bare_prefix, less) = (
            prefix_first(text_of(unit, it).split()) for it in (fuller, other)
        )
        return bool(prefix) and not bare_prefix and same_words(" ".join(family), " ".join(less))

    def spelt(self, unit: Unit, value: Value) -> tuple[int, ...]:
        text = text_of(unit, value)
        whole = _spellings(text) == (text,)
        return (int(whole), *looks(text), -len(text.split()))

    def settles(self, unit: Unit, rivals: Sequence[Value], known: Known) -> bool:
        texts = [text_of(unit, one) for one in rivals]
        kin = (_kin(unit, one, other, known) for one, other in combinations(texts, 2))
        return all(kin)

    def evidence(self, unit: Unit, rivals: Sequence[Value], known: Known) -> Value | None:
        texts = [text_of(unit, one) for one in rivals]
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
        return unit == GIVEN and is_initials(text_of(unit, value))

    def dated(self, unit: Unit, rivals: Sequence[Value]) -> bool:
        return unit == FAMILY and len(rivals) == 2 and not _spelling(*(text_of(unit, one) for one in rivals))

    def conflicts(self, unit: Unit, left: Value, right: Value, known: Known) -> bool:
        if self.same(unit, left, right) or _spelling(text_of(unit, left), text_of(unit, right)):
            return False
        return not (self.covers(unit, left, right) or self.covers(unit, right, left))

    def typed(self, before: Sequence[Value], after: Value) -> frozenset[str]:
        seen, now = [parts_of(one) for one in before] or [{}], parts_of(after)
        return frozenset(
            part for part in (GIVEN, PREFIX, FAMILY) if now.get(part) not in [one.get(part) for one in seen]
        )

    def answered(self, value: Value) -> frozenset[str]:
        units = (set(parts) for parts in _UNITS.values())
        return frozenset(part for parts in units if parts & parts_of(value).keys() for part in parts)

    def claimed(self, earlier: Value, before: Sequence[Value], after: Value) -> Value:
        told, typed = dict(parts_of(after)), self.typed(before, after)
        for parts in _UNITS.values():
            if not typed & set(parts):
                told = {name: one for name, one in told.items() if name not in parts}
                told |= {name: one for name, one in parts_of(earlier).items() if name in parts}
        return told or after

    def typed_at(
        self, unit: Unit, value: Value, typed: Typed, before: Sequence[Value] = ()
    ) -> Instant | None:
        return max((typed[part] for part in _UNITS[unit] if part in typed), default=None)

    def aligned(self, value: Value, reference: Value) -> Value:
        return cut_as(value, reference, words_too=False)


class JoinedNames(Names):
    """A name on one line: where it is cut was not typed, its words were."""

    def typed(self, before: Sequence[Value], after: Value) -> frozenset[str]:
        seen, now = [line_of(one) for one in before] or [[]], line_of(after)
        if any(one == now for one in seen):
            return frozenset()
        added = {word for word in now if all(word not in one for one in seen)}
        gone = {f"-{word}" for word in seen[0] if word not in now}
        return frozenset(added | gone or now)  # the same words in another order were all typed

    def claimed(self, earlier: Value, before: Sequence[Value], after: Value) -> Value:
        """The earlier line with the same words changed, where it has them; else what is shown.

        Who leaves no word of what stood there typed the whole name.
        """
        told, now = line_of(earlier), line_of(after)
        shown = max((line_of(one) for one in before), key=lambda one: _alike(one, now), default=[])
        if told == shown or not set(shown) & set(now):
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
        return cut_at(told, family_starts(told, after)) if told else after

    def kept(self, typed: Typed, earlier: Value, now: Value) -> Typed:
        line = line_of(now)
        return {word: at for word, at in typed.items() if word.startswith("-") or word in line}

    def typed_at(
        self, unit: Unit, value: Value, typed: Typed, before: Sequence[Value] = ()
    ) -> Instant | None:
        words = text_of(unit, value).split()
        gone = {f"-{word}" for one in before for word in text_of(unit, one).split()}
        return max((at for word, at in typed.items() if word in words or word in gone), default=None)

    def aligned(self, value: Value, reference: Value) -> Value:
        return cut_as(value, reference, words_too=True)


def _alike(one: list[str], other: list[str]) -> float:
    return SequenceMatcher(a=one, b=other, autojunk=False).ratio()


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
