"""What was not shown, when it was typed, fields that wait alone, and what a guard counts in a day."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.add_column("raw_record", sa.Column("told", sa.Text, nullable=False, server_default="{}"))
    with op.batch_alter_table("quarantine") as table:
        table.add_column(sa.Column("field", sa.String(64), nullable=False, server_default=""))
        table.add_column(sa.Column("accepted", sa.Text))
        table.drop_constraint("uq_quarantine_system_kind_key", type_="unique")
        table.create_unique_constraint(
            "uq_quarantine_system_kind_key_field", ["system", "kind", "key", "field"]
        )
    op.add_column("ledger", sa.Column("effect", sa.String(64), nullable=False, server_default=""))
    op.create_index("ix_ledger_day", "ledger", ["system", "at"])
    op.add_column("hold", sa.Column("read_at", sa.String(27)))
    op.add_column("outbox", sa.Column("chained", sa.Boolean, nullable=False, server_default=sa.false()))
    op.create_index("ix_outbox_plan", "outbox", ["plan_id", "state"])
    op.create_index("ix_outbox_hold", "outbox", ["hold_id"])
    op.create_table(
        "drift",
        sa.Column("system", sa.String(64), nullable=False),
        sa.Column("object", sa.String(64), nullable=False),
        sa.Column("path", sa.String(255), nullable=False),
        sa.Column("since", sa.String(27), nullable=False),
        sa.PrimaryKeyConstraint("system", "object", "path", name="pk_drift"),
    )
    op.create_table(
        "refusal",
        sa.Column("system", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("key", sa.String(255), nullable=False),
        sa.Column("field", sa.String(64), nullable=False),
        sa.Column("address", sa.String(320), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.PrimaryKeyConstraint("system", "kind", "key", "field", "address", name="pk_refusal"),
    )
    op.create_index("ix_refusal_address", "refusal", ["address"])
