"""A changed mapping file authors nothing, and when it is put back everything is as it was."""

from pathlib import Path
from typing import Any

from sandbox.core.standin import Rows
from tests.databases import Databases
from tests.integration.changing import FONE, changed, picture, put, said_of
from tests.integration.household import Customer, rows
from tests.integration.stage import UNJUDGED, Stage, Staged, keys, staged

ONE, TWO, THREE = Customer(1), Customer(2), Customer(3)


def _seeds() -> dict[str, Rows]:
    """Customer 2 is known in Zendesk by the telephone number alone, customer 3 has one that nobody else has."""
    seeds = {
        name: {obj: list(some) for obj, some in one.items()}
        for name, one in rows([ONE, TWO, THREE], [ONE]).items()
    }
    users: Any = seeds["zendesk"]["users"]
    users[1]["email"] = "ander@elders.nl"
    users[2]["phone"] = "+31612999888"
    return seeds  # type: ignore[return-value]


def _ready(stage: Stage, databases: Databases) -> Staged:
    hub = stage.hub(databases)
    hub.sync(3)
    stage.edit("zendesk", "users", ONE.key("zendesk", "person"), {"phone": "+31687654321"})
    hub.sync(3)
    mark = stage.mark()
    hub.sync()
    assert keys(stage.by_hub(mark)) == []
    return hub


def _emptied(stage: Stage, mark: int) -> list[Any]:
    """What the hub emptied since."""
    return [
        (one.system, one.key, name)
        for one in stage.by_hub(mark)
        for name, value in _flat(one.after)
        if value in (None, "", [])
    ]


def _flat(document: Any, before: str = "") -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for name, one in document.items():
        found += _flat(one, f"{before}{name}.") if isinstance(one, dict) else [(f"{before}{name}", one)]
    return found


def test_a_mistyped_path_splits_and_empties_nothing_and_put_back_all_is_as_it_was(
    tmp_path: Path, databases: Databases
) -> None:
    with staged(_seeds()) as stage:
        hub = _ready(stage, databases)
        before, mark = picture(hub), stage.mark()
        phones = said_of(hub, "phones")
        put(hub, changed(tmp_path, FONE))
        hub.sync(3)
        assert hub.clusters() == before.clusters and said_of(hub, "phones") == phones
        assert _emptied(stage, mark) == []
        put(hub, UNJUDGED)
        mark = stage.mark()
        hub.sync(3)
        after = picture(hub)
        assert after.clusters == before.clusters
        assert after.golden == before.golden
        assert after.records == before.records
        assert keys(stage.by_hub(mark)) == []
