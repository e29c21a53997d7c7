"""Marks instead of flags for what is unreconciled, room for vendors' words, and an outbox read in order."""

from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

MARKS = ("unreconciled", "uncompared")
WIDER = (
    ("raw_record", "version", sa.String(64), sa.Text(), True),
    ("raw_record", "merged_into", sa.String(255), sa.Text(), True),
    ("raw_record", "parent", sa.String(255), sa.Text(), True),
    ("judgement", "low", sa.String(255), sa.String(400), False),
    ("judgement", "high", sa.String(255), sa.String(400), False),
    ("judgement", "who", sa.String(64), sa.Text(), False),
    ("hold", "who", sa.String(64), sa.Text(), True),
    ("pin", "who", sa.String(64), sa.Text(), False),
)
"""SQLite never minded how long a text is; PostgreSQL does."""


def upgrade() -> None:
    """Forward."""
    for table in sorted({one[0] for one in WIDER}):
        with op.batch_alter_table(table) as batch:
            for _, column, before, after, nullable in (one for one in WIDER if one[0] == table):
                batch.alter_column(column, existing_type=before, type_=after, existing_nullable=nullable)
    _mark_what_is_dirty()
    op.drop_index("ix_outbox_state", "outbox")
    op.create_index("ix_outbox_turn", "outbox", ["system", "state", "object", "made_at", "id"])


def _mark_what_is_dirty() -> None:
    """Column by column: SQLite cannot rebuild a table that others refer to."""
    for name in MARKS:
        op.add_column("source_record", sa.Column(name, sa.String(36)))
    record = sa.table("source_record", sa.column("dirty", sa.Boolean()), *map(sa.column, MARKS))
    op.execute(record.update().where(record.c.dirty).values(dict.fromkeys(MARKS, str(uuid4()))))
    op.drop_index("ix_source_record_dirty", "source_record")
    op.drop_column("source_record", "dirty")
    for name in MARKS:
        where = sa.text(f"{name} IS NOT NULL")
        op.create_index(
            f"ix_source_record_{name}", "source_record", [name], sqlite_where=where, postgresql_where=where
        )
