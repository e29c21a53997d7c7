"""A department asks the owner of a field for a change; what the owner accepts travels like an edit of his."""

from collections.abc import Sequence
from dataclasses import dataclass

from hub.flow.access.roles import Person
from hub.flow.decide.answer import Reply, given
from hub.flow.decide.sides import present
from hub.flow.decide.valid import must_fit
from hub.flow.errors import FlowError, NotFound
from hub.flow.faults import store_faults
from hub.flow.hub import Hub
from hub.flow.verbs import recompose
from hub.model.keys import RecordKey
from hub.model.unique import new_id
from hub.model.value import Value
from hub.store import proposals, records
from hub.store.engine import Connection
from hub.store.golden import Golden
from hub.store.proposals import Proposal
from hub.store.runs import Counts

__all__ = ["Decided", "NotYours", "Proposal", "decide", "listed", "propose"]


class NotYours(FlowError):
    """Another department owns the field."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of a proposal."""

    proposal: Proposal
    counts: Counts | None
    """What accepting it came to."""


def propose(hub: Hub, golden_id: str, field: str, value: Value, by: Person, why: str) -> Proposal:
    """Ask for a change. Raises NotFound and Unfit; nothing changes until the owner decides."""
    with store_faults(), hub.store.begin() as connection:
        golden = present(connection, golden_id)
        must_fit(hub, golden.kind, field, value)
        owner = hub.mappings.customer.fields[golden.kind][field].owner
        whole = (golden.golden_id, field, value, owner, by.who, by.department, why, hub.now())
        made = Proposal(new_id(), *whole)
        proposals.add(connection, made)
    return made


def listed(hub: Hub, state: str = "open", limit: int = 100) -> Sequence[Proposal]:
    """What is asked, the oldest first."""
    with store_faults(), hub.store.read() as connection:
        return proposals.listed(connection, state, limit)


def decide(hub: Hub, proposal_id: str, *, accept: bool, by: Person, why: str) -> Decided:
    """Accept or decline what is asked of a field's owner. Raises NotFound, NotYours and Unfit.

    An accepted value is an edit made now in the name of one record of the customer: later edits beat it.
    """
    state = "accepted" if accept else "declined"
    with store_faults():
        with hub.store.begin() as connection:
            found = proposals.by_id(connection, proposal_id)
            if found is None or found.state != "open":
                raise NotFound(f"no open proposal '{proposal_id}'")
            if not by.is_of(found.owner):
                raise NotYours(f"{found.owner} owns '{found.field}' and decides on it")
            if accept:  # both or neither: a word that was given is not lost
                given(hub, connection, [_reply(hub, connection, found)], by.who, why)
            proposals.decide(connection, proposal_id, state, by.who, why, hub.now())
            after = proposals.by_id(connection, proposal_id) or found
        return Decided(after, recompose(hub) if accept else None)


def _reply(hub: Hub, connection: Connection, found: Proposal) -> Reply:
    golden = present(connection, found.golden_id)
    must_fit(hub, golden.kind, found.field, found.value)
    return Reply(golden.golden_id, found.field, "", found.value, _speaker(connection, golden))


def _speaker(connection: Connection, golden: Golden) -> RecordKey:
    """In whose name it is said: the first record that is there; it goes where that one goes."""
    held = records.of_golden(connection, [golden.golden_id]).get(golden.golden_id, {})
    living = sorted(one.key for one in held.values() if not one.deleted)
    if not living:
        raise NotFound(f"{golden.golden_id} has no record left in any system")
    return living[0]
