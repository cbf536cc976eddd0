"""Schedules of briefings, and the time zones of chats."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "chats",
        sa.Column("chat", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("timezone", sa.Text),
    )
    op.create_table(
        "schedules",
        sa.Column("chat", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("thread", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("cadence", sa.String(8), nullable=False),
        sa.Column("weekday", sa.Integer),
        sa.Column("at", sa.String(5), nullable=False),
        sa.Column("topic", sa.Text, nullable=False),
        sa.Column("only_new", sa.Boolean, nullable=False),
        sa.Column("person", sa.BigInteger),
        sa.Column("next_at", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_schedules_next_at", "schedules", ["next_at"])
