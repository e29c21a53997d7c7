"""Days of birth: another day is another opinion; a digit apart, or day and month swapped, is a slip."""

from collections.abc import Sequence

from hub.codecs.opinions.plain import Plain
from hub.codecs.opinions.words import near
from hub.model.opinion import Known, Unit
from hub.model.value import Value

_SOME_DAY = "-01-01"
"""What is typed where only the year is known."""


class Dates(Plain):
    """ISO dates. The first of January says no more than its year."""

    def evidence(self, unit: Unit, rivals: Sequence[Value], known: Known) -> Value | None:
        days = [str(one) for one in rivals]
        exact = [one for one in days if not one.endswith(_SOME_DAY)]
        alike = len({one[:4] for one in days}) == 1
        return exact[0] if len(exact) == 1 and alike else None

    def conflicts(self, unit: Unit, left: Value, right: Value, known: Known) -> bool:
        one, other = str(left), str(right)
        swapped = one[:5] + one[8:] + one[4:7] == other
        return one != other and not near(one, other) and not swapped
