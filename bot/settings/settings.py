"""The settings: environment variables, or lines of a file `.env`; all have a default."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from secrets import token_urlsafe
from typing import Any
from urllib.parse import unquote, urlsplit

from platformdirs import user_data_path

from bot.settings import database_url as address
from bot.settings.env_file import ENV_FILE, PREFIX, EnvFile, read_env_file
from bot.settings.environment import is_anything_set, values_set
from bot.settings.unknown_names import UnknownName, unknown_names
from bot.settings.value_checks import WrongValueError, read_value
from retrieval.errors import RetrievalError

__all__ = [
    "ENV_FILE", "KEEP_DAYS", "PREFIX", "SHIPPED", "USUAL_HEALTH",
    "FoundSettings", "Settings", "SettingsError",
    "find_settings", "load_settings", "settings_warnings", "with_guarded_access", "with_secret",
]  # fmt: skip
KEEP_DAYS = 30
USUAL_HEALTH = "127.0.0.1:8081"
MAY_BE_EMPTY = {"health_listen"}  # which switches off; elsewhere it is as if not set
SHIPPED = Path(__file__).resolve().parents[2] / "seeds"


class SettingsError(RetrievalError):
    """A setting is wrong; the text says which one, why and what to do."""


def _usual_data() -> Path:
    """The user's data folder; for a user without a home, one in the current folder."""
    try:
        return user_data_path("footnote")
    except RuntimeError:
        return Path("footnote-data")


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings; each is an environment variable with the prefix `FOOTNOTE_`."""

    articles: Path = SHIPPED
    synonyms: Path = SHIPPED / "synonyms.toml"
    data: Path = field(default_factory=_usual_data)
    database_url: str = field(default="", repr=False)
    shared: bool = False
    opensearch_url: tuple[str, ...] = ()
    opensearch_user: str = ""
    opensearch_password: str = field(default="", repr=False)
    opensearch_api_key: str = field(default="", repr=False)
    opensearch_ca: Path | None = None
    opensearch_alias: str = "footnote"
    telegram_token: str = field(default="", repr=False)
    telegram_api_url: str = "https://api.telegram.org"
    proxy: str = field(default="", repr=False)
    meaning: str = "all"
    index: str = "auto"
    log_level: str = "INFO"
    log_questions: bool = False
    webhook_url: str = ""
    webhook_secret: str = field(default="", repr=False)
    listen: str = "127.0.0.1:8080"
    health_listen: str = USUAL_HEALTH
    allowed_chats: frozenset[int] = frozenset()
    admins: frozenset[int] = frozenset()
    questions_a_minute: int = 20
    group_questions_a_minute: int = 40
    briefings_a_minute: int = 4
    group_briefings_a_minute: int = 8
    presses_a_minute: int = 60
    group_presses_a_minute: int = 120
    searches_a_minute: int = 120
    stale_after: int = 60
    keep_days: int = KEEP_DAYS
    private_addresses: bool = False
    feed_minutes: int = 60

    @property
    def secrets(self) -> tuple[str, ...]:
        """Everything that must never be shown; the password of the proxy also percent-decoded."""
        who = urlsplit(self.proxy).netloc.rpartition("@")[0]
        known = (self.telegram_token, self.webhook_secret, who, unquote(who))
        elsewhere = (self.opensearch_password, self.opensearch_api_key)
        return tuple(filter(None, (*known, *elsewhere, *address.secrets(self.database_url))))


@dataclass(frozen=True, slots=True)
class FoundSettings:
    """The settings, with the default for each that is wrong.

    `mistakes` are what is wrong, by setting or by line of `.env`; `unknown` are names that are no
    setting; `warnings` are about lines of `.env` that concern no setting. Each is a sentence.
    """

    settings: Settings
    mistakes: Mapping[str, str] = field(default_factory=dict)
    unknown: tuple[UnknownName, ...] = ()
    warnings: tuple[str, ...] = ()


def load_settings() -> Settings:
    """The settings as they are now; raises SettingsError for the first that is wrong."""
    found = find_settings()
    for mistake in found.mistakes.values():
        raise SettingsError(mistake)
    return found.settings


def find_settings() -> FoundSettings:
    """The settings as they are now, and everything that is wrong with them.

    If nothing is set, pydantic-settings isn't imported: that takes a third of an answer's time.
    """
    file = read_env_file()
    if not is_anything_set(file):
        return FoundSettings(Settings(), file.mistakes, _unknown(file), file.warnings)
    right: dict[str, Any] = {}
    mistakes = dict(file.mistakes)
    for name, value in values_set(_names(), file).items():
        text = value.strip()
        if not text and name not in MAY_BE_EMPTY:
            continue
        try:
            right[name] = read_value(name, text) if text else ""
        except WrongValueError as error:
            mistakes[name] = f"{PREFIX}{name.upper()}: {error}"
    return FoundSettings(Settings(**right), mistakes, _unknown(file), file.warnings)


def settings_warnings() -> tuple[str, ...]:
    """What to tell whoever starts a command: names that are no settings, and lines of `.env`."""
    file = read_env_file()
    return (*map(str, _unknown(file)), *file.warnings)


def with_guarded_access(found: FoundSettings) -> FoundSettings:
    """The settings found, with a misspelt FOOTNOTE_ALLOWED_CHATS counted as a mistake.

    Other unknown names only give a warning, but this one would open the bot to everybody.
    """
    right = f"{PREFIX}ALLOWED_CHATS"
    if found.settings.allowed_chats or "allowed_chats" in found.mistakes:
        return found
    meant = [one for one in found.unknown if one.nearest == right and not one.is_empty]
    mistakes = {
        one.name: f"{one.problem}, without which everybody could use the bot; {one.remedy}"
        for one in meant
    }
    others = tuple(one for one in found.unknown if one not in meant)
    return replace(found, mistakes={**found.mistakes, **mistakes}, unknown=others)


def with_secret(settings: Settings) -> Settings:
    """The settings, with a new random webhook secret if none is set.

    Processes that share a bot agree on one instead (`bot/cluster/`).
    """
    if settings.shared:
        return settings
    secret = settings.webhook_secret or token_urlsafe(32)
    return replace(settings, webhook_secret=secret)


def _names() -> list[str]:
    return [one.name for one in fields(Settings)]


def _unknown(file: EnvFile) -> tuple[UnknownName, ...]:
    return unknown_names(file, [PREFIX + name.upper() for name in _names()])
