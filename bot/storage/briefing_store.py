"""Briefings that were given, and when each chat was last briefed."""

from dataclasses import asdict, dataclass

from sqlalchemy import Engine, delete, func, select

from bot.storage.database import tables
from bot.storage.database.dialects import insert, reading
from bot.storage.database.outage_tolerance import if_possible, or_none
from bot.storage.migrated_chats import move_rows
from bot.storage.stored_answer import MessageRole

NO_THREAD = 0


@dataclass(frozen=True, slots=True)
class StoredBriefing:
    """What is kept of a briefing beside its answer.

    `key` is the same for the same topic, `edition` for the same articles; `since` is the Unix
    time from which on what is new is briefed on, None for everything.
    """

    answer: str
    key: str
    edition: str
    since: float | None = None


class BriefingStore:
    """The briefings kept in a database, for one thread at a time."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @if_possible
    def keep(self, briefing: StoredBriefing, at: float) -> None:
        """Keep a briefing, given at that time; nothing happens if its answer is not kept."""
        table = tables.answers.c
        known = select(table.id).where(table.id == briefing.answer)
        with self._engine.begin() as connection:
            if connection.execute(known).first() is not None:
                row = {**asdict(briefing), "given_at": at}
                connection.execute(insert(tables.briefings), row)

    def get(self, answer: str) -> StoredBriefing | None:
        """The briefing that an answer is; None if it is none."""
        table = tables.briefings
        with reading(self._engine) as connection:
            row = connection.execute(select(table).where(table.c.answer == answer)).first()
        return None if row is None else StoredBriefing(row.answer, row.key, row.edition, row.since)

    @or_none
    def given(
        self, chat: int, thread: int | None, like: StoredBriefing, since: float
    ) -> tuple[int, float] | None:
        """The last message here that gives the same briefing, and when that was."""
        answers, messages, briefings = tables.answers.c, tables.messages.c, tables.briefings.c
        found = (
            select(messages.message, briefings.given_at)
            .select_from(tables.briefings.join(tables.answers).join(tables.messages))
            .where(
                answers.chat == chat,
                answers.topic.is_not_distinct_from(thread),
                briefings.given_at >= since,
                messages.chat == chat,
                messages.role == MessageRole.ANSWER.value,
                briefings.key == like.key,
                briefings.edition == like.edition,
            )
            .order_by(briefings.given_at.desc(), messages.message.desc())
        )
        with reading(self._engine) as connection:
            row = connection.execute(found.limit(1)).first()
        return None if row is None else (int(row.message), float(row.given_at))

    @or_none
    def last_news(self, chat: int, thread: int | None, topic: str) -> float | None:
        """When what is new of that topic was last given here; None if it is not known."""
        answers, briefings = tables.answers.c, tables.briefings.c
        found = (
            select(func.max(briefings.given_at))
            .select_from(tables.briefings.join(tables.answers))
            .where(
                answers.chat == chat,
                answers.topic.is_not_distinct_from(thread),
                answers.question == topic,
                briefings.since.is_not(None),
            )
        )
        with reading(self._engine) as connection:
            at = connection.execute(found).scalar()
        return None if at is None else float(at)

    @if_possible
    def note_briefed(self, chat: int, thread: int | None, at: float) -> None:
        """Note that this chat and forum topic are briefed now."""
        row = {"chat": chat, "thread": thread or NO_THREAD, "at": at}
        noted = insert(tables.briefed).values(row)
        with self._engine.begin() as connection:
            connection.execute(
                noted.on_conflict_do_update(index_elements=["chat", "thread"], set_={"at": at})
            )

    @or_none
    def last(self, chat: int, thread: int | None) -> float | None:
        """When this chat and forum topic were last briefed; None if they never were."""
        table = tables.briefed.c
        found = select(table.at).where(table.chat == chat, table.thread == (thread or NO_THREAD))
        with reading(self._engine) as connection:
            at = connection.execute(found).scalar()
        return None if at is None else float(at)

    def move(self, chat: int, new_chat: int) -> None:
        """Move the times of the briefings of a group that became a supergroup."""
        with self._engine.begin() as connection:
            move_rows(connection, tables.briefed, chat, new_chat)

    def remove_chat(self, chat: int) -> None:
        """Forget when a chat was briefed."""
        with self._engine.begin() as connection:
            connection.execute(delete(tables.briefed).where(tables.briefed.c.chat == chat))
