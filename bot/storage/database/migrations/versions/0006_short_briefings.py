"""Schedules whose briefings come with three points."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the column."""
    column = sa.Column("is_short", sa.Boolean, nullable=False, server_default=sa.false())
    op.add_column("schedules", column)
