"""Answers, the messages that show them, and whether they helped."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "answers",
        sa.Column("id", sa.String(11), primary_key=True),
        sa.Column("chat", sa.BigInteger, nullable=False),
        sa.Column("topic", sa.BigInteger),
        sa.Column("person", sa.BigInteger),
        sa.Column("asked_in", sa.BigInteger, nullable=False),
        sa.Column("asked_at", sa.Float, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("context", sa.Text),
        sa.Column("subject", sa.Text),
        sa.Column("answered", sa.Boolean, nullable=False),
        sa.Column("lead", sa.Text, nullable=False),
        sa.Column("notes", sa.Text, nullable=False),
        sa.Column("quotes", sa.Text, nullable=False),
        sa.Column("shown", sa.Integer, nullable=False),
    )
    op.create_index("ix_answers_asked_at", "answers", ["asked_at"])
    op.create_index("answers_of_person", "answers", ["chat", "person", "asked_at"])
    op.create_index("answers_to_message", "answers", ["chat", "asked_in"])
    answer = sa.ForeignKey("answers.id", ondelete="CASCADE")
    op.create_table(
        "messages",
        sa.Column("chat", sa.BigInteger, primary_key=True),
        sa.Column("message", sa.BigInteger, primary_key=True),
        sa.Column("answer", sa.String(11), answer, nullable=False),
        sa.Column("role", sa.String(8), nullable=False),
    )
    op.create_index("messages_of_answer", "messages", ["answer", "role"])
    answer = sa.ForeignKey("answers.id", ondelete="CASCADE")
    op.create_table(
        "ratings",
        sa.Column("answer", sa.String(11), answer, primary_key=True),
        sa.Column("person", sa.BigInteger, primary_key=True),
        sa.Column("helped", sa.Boolean, nullable=False),
    )
