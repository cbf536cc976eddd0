"""Which web addresses of articles are whole, and what is said of the others."""

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.sources.web.web_address import remedy_for
from retrieval.sources.web.web_identity import identity_key


@pytest.mark.parametrize(
    "address",
    ["https://example.org", "HTTPS://Example.org/", "http://example.org:1/", "http://localhost/a",
     "https://example.org:65535/a?b=c:99999#d", "https://bücher.example/ä", "https://a_b.example.org",
     "http://192.0.2.1:8080/", "https://[2001:db8::1]/", "https://[2001:db8::1]:443/a@b",
     "https://example.org/@name", "https://例え.テスト/", "https://example.org./x"],
)  # fmt: skip
def test_a_whole_address_is_taken(address):
    """With a name or a number as host, and a port that there is, or none."""
    assert remedy_for(address) is None


@pytest.mark.parametrize("port", ["0", "00", "65536", "99999", "-1", "x", "", "٣", "9" * 5000])
def test_a_port_that_there_is_not_is_told_so(port):
    """With those that there are."""
    assert remedy_for(f"https://example.org:{port}/") == "write a port from 1 to 65535, or none"


@pytest.mark.parametrize(
    "host", ["", ".", "..", "a,b.org", "<b>.org", "a\\b.org", "%41.org", "[fe80::1%25eth0]"]
)
def test_a_host_that_is_no_name_is_told_so(host):
    """Nor a number; one that only one machine knows by its zone is no address for others."""
    assert "write the host as a name" in (remedy_for(f"https://{host}/") or "")


@pytest.mark.parametrize("place", ["name@example.org", "a:b@example.org", "example.org@b.example"])
def test_a_user_name_in_an_address_is_told_so(place):
    """It is a secret, or it leads somewhere else than it seems."""
    assert remedy_for(f"https://{place}/") == "leave out the user name and password"


@pytest.mark.parametrize(
    "text",
    ["", "example.org", "//example.org", "ftp://example.org/", "javascript:alert(1)", "tg://x",
     "https://[::1", "http://a b.org/", "https://example.org/a b", "https://example.org/\u202ea",
     "https://a\n.org/", "https://example.org:8 0/"],
)  # fmt: skip
def test_what_is_no_whole_address_is_told_so(text):
    """With how one begins."""
    assert remedy_for(text) == "write a whole address that begins with https://"


@given(st.text(max_size=80), st.text(max_size=20))
def test_whatever_stands_there_is_judged(rest, port):
    """What is taken has a host and, if any, a port that there is."""
    for address in (rest, f"https://{rest}", f"https://example.org:{port}/", f"https://[{rest}]/"):
        if remedy_for(address) is None:
            parts = urlsplit(address)
            assert parts.hostname
            assert parts.port is None or 1 <= parts.port <= 65535
            assert parts.username is None


@pytest.mark.parametrize("sign", [".", "@", ":", "[", "a", "%", "/"])
def test_a_very_long_address_is_judged_too(sign):
    """In time that grows no faster than its length."""
    said = remedy_for(f"https://{sign * 1_000_000}/")
    assert (said is None) is (sign == "a")


def test_parameters_that_track_make_no_other_page_and_all_others_do():
    """Also one without a value."""
    pages = [
        f"https://example.org/{rest}" for rest in ("?about", "?bees", "?utm_source=x", "?p=1")
    ]
    assert len({identity_key(page) for page in pages}) == 4
    assert identity_key(pages[2]) == identity_key("http://www.example.org/#top")
