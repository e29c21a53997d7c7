"""The golden value of one field of one customer: by its rule, or by a steward's pin. Pure."""

from collections.abc import Sequence

from hub.golden.gathering import GATHERED
from hub.golden.survivorship import elect, pinned
from hub.golden.testimony import Case, Pin, Testimony, Verdict


def survive(case: Case, testimonies: Sequence[Testimony], pin: Pin | None = None) -> Verdict:
    """The golden value of one field of one customer. ``pin`` must already be in force."""
    if pin is not None:
        return pinned(case, testimonies, pin)
    gather = GATHERED.get(case.rule.name)
    return gather(case.rule, testimonies) if gather else elect(case, testimonies)
