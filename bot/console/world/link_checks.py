"""Links that Telegram takes, and the form in which it keeps them."""

import re
from urllib.parse import urlsplit

from bot.console.world.refusals import bad_request

SCHEMES = frozenset({"http", "https", "tg"})
HOST = re.compile(r"\[[0-9a-f:.]+\]|[^\s\x00-\x20<>\"'()*+,;:@/?#\[\]]+\.[^\s\x00-\x20/?#\[\]]+")


def checked_link(url: str) -> str:
    """The link of an entity as Telegram keeps it.

    Telegram also takes links without a scheme and writes http:// before them. Here they are
    refused: a bot that sends one has lost a part of it.
    """
    problem = _problem(url)
    if problem:
        raise bad_request(f"entity URL '{url}' is invalid: {problem}")
    scheme, separator, rest = url.partition("://")
    if scheme.casefold() == "tg":
        return url
    host, slash, path = rest.partition("/")
    return f"{scheme.casefold()}{separator}{host}{slash or '/'}{path}"


def _problem(url: str) -> str | None:
    if not url:
        return "URL is empty"
    try:
        parts = urlsplit(url)
        host = parts.hostname
        port = parts.port  # what is no number, or too high, raises here
    except ValueError:
        return "Wrong HTTP URL"
    if parts.scheme and parts.scheme not in SCHEMES and "://" in url:
        return "Unsupported URL protocol"
    if parts.scheme == "tg":
        return None if url[5:] else "Wrong HTTP URL"
    named = host and (HOST.fullmatch(host) or HOST.fullmatch(f"[{host}]"))
    is_port_wrong = port == 0 or parts.netloc.endswith(":")
    if not parts.scheme or not named or is_port_wrong or re.search(r"\s", url):
        return "Wrong HTTP URL"
    return None
