"""Records are stored as they are compared, keys as numbers; why two match is worked out when asked.

What is due stands in a table of its own: a mark is no longer a change of all a record holds.
Of a golden record only earlier versions are kept beside it: the present one is stored once.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_SERIAL = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Forward; every record is described and compared anew by the next reconcile."""
    op.create_table(
        "description",
        sa.Column("record_id", _SERIAL, nullable=False, autoincrement=False),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("documents", sa.Text, nullable=False),
        sa.Column("keys", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("record_id", name="pk_description"),
        sa.ForeignKeyConstraint(["record_id"], ["source_record.id"], name="fk_description_record_id"),
    )
    op.create_index("ix_description_kind", "description", ["kind"])
    op.drop_table("blocking_key")
    op.create_table(
        "blocking_key",
        sa.Column("key", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("record_id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.PrimaryKeyConstraint("key", "record_id", name="pk_blocking_key"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "crowd",
        sa.Column("key", sa.BigInteger, nullable=False, autoincrement=False),
        sa.PrimaryKeyConstraint("key", name="pk_crowd"),
    )
    op.drop_column("edge", "evidence")
    op.add_column("golden", sa.Column("run_id", sa.String(36), nullable=False, server_default=""))
    same = "golden_version.golden_id = golden.golden_id AND golden_version.version = golden.version"
    op.execute(
        f"UPDATE golden SET run_id = coalesce((SELECT run_id FROM golden_version WHERE {same}), '')"  # noqa: S608
    )
    op.execute(f"DELETE FROM golden_version WHERE EXISTS (SELECT 1 FROM golden WHERE {same})")  # noqa: S608
    op.create_table(
        "due",
        sa.Column("record_id", _SERIAL, nullable=False, autoincrement=False),
        sa.Column("change", sa.BigInteger, nullable=False),
        sa.Column("evidence", sa.BigInteger),
        sa.PrimaryKeyConstraint("record_id", name="pk_due"),
    )
    op.execute("INSERT INTO due SELECT id, 4, 4 FROM source_record")
    for name in ("unreconciled", "uncompared"):
        op.drop_index(f"ix_source_record_{name}", "source_record")
        op.drop_column("source_record", name)
