"""Whom a person means: a record by its key, or all records of a golden id."""

from hub.flow.errors import NotFound
from hub.model.keys import RecordKey
from hub.store import identity, records
from hub.store.engine import Connection


def record_key(asked: str) -> RecordKey | None:
    """The key these words are; None where they are none."""
    try:
        return RecordKey.parse(asked)
    except ValueError:
        return None


def records_of(connection: Connection, named: str) -> dict[int, RecordKey]:
    """Row id → key of the records these words stand for: a record itself, or all of a golden id.

    Raises NotFound.
    """
    if key := record_key(named):
        if found := records.ids(connection, [key]):
            return {row: one for one, row in found.items()}
        raise NotFound(f"there is no record {key}; klantbeeld sync {key.system} pulls what is new")
    golden_id = identity.resolve(connection, named)
    held = records.of_golden(connection, [golden_id]).get(golden_id, {})
    if not held:
        raise NotFound(f"there is no golden id '{named}'; give one, or a record such as hubspot/person/123")
    return {row: one.key for row, one in held.items()}
