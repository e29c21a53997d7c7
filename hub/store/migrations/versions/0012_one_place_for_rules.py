"""By which shared rules all was last decided stands with the files of the systems, and nowhere else."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.execute(
        "INSERT INTO mapping_file (name, text, print, activated_at, who, why, state, moved) "
        "SELECT '*', '{}', mapping, '0001-01-01T00:00:00.000000Z', 'klantbeeld', 'known', 'initial', 0 "
        "FROM watermark WHERE system = '*' AND object = '*' AND mapping IS NOT NULL"
    )
    op.execute(sa.text("DELETE FROM watermark WHERE system = '*'"))
    op.drop_column("watermark", "mapping")
