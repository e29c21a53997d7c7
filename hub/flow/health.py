"""Whether each system lets the hub in and has what the hub needs, and making what is missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from connectors.contract import Connection, Connector, Finding
from connectors.errors import ConnectorError
from hub.flow.errors import NotFound
from hub.flow.hub import reach
from hub.mapping.spec import SystemMapping


@dataclass(frozen=True, slots=True)
class Health:
    """What was found of one system."""

    system: str
    title: str
    findings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing needs a person."""
        return all(one.ok for one in self.findings)


def examine(
    mapping: SystemMapping, connections: Mapping[str, Connection], *, provision: bool = False
) -> Health:
    """Probe one system; with ``provision``, create its missing custom fields first. Raises nothing."""
    try:
        connector = reach(mapping, connections)
        made = _provisioned(mapping, connector) if provision else []
        named = {one.what for one in made}
        found: Sequence[Finding] = [*made, *(one for one in connector.check() if one.what not in named)]
    except (ConnectorError, NotFound) as error:
        found = [Finding("the system can be used", False, str(error))]
    return Health(mapping.system, mapping.title, tuple(found))


def _provisioned(mapping: SystemMapping, connector: Connector) -> list[Finding]:
    return [
        finding
        for name in mapping.objects
        if (fields := mapping.provisions(name))
        for finding in connector.provision(name, fields)
    ]
