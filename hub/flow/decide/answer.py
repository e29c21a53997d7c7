"""What the owner of a field answers where nothing decides: an edit dated now, which later edits beat."""

from collections.abc import Sequence
from dataclasses import dataclass

from hub.flow.errors import NotFound
from hub.flow.faults import store_faults
from hub.flow.hub import Hub
from hub.flow.present import trusted
from hub.flow.verbs import recompose
from hub.golden.testimony import Pin
from hub.model.instant import Instant
from hub.model.keys import RecordKey
from hub.model.value import Value
from hub.store import answers, records
from hub.store import golden as goldens
from hub.store.answers import Answer
from hub.store.engine import Connection
from hub.store.runs import Counts


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer: which value of a field (or of one unit of it) is a customer's."""

    golden_id: str
    field: str
    unit: str
    value: Value
    record: RecordKey
    """In whose name it is given: it goes where that record goes, should customers be split or joined."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What answers came to."""

    answers: int
    counts: Counts


def answer(
    hub: Hub, replies: Sequence[Reply], who: str, why: str, pinned_until: Instant | None = None
) -> Answered:
    """Take these answers, and bring golden records up to date. Raises NotFound.

    ``pinned_until``: until then no later edit changes it either.
    """
    with store_faults():
        with hub.store.begin() as connection:
            given(hub, connection, replies, who, why, pinned_until)
        return Answered(len(replies), recompose(hub))


def given(
    hub: Hub,
    connection: Connection,
    replies: Sequence[Reply],
    who: str,
    why: str,
    pinned_until: Instant | None = None,
) -> None:
    """Store these answers; the next reconcile composes with them. Raises NotFound."""
    at = hub.now()
    trusted(connection)  # an answer is an edit made now
    rows = records.ids(connection, {one.record for one in replies})
    if missing := [one.record for one in replies if one.record not in rows]:
        raise NotFound(f"there is no record {missing[0]}; klantbeeld disputes lists what is asked")
    answers.add(
        connection,
        [(rows[one.record], Answer(one.record, one.field, one.value, who, why, at)) for one in replies],
    )
    if pinned_until:
        _pin(connection, replies, Pin(None, who, why, at, pinned_until))


def _pin(connection: Connection, replies: Sequence[Reply], made: Pin) -> None:
    known = goldens.by_ids(connection, {one.golden_id for one in replies})
    for one in replies:
        if golden := known.get(one.golden_id):
            pin = Pin(one.value, made.who, made.why, made.at, made.until)
            goldens.add_pin(connection, golden.golden_id, one.field, pin)
