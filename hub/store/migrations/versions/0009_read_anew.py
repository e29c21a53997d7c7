"""Whether an object is to be read from the beginning once what changed has been read."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.add_column("watermark", sa.Column("anew", sa.Boolean, nullable=False, server_default=sa.false()))
