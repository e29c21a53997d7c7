"""One shared field in one system: how it is read, written, and what the system makes of it.

The laws (tests/unit/test_lens.py): with ``project(v) = read(write(v))``, projection is idempotent and
``write(read(x))`` is a fixed point. Planning compares projections, so a system that truncates is
never rewritten for ever.
"""

import dataclasses
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2s
from typing import Any, Literal

import orjson

from hub.codecs import Codec, CodecError, Hints, SharesItsPlace
from hub.codecs.opinions import ANY, OF_PART, OPINIONS
from hub.mapping.paths import Path, get, put
from hub.model.opinion import Opinion
from hub.model.value import Several, Slots, Value, canonical, once

Shape = Literal["scalar", "composite", "list"]
MAILBOX = "{mailbox}"
"""Among what a vendor fills in: the record's own mailbox, or the part of it before the ``@``."""
WriteRule = Literal["always", "if_empty", "never"]


class Unreadable(ValueError):
    """A field could not be read; the record is quarantined, or the field noted and left alone."""

    def __init__(self, field: str, where: Path, error: CodecError) -> None:
        super().__init__(f"{field} from {'.'.join(where)}: {error}")
        self.field = field
        self.where = where
        self.error = error


@dataclass(frozen=True, slots=True)
class Limits:
    """What the system does to a text it is given."""

    max_length: int | None = None
    case: Literal["upper", "lower"] | None = None

    def apply(self, raw: object) -> object:
        """The text as the system will keep it; anything else as it is."""
        if not isinstance(raw, str):
            return raw
        cased = {"upper": raw.upper(), "lower": raw.lower()}.get(self.case or "", raw)
        return cased[: self.max_length].rstrip() if self.max_length else cased


@dataclass(frozen=True, slots=True)
class Part:
    """One place in the system's record that holds (a part of) the field."""

    path: Path
    codec: Codec
    name: str = ""
    """The part of a composite value; empty where the value is whole or the codec names its parts."""
    limits: Limits = Limits()
    default: str | None = None
    formerly: Path | None = None
    """Where the same stood before the system gave it another name."""

    shared: SharesItsPlace | None = dataclasses.field(init=False, compare=False, repr=False)
    """The codec, where the place may hold more than one value: asked once, for it reads every record."""

    def __post_init__(self) -> None:
        codec: object = self.codec
        object.__setattr__(self, "shared", codec if isinstance(codec, SharesItsPlace) else None)

    @property
    def names(self) -> tuple[str, ...]:
        """The parts of the shared value this place holds."""
        return self.codec.parts or ((self.name,) if self.name else ())

    @property
    def opinion(self) -> str:
        """What kind of value stands here: by its codec, or where that reads any text by the part it is of."""
        told = self.codec.opinion
        return told if told not in ANY else next((OF_PART[one] for one in self.names if one in OF_PART), told)

    def read(self, raw: Mapping[str, Any], hints: Hints) -> Value | None:
        """The shared value at this place. Raises CodecError."""
        found = get(raw, self.path)
        value = self.codec.read(found, hints)
        return self.codec.read(self.default, hints) if value is None and self.default else value

    def write(self, value: Value | None) -> object:
        """What to put at this place. Raises CodecError where the system has no word for the value."""
        return self.limits.apply(self.codec.write(value))

    def over(self, written: object, standing: object, known: Value | None) -> object:
        """What to put at this place for ``known``; what else stands there stays. Raises CodecError."""
        return written if self.shared is None else self.shared.over(written, standing, known)

    def pieces(self, raw: Mapping[str, Any]) -> list[tuple[str | None, str]]:
        """What stands at a place that may hold several, one by one: its value, and that as a text.

        What is no value is told as it stands; [] of a place that never holds more than one.
        """
        if self.shared is None:
            return []
        return [self._piece(one) for one in self.shared.each(get(raw, self.path))]

    def _piece(self, text: str) -> tuple[str | None, str]:
        try:
            value = self.codec.read(text)
        except CodecError:
            value = None
        return (None, text) if value is None else (str(value), str(value))


def telling(kinds: Iterable[str], shape: Shape) -> str:
    """Of what codecs call their values the one that says most: a value of several parts is no text."""
    found = list(kinds)
    plain = "text" if "text" in found and shape == "scalar" else "exact"
    return next((one for one in found if one not in ANY), plain)


