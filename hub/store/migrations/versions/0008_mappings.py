"""The mapping files that are in force, so that a changed one waits until somebody activates it."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_SERIAL = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Forward; the files of today become the first ones when the store is opened."""
    op.create_table(
        "mapping_file",
        sa.Column("id", _SERIAL, nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("print", sa.String(64), nullable=False),
        sa.Column("activated_at", sa.String(27), nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("state", sa.String(64), nullable=False),
        sa.Column("moved", sa.BigInteger, nullable=False, server_default="0"),
        sa.PrimaryKeyConstraint("id", name="pk_mapping_file"),
    )
    op.create_index("ix_mapping_file_name", "mapping_file", ["name", "id"])
