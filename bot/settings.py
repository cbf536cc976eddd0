"""Which settings are there? From the environment or a file `.env`; all have a default."""

import os
import re
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from urllib.parse import urlsplit

from platformdirs import user_data_path

from retrieval.errors import RetrievalError

PREFIX = "FOOTNOTE_"
ENV_FILE = Path(".env")
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
LARGEST_ID = 2**52  # as Telegram says: fewer than 52 significant bits
MOST_A_MINUTE = 100_000
MOST_MINUTES = 7 * 24 * 60  # Telegram keeps what waits for a day
MOST_DAYS = 36_500
TOKEN = re.compile(r"\d{1,20}:[\w-]{1,100}", re.ASCII)
ID = re.compile(r"-?\d{1,16}", re.ASCII)
SHIPPED = Path(__file__).resolve().parent.parent / "seeds"


class SettingsError(RetrievalError):
    """A setting is wrong; the text says which one, why and what to do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings; each is an environment variable with the prefix `FOOTNOTE_`."""

    articles: Path = SHIPPED
    synonyms: Path = SHIPPED / "synonyms.toml"
    data: Path = field(default_factory=lambda: user_data_path("footnote"))
    telegram_token: str = field(default="", repr=False)
    telegram_api_url: str = "https://api.telegram.org"
    log_level: str = "INFO"
    allowed_chats: frozenset[int] = frozenset()
    admins: frozenset[int] = frozenset()
    questions_a_minute: int = 20
    group_questions_a_minute: int = 40
    briefings_a_minute: int = 4
    group_briefings_a_minute: int = 8
    presses_a_minute: int = 60
    searches_a_minute: int = 120
    stale_after: int = 60
    keep_days: int = 30


def load_settings() -> Settings:
    """The settings as they are now; raises SettingsError.

    Where nothing is set, pydantic-settings is not imported: that takes a third of an answer.
    """
    anything_set = any(name.upper().startswith(PREFIX) for name in os.environ)
    return _read() if anything_set or ENV_FILE.exists() else Settings()


def _read() -> Settings:
    from pydantic import ValidationError, create_model
    from pydantic_settings import BaseSettings, SettingsConfigDict

    class Environment(BaseSettings):
        model_config = SettingsConfigDict(
            env_prefix=PREFIX, env_file=ENV_FILE, env_ignore_empty=True, extra="ignore"
        )

    defaults = Settings()
    known = {f.name: _read_as(f.type, getattr(defaults, f.name)) for f in fields(Settings)}
    reader = create_model("Reader", __base__=Environment, **known)  # type: ignore[call-overload]
    try:
        return _checked(Settings(**reader().model_dump()))
    except ValidationError as error:
        wrong = error.errors()[0]
        name = PREFIX + "_".join(str(part) for part in wrong["loc"]).upper()
        remedy = "correct it in the environment or in .env"
        raise SettingsError(f"{name}: {wrong['msg']}; {remedy}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{ENV_FILE}: cannot be read ({error}); save it as UTF-8") from error


def _read_as(kind: object, default: object) -> tuple[object, object]:
    """As what a setting is read; numbers in a row would otherwise have to be written as JSON."""
    return (str, "") if kind == frozenset[int] else (kind, default)


def _checked(settings: Settings) -> Settings:
    """The settings, `~` resolved and addresses without a slash at the end.

    Raises SettingsError for what cannot be meant.
    """
    return replace(
        settings,
        articles=_path(settings, "articles"),
        synonyms=_path(settings, "synonyms"),
        data=_path(settings, "data"),
        telegram_token=_token(settings.telegram_token.strip()),
        telegram_api_url=_address(settings.telegram_api_url.strip()),
        log_level=_level(settings.log_level.strip().upper()),
        allowed_chats=_ids(settings, "allowed_chats"),
        admins=_ids(settings, "admins"),
        questions_a_minute=_number(settings, "questions_a_minute", 0, MOST_A_MINUTE),
        group_questions_a_minute=_number(settings, "group_questions_a_minute", 0, MOST_A_MINUTE),
        briefings_a_minute=_number(settings, "briefings_a_minute", 0, MOST_A_MINUTE),
        group_briefings_a_minute=_number(settings, "group_briefings_a_minute", 0, MOST_A_MINUTE),
        presses_a_minute=_number(settings, "presses_a_minute", 0, MOST_A_MINUTE),
        searches_a_minute=_number(settings, "searches_a_minute", 0, MOST_A_MINUTE),
        stale_after=_number(settings, "stale_after", 0, MOST_MINUTES),
        keep_days=_number(settings, "keep_days", 1, MOST_DAYS),
    )


def _path(settings: Settings, name: str) -> Path:
    value = str(getattr(settings, name))
    if "\0" in value:
        raise SettingsError(f"{PREFIX}{name.upper()}: a zero byte in a path; write it anew")
    try:
        return Path(value).expanduser()
    except RuntimeError as error:
        problem = "there is no such user; write the whole path"
        raise SettingsError(f"{PREFIX}{name.upper()}: {value}: {problem}") from error


def _token(value: str) -> str:
    if value and not TOKEN.fullmatch(value):
        raise SettingsError(
            f"{PREFIX}TELEGRAM_TOKEN: this is no bot token, which is a number, a colon and "
            "letters; copy it again from @BotFather"
        )
    return value


def _address(value: str) -> str:
    try:
        parts = urlsplit(value)
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        usable = False
    if not usable or parts.username or parts.query or parts.fragment or not value.isprintable():
        raise SettingsError(
            f"{PREFIX}TELEGRAM_API_URL: this is no address of a server; write one such as "
            "https://api.telegram.org or http://127.0.0.1:8081"
        )
    return value.rstrip("/").removesuffix("/bot")


def _level(value: str) -> str:
    if value not in LEVELS:
        raise SettingsError(f"{PREFIX}LOG_LEVEL: {value[:20]!r}; write one of {', '.join(LEVELS)}")
    return value


def _ids(settings: Settings, name: str) -> frozenset[int]:
    """The numbers of chats and persons, apart by commas or spaces."""
    words = str(getattr(settings, name)).replace(",", " ").split()  # as text until now
    wrong = [word for word in words if not ID.fullmatch(word) or abs(int(word)) >= LARGEST_ID]
    if wrong:
        raise SettingsError(
            f"{PREFIX}{name.upper()}: {wrong[0][:40]!r} is no number of a chat or person; write "
            "numbers such as 123456789, or -1001234567890 for a group, with commas between them"
        )
    return frozenset(int(word) for word in words)


def _number(settings: Settings, name: str, least: int, most: int) -> int:
    value = int(getattr(settings, name))
    if not least <= value <= most:
        remedy = f"write a number from {least} to {most}"
        raise SettingsError(f"{PREFIX}{name.upper()}: {value} is out of range; {remedy}")
    return value
