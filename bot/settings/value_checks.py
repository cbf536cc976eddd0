"""What the value of each setting may be, and what it is read as."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from bot.settings import database_url
from bot.settings.addresses import can_be_webhook, read_address

PROXIES = ("http", "https", "socks5", "socks5h")
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
MEANINGS = ("all", "paragraphs", "off")
INDEXES = ("auto", "memory", "disk")
TRUE, FALSE = {"1", "true", "t", "yes", "y", "on"}, {"0", "false", "f", "no", "n", "off"}
LARGEST_ID = 2**52  # as Telegram says: fewer than 52 significant bits
MOST_QUESTIONS_A_MINUTE = 100_000
MOST_STALE_MINUTES = 7 * 24 * 60  # Telegram keeps what waits for a day
MOST_KEEP_DAYS = 36_500
MOST_FEED_MINUTES = 100_000
LONGEST_SHOWN_VALUE = 40
TOKEN = re.compile(r"\d{1,20}:[\w-]{1,100}", re.ASCII)
SECRET = re.compile(r"[\w-]{1,256}", re.ASCII)
ID = re.compile(r"-?\d{1,16}", re.ASCII)
NUMBER = re.compile(r"[+-]?\d+", re.ASCII)
API_KEY = re.compile(r"[\w+/=.-]{1,1000}", re.ASCII)
ALIAS = re.compile(r"[a-z0-9][a-z0-9_]{0,60}", re.ASCII)
MOST_DIGITS = 20
CONFIDENTIAL = re.compile(r"\d{5,}:[\w-]{20}|://|@.*:|:.*@", re.ASCII)  # a token, or an address

Check = Callable[[str], object]


class WrongValueError(ValueError):
    """A value cannot be used; the text says what it is and what to write instead."""


def given(value: str) -> str:
    """A value as an error repeats it: cut, and not at all where it looks confidential."""
    if CONFIDENTIAL.search(value):
        return "this"
    return repr(value if len(value) <= LONGEST_SHOWN_VALUE else f"{value[:LONGEST_SHOWN_VALUE]}…")


def _path(value: str) -> Path:
    if "\0" in value:
        raise WrongValueError("this is no path, because it has a zero byte in it; write it anew")
    try:
        return Path(value).expanduser()
    except RuntimeError:
        raise WrongValueError(
            f"{given(value)} is in the home of a user that does not exist; write the whole path"
        ) from None


def _database(value: str) -> str:
    try:
        return database_url.check(value)
    except database_url.AddressError as error:
        raise WrongValueError(str(error).removeprefix(f"{database_url.NAME}: ")) from None


def _token(value: str) -> str:
    if not TOKEN.fullmatch(value):
        raise WrongValueError(
            "this is no bot token, which is a number, a colon and letters; copy it again from "
            "@BotFather"
        )
    return value


def _is_server(address: str) -> bool:
    """Whether it is the plain address of a server over HTTP, without a name or a query."""
    try:
        parts = urlsplit(address)
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        return False
    is_plain = not (parts.username or parts.query or parts.fragment)
    return bool(usable) and is_plain and address.isprintable()


def _api_url(value: str) -> str:
    if not _is_server(value):
        raise WrongValueError(
            "this is no address of a server; write one such as https://api.telegram.org or "
            "http://127.0.0.1:8081"
        )
    return value.rstrip("/").removesuffix("/bot")


def _proxy(value: str) -> str:
    try:
        parts = urlsplit(value)
        usable = parts.scheme in PROXIES and parts.hostname and parts.port != 0
    except ValueError:
        usable = False
    if not usable or parts.path.strip("/") or parts.query or not value.isprintable():
        raise WrongValueError(
            "this is no address of a proxy; write one such as http://127.0.0.1:3128 or "
            "socks5://name:password@127.0.0.1:1080"
        )
    if parts.scheme.startswith("socks") and find_spec("socksio") is None:
        raise WrongValueError(
            f"{parts.scheme} needs an extra; run `pip install 'footnote-bot[socks]'`, or use an "
            "http proxy"
        )
    return value.rstrip("/")


def _hosts(value: str) -> tuple[str, ...]:
    """The addresses of a cluster's hosts, with commas between them."""
    hosts = [part.strip().rstrip("/") for part in value.split(",") if part.strip()]
    for host in hosts or [value]:
        if not _is_server(host):
            raise WrongValueError(
                "this is no address of an OpenSearch host; write one such as "
                "https://search.example.org:9200, several with commas between them, and name and "
                "password in FOOTNOTE_OPENSEARCH_USER and FOOTNOTE_OPENSEARCH_PASSWORD"
            )
    return tuple(dict.fromkeys(hosts))


