"""The steward: releases what people meant, and rejects what nobody did.

Change by change: one is approved where every value it writes, and every emptying, stems from somebody's
deliberate edit of that customer; else it is rejected. What comes of a bad import or a mistyped mapping is.
"""

from dataclasses import dataclass
from typing import Any

from bench.edits.journal import Journal
from bench.edits.judge.known import Known
from bench.edits.place import Place, of_value
from bench.edits.register import Register
from hub.flow.decide.decisions import decide
from hub.flow.errors import NotFound
from hub.flow.hub import Hub
from hub.store import plans, records
from hub.store.change import Change


@dataclass(slots=True)
class Steward:
    """Who looks at what is held."""

    journal: Journal
    known: Known
    register: Register
    approved: int = 0
    rejected: int = 0

    def look(self, hub: Hub, system: str, everything: bool = False) -> bool:
        """Decide on all that is held for a system; whether anything was released."""
        with hub.store.read() as connection:
            holds = [one.id for one in plans.holds(connection, system=system)]
            held = {one: plans.held_by(connection, one) for one in holds}
        released = False
        for hold_id, changes in held.items():
            meant = {one.id for one in changes if everything or self._meant(hub, one)}
            others = {one.id for one in changes} - meant
            released |= bool(meant) and self._decide(hub, hold_id, True, meant)
            if others:
                self._decide(hub, hold_id, False, others)
        return released

    def _decide(self, hub: Hub, hold_id: str, approve: bool, only: set[str]) -> bool:
        why = "people meant it" if approve else "nobody did this"
        try:
            decide(hub, hold_id, approve=approve, who="steward", why=why, only=only)
        except NotFound:
            return False
        self.approved += approve
        self.rejected += not approve
        return approve

    def _meant(self, hub: Hub, change: Change) -> bool:
        customer = self._customer(hub, change)
        if change.action == "create" and any(
            one.system == change.system for one in self.register.living(customer)
        ):
            return False
        return all(self._field(customer, name, both) for name, both in change.fields.items())

    def _customer(self, hub: Hub, change: Change) -> str:
        owner = self.register.owners.get(Place(change.system, change.object, change.raw_key or ""))
        return owner or customer_of(hub, change.golden_id, self.register)

    def _field(self, customer: str, name: str, both: Any) -> bool:
        was, becomes = of_value(name, both["before"]), of_value(name, both["after"])
        written = all(self.known.meant((customer, *unit), text) for unit, text in becomes.items())
        return written and all(self.known.emptied((customer, *unit)) for unit in was.keys() - becomes.keys())


def customer_of(hub: Hub, golden_id: str, register: Register) -> str:
    """The customer most records of a golden record are of."""
    with hub.store.read() as connection:
        held = records.of_golden(connection, [golden_id]).get(golden_id, {})
    return register.of(str(one.key) for one in held.values())
