"""Addresses: one home, compared line by line; what is typed into the home that stands is mixed into it."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Final

from hub.codecs.memory import remembered
from hub.codecs.opinions.plain import Plain
from hub.codecs.opinions.words import bare, key, looks, near, same_words, thrice
from hub.codecs.street import StreetLine, in_one_line
from hub.model.instant import Instant
from hub.model.opinion import Known, Typed, Unit
from hub.model.value import Value, parts_of

Home = Mapping[str, Value]
PLACE: Final = ("street", "postal_code", "city")
"""Who types another one of these has moved."""
DOOR: Final = ("house_number_addition", "second_line")
PARTS: Final = ("street", "house_number", *DOOR, "as_typed", "postal_code", "city", "country")
_ROOM = re.compile(
    r"\b(?:bus|bte|bo[iî]te|box|app?|apt|appartement|apartment|unit|kamer|flat|nr|no)(?![a-z])\.?"
)
_BETWEEN = re.compile(r"(?<=[0-9])[\W_]+(?=[0-9])")
_LINE: Final = ("street", "house_number", "house_number_addition")
_BEHIND = re.compile(r"\s*\([^)]*\)\s*$")
_WAYS = (
    "straat laan weg plein kade gracht singel dijk markt hof pad dreef steeg str straße strasse allee platz "
    "gasse ring damm ufer street road lane avenue drive close court steenweg baan"
)
_WAY = re.compile(rf"(?:{_WAYS.replace(' ', '|')})\.?$")
_STREET = re.compile(r"(?:straat|str\.?)(?=$|\W)|(?:straße|strasse)(?=$|\W)")


class Homes(Plain):
    """A house number's addition, a box or a second line makes another home; so does any other street."""

    def same(self, unit: Unit, left: Value, right: Value) -> bool:
        one, other = parts_of(left), parts_of(right)
        codes = one.get("postal_code"), other.get("postal_code")
        if _longer(*codes) or _longer(*reversed(codes)):
            return False
        return _alike(one, other) and all((part in one) == (part in other) for part in PLACE)

    def covers(self, unit: Unit, fuller: Value, other: Value) -> bool:
        one, less = parts_of(fuller), parts_of(other)
        more = [part for part in PLACE if part in one and part not in less]
        fewer = [part for part in PLACE if part in less and part not in one]
        if fewer or not _alike(one, less) or _longer(less.get("postal_code"), one.get("postal_code")):
            return False
        return bool(more) or _longer(one.get("postal_code"), less.get("postal_code"))

    def empties(self, unit: Unit, gone: Value, other: Value) -> bool:
        """Who empties a home with its door empties it where there is no room for the door."""
        return super().empties(unit, gone, other) or (
            not _door(parts_of(other)) and _one_house(parts_of(gone), parts_of(other))
        )

    def spelt(self, unit: Unit, value: Value) -> tuple[int, ...]:
        home = parts_of(value)
        street = str(home.get("street", ""))
        short = bool(re.search(r"str\.?$", street.casefold()))
        return (
            len(home.keys() - {"as_typed"}),
            int(not short),
            *looks(street),
            *looks(str(home.get("city", ""))),
        )

    def settles(self, unit: Unit, rivals: Sequence[Value], known: Known) -> bool:
        homes = [parts_of(one) for one in rivals]
        return all(_slip(one, other) for at, one in enumerate(homes) for other in homes[at + 1 :])

    def evidence(self, unit: Unit, rivals: Sequence[Value], known: Known) -> Value | None:
        if len(rivals) != 2 or not self.settles(unit, rivals, known):
            return None
        one, other = (parts_of(it) for it in rivals)
        told = {_speaks(part, one, other, known) for part in _unlike(one, other)}
        return rivals[told.pop()] if len(told) == 1 and None not in told else None  # type: ignore[index]

    def poor(self, unit: Unit, value: Value, rivals: Sequence[Value]) -> bool:
        home = parts_of(value)
        return any(_door(parts_of(it)) and not _door(home) for it in rivals)

    def dated(self, unit: Unit, rivals: Sequence[Value]) -> bool:
        """Somebody moved from one place to another; from one door to the next of a house is no move."""
        homes = [parts_of(one) for one in rivals]
        return all(_elsewhere(one, other) for at, one in enumerate(homes) for other in homes[at + 1 :])

    def shared(self, unit: Unit, rivals: Sequence[Value]) -> Value | None:
        homes = [parts_of(one) for one in rivals]
        first = homes[0]
        common = {part: first[part] for part in PARTS if part in first and _all_say(part, homes)}
        doors = {_door(one) for one in homes}
        if len(doors) > 1 and "" not in doors:
            common.pop("house_number", None)  # without its door it would be another home
        if "postal_code" in common:
            common["postal_code"] = min((str(one["postal_code"]) for one in homes), key=len)
        if "street" not in common or "house_number" not in common:
            for part in ("house_number", *DOOR, "as_typed"):
                common.pop(part, None)
        return common if common.keys() & set(PLACE) else None

    def conflicts(self, unit: Unit, left: Value, right: Value, known: Known) -> bool:
        one, other = parts_of(left), parts_of(right)
        return not (_alike(one, other) or _slip(one, other))

    def typed(self, before: Sequence[Value], after: Value) -> frozenset[str]:
        seen, now = [parts_of(one) for one in before] or [{}], parts_of(after)
        parts = {part for part in PARTS if now.get(part) not in [one.get(part) for one in seen]}
        base = seen[0]
        if "house_number_addition" in parts and _has_second_behind(base):
            parts.add("second_line")
        moved = any(
            part in parts and part in base and part in now and not _same_part(part, base, now)
            for part in PLACE
        )
        return frozenset(PARTS) if moved else frozenset(parts)

    def answered(self, value: Value) -> frozenset[str]:
        return frozenset(PARTS)

    def typed_at(
        self, unit: Unit, value: Value, typed: Typed, before: Sequence[Value] = ()
    ) -> Instant | None:
        return max(typed.values(), default=None)

    def moved_at(self, typed: Typed) -> Instant | None:
        times = [typed[part] for part in PARTS if part in typed]
        return min(times) if len(times) == len(PARTS) else None

    def whole(self, value: Value, typed: Typed) -> bool:
        return parts_of(value).keys() <= typed.keys()

    def righted_at(self, typed: Typed) -> Instant | None:
        at = typed.get("house_number", "")
        return at if at > (self.moved_at(typed) or "") else None

    def amended(self, value: Value, typed: Typed, others: Sequence[tuple[Value, Typed]]) -> Value:
        home, when = _unfolded(parts_of(value), self.moved_at(typed), typed), dict(typed)
        for other, told in others:
            theirs = parts_of(other)
            righted = self._put_right(told, when) or self._put_right(when, told)
            if not _one_house(home, theirs, number_typed=righted):
                continue
            later = _later(told, when)
            if any(part in later and home.get(part) != theirs.get(part) for part in _LINE):
                home.pop("as_typed", None)
            for part in sorted(later):
                when[part] = told[part]
                if part in theirs:
                    home[part] = theirs[part]
                else:
                    home.pop(part, None)
        if "second_line" in home.keys() - parts_of(value).keys() and _says_it_twice(home):
            del home["house_number_addition"]  # a system with one line shows a second one there
        return home

    def _put_right(self, typed: Typed, other: Typed) -> bool:
        """Whether a house number was typed by itself, not with a move, and after what others typed."""
        return (self.righted_at(typed) or "") > other.get("house_number", "")

    def fitted(self, value: Value, holds: Collection[str] | None) -> Value:
        home = dict(parts_of(value))
        if holds is None or "second_line" in holds or "second_line" not in home:
            return value
        line = in_one_line(home, str(home.pop("second_line")))
        rest = {name: one for name, one in home.items() if name not in StreetLine.parts}
        return {**rest, **parts_of(line or {})}

    def completed(
        self, value: Value, holds: Collection[str] | None, other: Value, *, slips: bool = False
    ) -> Value:
        home, more = parts_of(value), parts_of(other)
        if slips and _slip(home, more):
            return {**{part: more[part] for part in (*PLACE, "country") if part in more}, **home}
        room = PARTS if holds is None else holds
        lacks = [part for part in ("country", "second_line") if part in more and part not in home]
        adds = {part: more[part] for part in lacks if part == "country" or part not in room}
        if not _one_house(home, more, apart_from=adds):
            adds = {}
        if _one_street(home, more):  # whatever the door is
            unseen = [part for part in ("postal_code", "city") if part not in room and part not in home]
            adds |= {part: more[part] for part in unseen if part in more}
        return {**home, **adds} if adds else value


