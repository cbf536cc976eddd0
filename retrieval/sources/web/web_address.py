"""Web addresses of articles: which are whole, and what is to be done about the others."""

import re
from ipaddress import IPv6Address
from urllib.parse import SplitResult, urlsplit

SCHEMES = ("http", "https")
HOST = re.compile(r"[\w.-]+")
HIGHEST_PORT = 65535
NOT_WHOLE = "write a whole address that begins with https://"


def remedy_for(address: str) -> str | None:
    """What to do about an address that nobody could open or link to; None for a good one."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return NOT_WHOLE
    if not address.isprintable() or " " in address or parts.scheme not in SCHEMES:
        return NOT_WHOLE
    if "@" in parts.netloc:  # a secret in a text for all, or a host that is not what it seems
        return "leave out the user name and password"
    if not parts.hostname or not _is_host(parts.hostname, parts.netloc):
        return "write the host as a name such as example.org, or as an IP address"
    return None if _is_port(parts) else f"write a port from 1 to {HIGHEST_PORT}, or none"


def _is_host(host: str, place: str) -> bool:
    """Whether it is a name, or in square brackets an IPv6 address without a zone."""
    if not place.startswith("["):
        return bool(HOST.fullmatch(host) and host.strip("."))
    try:
        IPv6Address(host)
    except ValueError:
        return False
    return "%" not in host


def _is_port(parts: SplitResult) -> bool:
    """Whether the port is a number that there can be; without a port and its colon it is."""
    try:
        return parts.port != 0 and not parts.netloc.endswith(":")
    except ValueError:
        return False
