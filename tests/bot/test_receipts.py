"""What was sent is known after the end of the process, until it does not matter any more."""

import pytest

from bot.storage import receipts as module
from bot.storage.receipts import FILE, Receipt, Receipts

FIRST, SECOND = Receipt(-100, 7, 3), Receipt(1, 8, 0)


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
    monkeypatch.setattr(module, "LONGEST", 200)
    receipts = opened()
    for number in range(100):
        receipts.note(number, FIRST)
        if number != 50:
            receipts.forget(number)
    assert (tmp_path / FILE).stat().st_size <= 220
    assert opened().of(50) == (FIRST,)


@pytest.mark.parametrize(
    "rest", [b"2 1 8", b"garbage\n", b"2 1\n", b"2 1 x 0\n", b"\xff\n", b"\n"]
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
