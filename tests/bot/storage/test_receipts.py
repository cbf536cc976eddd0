"""What was sent is known after the end of the process, until it does not matter any more."""

import time

import pytest

from bot.delivery.sent_messages import Gap, Sent
from bot.storage import receipts as module
from bot.storage.receipts import FILE, Receipts

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
    receipts.note(1, FIRST)
    receipts.note(2, FIRST)
    receipts.note(1, SECOND)
    assert opened().of(1) == (FIRST, SECOND)
    assert opened().of(3) == ()


def test_what_is_handled_is_forgotten_at_the_next_start(opened):
    """For Telegram may give the same number to something else."""
    receipts = opened()
    receipts.note(1, FIRST)
    receipts.note(2, SECOND)
    opened().keep_only([2, None])
    after = opened()
    assert (after.of(1), after.of(2)) == ((), (SECOND,))


def test_the_file_does_not_grow(opened, tmp_path, monkeypatch):
    """Only what is not handled stays in it."""
    monkeypatch.setattr(module, "LONGEST", 500)
    receipts = opened()
    for number in range(100):
        receipts.note(number, FIRST)
        if number != 50:
            receipts.forget(number)
    assert (tmp_path / FILE).stat().st_size <= 600
    assert opened().of(50) == (FIRST,)


def test_what_left_counts_until_it_is_known_what_became_of_it(opened):
    """It is the last that is known of an update; it may leave a second time, or not arrive."""
    receipts = opened()
    first, second = Gap(1, 5, 9), Gap(1, None, 12)
    receipts.note(1, FIRST)
    receipts.note(1, first)
    assert opened().of(1) == (FIRST, first)
    receipts.note(1, second)
    receipts.note(2, first)
    assert opened().of(1) == (FIRST, second)
    receipts.note(1, SECOND)
    receipts.retract(2, 1)
    receipts.retract(1, 1)
    assert (opened().of(1), opened().of(2)) == ((FIRST, SECOND), ())


def test_the_last_message_in_each_chat_is_known_for_a_while(opened):
    """Whether it was sent for an update or not, and in whatever order that was noted."""
    receipts = opened()
    receipts.note(1, FIRST)
    receipts.note(None, Sent(-100, 9))
    receipts.note(1, Sent(-100, 8))
    receipts.note(2, Gap(1, 5, 9))
    for _ in range(2):
        assert opened().last == (Sent(-100, 9),)
        opened().keep_only({1, 2})
    after = opened()
    after.note(3, SECOND)
    after.forget_before(0)
    assert opened().last == (Sent(-100, 9), SECOND)
    for number in (1, 2, 3):
        after.forget(number)
    after.forget_before(time.time() + 1)
    assert opened().last == ()


def test_where_one_left_for_no_update_is_known_until_it_is_sent_or_was_not(opened):
    """Or anything else was sent there."""
    receipts = opened()
    for chat in (1, 2, 3, 4):
        receipts.note(None, Gap(chat, 5, 9))
    assert opened().lost == (1, 2, 3, 4)
    receipts.note(None, Sent(1, 10))
    receipts.retract(None, 2)
    receipts.note(7, Sent(3, 10))
    for _ in range(2):
        assert opened().lost == (4,)
        opened().keep_only(set())
    receipts = opened()
    receipts.forget_before(time.time() + 1)
    assert opened().lost == ()


def test_a_chat_that_is_forgotten_is_in_the_file_no_more(opened, tmp_path):
    """Unless something is still handled there."""
    receipts = opened()
    receipts.note(1, Sent(4242, 7))
    receipts.note(2, Sent(4343, 7))
    receipts.forget(1)
    for chat in (4242, 4343):
        receipts.forget_chat(chat)
    assert "4242" not in (tmp_path / FILE).read_text()
    assert opened().of(2) == (Sent(4343, 7),)


@pytest.mark.parametrize(
    "rest",
    [
        b'{"update": 2, "chat": 1, "message": 8',
        b"garbage\n",
        b"2 1 8 0\n",
        b"{}\n",
        b'{"update": 2, "chat": 1}\n',
        b"[2]\n",
        b'{"update": 2, "chat": "x", "message": 8}\n',
        b'{"update": [2], "chat": 1, "message": 8}\n',
        b'{"update": 2, "chat": 1, "after": "x", "newest": 9}\n',
        b"[" * 200_000 + b"\n",
        b"\xff\n",
        b"\n",
    ],
)
def test_a_line_that_cannot_be_read_is_passed_over(opened, tmp_path, rest):
    """Those before it count."""
    opened().note(1, FIRST)
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
    receipts.keep_only([])
    with (tmp_path / "another").open("wb") as another:
        receipts.note(1, FIRST)
        another.flush()
        assert (tmp_path / "another").read_bytes() == b""
    receipts.close()
    (tmp_path / FILE).rmdir()
    receipts.note(2, SECOND)
    receipts.close()
    assert opened().of(2) == (SECOND,)
