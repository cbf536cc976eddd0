"""The sockets that are listened on: when clients can connect to them."""

import socket
from contextlib import closing

import pytest

from bot.http.server import ListenError, address_of, bind, listen, start_listening
from bot.settings.addresses import Address

ANYWHERE = Address("127.0.0.1", 0)


def test_nobody_connects_to_what_is_only_bound():
    """They go elsewhere, and need not wait."""
    with closing(bind(ANYWHERE, "FOOTNOTE_LISTEN")) as bound:
        place = address_of(bound)
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection((place.host, place.port), 5)
        start_listening(bound, "FOOTNOTE_LISTEN")
        socket.create_connection((place.host, place.port), 5).close()


def test_of_two_that_are_bound_one_listens():
    """The other one is told that the address is in use, and by which setting it was named."""
    with closing(bind(ANYWHERE, "FOOTNOTE_LISTEN")) as first:
        with pytest.raises(ListenError, match=r"FOOTNOTE_LISTEN: \S+ is in use"):  # noqa: PT012
            second = bind(address_of(first), "FOOTNOTE_LISTEN")
            start_listening(first, "FOOTNOTE_LISTEN")
            start_listening(second, "FOOTNOTE_LISTEN")
        with pytest.raises(ListenError, match="is in use"):
            listen(address_of(first), "FOOTNOTE_LISTEN")
