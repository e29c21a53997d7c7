"""What nothing decides between is asked, and what people answer is kept."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_SERIAL = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Forward; golden records are composed anew once, for the rules mean something else."""
    op.create_table(
        "answer",
        sa.Column("id", _SERIAL, nullable=False),
        sa.Column("record_id", _SERIAL, nullable=False, autoincrement=False),
        sa.Column("field", sa.String(64), nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_answer"),
        sa.ForeignKeyConstraint(["record_id"], ["source_record.id"], name="fk_answer_record_id"),
    )
    op.create_index("ix_answer_record_id", "answer", ["record_id"])
    op.add_column("golden", sa.Column("disputed", sa.Boolean, nullable=False, server_default=sa.false()))
    op.create_index(
        "ix_golden_disputed",
        "golden",
        ["golden_id"],
        sqlite_where=sa.text("disputed = 1"),
        postgresql_where=sa.text("disputed"),
    )