@dataclass(frozen=True, slots=True)
class Lens:
    """One shared field in one system's records."""

    field: str
    shape: Shape
    parts: tuple[Part, ...]
    write_rule: WriteRule = "never"
    clear: bool = False
    lenient: bool = False
    """An unreadable value is noted and left alone instead of quarantining the record."""
    placeholders: frozenset[str] = frozenset()
    """Values that say nothing: ``unknown``, ``1900-01-01`` (compared without case)."""
    needs: frozenset[str] = frozenset()
    """Parts of which a composite value must have one: a country alone is no address."""
    park: str | None = None
    """What is written to take a unique value out of the way: it reaches nobody and says nothing."""
    vendor_fills: frozenset[str] | None = None
    """Shared values the vendor fills in by itself, ``any`` for all: first seen, nobody claims them."""
    nothing: Value | None = None
    """What stands for nothing, where the system cannot empty what once had a value: no debt is one of 0."""
    mailbox_fills: bool = False
    """For want of anything the vendor puts the mailbox's own words here: that says nothing of anybody."""

    opinion: Opinion = dataclasses.field(init=False, compare=False, repr=False)
    """How two of its values compare: by the codec that knows most of them."""
    holds: frozenset[str] | None = dataclasses.field(init=False, compare=False, repr=False)
    """The parts of a composite value this system has room for; None for a whole value."""

    def __post_init__(self) -> None:
        kind = telling((part.opinion for part in self.parts), self.shape)
        object.__setattr__(self, "opinion", OPINIONS[kind])
        parts = frozenset(name for part in self.parts for name in part.names)
        object.__setattr__(self, "holds", parts if self.shape == "composite" else None)

    @property
    def places(self) -> int:
        """How many elements of a list fit."""
        return len(self.parts)

    def hidden(self, unshown: Collection[Path]) -> bool:
        """Whether nothing is said of the field in a record that does not show these paths.

        Half an address is none, and beside a number that is shown another may not be.
        """
        quantor = all if self.shape == "list" else any
        return bool(unshown) and quantor(part.path in unshown for part in self.parts)

    def read(self, raw: Mapping[str, Any], hints: Hints) -> Value | None:
        """The shared value of a scalar or composite field. Raises Unreadable."""
        if self.shape == "scalar":
            return self._read_part(self.parts[0], raw, hints)
        merged: dict[str, Value] = {}
        for part in self.parts:
            value = self._read_part(part, raw, hints)
            if isinstance(value, dict):
                merged |= {name: one for name, one in value.items() if not self._says_nothing(one)}
            elif value is not None:
                merged[part.name] = value
        return merged if merged and (not self.needs or self.needs & merged.keys()) else None

    def shown(self, raw: Mapping[str, Any]) -> str:
        """What stands in the record at this field's places: a short fingerprint each, in their order.

        A reading may lean on other fields (a telephone number on the country). Where the fingerprint
        is the same nobody touched this field, whatever it reads as now.
        """
        return " ".join(self._print(part, raw) for part in self.parts)

    def _print(self, part: Part, raw: Mapping[str, Any]) -> str:
        """The fingerprint of a place; of a shared one those of all that stands there.

        What is nobody's value has a dash before it.
        """
        each = (
            ("-" if value is None or self._says_nothing(value) else "") + _fingerprint(text)
            for value, text in part.pieces(raw)
        )
        return "+".join(each) or _fingerprint(get(raw, part.path))

    def several(self, raw: Mapping[str, Any]) -> tuple[Several, ...]:
        """Place by place each value that can be read there, with its fingerprint; () where none is shared."""
        if not any(part.pieces(raw) for part in self.parts):
            return ()
        return tuple(tuple(self._each(part, raw)) for part in self.parts)

    def _each(self, part: Part, raw: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        for value, text in part.pieces(raw):
            if value is not None and not self._says_nothing(value):
                yield value, _fingerprint(text)

    def repeats(self, raw: Mapping[str, Any], mailbox: str) -> bool:
        """Whether nothing stands here but an e-mail address, or what it has before the ``@``."""
        stands = " ".join(str(one) for part in self.parts if (one := get(raw, part.path))).strip().casefold()
        address = mailbox.strip().casefold()
        return bool(stands) and stands in (address, address.rpartition("@")[0])

    def read_places(self, raw: Mapping[str, Any], hints: Hints) -> Slots:
        """The elements of a list field, place by place, whether or not another place shows the same."""
        values = (self._read_part(part, raw, hints) for part in self.parts)
        return tuple(None if value is None else str(value) for value in values)

    def read_slots(self, raw: Mapping[str, Any], hints: Hints) -> Slots:
        """The elements of a list field, place by place; a second showing of one counts as empty."""
        return once(self.read_places(raw, hints))

    def write(self, value: Value | None) -> dict[Path, object]:
        """What stands where for this value. Raises CodecError."""
        if isinstance(value, dict):
            return {part.path: part.write(_share(value, part)) for part in self.parts}
        return {part.path: part.write(value) for part in self.parts}

    def write_slots(self, slots: Slots) -> dict[Path, object]:
        """What stands where for these elements. Raises CodecError."""
        return {part.path: part.write(one) for part, one in zip(self.parts, slots, strict=True)}

    def parked(self, key: str) -> dict[Path, object] | None:
        """What stands where while another record takes this one's value; None where nothing may."""
        if self.park is not None:
            return {part.path: self.park.replace("{key}", key) for part in self.parts}
        return {part.path: None for part in self.parts} if self.clear else None

    def is_parked(self, raw: Mapping[str, Any]) -> bool:
        """Whether a record shows what was written to take its value out of the way, and nothing else yet."""
        if self.park is None:
            return False
        texts = (get(raw, part.path) for part in self.parts)
        return any(isinstance(one, str) and self._is_parked(one.strip().casefold()) for one in texts)

    def project(self, value: Value | None) -> Value | None:
        """What the system makes of a golden value. Raises CodecError where it cannot hold it at all."""
        if value is None:
            return self.nothing
        try:
            return self.read(_nested(self.write(value)), _country(value))
        except Unreadable as error:
            raise error.error from error

    def project_element(self, element: str) -> str | None:
        """What the system makes of one element of a list."""
        part = self.parts[0]
        value = part.codec.read(part.write(element), {})
        return None if value is None else str(value)

    def changes(self, before: Value | None, after: Value | None) -> dict[Path, object]:
        """Only the places that must change to go from one shared value to another."""
        return _differing(self._written(before), self.write(after))

    def changed_slots(self, before: Slots, after: Slots) -> dict[Path, object]:
        """Only the slots that must change."""
        padded = (*before, *(None,) * len(after))[: len(after)]
        return {
            part.path: part.write(new)
            for part, old, new in zip(self.parts, padded, after, strict=True)
            if old != new
        }

    def _written(self, value: Value | None) -> dict[Path, object]:
        try:
            return self.write(value)
        except CodecError:
            return {}

    def _read_part(self, part: Part, raw: Mapping[str, Any], hints: Hints) -> Value | None:
        try:
            value = part.read(raw, hints)
        except CodecError as error:
            if self._says_nothing(error.value):
                return None
            raise Unreadable(self.field, part.path, error) from error
        return None if self._says_nothing(value) else value

    def _says_nothing(self, value: object) -> bool:
        if not isinstance(value, str):
            return False
        text = value.strip().casefold()
        return text in self.placeholders or (self.park is not None and self._is_parked(text))

    def _is_parked(self, text: str) -> bool:
        start, _, end = (self.park or "").casefold().partition("{key}")
        return len(text) > len(start) + len(end) and text.startswith(start) and text.endswith(end)


def _fingerprint(standing: object) -> str:
    if isinstance(standing, str) and not standing.strip():
        standing = ""  # who types a blank has emptied the place
    return blake2s(orjson.dumps(standing, default=str), digest_size=6).hexdigest()


NOTHING_STANDS = frozenset(map(_fingerprint, (None, "", [], {})))
"""The fingerprints of a place in which nothing stands."""


def _share(value: dict[str, Value], part: Part) -> Value | None:
    if not part.codec.parts:
        return value.get(part.name)
    own = {name: value[name] for name in part.codec.parts if name in value}
    return own or None


def _country(value: Value) -> dict[str, str]:
    country = value.get("country") if isinstance(value, dict) else None
    return {"country": country} if isinstance(country, str) else {}


def _nested(written: dict[Path, object]) -> dict[str, Any]:
    document: dict[str, Any] = {}
    for where, value in written.items():
        put(document, where, value)
    return document


def _differing(before: dict[Path, object], after: dict[Path, object]) -> dict[Path, object]:
    return {
        where: value
        for where, value in after.items()
        if where not in before or canonical(before[where]) != canonical(value)  # type: ignore[arg-type]
    }
