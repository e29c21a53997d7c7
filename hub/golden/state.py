"""What the hub knows of one field of one system record. How it comes to know it: :mod:`hub.golden.cell`."""

from typing import NamedTuple

from hub.golden.claims import Claim, Refused, Sent
from hub.model.instant import Instant
from hub.model.value import Value

FORMER = 8
"""How many earlier claims, and refused values, a cell remembers."""
MEMORY = 4
"""How many unseen writes, and values typed over, a cell remembers; more, and the cell is frozen."""


class Cell(NamedTuple):
    """What the hub knows of one field of one system record."""

    base: Value | None = None
    """The value last read there."""
    claim: Claim | None = None
    """The last value a person authored there."""
    placed: bool = False
    """The base is the hub's own doing."""
    intent: Value | None = None
    """What the hub sent that the system turned into ``base`` (they differ where the system altered it)."""
    flight: tuple[Sent, ...] = ()
    """Sent and not seen back, oldest first."""
    tries: int = 0
    """How often the hub wrote since anything else happened here."""
    refused: tuple[Refused, ...] = ()
    """What this cell does not take, latest last: one more does not free the others."""
    former: tuple[Value, ...] = ()
    """What people claimed here before, latest first: who was once called so is still the same customer."""
    since: Instant | None = None
    """Of a base the hub put there: when it was sent. Whoever types over it did so later."""
    altered: bool = False
    """The base is less than what was sent, and nobody knows whose doing that is."""

    @property
    def coming(self) -> Value | None:
        """What stands there, or will when what the hub sent last has arrived."""
        return self.flight[-1].value if self.flight else self.base

    @property
    def nobodys(self) -> bool:
        """Whether neither a person nor the hub put there what stands there: the vendor did."""
        return self.base is not None and self.claim is None and not self.placed

    @property
    def kept(self) -> tuple[Value, ...]:
        """What was refused in place of what stands there."""
        return tuple(one.value for one in self.refused if isinstance(one.value, str | dict))

    @property
    def overwritten(self) -> bool:
        """Whether the claim made here no longer shows, or soon will not: the hub wrote over it."""
        return self.placed or bool(self.flight)
