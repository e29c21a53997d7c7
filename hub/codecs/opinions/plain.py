"""Values without parts: equal or not, and texts, which are one opinion however they are spelt."""

from collections.abc import Collection, Mapping, Sequence

from hub.codecs.opinions.words import looks, near, same_words
from hub.model.instant import Instant
from hub.model.opinion import Known, Typed, Unit
from hub.model.value import Value

_WHOLE: Mapping[Unit, tuple[str, ...]] = {"": ()}


class Plain:
    """Two values are one opinion where they are equal; a majority may decide between any."""

    @property
    def units(self) -> Mapping[Unit, tuple[str, ...]]:
        return _WHOLE

    def same(self, unit: Unit, left: Value, right: Value) -> bool:
        return left == right

    def covers(self, unit: Unit, fuller: Value, other: Value) -> bool:
        return False

    def spelt(self, unit: Unit, value: Value) -> tuple[int, ...]:
        return ()

    def settles(self, unit: Unit, rivals: Sequence[Value], known: Known) -> bool:
        return True

    def evidence(self, unit: Unit, rivals: Sequence[Value], known: Known) -> Value | None:
        return None

    def dated(self, unit: Unit, rivals: Sequence[Value]) -> bool:
        return False

    def shared(self, unit: Unit, rivals: Sequence[Value]) -> Value | None:
        return None

    def poor(self, unit: Unit, value: Value, rivals: Sequence[Value]) -> bool:
        return False

    def conflicts(self, unit: Unit, left: Value, right: Value, known: Known) -> bool:
        return not self.same(unit, left, right)

    def typed(self, before: Sequence[Value], after: Value) -> frozenset[str]:
        return frozenset() if after in before else frozenset(("",))

    def claimed(self, earlier: Value, before: Sequence[Value], after: Value) -> Value:
        return after

    def answered(self, value: Value) -> frozenset[str]:
        return frozenset()

    def kept(self, typed: Typed, earlier: Value, now: Value) -> Typed:
        before, after = (one if isinstance(one, dict) else {} for one in (earlier, now))
        return {part: at for part, at in typed.items() if before.get(part) == after.get(part)}

    def typed_at(
        self, unit: Unit, value: Value, typed: Typed, before: Sequence[Value] = ()
    ) -> Instant | None:
        return max(typed.values(), default=None)

    def empties(self, unit: Unit, gone: Value, other: Value) -> bool:
        return self.same(unit, gone, other) or self.covers(unit, gone, other)

    def moved_at(self, typed: Typed) -> Instant | None:
        return None

    def whole(self, value: Value, typed: Typed) -> bool:
        return False

    def righted_at(self, typed: Typed) -> Instant | None:
        return None

    def aligned(self, value: Value, reference: Value) -> Value:
        return value

    def amended(self, value: Value, typed: Typed, others: Sequence[tuple[Value, Typed]]) -> Value:
        return value

    def fitted(self, value: Value, holds: Collection[str] | None) -> Value:
        return value

    def completed(
        self, value: Value, holds: Collection[str] | None, other: Value, *, slips: bool = False
    ) -> Value:
        return value


class Texts(Plain):
    """Capitals, spacing, punctuation and accents make no other opinion."""

    def same(self, unit: Unit, left: Value, right: Value) -> bool:
        return left == right or same_words(str(left), str(right))

    def spelt(self, unit: Unit, value: Value) -> tuple[int, ...]:
        return looks(str(value))

    def conflicts(self, unit: Unit, left: Value, right: Value, known: Known) -> bool:
        return not (self.same(unit, left, right) or near(str(left).casefold(), str(right).casefold()))
