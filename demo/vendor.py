"""What a person at a department sees and does: the vendor's own record, before and after."""

from collections.abc import Mapping
from typing import Any

from connectors.contract import Connection
from connectors.registry import connector
from hub.flow.hub import Hub
from hub.golden.record import SourceRecord
from hub.mapping.paths import get, path


def look(hub: Hub, record: SourceRecord, connections: Mapping[str, Connection]) -> Mapping[str, Any]:
    """The record as its system's API shows it now."""
    mapping = hub.mapping(record.key.system)
    found = hub.connect(mapping).fetch(record.object, [record.raw_key])
    return found[record.raw_key].data


def fact(data: Mapping[str, Any], where: str) -> str:
    """One value of it as text; a dash where there is none."""
    found = get(data, path(where))
    return "-" if found in (None, "") else str(found)


def type_in(connection: Connection, system: str, obj: str, key: str, data: Mapping[str, Any]) -> None:
    """Change a record as an employee of the department does, with that person's own access."""
    from connectors.contract import Write

    receipt = connector(system, connection).push(obj, [Write("by-hand", key, dict(data))])[0]
    if receipt.status != "done":
        raise RuntimeError(f"{system} did not take the edit: {receipt.message}")
