"""The runs that have not ended, found without reading those that have."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    running = sa.text("state = 'running'")
    op.create_index("ix_run_running", "run", ["system"], sqlite_where=running, postgresql_where=running)
