"""The languages of chats, and in which one a schedule was set."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the columns."""
    op.add_column("chats", sa.Column("language", sa.Text))
    column = sa.Column("language", sa.String(8), nullable=False, server_default="")
    op.add_column("schedules", column)
