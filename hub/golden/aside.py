"""What people said at a place that the mapping file no longer reads: set aside, not forgotten. Pure."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from hub.golden.cell import Cell
from hub.golden.claims import Claim, Held
from hub.golden.roll import Roll
from hub.model.instant import DAWN, Instant
from hub.model.value import Value

MARK = "@"
"""Between a field and the place its cell had; no field has it in its name."""


class Aside(NamedTuple):
    """A cell or roll that waits for its place to be read again, with all that was known of it."""

    of: Cell | Roll
    at: Instant = DAWN
    """When the place was last read."""
    print: str = ""
    """The fingerprint of what stood there then."""
    held: Held | None = None
    """Why what stood there was not believed, where it was not."""
    mute: bool = False
    """The field reads all of its places again, in another way: what stands there speaks for itself."""

    left: str = ""
    """The fingerprint of what went on without it: while that is the same, it comes back as it was."""

    @property
    def claims(self) -> tuple[Claim, ...]:
        """What people said here last."""
        if isinstance(self.of, Roll):
            return tuple(self.of.claims.values())
        return () if self.of.claim is None else (self.of.claim,)

    @property
    def says(self) -> Value | None:
        """What they say: of a list all that is said to hold."""
        if isinstance(self.of, Roll):
            return list[Value](sorted(str(one.value) for one in self.claims if one.value is not None)) or None
        return self.of.claim.value if self.of.claim else None

    @property
    def former(self) -> tuple[Value, ...]:
        """What they said before that; of a list all that ever was, where some of it is gone."""
        if isinstance(self.of, Roll):
            gone = any(one.value is None for one in self.claims)
            return (list[Value](sorted(self.of.claims)),) if gone else ()
        return self.of.former


Asides = Mapping[str, Aside]
"""``field@place`` → what is set aside of it."""


def key_of(name: str, place: str) -> str:
    """The key under which a field's cell at a place is set aside."""
    return f"{name}{MARK}{place}"


def by_field(asides: Asides) -> Iterator[tuple[str, Aside]]:
    """Field → what is set aside of it and has a say, in the order of the places."""
    for key in sorted(asides):
        if not asides[key].mute:
            yield key.partition(MARK)[0], asides[key]


def last(asides: Asides) -> dict[str, Aside]:
    """Field → what was read last of what is set aside of it."""
    found: dict[str, Aside] = {}
    for name, one in by_field(asides):
        if name not in found or one.at > found[name].at:
            found[name] = one
    return found


def whole(asides: Asides, cells: Mapping[str, Cell]) -> dict[str, Claim]:
    """Field → what is said in it with what stood at a place that is not read now: it was said in one go."""
    found: dict[str, Claim] = {}
    for name, one in by_field(asides):
        now = cells[name].claim if name in cells else None
        if now is not None and isinstance(one.of, Cell) and one.of.claim and _is_part(now, one.of.claim):
            found[name] = one.of.claim
    return found


def _is_part(less: Claim, more: Claim) -> bool:
    same = (less.at, less.how, less.typed) == (more.at, more.how, more.typed)
    parts = isinstance(less.value, dict) and isinstance(more.value, dict)
    return same and parts and less.value.items() <= more.value.items()  # type: ignore[union-attr]


def said(
    asides: Asides, now: dict[str, Value], former: list[tuple[str, Value]]
) -> tuple[dict[str, Value], list[tuple[str, Value]]]:
    """What is said with what is set aside: of a field nobody says anything of else it is what is said now."""
    for name, one in by_field(asides):
        past = [(name, old) for old in one.former]
        if one.says is not None and name not in now:
            now = {**now, name: one.says}
        elif one.says is not None and one.says != now[name]:
            past.append((name, one.says))
        former = [*former, *past]
    return now, former
