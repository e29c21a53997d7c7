"""The runs that have not ended, found without the others; and since when runs came to the same."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    running = sa.text("state = 'running'")
    op.add_column("run", sa.Column("since", sa.String(27)))
    op.create_index("ix_run_running", "run", ["system"], sqlite_where=running, postgresql_where=running)
