"""What a store and its systems come to, so that two histories that mean the same are equal.

Sent, and the answer lost: such a write stands in the ledger as unsure beside the one that was sent again.
Both count as one, and as none where the system refused the second.

Row ids and golden ids become the customers they stand for, times fall away, rows are sorted. What only tells
*how* it came about (runs, plans, superseded changes, how often something was tried) is left out.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import orjson
from sqlalchemy import RowMapping, select

from hub.store.engine import Connection, Store
from hub.store.outbox import OPEN
from hub.store.tables import crosswalk, metadata, redirect, source_record
from sandbox.core.journal import Entry

Json = Any
Dump = Mapping[str, Sequence[str]]

HISTORY = ("run", "plan", "outbox", "hold", "ledger")
"""Tables that tell how it came about; what must be equal of them is in :func:`_meant`."""
COLUMNS = ("id", "recent", "run_id", "outbox_id", "hash", "version", "tries", "status")
"""Names (of columns, and inside documents) that differ without a difference."""
HISTORY_TOLD = ("told", "typed")
"""A pull of what changed reads the history of its fields, a look after a write does not."""
WHEN = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d| UTC)?")
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def dump(store: Store) -> Dump:
    """Table → what it holds, one line a row."""
    with store.read() as connection:
        names = Names(connection)
        found = {
            table.name: sorted(names.line(row) for row in connection.execute(select(table)).mappings())
            for table in metadata.sorted_tables
            if table.name not in HISTORY
        }
        found |= _meant(connection, names)
    for name in DISTINCT:
        found[name] = sorted(set(found[name]))
    return found


DISTINCT = ("raw_version", "golden_version")
"""Tables whose rows may be entered twice: seen at one time more or less."""


class Names:
    """Names that do not depend on when or in which order something was stored."""

    def __init__(self, connection: Connection) -> None:
        self.records = {
            row.id: f"{row.system}/{row.kind}/{row.key}" for row in connection.execute(select(source_record))
        }
        members: dict[str, list[str]] = {}
        for row in connection.execute(select(crosswalk)):
            members.setdefault(row.golden_id, []).append(self.records[row.record_id])
        self.golden = {one: f"<{' '.join(sorted(some))}>" for one, some in members.items()}
        for row in connection.execute(select(redirect)):
            self.golden[row.old] = f"once {self.golden[row.new]}"

    def line(self, row: RowMapping) -> str:
        """One row as text."""
        said = {str(name): self.value(name, value) for name, value in row.items() if name not in COLUMNS}
        if "low_id" in said:
            said["low_id"], said["high_id"] = sorted((said["low_id"], said["high_id"]))
        return orjson.dumps(said, option=orjson.OPT_SORT_KEYS).decode()

    def value(self, name: str, value: Json) -> Json:
        """A value without ids and times."""
        if name.endswith("_id") and isinstance(value, int):
            return self.records.get(value, value)
        if isinstance(value, str) and value[:1] in ("{", "["):
            return self.value(name, orjson.loads(value))
        if name == "cursor" and isinstance(value, int | float):
            return ""
        if isinstance(value, dict):
            some = (one for one in value if one not in COLUMNS and (name, one) != HISTORY_TOLD)
            inner = {one: name if name == "cursor" else one for one in some}
            return {one: self.value(known_as, value[one]) for one, known_as in inner.items()}
        if isinstance(value, list):
            return [self.value(name, one) for one in value]
        return self.text(value) if isinstance(value, str) else value

    def text(self, value: str) -> str:
        """Golden ids are who they stand for; times fall away."""
        named = UUID.sub(lambda found: self.golden.get(found[0], found[0]), value)
        return WHEN.sub("", named)


def _meant(connection: Connection, names: Names) -> dict[str, list[str]]:
    """Of the history: what a person decided, what waits, what was refused, and all that was written."""
    hold, outbox, ledger = (metadata.tables[name] for name in ("hold", "outbox", "ledger"))
    decided = select(hold.c.system, hold.c.state, hold.c.who, hold.c.why)
    changes = select(*(outbox.c[name] for name in ("system", "golden_id", "action", "raw_key", "fields")))
    found = {
        "decided": decided.where(hold.c.state.in_(("approved", "rejected"))),
        "waiting": changes.where(outbox.c.state.in_(OPEN)),
        "refused": changes.where(outbox.c.state == "refused"),
        "ledger": select(ledger),
    }
    rows = {name: list(connection.execute(query).mappings()) for name, query in found.items()}
    no = {(row["raw_key"], name) for row in rows["refused"] for name in orjson.loads(row["fields"])}
    rows["ledger"] = [
        row for row in rows["ledger"] if row["status"] == "done" or (row["raw_key"], row["field"]) not in no
    ]
    return {name: sorted({names.line(row) for row in some}) for name, some in rows.items()}


def unsettled(found: Dump) -> list[str]:
    """What a store at rest does not hold: something in flight, unreconciled, pending or queued."""
    lines = [*found["publish_queue"], *found["waiting"]]
    lines += [*found["due"], *(one for one in found["source_record"] if '"flight"' in one)]
    lines += [one for one in found["raw_record"] if '"pending":true' in one]
    lines += [one for one in found["watermark"] if '"complete_at":null' in one and '"object":"*"' not in one]
    return lines


STAMPS = ("lastmodifieddate", "hs_lastmodifieddate", "createdate", "version")
"""What systems note themselves with every write."""


def written(entries: Iterable[Entry], store: Store) -> Counter[tuple[str, ...]]:
    """How often each value was written where, by the systems' own journal."""
    with store.read() as connection:
        names = Names(connection)
    return Counter(_values(entries, names))


def _values(entries: Iterable[Entry], names: Names) -> Iterator[tuple[str, ...]]:
    for one in entries:
        changed = {name: value for name, value in one.after.items() if name not in STAMPS}
        for name, value in changed.items() or [("nothing", None)]:
            yield one.system, one.object, one.key, one.action, name, str(names.value(name, value))
