"""What was read while a place was not shown is looked at again when it is: people may have typed there."""

from collections.abc import Iterator, Sequence

from connectors.contract import Connector, RawRecord
from hub.flow.hub import Hub
from hub.mapping.paths import shows
from hub.mapping.spec import ObjectMapping
from hub.model.instant import Instant
from hub.store import drift, kept

LOOK = 100
"""Records at a time."""


def shown_again(
    hub: Hub, system: str, connector: Connector, obj: ObjectMapping
) -> Iterator[tuple[Sequence[RawRecord], Instant]]:
    """Records last read without something the system shows by now, and since when they may have changed.

    Whether it does is seen by a look at one of them.
    """
    with hub.store.read() as connection:
        hidden = {one.path: one.since for one in drift.listed(connection, [system]) if one.object == obj.name}
        without = kept.read_without(connection, system, obj.name) if hidden else {}
    done: set[str] = set()
    for path, keys in without.items():
        since, left = hidden.get(".".join(path)), [key for key in keys if key not in done]
        first = connector.fetch(obj.name, left[:1]).values() if since and left else ()
        if since and any(shows(one.data, path) for one in first):
            done.update(left)
            yield list(first), since
            for start in range(1, len(left), LOOK):
                yield list(connector.fetch(obj.name, left[start : start + LOOK]).values()), since
