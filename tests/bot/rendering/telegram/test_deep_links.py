"""Which addresses footnotes link to: those that Telegram takes, and the passage otherwise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.console.world.link_checks import checked_link
from bot.rendering.telegram.deep_links import LONGEST_URL, is_public


@pytest.mark.parametrize(
    ("url", "is_taken"),
    [
        ("https://example.org/bees", True),
        ("https://example.org:8443/bees", True),
        ("https://[2001:db8::1]/bees", True),
        ("http://192.0.2.1/", True),
        ("https://example.org:99999/", False),
        ("https://example.org:0/", False),
        ("https://example.org:/", False),
        ("https://name@example.org/", False),
        ("http://localhost/bees", False),
        ("http://wiki./bees", False),
        ("https://[fe80::1%25eth0]/", False),
        ("https://exa mple.org/", False),
        ("https://[", False),
        ("https://example.org/" + "a" * (LONGEST_URL - 20), True),
        ("https://example.org/" + "a" * (LONGEST_URL - 19), False),
        ("https://example.org/" + "ä" * (LONGEST_URL - 1000), False),
        ("", False),
        ("\ud800", False),
    ],
)
def test_an_address_is_linked_to_if_telegram_takes_it(url, is_taken):
    """A link that is dropped would leave a footnote that opens nothing."""
    assert is_public(url) is is_taken


@given(st.one_of(st.text(max_size=60), st.text(max_size=60).map("https://{}".format)))
def test_what_is_linked_to_is_taken(url):
    """Whatever an article names as its address."""
    if is_public(url):
        assert checked_link(url, "text link")


@pytest.mark.parametrize(
    "address", ["https://example.org:99999/", "http://localhost/", "https://a@example.org/"]
)
def test_a_footnote_without_a_public_address_opens_the_passage(converse, collection, address):
    """In the bot's own chat, as where an article has no address."""
    talk = converse(collection=collection(("Bees", address, [("", "Bees make honey and wax.")])))
    answer = talk("What do bees make?")
    assert all("?start=c_" in link for link in answer.links)
    page = talk.tap(answer.links[0])
    assert "Bees make honey and wax." in page.text
    assert page.links == []
