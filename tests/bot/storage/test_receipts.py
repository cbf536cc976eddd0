"""What was sent is known after the end of the process, until it does not matter any more."""

import time

import pytest

from bot.storage import receipts as module
from bot.storage.receipts import FILE, RECEIPT_SECONDS, Receipts, Sent

FIRST, SECOND = Sent(-100, 7, 3), Sent(1, 8)


@pytest.fixture
def opened(tmp_path):
    """Opens the receipts, as after a kill: nothing was closed before."""
    files = []

    def open_again():
        files.append(Receipts(tmp_path))
        return files[-1]

    yield open_again
    for file in files:
        file.close()


def test_what_was_sent_is_known_after_a_kill(opened):
    """All of it, in its order."""
    receipts = opened()
    receipts.add(1, FIRST)
    receipts.add(2, FIRST)
    receipts.add(1, SECOND)
    assert opened().of(1) == (FIRST, SECOND)
    assert opened().of(3) == ()
    assert opened().updates == (1, 2)


def test_what_is_handled_leaves_the_file(opened, tmp_path):
    """As soon as somebody wants to be forgotten."""
    receipts = opened()
    receipts.add(1, Sent(4242, 7))
    receipts.add(2, Sent(4343, 7))
    receipts.compact_after(1)
    assert "4242" in (tmp_path / FILE).read_text()
    receipts.forget([1])
    assert "4242" not in (tmp_path / FILE).read_text()
    assert opened().of(2) == (Sent(4343, 7),)


def test_what_never_got_into_the_database_is_known_for_a_day(opened, monkeypatch):
    """It may come again for as long; a number that comes later means something else."""
    receipts = opened()
    receipts.add(1, FIRST)
    receipts.add(2, SECOND)
    opened().forget_old([])
    assert opened().updates == (1, 2)
    later = time.time() + RECEIPT_SECONDS + 1
    monkeypatch.setattr(module.time, "time", lambda: later)
    opened().forget_old([2])
    assert opened().updates == (2,)


def test_the_file_does_not_grow(opened, tmp_path, monkeypatch):
    """Only what is not handled stays in it."""
    monkeypatch.setattr(module, "LARGEST_RECEIPTS", 500)
    receipts = opened()
    for number in range(100):
        receipts.add(number, FIRST)
        if number != 50:
            receipts.forget([number])
    assert (tmp_path / FILE).stat().st_size <= 600
    assert opened().of(50) == (FIRST,)


@pytest.mark.parametrize(
    "rest",
    [
        b'{"update": 2, "at": 1, "chat": 1, "message": 8',
        b"garbage\n",
        b"2 1 8 0\n",
        b"{}\n",
        b'{"update": 2, "at": 1, "chat": 1}\n',
        b"[2]\n",
        b'{"update": 2, "at": 1, "chat": "x", "message": 8}\n',
        b'{"update": [2], "at": 1, "chat": 1, "message": 8}\n',
        b'{"update": null, "at": 1, "chat": 1, "message": 8}\n',
        b'{"update": 2, "chat": 1, "after": 7, "newest": 9}\n',
        b"[" * 200_000 + b"\n",
        b"\xff\n",
        b"\n",
    ],
)
def test_a_line_that_cannot_be_read_is_passed_over(opened, tmp_path, rest):
    """Those before it count."""
    opened().add(1, FIRST)
    with (tmp_path / FILE).open("ab") as file:
        file.write(rest)
    receipts = opened()
    assert receipts.of(1) == (FIRST,)
    assert receipts.of(2) == ()


def test_where_it_cannot_be_opened_again_nothing_is_written_elsewhere(opened, tmp_path):
    """The next file that is opened gets its number; it is used again as soon as it can be."""
    receipts = opened()
    (tmp_path / FILE).unlink()
    (tmp_path / FILE).mkdir()
    receipts.compact()
    with (tmp_path / "another").open("wb") as another:
        receipts.add(1, FIRST)
        another.flush()
        assert (tmp_path / "another").read_bytes() == b""
    receipts.close()
    (tmp_path / FILE).rmdir()
    receipts.add(2, SECOND)
    receipts.close()
    assert opened().of(2) == (SECOND,)