def _unfolded(home: Home, moved: Instant | None, typed: Typed) -> dict[str, Value]:
    """A second line that somebody put right where it stands behind the first, as one of its own."""
    found, alone = dict(home), typed.get("second_line", "") > (moved or "")
    if alone and "second_line" not in home and _has_second_behind(home):
        found["second_line"] = found.pop("house_number_addition")
        del found["as_typed"]
    return found


def _has_second_behind(home: Home) -> bool:
    """Whether this is how a second line reads in a system with one: see :func:`in_one_line`."""
    return str(home.get("as_typed", "")).endswith(f", {home.get('house_number_addition')}")


def _says_it_twice(home: Home) -> bool:
    """Whether the addition is what the second line says, too."""
    addition, second = (key(str(home.get(part, ""))) for part in DOOR)
    return bool(addition) and addition == second


def _later(told: Typed, when: Typed) -> set[str]:
    return {part for part in PARTS if part in told and told[part] > when.get(part, "")}


def _same_part(part: str, one: Home, other: Home) -> bool:
    left, right = str(one.get(part, "")), str(other.get(part, ""))
    if part == "street":
        return same_words(_street(left), _street(right))
    if part == "city" and _one_code(one, other):
        return same_words(_town(left), _town(right))
    return same_words(left, right) or _longer(left, right) or _longer(right, left)


