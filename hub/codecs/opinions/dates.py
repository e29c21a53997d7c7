"""Days of birth: another day is another opinion; a digit apart, or day and month swapped, is a slip."""

from collections.abc import Sequence
from itertools import combinations

from hub.codecs.opinions.plain import Plain
from hub.codecs.opinions.words import near
from hub.model.opinion import Known, Unit
from hub.model.value import Value

_SOME_DAY = "-01-01"
"""What is typed where only the year is known."""


class Dates(Plain):
    """ISO dates. The first of January says no more than its year."""

    def covers(self, unit: Unit, fuller: Value, other: Value) -> bool:
        full, less = str(fuller), str(other)
        return less.endswith(_SOME_DAY) and not full.endswith(_SOME_DAY) and full[:4] == less[:4]

    def settles(self, unit: Unit, rivals: Sequence[Value], known: Known) -> bool:
        return not any(self.conflicts(unit, one, other, known) for one, other in combinations(rivals, 2))

    def conflicts(self, unit: Unit, left: Value, right: Value, known: Known) -> bool:
        one, other = str(left), str(right)
        swapped = one[:5] + one[8:] + one[4:7] == other
        year = self.covers(unit, left, right) or self.covers(unit, right, left)
        return one != other and not (near(one, other) or swapped or year)
