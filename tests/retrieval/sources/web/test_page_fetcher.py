"""Pages are fetched within bounds, from a real server on loopback."""

import asyncio
import gzip
import zlib

import pytest
from web_server import Page, serve_web

from retrieval.sources.documents.document import UnreadableError
from retrieval.sources.web.page_fetcher import FetchError, PageFetcher


@pytest.fixture
def web():
    with serve_web() as server:
        yield server


def fetch(address, *conditions, private=True, seconds=10):
    async def fetched():
        fetcher = PageFetcher(private=private, seconds=seconds)
        try:
            return await fetcher.fetch(address, *conditions)
        finally:
            await fetcher.aclose()

    return asyncio.run(fetched())


def test_a_page_comes_with_its_charset_and_state(web):
    """So that it is decoded as it was meant, and asked for again only if it changed."""
    web.pages["/bees"] = Page(
        b"Bees", headers={"ETag": '"7"', "Content-Type": "text/html; charset=koi8-r"}
    )
    found = fetch(web.at("/bees"))
    assert (found.content, found.charset, found.etag) == (b"Bees", "koi8-r", '"7"')


def test_what_has_not_changed_is_not_sent_again(web):
    """The server is told what is known."""
    web.pages["/bees"] = lambda headers: Page(
        status=304 if headers["If-None-Match"] == '"7"' else 200
    )
    assert fetch(web.at("/bees"), '"7"').content is None


def test_redirects_for_good_are_remembered_and_others_are_not(web):
    """A page that moved for good has another address from then on."""
    web.pages["/old"] = Page(status=301, headers={"Location": "/new"})
    web.pages["/new"] = Page(status=302, headers={"Location": "/today"})
    web.pages["/today"] = Page("Bees")
    found = fetch(web.at("/old"))
    assert found.content == b"Bees"
    assert found.moved == (web.at("/old"),)


@pytest.mark.parametrize("packed", [gzip.compress, zlib.compress])
def test_a_packed_answer_is_unpacked(web, packed):
    """As servers send it."""
    encoding = "gzip" if packed is gzip.compress else "deflate"
    web.pages["/bees"] = Page(packed(b"Bees" * 1000), headers={"Content-Encoding": encoding})
    assert fetch(web.at("/bees")).content == b"Bees" * 1000


@pytest.mark.parametrize(
    ("page", "problem"),
    [
        (Page(status=404), "does not exist"),
        (Page(status=401), "asks for a login"),
        (Page(status=500), r"status 500\); try again later"),
        (Page(status=429, headers={"Retry-After": "90"}), "again in 90 seconds"),
        (Page(status=502, headers={"Retry-After": "86400"}), "again in 24 hours"),
        (Page(status=302, headers={"Location": "/bees"}), "in a circle"),
        (Page(status=302, headers={"Location": "file:///etc/passwd"}), "cannot be opened"),
        (Page(status=302), "cannot be opened"),
        (Page(b"\x1f\x8bnonsense", headers={"Content-Encoding": "gzip"}), "damaged"),
        (Page(b"Bees", headers={"Content-Encoding": "br"}), "packs its answer as br"),
        (
            lambda _: Page(gzip.compress(bytes(60_000_000)), headers={"Content-Encoding": "gzip"}),
            "more than 50 MB",
        ),
    ],
)
def test_a_page_that_cannot_be_had_is_refused_with_the_reason(web, page, problem):
    """And with what to do."""
    web.pages["/bees"] = page
    with pytest.raises(UnreadableError, match=problem):
        fetch(web.at("/bees"))


def test_a_server_that_never_ends_is_left(web):
    """There is a limit for all of it together, however little comes each time."""
    web.pages["/bees"] = Page(b"B" * 1000, pause=0.1)
    with pytest.raises(FetchError, match="did not come within 1 seconds"):
        fetch(web.at("/bees"), seconds=1)


def test_private_addresses_need_a_setting(web):
    """Also behind a redirect, which is checked anew."""
    with pytest.raises(FetchError, match="FOOTNOTE_PRIVATE_ADDRESSES"):
        fetch(web.at("/bees"), private=False)
    assert web.asked == []


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[64:ff9b::7f00:1]/",
        "http://2130706433/",
        "http://localhost/",
        "http://example.org:22/",
        "http://name:word@example.org/",
        "ftp://example.org/",
        "https://",
    ],
)
def test_addresses_that_lead_inside_are_refused(address):
    """However they are written; nothing is asked of them."""
    with pytest.raises(FetchError):
        fetch(address, private=False)


def test_robots_txt_is_kept_to(web):
    """With stars, as sites write it; where there is none, everything is allowed."""
    web.pages["/robots.txt"] = Page("User-agent: *\nDisallow: /*.pdf$\n")
    web.pages["/bees"] = web.pages["/bees.pdf"] = Page("Bees")
    assert fetch(web.at("/bees")).content == b"Bees"
    with pytest.raises(FetchError, match=r"robots\.txt"):
        fetch(web.at("/bees.pdf"))
    assert [path for path, _ in web.asked if path.endswith(".pdf")] == []
