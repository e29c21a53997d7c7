"""Look up before creating: a record that is there already is linked or waited for, never written over."""

from collections.abc import Sequence

from connectors.contract import Connector
from hub.flow.hub import Hub
from hub.mapping.spec import Facet, ObjectMapping, SystemMapping
from hub.store import outbox
from hub.store.change import Change

FOUND = "found there, and not read yet"
TAKEN = "another record already has this {}: {}; link them or correct one"


def settle_creations(hub: Hub, mapping: SystemMapping, connector: Connector, obj: ObjectMapping) -> None:
    """Creations whose answer never came are found or made ready again; ready ones whose key is taken wait."""
    facet = next((one for one in obj.facets if one.create_when is not None), None)
    if facet is None:
        return
    with hub.store.read() as connection:
        found = outbox.changes(connection, mapping.system, ["unsure", "ready"], obj=obj.name)
    creations = [one for one in found if one.action == "create"]
    if not creations:
        return
    _settle_unsure(hub, connector, obj, facet, [one for one in creations if one.state == "unsure"])
    _refuse_taken(hub, connector, obj, facet, creations)


def _settle_unsure(
    hub: Hub, connector: Connector, obj: ObjectMapping, facet: Facet, unsure: Sequence[Change]
) -> None:
    if not unsure or facet.golden_id is None:
        return
    path = ".".join(facet.golden_id)
    marked = (
        connector.find(obj.name, path, [one.golden_id for one in unsure])
        if _can(connector, obj, path)
        else {}
    )
    with hub.store.begin() as connection:
        for one in unsure:
            if there := marked.get(one.golden_id):
                outbox.created(connection, {one.id: there[0].key})
                outbox.mark(connection, [one.id], "accepted", hub.now(), FOUND)
            else:
                outbox.mark(connection, [one.id], "ready", hub.now(), "it had not landed")


def _refuse_taken(
    hub: Hub, connector: Connector, obj: ObjectMapping, facet: Facet, creations: Sequence[Change]
) -> None:
    """A natural key that another record holds is a question of identity, not a reason to overwrite."""
    for name, path in facet.find_by.items():
        values = {value: one for one in creations for value in _values(one, name)}
        if not values or not _can(connector, obj, path):
            continue
        taken = connector.find(obj.name, path, sorted(values))
        ready = {value: one.id for value, one in values.items() if one.state == "ready"}
        with hub.store.begin() as connection:
            for value, there in taken.items():
                if there and value in ready:
                    message = TAKEN.format(name, f"{obj.name}/{there[0].key}")
                    outbox.mark(connection, [ready[value]], "refused", hub.now(), message)


def _values(change: Change, name: str) -> list[str]:
    after = change.fields.get(name, {}).get("after")
    return [str(one) for one in after if one] if isinstance(after, list) else [str(after)] if after else []


def _can(connector: Connector, obj: ObjectMapping, path: str) -> bool:
    return path in connector.sheet.objects[obj.name].findable
