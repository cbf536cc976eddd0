"""Addresses to listen at, and addresses that Telegram is told."""

import re

import pytest

from bot.settings.addresses import Address, can_be_webhook, read_address


@pytest.mark.parametrize(
    ("text", "host", "port"),
    [
        ("127.0.0.1:8080", "127.0.0.1", 8080),
        ("0.0.0.0:0", "0.0.0.0", 0),  # noqa: S104  # read only
        ("localhost:65535", "localhost", 65535),
        ("[::1]:8080", "::1", 8080),
    ],
)
def test_an_address_to_listen_at_is_read(text, host, port):
    """And printed as it was written."""
    assert read_address(text) == Address(host, port)
    assert str(read_address(text)) == text


@pytest.mark.parametrize("text", ["8080", ":8080", "host", "host:", "h:65536", "::1:80", "a b:1",
                                  "http://host:80", "host:80/", "h:٣", "h:-1"])  # fmt: skip
def test_what_is_none_is_refused(text):
    """A port alone does not say who may connect."""
    with pytest.raises(ValueError, match=re.escape(text)):
        read_address(text)


@pytest.mark.parametrize("url", [
    "https://bot.example.org", "https://bot.example.org/", "https://bot.example.org:8443/a/b-c",
    "http://127.0.0.1:8080/x", "http://localhost/x", "http://[::1]:8080/x", "https://10.0.0.1/",
])  # fmt: skip
def test_what_a_webhook_can_be(url):
    """Without TLS only on this machine."""
    assert can_be_webhook(url)


@pytest.mark.parametrize("url", [
    "http://bot.example.org/x", "http://10.0.0.1/x", "bot.example.org", "ftp://a/", "https://",
    "https://a:b@c.org/", "https://c.org/?secret=1", "https://c.org/#x", "https://c.org:99999/",
    "https://c.org/{a}", "https://c.org/a b", "https://c.org/a\n", "https://c.org:0/", "https://[",
    "http://127.0.0.1.evil.org/", "https://c.org/é", "https://c.org/?",
])  # fmt: skip
def test_what_a_webhook_cannot_be(url):
    """Nothing secret has a place in it, and nothing that a path could be mistaken for."""
    assert not can_be_webhook(url)
