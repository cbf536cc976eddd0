"""The settings: environment variables, or lines of a file `.env`; all have a default."""

import os
import re
from collections.abc import Collection
from dataclasses import dataclass, field, fields, replace
from importlib.util import find_spec
from pathlib import Path
from secrets import token_urlsafe
from urllib.parse import unquote, urlsplit

from platformdirs import user_data_path

from bot.settings import database_url as address
from bot.settings.addresses import can_be_webhook, read_address
from retrieval.errors import RetrievalError

PREFIX = "FOOTNOTE_"
ENV_FILE = Path(".env")
PROXIES = ("http", "https", "socks5", "socks5h")
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
MEANINGS = ("all", "paragraphs", "off")
LARGEST_ID = 2**52  # as Telegram says: fewer than 52 significant bits
MOST_A_MINUTE = 100_000
MOST_MINUTES = 7 * 24 * 60  # Telegram keeps what waits for a day
MOST_DAYS = 36_500
KEEP_DAYS = 30
TOKEN = re.compile(r"\d{1,20}:[\w-]{1,100}", re.ASCII)
USUAL_HEALTH = "127.0.0.1:8081"
MAY_BE_EMPTY = {"health_listen"}  # which switches off; elsewhere it is as if not set
SECRET = re.compile(r"[\w-]{1,256}", re.ASCII)
ID = re.compile(r"-?\d{1,16}", re.ASCII)
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
    meaning: str = "all"
    telegram_token: str = field(default="", repr=False)
    telegram_api_url: str = "https://api.telegram.org"
    proxy: str = field(default="", repr=False)
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

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never be shown, as it is written here and as it is meant."""
        who = urlsplit(self.proxy).netloc.rpartition("@")[0]
        known = (self.telegram_token, self.webhook_secret, who, unquote(who))
        return tuple(filter(None, (*known, *address.secrets(self.database_url))))


def load_settings(without: Collection[str] = ()) -> Settings:
    """The settings as they are now, but for those `without`; raises SettingsError.

    Where nothing is set, pydantic-settings is not imported: that takes a third of an answer.
    """
    anything_set = any(name.upper().startswith(PREFIX) for name in os.environ)
    return _read(without) if anything_set or ENV_FILE.exists() else Settings()


def load_what_is_right() -> tuple[Settings, dict[str, str]]:
    """The settings, with the default for each that is wrong, and what is wrong with those."""
    wrong: dict[str, str] = {}
    while True:
        try:
            return load_settings(wrong), wrong
        except SettingsError as error:
            name = str(error).partition(":")[0].removeprefix(PREFIX).lower()
            if name in wrong or name not in Settings.__slots__:  # no single one, as with .env
                return Settings(), {**wrong, name: str(error)}
            wrong[name] = str(error)


def with_secret(settings: Settings) -> Settings:
    """The settings, with a webhook secret made up for this time if none is set."""
    secret = settings.webhook_secret or token_urlsafe(32)
    return replace(settings, webhook_secret=secret)


def _read(without: Collection[str]) -> Settings:
    from pydantic import ValidationError, create_model, model_validator
    from pydantic_settings import BaseSettings, SettingsConfigDict

    class Environment(BaseSettings):
        model_config = SettingsConfigDict(env_prefix=PREFIX, env_file=ENV_FILE, extra="ignore")

        @model_validator(mode="before")
        @classmethod
        def leave_out_empty(cls, given: dict[str, object]) -> dict[str, object]:
            return {n: v for n, v in given.items() if v != "" or n in MAY_BE_EMPTY}

    defaults = Settings()
    known = {
        f.name: _read_as(f.type, getattr(defaults, f.name))
        for f in fields(Settings)
        if f.name not in without
    }
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
        database_url=_database(settings.database_url.strip()),
        telegram_token=_token(settings.telegram_token.strip()),
        telegram_api_url=_address(settings.telegram_api_url.strip()),
        proxy=_proxy(settings.proxy.strip()),
        meaning=_meaning(settings.meaning.strip().lower()),
        log_level=_level(settings.log_level.strip().upper()),
        webhook_url=_webhook(settings.webhook_url.strip()),
        webhook_secret=_secret(settings.webhook_secret.strip()),
        listen=_listening("listen", settings.listen.strip()),
        health_listen=_listening("health_listen", settings.health_listen.strip()),
        allowed_chats=_ids(settings, "allowed_chats"),
        admins=_ids(settings, "admins"),
        questions_a_minute=_number(settings, "questions_a_minute", 0, MOST_A_MINUTE),
        group_questions_a_minute=_number(settings, "group_questions_a_minute", 0, MOST_A_MINUTE),
        briefings_a_minute=_number(settings, "briefings_a_minute", 0, MOST_A_MINUTE),
        group_briefings_a_minute=_number(settings, "group_briefings_a_minute", 0, MOST_A_MINUTE),
        presses_a_minute=_number(settings, "presses_a_minute", 0, MOST_A_MINUTE),
        group_presses_a_minute=_number(settings, "group_presses_a_minute", 0, MOST_A_MINUTE),
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


def _database(value: str) -> str:
    try:
        return address.check(value) if value else value
    except address.AddressError as error:
        raise SettingsError(str(error)) from None


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


def _proxy(value: str) -> str:
    if not value:
        return value
    try:
        parts = urlsplit(value)
        usable = parts.scheme in PROXIES and parts.hostname and parts.port != 0
    except ValueError:
        usable = False
    if not usable or parts.path.strip("/") or parts.query or not value.isprintable():
        raise SettingsError(
            f"{PREFIX}PROXY: this is no address of a proxy; write one such as "
            "http://127.0.0.1:3128 or socks5://name:password@127.0.0.1:1080"
        )
    if parts.scheme.startswith("socks") and find_spec("socksio") is None:
        raise SettingsError(
            f"{PREFIX}PROXY: {parts.scheme} needs one more package; run "
            "`pip install 'httpx[socks]'`, or use an http proxy"
        )
    return value.rstrip("/")


def _level(value: str) -> str:
    if value not in LEVELS:
        raise SettingsError(f"{PREFIX}LOG_LEVEL: {value[:20]!r}; write one of {', '.join(LEVELS)}")
    return value


def _meaning(value: str) -> str:
    if value not in MEANINGS:
        raise SettingsError(f"{PREFIX}MEANING: {value[:20]!r}; write one of {', '.join(MEANINGS)}")
    return value


def _webhook(value: str) -> str:
    if value and not can_be_webhook(value):
        raise SettingsError(
            f"{PREFIX}WEBHOOK_URL: Telegram cannot send to this; write an https:// address "
            "without user, query and special characters, such as https://bot.example.org/footnote "
            "(http:// only for this machine itself)"
        )
    return value


def _secret(value: str) -> str:
    if value and not SECRET.fullmatch(value):
        raise SettingsError(
            f"{PREFIX}WEBHOOK_SECRET: Telegram takes no such secret; write 1 to 256 of A-Z, a-z, "
            "0-9, _ and -, or nothing for a new one each time"
        )
    return value


def _listening(name: str, value: str) -> str:
    try:
        return str(read_address(value)) if value else ""
    except ValueError:
        example = "127.0.0.1:8080 or [::1]:8080"
        raise SettingsError(
            f"{PREFIX}{name.upper()}: this is no address to listen at; write one such as {example}"
        ) from None


def _ids(settings: Settings, name: str) -> frozenset[int]:
    """The numbers of chats and persons, apart by commas or spaces."""
    given = getattr(settings, name)  # as text, unless it is left out
    words = given.replace(",", " ").split() if isinstance(given, str) else []
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
