"""How often each update was tried, and which allowed groups have another id by now."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the column, make the table."""
    op.add_column("updates", sa.Column("tries", sa.Integer, nullable=False, server_default="0"))
    op.create_table(
        "moves",
        sa.Column("chat", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("former", sa.BigInteger, nullable=False),
    )
