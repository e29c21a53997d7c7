"""A mark on who is queued, so that a plan is worked out outside the writer's turn and swallows no news."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward; those queued already share one mark."""
    op.add_column("publish_queue", sa.Column("mark", sa.String(36), nullable=False, server_default=""))
