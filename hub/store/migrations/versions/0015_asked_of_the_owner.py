"""Changes that a department asks the owner of a field for."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "proposal",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("golden_id", sa.String(36), nullable=False),
        sa.Column("field", sa.String(64), nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("owner", sa.String(64), nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("department", sa.String(64), nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("state", sa.String(64), nullable=False),
        sa.Column("decided_by", sa.Text),
        sa.Column("decided_why", sa.Text),
        sa.Column("decided_at", sa.String(27)),
    )
    op.create_index("ix_proposal_golden_id", "proposal", ["golden_id"])
    op.create_index("ix_proposal_state", "proposal", ["state", "at"])
