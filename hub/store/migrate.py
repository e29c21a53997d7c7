"""Bringing a store to the newest revision."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from hub.store.engine import Store
from hub.store.errors import Unusable, no_store, place
from hub.store.tables import golden

HERE = Path(__file__).resolve().parent / "migrations"


def config() -> Config:
    """Alembic's configuration; the connection comes as an attribute, never as a URL in a file."""
    made = Config()
    made.set_main_option("script_location", str(HERE))
    made.set_main_option("path_separator", "os")
    return made


def migrate(store: Store, *, make: bool = True) -> bool:
    """Create or upgrade every table; a store that is up to date is only read. Whether there was none before.

    Without ``make`` a database that holds no store stays as it is. Raises Unusable for that, for a store of
    a newer version, and for another program's database.
    """
    settings = config()
    if _is_newest(store, settings):
        return False
    new = not revision(store)
    if new and not make:
        raise no_store(place(store.engine.url))
    with store.alone("migrate"), store.begin() as connection:
        settings.attributes["connection"] = connection
        command.upgrade(settings, "head")
    return new


def revision(store: Store) -> str:
    """Which revision the store is at; empty before its first. Raises Unusable as :func:`migrate` does."""
    with store.read() as connection:
        return _revision(connection, place(store.engine.url), ScriptDirectory.from_config(config()))


def is_newest(store: Store) -> bool:
    """Whether a store is up to date."""
    return _is_newest(store, config())


def must_be_newest(store: Store) -> None:
    """Raises Unusable for a store that is not up to date, and Missing for none."""
    if is_newest(store):
        return
    where = place(store.engine.url)
    if not revision(store):
        raise no_store(where)
    raise Unusable(f"the store {where} is an older version's; the next run brings it up to date")


def _is_newest(store: Store, settings: Config) -> bool:
    return revision(store) == ScriptDirectory.from_config(settings).get_current_head()


def _revision(connection: Connection, where: str, scripts: ScriptDirectory) -> str:
    found = MigrationContext.configure(connection).get_current_revision() or ""
    if found in {one.revision for one in scripts.walk_revisions()}:
        return found
    tables = set(inspect(connection).get_table_names())
    if found and golden.name in tables:
        raise Unusable(
            f"the store {where} was made by a newer version (revision {found}, unknown to this one); "
            "run that version, or restore a backup from before the upgrade"
        )
    if tables:
        raise Unusable(
            f"the database {where} holds another program's tables and no store; correct --store or "
            "KLANTBEELD_STORE: the hub wants a database of its own"
        )
    return ""
