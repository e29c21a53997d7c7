"""Tokens by which programs are let in, and a trail of who looked at what and decided what."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "token",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("hash", sa.String(64), nullable=False, unique=True),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("role", sa.String(64), nullable=False),
        sa.Column("department", sa.String(64), nullable=False),
        sa.Column("scope", sa.Text, nullable=False),
        sa.Column("made_at", sa.String(27), nullable=False),
        sa.Column("made_by", sa.Text, nullable=False),
        sa.Column("until", sa.String(27), nullable=False),
        sa.Column("withdrawn_at", sa.String(27)),
    )
    op.create_table(
        "trail",
        sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("role", sa.String(64), nullable=False),
        sa.Column("what", sa.String(64), nullable=False),
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("told", sa.Text, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    op.create_index("ix_trail_about", "trail", ["about"])
    op.create_table(
        "trail_head",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("number", sa.BigInteger, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    head = sa.table("trail_head", sa.column("id"), sa.column("number"), sa.column("hash"))
    op.bulk_insert(head, [{"id": 0, "number": 0, "hash": "0" * 64}])
