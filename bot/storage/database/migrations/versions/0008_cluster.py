"""What several processes of one bot have to know of each other."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the column, make the tables."""
    op.add_column("updates", sa.Column("lane", sa.BigInteger))
    op.create_index("ix_updates_lane", "updates", ["lane"])
    op.create_table(
        "workers",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("server", sa.Float, nullable=False),
        sa.Column("lease_until", sa.Float, nullable=False),
    )
    owner = sa.ForeignKey("workers.id", ondelete="SET NULL")
    op.create_table(
        "lanes",
        sa.Column("lane", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("owner", sa.Integer, owner, index=True),
        sa.Column("used_at", sa.Float, nullable=False),
    )
    update = sa.ForeignKey("updates.id", ondelete="CASCADE")
    op.create_table(
        "receipts",
        sa.Column("update", sa.BigInteger, update, primary_key=True, autoincrement=False),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("chat", sa.BigInteger, nullable=False),
        sa.Column("message", sa.BigInteger, nullable=False),
        sa.Column("replied", sa.BigInteger),
    )
    op.create_table(
        "counts",
        sa.Column("what", sa.String(16), primary_key=True),
        sa.Column("who", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("minute", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("n", sa.Integer, nullable=False),
    )
    op.create_table(
        "sends",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("next_at", sa.Float, nullable=False),
    )
    op.create_table(
        "agreed",
        sa.Column("name", sa.String(16), primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
