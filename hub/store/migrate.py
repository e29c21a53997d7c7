"""Bringing a store to the newest revision."""

from pathlib import Path

from alembic import command
from alembic.config import Config

from hub.store.engine import Store

HERE = Path(__file__).resolve().parent / "migrations"


def config() -> Config:
    """Alembic's configuration; the connection comes as an attribute, never as a URL in a file."""
    made = Config()
    made.set_main_option("script_location", str(HERE))
    made.set_main_option("path_separator", "os")
    return made


def migrate(store: Store) -> None:
    """Create or upgrade every table; does nothing on a store that is up to date."""
    settings = config()
    with store.begin() as connection:
        settings.attributes["connection"] = connection
        command.upgrade(settings, "head")
