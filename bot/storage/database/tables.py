"""The tables, as the newest migration leaves them."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    false,
)

metadata = MetaData()

answers = Table(
    "answers",
    metadata,
    Column("id", String(11), primary_key=True),
    Column("chat", BigInteger, nullable=False),
    Column("topic", BigInteger),
    Column("person", BigInteger),
    Column("asked_in", BigInteger, nullable=False),
    Column("asked_at", Float, nullable=False, index=True),
    Column("question", Text, nullable=False),
    Column("context", Text),
    Column("subject", Text),
    Column("answered", Boolean, nullable=False),
    Column("lead", Text, nullable=False),
    Column("notes", Text, nullable=False),
    Column("quotes", Text, nullable=False),
    Column("shown", Integer, nullable=False),
    Column("cited", Text, nullable=False, server_default="[]"),
    Index("answers_of_person", "chat", "person", "asked_at"),
    Index("answers_to_message", "chat", "asked_in"),
)

# The bot's messages that show an answer or a passage of it.
messages = Table(
    "messages",
    metadata,
    Column("chat", BigInteger, primary_key=True),
    Column("message", BigInteger, primary_key=True),
    Column("answer", String(11), ForeignKey("answers.id", ondelete="CASCADE"), nullable=False),
    Column("role", String(8), nullable=False),
    Index("messages_of_answer", "answer", "role"),
)

ratings = Table(
    "ratings",
    metadata,
    Column("answer", String(11), ForeignKey("answers.id", ondelete="CASCADE"), primary_key=True),
    Column("person", BigInteger, primary_key=True),
    Column("helped", Boolean, nullable=False),
)

# Updates as they came, until some time after they were handled.
updates = Table(
    "updates",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False),
    Column("digest", String(32), nullable=False),
    Column("at", Float, nullable=False, index=True),
    Column("state", String(8), nullable=False, index=True),
    Column("error", Text),
    Column("tries", Integer, key="crashes", nullable=False, server_default="0"),
    Column("lane", BigInteger, index=True),
)

# The groups that were allowed under another id before they became supergroups.
moves = Table(
    "moves",
    metadata,
    Column("chat", BigInteger, primary_key=True, autoincrement=False),
    Column("former", BigInteger, nullable=False),
)

# What was chosen for a chat as a whole.
chats = Table(
    "chats",
    metadata,
    Column("chat", BigInteger, primary_key=True, autoincrement=False),
    Column("timezone", Text),
    Column("language", Text),
)

# One briefing on a schedule for each chat and forum topic, with its next slot in Unix time.
schedules = Table(
    "schedules",
    metadata,
    Column("chat", BigInteger, primary_key=True, autoincrement=False),
    Column("thread", BigInteger, primary_key=True, autoincrement=False),
    Column("cadence", String(8), nullable=False),
    Column("weekday", Integer),
    Column("at", String(5), nullable=False),
    Column("topic", Text, nullable=False),
    Column("only_new", Boolean, nullable=False),
    Column("person", BigInteger),
    Column("next_at", BigInteger, nullable=False, index=True),
    Column("is_short", Boolean, nullable=False, server_default=false()),
    Column("language", String(8), nullable=False, server_default=""),
)

# What is beside an answer if it is a briefing.
briefings = Table(
    "briefings",
    metadata,
    Column("answer", String(11), ForeignKey("answers.id", ondelete="CASCADE"), primary_key=True),
    Column("key", Text, nullable=False),
    Column("edition", String(32), nullable=False),
    Column("since", Float),
    Column("given_at", Float, nullable=False),
)

# When each place was last briefed; kept longer than the briefing.
briefed = Table(
    "briefed",
    metadata,
    Column("chat", BigInteger, primary_key=True, autoincrement=False),
    Column("thread", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Float, nullable=False),
)

# The paragraphs that there are, each with when it was first seen.
paragraphs = Table(
    "paragraphs",
    metadata,
    Column("digest", String(32), primary_key=True),
    Column("since", Float, nullable=False),
)

# The processes of a bot that has several: the run of the server that holds a lock for each as its
# sign of life (0: none does), and until when nobody may take what is its own.
workers = Table(
    "workers",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("server", Float, nullable=False),
    Column("lease_until", Float, nullable=False),
)

# The chats with updates that wait, or did a moment ago, and which process sees to each.
lanes = Table(
    "lanes",
    metadata,
    Column("lane", BigInteger, primary_key=True, autoincrement=False),
    Column("owner", Integer, ForeignKey("workers.id", ondelete="SET NULL"), index=True),
    Column("used_at", Float, nullable=False),
)

# The messages that were sent for updates that are not handled yet.
receipts = Table(
    "receipts",
    metadata,
    Column(
        "update",
        BigInteger,
        ForeignKey("updates.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("chat", BigInteger, nullable=False),
    Column("message", BigInteger, nullable=False),
    Column("replied", BigInteger),
)

# How often a person or a group did something in a minute of the clock.
counts = Table(
    "counts",
    metadata,
    Column("what", String(16), primary_key=True),
    Column("who", BigInteger, primary_key=True, autoincrement=False),
    Column("minute", BigInteger, primary_key=True, autoincrement=False),
    Column("n", Integer, nullable=False),
)

# One row: when the next message of the bot may leave.
sends = Table(
    "sends",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("next_at", Float, nullable=False),
)

# What the processes have to agree on, such as the webhook's secret.
agreed = Table(
    "agreed",
    metadata,
    Column("name", String(16), primary_key=True),
    Column("value", Text, nullable=False),
)
