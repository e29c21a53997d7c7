"""What was not shown, when it was typed, and fields that wait alone."""

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
