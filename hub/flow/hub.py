"""The hub as one value: its memory, its mappings, its clock, and how it reaches the systems."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from connectors.contract import Connection, Connector
from connectors.registry import connector, connector_class
from hub.flow.errors import NotFound
from hub.flow.faults import store_faults
from hub.flow.mappings import in_force
from hub.identity.weights import BadWeights, Weights, weights
from hub.mapping.load import Mappings, readable
from hub.mapping.spec import SystemMapping
from hub.mapping.strict_yaml import BadFile
from hub.model.instant import Instant, now, shift
from hub.model.keys import Kind
from hub.store import watermarks
from hub.store.engine import Connection as SqlConnection
from hub.store.engine import Store, find_store, open_store
from hub.store.migrate import is_newest, migrate

Matching = Mapping[Kind, Weights]
Connect = Callable[[SystemMapping], Connector]


@dataclass(frozen=True, slots=True)
class Hub:
    """Everything a verb needs."""

    store: Store
    mappings: Mappings
    connect: Connect = lambda mapping: reach(mapping, {})
    """Unless told otherwise no system can be reached."""
    now: Callable[[], Instant] = now
    reports: Path = field(default_factory=lambda: Path("var/reports"))
    """Where quality reports are written."""
    connections: Mapping[str, Connection] = field(default_factory=dict, repr=False)
    """System → how to get in, of those that were told."""
    on_disk: Mappings | None = None
    """The files as they stand, where not all of them are in force."""
    new_store: str | None = None
    """Where its store was made, when there was none before."""

    def matching(self) -> Matching:
        """What findings about two records say, kind by kind. Raises BadFile."""
        return weights_of(self.mappings)

    def mapping(self, system: str) -> SystemMapping:
        """The mapping of a system. Raises NotFound, naming those there are."""
        if system not in self.mappings.systems:
            known = ", ".join(sorted(self.mappings.systems))
            raise NotFound(f"no mapping for system '{system}'. There are: {known}")
        return self.mappings.systems[system]

    def lag(self, system: str) -> timedelta:
        """How long a system may go on showing the old value after a write."""
        return connector_class(self.mapping(system).connector).sheet.visibility_lag

    def settled_in(self, connection: SqlConnection, system: str, obj: str) -> Instant:
        """Writes to an object sent before this would have been seen by now."""
        return shift(watermarks.read(connection, system, obj).complete_at, -self.lag(system))


def weights_of(mappings: Mappings) -> Matching:
    """The weights of ``mappings/matching/``, kind by kind. Raises BadFile."""
    return {kind: _weights(kind, document) for kind, document in mappings.weights.items()}


def _weights(kind: Kind, document: Mapping[str, Any]) -> Weights:
    try:
        return weights(kind, document)
    except BadWeights as error:
        raise BadFile(f"mappings/matching/{kind}.yml, {error}") from None


def open_hub(connections: Mapping[str, Connection], *, store: str | None = None, make: bool = True) -> Hub:
    """A hub over the mappings in force, its store brought up to date.

    ``connections``: system → connection, for the systems that will be talked to. ``make``: whether a store
    that is not there is made. Raises StoreUnavailable, with no password in its words.
    """
    files = readable(only=in_use())
    weights_of(files)  # so that a mistake there is told before anything runs
    reports = Path(os.environ.get("KLANTBEELD_REPORTS", "var/reports"))
    with store_faults():
        memory = open_store(store, make=make)
        try:
            new = migrate(memory, make=make)
            mappings = in_force(memory, files)
        except BaseException:
            memory.close()
            raise
    connect = partial(reach, connections=connections)
    return Hub(
        memory,
        mappings,
        connect,
        reports=reports,
        connections=connections,
        on_disk=files,
        new_store=memory.place if new else None,
    )


@contextmanager
def stored(address: str | None) -> Iterator[Store | None]:
    """The store as it is, where there is one of this version; nothing is made or changed."""
    with store_faults():
        memory = find_store(address)
        try:
            yield memory if memory and is_newest(memory) else None
        finally:
            if memory:
                memory.close()


def in_use() -> frozenset[str] | None:
    """The systems this installation uses (``KLANTBEELD_SYSTEMS``, comma separated); None: all mapped ones."""
    named = os.environ.get("KLANTBEELD_SYSTEMS", "")
    return frozenset(one.strip() for one in named.split(",") if one.strip()) or None


def reach(mapping: SystemMapping, connections: Mapping[str, Connection]) -> Connector:
    """The connector of a system, told which of its fields the mapping speaks of."""
    if mapping.system not in connections:
        raise NotFound(
            f"no connection for system '{mapping.system}'; add the Airflow connection '{mapping.system}' "
            f"or set AIRFLOW_CONN_{mapping.system.upper()}"
        )
    given = connections[mapping.system]
    options = {f"fields_{name}": ",".join(mapping.custom_fields(name)) for name in mapping.objects}
    told = Connection(given.base_url, given.secret, given.login, {**options, **given.options})
    return connector(mapping.connector, told)
