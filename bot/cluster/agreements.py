"""What the processes of a bot agree on: which bot it is, and the webhook's secret."""

from secrets import token_urlsafe

from sqlalchemy import Engine, text

from bot.storage.database.dialects import reading
from bot.storage.database.storage_errors import StorageError

PUT = text(
    """
INSERT INTO agreed (name, value) VALUES (:name, :value)
ON CONFLICT (name) DO UPDATE SET value = excluded.value"""
)
SETTLE = text("INSERT INTO agreed (name, value) VALUES (:name, :value) ON CONFLICT DO NOTHING")
GET = text("SELECT value FROM agreed WHERE name = :name")


class Agreements:
    """Values in a database, for one thread at a time."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def check_bot(self, token: str, place: str) -> None:
        """Raises StorageError if the database is that of another bot."""
        number = token.partition(":")[0]
        if self._settled("bot", number) != number:
            raise StorageError(
                f"{place}: another bot uses this database; name another one for this bot with "
                "FOOTNOTE_DATABASE_URL"
            )

    def webhook_secret(self) -> str:
        """The secret of the webhook, made up by whoever came first."""
        return self._settled("webhook_secret", token_urlsafe(32))

    def is_webhook(self, digest: str) -> bool:
        """Whether the webhook was last set so."""
        with reading(self._engine) as connection:
            return connection.execute(GET, {"name": "webhook"}).scalar() == digest

    def note_webhook(self, digest: str) -> None:
        """Note how the webhook was set."""
        with self._engine.begin() as connection:
            connection.execute(PUT, {"name": "webhook", "value": digest})

    def _settled(self, name: str, value: str) -> str:
        """The value of that name: this one, if there was none."""
        with self._engine.begin() as connection:
            connection.execute(SETTLE, {"name": name, "value": value})
            return str(connection.execute(GET, {"name": name}).scalar_one())
