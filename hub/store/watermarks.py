"""Up to where everything is stored: one row a system's object, moved only with the page it covers."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select, update

from hub.model.instant import DAWN, Instant
from hub.store.form import dump, parse
from hub.store.tables import watermark
from hub.store.upsert import upsert


@dataclass(frozen=True, slots=True)
class Watermark:
    """The API's own cursor, and when the last complete pull began."""

    cursor: dict[str, Any] | None = None
    complete_at: Instant = DAWN
    anew: bool = False
    """Everything is to be read once more, when what changed has been read."""


def read(connection: Connection, system: str, obj: str) -> Watermark:
    """Where the last pull got to; nowhere, for one never pulled."""
    query = select(watermark).where(watermark.c.system == system, watermark.c.object == obj)
    row = connection.execute(query).one_or_none()
    if row is None:
        return Watermark()
    return Watermark(parse(row.cursor) if row.cursor else None, row.complete_at or DAWN, row.anew)


def advance(connection: Connection, system: str, obj: str, cursor: dict[str, Any]) -> None:
    """Store the cursor of a page, in the transaction that stores the page."""
    rows = [{"system": system, "object": obj, "cursor": dump(cursor)}]
    upsert(connection, watermark, rows, ("system", "object"))


def rewind(connection: Connection, system: str, obj: str) -> None:
    """The next pull reads everything: the file reads what the stored records do not show.

    But first what changed since the last one, for many systems tell more of that: since when it stands.
    """
    mine = (watermark.c.system == system) & (watermark.c.object == obj)
    connection.execute(update(watermark).where(mine).values(anew=True))


def begin_anew(connection: Connection, system: str, obj: str) -> None:
    """What changed has been read: the beginning is where reading goes on."""
    mine = (watermark.c.system == system) & (watermark.c.object == obj)
    connection.execute(update(watermark).where(mine).values(anew=False, cursor=None))


def complete(connection: Connection, system: str, obj: str, began: Instant) -> None:
    """A pull that began at ``began`` read to the end."""
    rows = [{"system": system, "object": obj, "complete_at": began}]
    upsert(connection, watermark, rows, ("system", "object"))
