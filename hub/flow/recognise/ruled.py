"""The rules all systems share: who is who, and which values stand. Another version decides everything anew.

Nobody activates them: they are in force as they are found, with an upgrade or an edit of ``customer.yml`` or
``matching/``. What comes of it waits for a person, as after an activation.
"""

from collections.abc import Mapping

from hub.flow.hub import Hub
from hub.store import mapping_files, watermarks
from hub.store.engine import Connection
from hub.store.form import dump, parse
from hub.store.mapping_files import SHARED

NOBODY = "klantbeeld"


def renewed(connection: Connection, hub: Hub) -> bool:
    """Whether the rules are other than those all was last decided by; they count as seen now."""
    mappings, before = hub.mappings, _before(connection)
    other = watermarks.renewed(connection, "*", mappings.identity_print)
    if other or before is None:
        why = ", ".join(_changed(before or {}, mappings.shared_prints)) if other else "the store knew none"
        state: mapping_files.State = "active" if other else "initial"
        text, print_ = dump(dict(mappings.shared_prints)), mappings.identity_print
        mapping_files.add(connection, SHARED, text, print_, hub.now(), NOBODY, why, state)
    return other


def changed(connection: Connection, hub: Hub) -> list[str]:
    """The files (or the engine) that are other than those all was last decided by; none where none is."""
    if not watermarks.is_other(connection, "*", hub.mappings.identity_print):
        return []
    return _changed(_before(connection) or {}, hub.mappings.shared_prints)


def _before(connection: Connection) -> Mapping[str, str] | None:
    file = mapping_files.in_force(connection, [SHARED]).get(SHARED)
    found: Mapping[str, str] | None = parse(file.text) if file else None
    return found


def _changed(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """By name; all of them where nobody knows what they were."""
    return sorted(name for name, print_ in now.items() if before.get(name) != print_)
