"""``klantbeeld migrate``."""

from hub.cli import screen
from hub.cli.options import Json, Store


def migrate(json: Json = False, store: Store = None) -> None:
    """Make the hub's database, or bring it to this version; nothing changes where it is there already.

    Every command and task does so too; an upgrade runs it first, so that they find the work done.

    Example: klantbeeld migrate --store postgresql+psycopg://host/klantbeeld
    """
    from hub.cli.opening import opened
    from hub.store.migrate import revision

    with opened(store, make=True) as hub:
        found = revision(hub.store)
    if json:
        screen.answer({"revision": found, "new_store": hub.new_store})
    else:
        screen.show(f"The store is at revision {found}.")
