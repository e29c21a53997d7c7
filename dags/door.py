"""From a task to the hub: credentials out of Airflow's connections, counts back into XCom."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hub.flow.hub import Hub


def pull(system: str) -> dict[str, int]:
    """Land and admit; counts."""
    from hub.flow import verbs

    hub = _hub(system)
    return dict(verbs.pull(hub, system))


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

    hub = _hub(system)
    return dict(verbs.publish(hub, system))


def audit() -> dict[str, int]:
    """Compare everything with everything; counts of agreeing and differing cells. Raises LawsBroken."""
    from hub.flow import verbs

    audited = verbs.audit(_hub())
    audited.must_hold()
    found = audited.agreement
    return {"agree": found.agree, "differ": found.differ, "exempt": sum(found.exempt.values())}


def waiting() -> dict[str, int]:
    """How much there is to do; counts."""
    from hub.flow import verbs

    return dict(verbs.waiting(_hub()))


def _hub(*systems: str) -> "Hub":
    from hub.flow.hub import open_hub

    return open_hub({name: _connection(name) for name in systems})


def _connection(system: str):  # type: ignore[no-untyped-def]  # its type costs an import at every parse
    from airflow.sdk import Connection

    from hub.flow.connections import connection

    found = Connection.get(system)
    return connection(
        found.host or "",
        found.login or "",
        found.password or "",
        found.extra_dejson,
        schema=found.schema or "",
        port=found.port,
    )
