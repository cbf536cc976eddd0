"""Briefings, when they were given, and since when each paragraph is there."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "briefings",
        sa.Column(
            "answer",
            sa.String(11),
            sa.ForeignKey("answers.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("edition", sa.String(32), nullable=False),
        sa.Column("since", sa.Float),
        sa.Column("given_at", sa.Float, nullable=False),
    )
    op.create_table(
        "briefed",
        sa.Column("chat", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("thread", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("at", sa.Float, nullable=False),
    )
    op.create_table(
        "paragraphs",
        sa.Column("digest", sa.String(32), primary_key=True),
        sa.Column("since", sa.Float, nullable=False),
    )
