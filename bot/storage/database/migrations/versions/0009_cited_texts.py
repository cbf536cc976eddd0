"""The texts that an answer cited, for when its articles have changed."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add the column."""
    op.add_column("answers", sa.Column("cited", sa.Text, nullable=False, server_default="[]"))
