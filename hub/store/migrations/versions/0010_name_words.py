"""Customers are found by the words they are called by, by an index."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_WORD = sa.String(64).with_variant(sa.String(64, collation="C"), "postgresql")


def upgrade() -> None:
    """Forward; every record is described anew once, to have its words."""
    op.add_column("description", sa.Column("words", sa.Text, nullable=False, server_default="[]"))
    op.create_table(
        "name_word",
        sa.Column("word", _WORD, nullable=False),
        sa.Column("record_id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.PrimaryKeyConstraint("word", "record_id", name="pk_name_word"),
        sqlite_with_rowid=False,
    )
    op.execute("DELETE FROM due")
    op.execute("INSERT INTO due SELECT id, 10, 10 FROM source_record")
