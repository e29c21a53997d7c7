"""The rules all systems share: who is who, and which values stand. Another version decides everything anew.

Nobody activates them: they are in force as they are found, with an upgrade or an edit of ``customer.yml`` or
``matching/``. What comes of it waits for a person, as after an activation.
"""

from hub.flow.hub import Hub
from hub.store import mapping_files
from hub.store.engine import Connection
from hub.store.form import dump, parse
from hub.store.mapping_files import SHARED, MappingFile

NOBODY = "klantbeeld"
FIRST = "the store knew none"


def renewed(connection: Connection, hub: Hub) -> bool:
    """Whether the rules are other than those all was last decided by; they count as seen now."""
    mappings, before = hub.mappings, _before(connection)
    if before is not None and before.print == mappings.identity_print:
        return False
    why = ", ".join(_other(before, hub)) if before else FIRST
    state: mapping_files.State = "active" if before else "initial"
    text, print_ = dump(dict(mappings.shared_prints)), mappings.identity_print
    mapping_files.add(connection, SHARED, text, print_, hub.now(), NOBODY, why, state)
    return before is not None


def changed(connection: Connection, hub: Hub) -> list[str]:
    """The files (or the engine) that are other than those all was last decided by; none where none is."""
    before = _before(connection)
    if before is None or before.print == hub.mappings.identity_print:
        return []
    return _other(before, hub)


def _before(connection: Connection) -> MappingFile | None:
    return mapping_files.in_force(connection, [SHARED]).get(SHARED)


def _other(before: MappingFile, hub: Hub) -> list[str]:
    """By name; all of them where nobody knows what they were."""
    known = parse(before.text)
    return sorted(name for name, print_ in hub.mappings.shared_prints.items() if known.get(name) != print_)
