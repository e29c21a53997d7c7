"""Whom a person means: a record by its key, or all records of a customer by whatever is at hand."""

from hub.flow.decide.seek import seek
from hub.flow.errors import NotFound
from hub.flow.hub import Hub
from hub.model.keys import RecordKey
from hub.store import golden as goldens
from hub.store import identity, records
from hub.store.engine import Connection
from hub.store.golden import Golden


def record_key(asked: str) -> RecordKey | None:
    """The key these words are; None where they are none."""
    try:
        return RecordKey.parse(asked)
    except ValueError:
        return None


def present(connection: Connection, golden_id: str) -> Golden:
    """The golden record that an id stands for today. Raises NotFound."""
    today = identity.resolve(connection, golden_id)
    found = goldens.by_ids(connection, [today]).get(today)
    if found is None:
        raise NotFound(f"no such customer: {golden_id}")
    return found


def records_of(hub: Hub, connection: Connection, named: str) -> dict[int, RecordKey]:
    """Row id → key of the records these words stand for: a record itself, or all of one customer.

    Raises NotFound, also where several customers fit: on parts of words nobody is decided about.
    """
    if key := record_key(named):
        if found := records.ids(connection, [key]):
            return {row: one for one, row in found.items()}
        raise NotFound(f"there is no record {key}; klantbeeld sync {key.system} pulls what is new")
    meant = seek(hub, connection, named)
    if not meant.golden_ids:
        raise NotFound(
            "no such customer; give a golden id, a record such as hubspot/person/123, an e-mail address, a "
            "telephone number or a whole name"
        )
    if meant.others or len(meant.golden_ids) > 1 or meant.how == "parts":
        raise NotFound(
            "several customers may be meant: klantbeeld show lists them; give the golden id of one, or a "
            "record such as hubspot/person/123"
        )
    held = records.of_golden(connection, meant.golden_ids).get(meant.golden_ids[0], {})
    return {row: one.key for row, one in held.items()}
