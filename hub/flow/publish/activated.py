"""The first plan of every system waits for a person after a mapping file was activated, or rules changed."""

from hub.store import mapping_files, plans
from hub.store.engine import Connection
from hub.store.mapping_files import SHARED, Activation


def activated(connection: Connection, system: str) -> tuple[str, ...]:
    """The files activated since this system's last plan that was held for them, and new rules; in words.

    A plan in which nothing can be held uses none of that up.
    """
    files = mapping_files.activations(connection)
    held = plans.reasons_since(connection, system, min(one.at for one in files)) if files else []
    return tuple(
        f"{_begins(one)} since the last plan{_by(one)}: {one.why}"
        for one in files
        if not any(at >= one.at and any(why.startswith(_begins(one)) for why in some) for at, some in held)
    )


def _by(one: Activation) -> str:
    return "" if one.name == SHARED else f", by {one.who}"


def _begins(one: Activation) -> str:
    if one.name == SHARED:
        return "the rules for who is who and for what stands changed"
    return f"mappings/{one.name}.yml was activated"
