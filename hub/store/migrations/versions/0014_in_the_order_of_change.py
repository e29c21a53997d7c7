"""What changed since somebody last looked is found without the rest."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_index("ix_golden_changed_at_golden_id", "golden", ["changed_at", "golden_id"])
    gone = sa.text("retired_at IS NOT NULL")
    op.create_index(
        "ix_golden_retired", "golden", ["retired_at", "golden_id"], sqlite_where=gone, postgresql_where=gone
    )
