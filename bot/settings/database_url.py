"""The URL of a PostgreSQL database: its check, and the secrets in it."""

from importlib.util import find_spec
from urllib.parse import unquote, urlsplit

from retrieval.errors import RetrievalError

SCHEMES = ("postgresql", "postgres")
NAME = "FOOTNOTE_DATABASE_URL"
EXAMPLE = "postgresql://name:password@127.0.0.1/footnote"
NO_ADDRESS = (
    f"{NAME}: this is no address of a database; write one such as {EXAMPLE}, with %40 for an @ "
    "in the password, and so for :/?#[]%"
)
NO_DRIVER = f"{NAME}: PostgreSQL needs an extra; run `pip install 'footnote-bot[postgres]'`"


class AddressError(RetrievalError):
    """An address of a database that cannot be used; the text does not repeat it."""


def check(url: str) -> str:
    """The address as it was given, as far as its look tells; raises AddressError."""
    scheme = url.partition(":")[0].lower()
    if scheme.partition("+")[0] == "sqlite":
        raise AddressError(
            f"{NAME}: SQLite needs no address; leave this empty and name a folder with "
            "FOOTNOTE_DATA"
        )
    if "://" in url and scheme not in SCHEMES:
        raise AddressError(
            f"{NAME}: only PostgreSQL can be used; write an address such as {EXAMPLE}, or nothing "
            "for SQLite in FOOTNOTE_DATA"
        )
    if not _is_address(url):
        raise AddressError(NO_ADDRESS)
    if find_spec("psycopg") is None:
        raise AddressError(NO_DRIVER)
    return url


def shown(url: str) -> str:
    """The address without who uses it and how."""
    parts = urlsplit(url)
    return f"postgresql://{parts.netloc.rpartition('@')[2]}{parts.path}"


def secrets(url: str) -> tuple[str, ...]:
    """The passwords in an address, as they are written and as they are meant.

    Each stands behind a colon: what is before it may be a name that nobody has to hide.
    """
    parts = urlsplit(url)
    who = parts.netloc.rpartition("@")[0]
    found = [who] if who.partition(":")[2] else []
    for pair in parts.query.split("&"):
        name, _, value = pair.partition("=")
        if value and unquote(name) in {"password", "sslpassword"}:
            found.append(f":{value}")
    return tuple(dict.fromkeys((*found, *map(unquote, found))))


def _is_address(url: str) -> bool:
    """Whether it can be one; an `@` or `/` that is not escaped would tell parts of a password."""
    try:
        parts = urlsplit(url)
        hosts = parts.netloc.rpartition("@")[2].split(",")
        ports = [urlsplit(f"//{host}").port for host in hosts]
    except ValueError:
        return False
    is_plain = "://" in url and url.isprintable() and "#" not in url and " " not in url
    ats = parts.netloc.count("@") <= 1 and "@" not in parts.path
    return parts.scheme in SCHEMES and is_plain and ats and 0 not in ports