def _alike(one: Home, other: Home) -> bool:
    """Whether all that both tell is the same; where both name a house, its door too."""
    common = [part for part in (*PLACE, "country") if part in one and part in other]
    if not any(part in PLACE for part in common) or not all(_same_part(part, one, other) for part in common):
        return False
    numbers = one.get("house_number"), other.get("house_number")
    if "street" not in common:
        return None in numbers or numbers[0] == numbers[1]
    return numbers[0] == numbers[1] and _door(one) == _door(other)


def _one_house(
    one: Home, other: Home, apart_from: Collection[str] = (), *, number_typed: bool = False
) -> bool:
    """Whether both are one house, whatever its door is; ``number_typed``: its number was put right."""
    common = [part for part in PLACE if part in one and part in other]
    number = number_typed or one.get("house_number") == other.get("house_number")
    rest = {name: it for name, it in other.items() if name not in apart_from}
    door = not apart_from or _door(one) == _door(rest)
    return bool(common) and number and door and all(_same_part(part, one, other) for part in common)


def _speaks(part: str, one: Home, other: Home, known: Known) -> int | None:
    """Which of two spellings of a line something speaks for: 0, 1, or None for neither."""
    texts = [str(home[part]) for home in (one, other)]
    tests: list[Callable[[str], bool]] = [lambda text: not thrice(bare(text))]
    if part == "city":
        tests.append(lambda text: bare(_town(text)) in known.towns)
    if part == "street":
        tests.append(lambda text: bare(text) in known.streets)
        tests.append(lambda text: bool(_WAY.search(text.casefold())))
    for test in tests:
        if test(texts[0]) != test(texts[1]):
            return 0 if test(texts[0]) else 1
    return None


def _town(text: str) -> str:
    """A town without what is written behind it to tell it from others: ``Hengelo (Gld)``."""
    return _BEHIND.sub("", text)


def _unlike(one: Home, other: Home) -> list[str]:
    """The lines both tell, and tell otherwise."""
    return [part for part in PLACE if part in one and part in other and not _same_part(part, one, other)]


def _one_code(one: Home, other: Home) -> bool:
    return "postal_code" in one and "postal_code" in other and _same_part("postal_code", one, other)


def _one_street(one: Home, other: Home) -> bool:
    """Whether both name a street, and where it is, and the same ones."""
    common = [part for part in PLACE if part in one and part in other]
    return "street" in common and len(common) > 1 and all(_same_part(part, one, other) for part in common)


def _one_door(one: Home, other: Home) -> bool:
    """Whether postal code, number and door say that it is one home, however its street is spelt."""
    number = one.get("house_number")
    same = number is not None and number == other.get("house_number")
    return same and _one_code(one, other) and _door(one) == _door(other)


def _elsewhere(one: Home, other: Home) -> bool:
    """Whether both name a street, and what differs is more than slips: somebody moved."""
    unlike = _unlike(one, other)
    if "street" not in one or "street" not in other or _one_door(one, other) or _slip(one, other):
        return False
    far = [part for part in unlike if not near(bare(str(one[part])), bare(str(other[part])))]
    return bool(far) and (len(unlike) > 1 or one.get("house_number") != other.get("house_number"))


def _slip(one: Home, other: Home) -> bool:
    """Whether a keystroke or a digit in one of their lines makes one of the other."""
    common = [part for part in PLACE if part in one and part in other]
    unlike = _unlike(one, other)
    house = _house_near(one, other) if "street" in common else 0
    if house is None or len(common) < 2:
        return False
    near_parts = all(near(bare(str(one[part])), bare(str(other[part]))) for part in unlike)
    return near_parts and (len(unlike) + house == 1 or _one_door(one, other))


def _house_near(one: Home, other: Home) -> int | None:
    """How many slips apart number and door are: none, one, or None for more than slips explain."""
    left, right = str(one.get("house_number", "")), str(other.get("house_number", ""))
    doors = _door(one), _door(other)
    if doors[0] != doors[1]:
        # Somebody may have left it out; two doors are two homes.
        return 1 if "" in doors and left == right else None
    if left == right:
        return 0
    digits = len(left) == len(right) and sum(a != b for a, b in zip(left, right, strict=True)) == 1
    return 1 if digits or near(left, right) else None


def _all_say(part: str, homes: Sequence[Home]) -> bool:
    if part in PLACE:
        return all(part in one and _same_part(part, homes[0], one) for one in homes)
    if part in DOOR:
        return all(_door(one) == _door(homes[0]) for one in homes)
    return all(one.get(part) == homes[0].get(part) for one in homes)


def _door(home: Home) -> str:
    """Addition and second line as they are compared: ``bus 3``, ``b3`` apart, ``12-a`` and ``12 A`` not."""
    text = " ".join(str(home[part]) for part in DOOR if part in home)
    return key(_BETWEEN.sub("x", _ROOM.sub(" ", text.casefold()).strip())) if text else ""


def _longer(full: object, less: object) -> bool:
    """``1012 AB`` says more than ``1012``."""
    one, other = key(str(full or "")), key(str(less or ""))
    return len(other) == 4 and other.isdigit() and len(one) == 6 and one.startswith(other)


@remembered
def _street(text: str) -> str:
    return _STREET.sub("str", text.casefold())