def _alias(value: str) -> str:
    if not ALIAS.fullmatch(value):
        raise WrongValueError(
            f"{given(value)} cannot name published articles; write lower-case letters, digits and "
            "_, 61 at most"
        )
    return value


def _password(value: str) -> str:
    if not value.isprintable() or " " in value:
        raise WrongValueError("this has a space or a control character in it; choose another one")
    return value


def _api_key(value: str) -> str:
    if not API_KEY.fullmatch(value):
        raise WrongValueError(
            "this is no API key, which is letters, digits and +/=_.- alone; copy it again"
        )
    return value


def _one_of(names: Sequence[str], value: str) -> str:
    if value.lower() not in names:
        raise WrongValueError(f"{given(value)} is none of {', '.join(names)}; write one of them")
    return value.lower()


def _level(value: str) -> str:
    if value.upper() not in LEVELS:
        raise WrongValueError(
            f"{given(value)} is no log level; write {', '.join(LEVELS[:-1])} or {LEVELS[-1]}"
        )
    return value.upper()


def _switch(value: str) -> bool:
    if value.lower() not in TRUE | FALSE:
        raise WrongValueError(
            f"{given(value)} is neither true nor false; write one of these two words"
        )
    return value.lower() in TRUE


def _webhook(value: str) -> str:
    if not can_be_webhook(value):
        raise WrongValueError(
            "Telegram cannot send to this; write an https:// address without user, query and "
            "special characters, such as https://bot.example.org/footnote (http:// only for this "
            "machine itself)"
        )
    return value


def _secret(value: str) -> str:
    if not SECRET.fullmatch(value):
        raise WrongValueError(
            "Telegram takes no such secret; write 1 to 256 of A-Z, a-z, 0-9, _ and -, or nothing "
            "for a new one each time"
        )
    return value


def _endpoint(value: str) -> str:
    try:
        return str(read_address(value))
    except ValueError:
        raise WrongValueError(
            f"{given(value)} is no address to listen at; write a host and a port, such as "
            "127.0.0.1:8080 or [::1]:8080"
        ) from None


def _ids(value: str) -> frozenset[int]:
    """The numbers of chats and persons, apart by commas or spaces."""
    words = value.replace(",", " ").split() or [value]  # only commas would let everybody in
    for word in words:
        if not ID.fullmatch(word) or abs(int(word)) >= LARGEST_ID:
            raise WrongValueError(
                f"{given(word)} is no number of a chat or person; write numbers such as "
                "123456789, or -1001234567890 for a group, with commas between them"
            )
    return frozenset(int(word) for word in words)


def _number(value: str, least: int, most: int) -> int:
    remedy = f"write a number from {least} to {most}"
    if not NUMBER.fullmatch(value):
        raise WrongValueError(f"{given(value)} is no whole number; {remedy}")
    if len(value) > MOST_DIGITS or not least <= int(value) <= most:
        raise WrongValueError(f"{given(value)} is out of range; {remedy}")
    return int(value)


_per_minute = partial(_number, least=0, most=MOST_QUESTIONS_A_MINUTE)

CHECKS: Mapping[str, Check] = {
    "articles": _path,
    "synonyms": _path,
    "data": _path,
    "database_url": _database,
    "shared": _switch,
    "opensearch_url": _hosts,
    "opensearch_user": str,
    "opensearch_password": _password,
    "opensearch_api_key": _api_key,
    "opensearch_ca": _path,
    "opensearch_alias": _alias,
    "telegram_token": _token,
    "telegram_api_url": _api_url,
    "proxy": _proxy,
    "meaning": partial(_one_of, MEANINGS),
    "index": partial(_one_of, INDEXES),
    "log_level": _level,
    "log_questions": _switch,
    "webhook_url": _webhook,
    "webhook_secret": _secret,
    "listen": _endpoint,
    "health_listen": _endpoint,
    "allowed_chats": _ids,
    "admins": _ids,
    "questions_a_minute": _per_minute,
    "group_questions_a_minute": _per_minute,
    "briefings_a_minute": _per_minute,
    "group_briefings_a_minute": _per_minute,
    "presses_a_minute": _per_minute,
    "group_presses_a_minute": _per_minute,
    "searches_a_minute": _per_minute,
    "stale_after": partial(_number, least=0, most=MOST_STALE_MINUTES),
    "keep_days": partial(_number, least=1, most=MOST_KEEP_DAYS),
    "private_addresses": _switch,
    "feed_minutes": partial(_number, least=0, most=MOST_FEED_MINUTES),
}


def read_value(name: str, value: str) -> object:
    """The value of that setting, of the type that it has; raises WrongValueError."""
    return CHECKS[name](value)
