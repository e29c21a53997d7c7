"""The golden value of one field of one customer: by its rule, or by the pins of stewards. Pure."""

from collections.abc import Sequence

from hub.golden.gathering import GATHERED
from hub.golden.survivorship import elect, pinned
from hub.golden.testimony import Case, Pin, Testimony, Verdict


def survive(case: Case, testimonies: Sequence[Testimony], pins: Sequence[Pin] = ()) -> Verdict:
    """The golden value of one field of one customer. ``pins``: those in force, the earliest first."""
    if pins:
        return pinned(case, testimonies, pins)
    gather = GATHERED.get(case.rule.name)
    return gather(case.rule, testimonies) if gather else elect(case, testimonies)
