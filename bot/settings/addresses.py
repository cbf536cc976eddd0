"""Addresses that settings name: a host and port to listen on, and a webhook's URL."""

import re
from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import urlsplit

HOST_AND_PORT = re.compile(r"(?:\[([0-9A-Fa-f:.]+)\]|([^\s:\[\]/]+)):(\d{1,5})", re.ASCII)
HIGHEST_PORT = 65535
PATH = re.compile(r"[A-Za-z0-9/._~-]*", re.ASCII)


class Address(NamedTuple):
    """A host and a port to listen at; port 0 is any that is free."""

    host: str
    port: int

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"


def read_address(text: str) -> Address:
    """The address that is written so, as in 127.0.0.1:8080 or [::1]:8080; raises ValueError."""
    found = HOST_AND_PORT.fullmatch(text)
    if not found or int(found[3]) > HIGHEST_PORT:
        raise ValueError(text)
    return Address(found[1] or found[2], int(found[3]))


def can_be_webhook(url: str) -> bool:
    """Whether Telegram, or a Bot API server on this machine, can post to it.

    Nothing secret has a place in it: no user, no query.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host))
    is_plain = not (parts.username or "?" in url or "#" in url or "@" in parts.netloc)
    is_one_path = PATH.fullmatch(parts.path) is not None and url.isprintable()
    return bool(host) and port != 0 and is_safe and is_plain and is_one_path


def is_loopback(host: str) -> bool:
    """Whether a host is this machine itself."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
