"""A person's word that what many records lost at once is meant to be empty."""

from hub.flow.errors import NotFound
from hub.flow.faults import store_faults
from hub.flow.hub import Hub
from hub.flow.present import trusted
from hub.flow.verbs import try_again
from hub.store import quarantine, raw


def accept(hub: Hub, system: str, field: str, *, who: str, why: str) -> int:
    """Believe that a field was emptied where it waits; returns of how many records. Raises NotFound."""
    hub.mapping(system)
    with store_faults(), hub.store.begin() as connection:
        trusted(connection)
        found = quarantine.accept(connection, system, field, who, why, hub.now())
        for obj, keys in found.items():
            raw.retry(connection, system, obj, keys)
    number = sum(map(len, found.values()))
    if not number:
        raise NotFound(
            f"no emptied '{field}' waits in {system}; klantbeeld quarantine {system} lists what does"
        )
    try_again(hub, system)
    return number
