"""A connector to a stand-in of this process, under a clock that only moves when it is told to."""

from datetime import timedelta
from typing import Any

from bench.sync.stage import ADMINISTRATION
from connectors.contract import Connection, Connector
from connectors.pace import Timing
from connectors.registry import connector_class
from hub.mapping.spec import SystemMapping
from sandbox.core.serve import Running
from sandbox.core.world import World


def connector(world: World, running: Running, mapping: SystemMapping, actor: str) -> Connector:
    """How the hub, or a person, gets in; its waiting moves the clock instead."""
    options = {f"fields_{name}": ",".join(mapping.custom_fields(name)) for name in mapping.objects}
    options |= {"administration_id": ADMINISTRATION, "limit_factor": "1000000"}
    timing = Timing(
        lambda seconds: world.clock.advance(timedelta(seconds=seconds)),
        lambda: world.clock.now().timestamp(),
    )
    build: Any = connector_class(mapping.connector)
    url = running.systems[mapping.system]
    made: Connector = build(Connection(url, f"{actor}-token", options=options), timing=timing)
    return made
