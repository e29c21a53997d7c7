"""A steward's override: this value stands until a day, whatever anybody edits."""

from hub.flow.decide.sides import present
from hub.flow.decide.valid import must_fit
from hub.flow.errors import FlowError, NotFound
from hub.flow.faults import store_faults
from hub.flow.hub import Hub
from hub.flow.present import trusted
from hub.flow.verbs import recompose
from hub.golden.testimony import Pin
from hub.model.instant import Instant
from hub.model.value import Value
from hub.store import due, identity
from hub.store import golden as goldens
from hub.store.engine import Connection
from hub.store.runs import Counts


class Past(FlowError):
    """A pin would be over before it began."""


def pin(hub: Hub, golden_id: str, field: str, value: Value, who: str, why: str, until: Instant) -> Counts:
    """Have this value stand until a moment, and bring the golden record up to date.

    It takes the place of earlier pins of the field. Raises NotFound, Unfit and Past.
    """
    at = hub.now()
    if until <= at:
        raise Past(f"until {until[:10]} is over; give a day to come")
    with store_faults():
        with hub.store.begin() as connection:
            trusted(connection)  # a pin is dated now
            golden = present(connection, golden_id)
            must_fit(hub, golden.kind, field, value)
            goldens.withdraw_pins(connection, golden.golden_id, field, at)
            goldens.add_pin(connection, golden.golden_id, field, Pin(value, who, why, at, until))
            _soil(connection, golden.golden_id)
        return recompose(hub)


def unpin(hub: Hub, golden_id: str, field: str) -> Counts:
    """Take a field's pin away: what its records say decides again. Raises NotFound."""
    with store_faults():
        with hub.store.begin() as connection:
            golden = present(connection, golden_id)
            if not goldens.withdraw_pins(connection, golden.golden_id, field, hub.now()):
                raise NotFound(f"no pin on '{field}' of {golden.golden_id} is in force")
            _soil(connection, golden.golden_id)
        return recompose(hub)


def _soil(connection: Connection, golden_id: str) -> None:
    due.soil(connection, identity.members(connection, [golden_id]), compare=False)
