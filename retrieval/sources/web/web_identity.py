"""Which addresses lead to the same page."""

from urllib.parse import urlsplit

SCHEMES = ("http://", "https://")


def is_address(text: str) -> bool:
    """Whether a source is meant to be fetched from the web."""
    return text.strip().casefold().startswith(SCHEMES)


def cleaned(address: str) -> str:
    """The address without tracking parameters and fragment, its parameters in order."""
    from courlan import clean_url  # comes with trafilatura

    found = (clean_url(address.strip()) or address.strip()).partition("#")[0]
    asked = urlsplit(address.strip().partition("#")[0]).query.split("&")
    flags = sorted(one for one in asked if one and not one.partition("=")[2])  # it drops these
    return f"{found}{'&' if '?' in found else '?'}{'&'.join(flags)}" if flags else found


def identity_key(address: str) -> str:
    """What is the same for addresses of one page: `http` and `https` count as one."""
    parts = urlsplit(cleaned(address))
    host = (parts.hostname or "").removeprefix("www.")
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{port}{parts.path.rstrip('/')}{query}"


def canonical(address: str, said: str) -> str:
    """The address that a page says is its own if it is on the same site; else the one it has."""
    if said and site_of(said) == site_of(address) and _leads_to_page(said, address):
        return cleaned(said)
    return cleaned(address)


def site_of(address: str) -> str:
    """The host, and the port if it is an unusual one."""
    try:
        parts = urlsplit(address)
        port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    except ValueError:
        return ""
    return (parts.hostname or "").removeprefix("www.") + port


def _leads_to_page(said: str, address: str) -> bool:
    """Whether it is not just the front page, which careless templates name on every page."""
    is_front = urlsplit(said).path in ("", "/") and not urlsplit(said).query
    return not is_front or urlsplit(address).path in ("", "/")
