"""Bringing a store to the newest revision."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from hub.store.engine import Store

HERE = Path(__file__).resolve().parent / "migrations"


def config() -> Config:
    """Alembic's configuration; the connection comes as an attribute, never as a URL in a file."""
    made = Config()
    made.set_main_option("script_location", str(HERE))
    made.set_main_option("path_separator", "os")
    return made


def migrate(store: Store) -> None:
    """Create or upgrade every table; a store that is up to date is only read."""
    settings = config()
    if _is_newest(store, settings):
        return
    with store.alone("migrate"), store.begin() as connection:
        settings.attributes["connection"] = connection
        command.upgrade(settings, "head")


def revision(store: Store) -> str:
    """Which revision the store is at; empty before its first."""
    with store.read() as connection:
        return MigrationContext.configure(connection).get_current_revision() or ""


def is_newest(store: Store) -> bool:
    """Whether a store is up to date."""
    return _is_newest(store, config())


def _is_newest(store: Store, settings: Config) -> bool:
    return revision(store) == ScriptDirectory.from_config(settings).get_current_head()
