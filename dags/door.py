"""From a task to the hub: credentials out of Airflow's connections, counts back into XCom."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import structlog

if TYPE_CHECKING:
    from hub.flow.hub import Hub


def pull(system: str) -> dict[str, int]:
    """Land and admit; counts."""
    from hub.flow import verbs
    from hub.views import ending

    hub = _hub(system)
    counts = dict(verbs.pull(hub, system))
    _tell(ending.pulled(hub, system))
    return counts


def keep(system: str) -> dict[str, int]:
    """Find what vanished; counts."""
    from hub.flow import verbs

    hub = _hub(system)
    return dict(verbs.keep(hub, system))


def reconcile() -> dict[str, int]:
    """Compose golden records of what changed; counts."""
    from hub.flow import verbs

    hub = _hub()
    return dict(verbs.recompose(hub))


def publish(system: str) -> dict[str, int]:
    """Plan, guard and send; counts."""
    from hub.flow import verbs
    from hub.flow.errors import PublishStopped
    from hub.views import ending

    hub = _hub(system)
    try:
        counts = dict(verbs.publish(hub, system))
    except PublishStopped:
        _tell(ending.published(hub, system))
        raise
    _tell(ending.published(hub, system))
    return counts


def audit() -> dict[str, int]:
    """Compare everything with everything; counts of agreeing and differing cells. Raises LawsBroken."""
    from hub.flow import verbs

    audited = verbs.audit(_hub())
    audited.must_hold()
    found = audited.agreement
    return {"agree": found.agree, "differ": found.differ, "exempt": sum(found.exempt.values())}


def waiting(system: str | None = None) -> dict[str, int]:
    """How much there is to do; counts."""
    from hub.flow import verbs

    return dict(verbs.waiting(_hub(), system))


def released(system: str) -> str:
    """When something held for a system was last let go; empty where nothing ever was."""
    from hub.flow import verbs

    return verbs.released(system)


def _tell(lines: Iterable[str]) -> None:
    """What waits for somebody, at the end of the task's log: Airflow 3.3 lets no task write its own note."""
    for line in lines:
        structlog.get_logger("klantbeeld").warning(line)


def _hub(*systems: str) -> "Hub":
    from hub.flow.hub import open_hub

    return open_hub({name: _connection(name) for name in systems})


def _connection(system: str):  # type: ignore[no-untyped-def]  # its type costs an import at every parse
    from airflow.sdk import Connection

    from hub.flow.connections import connection

    found = Connection.get(system)
    told = ("conn_type", "host", "login", "password", "schema", "port", "extra")
    return connection(f"the connection {system}", {name: getattr(found, name) for name in told})
