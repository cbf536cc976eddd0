"""Where a message is looked for that may have been sent."""

from contextlib import suppress

import httpx
import pytest
from telegram.error import TimedOut

from bot.trail import NEAR, Trail

CHAT, OTHER, SUPERGROUP = 7, 8, -1_000_000_000_007


@pytest.fixture
def trail():
    return Trail()


def ignore(_):
    """Nobody keeps it."""


def numbers(trail, chat):
    """Of a message that leaves now."""
    with trail.sending(chat, ignore) as passage:
        trail.leaves(passage)
        return trail.numbers(passage.gap, passage)


@pytest.mark.parametrize("chat", [CHAT, SUPERGROUP])
@pytest.mark.parametrize("note", [Trail.heard, Trail.sent])
def test_it_stands_behind_what_is_known_there(trail, chat, note):
    """Be that the bot's own or somebody else's; where nothing is, nobody can tell."""
    assert numbers(trail, chat) == []
    note(trail, chat, 40)
    assert numbers(trail, chat) == list(range(41, 41 + NEAR))


def test_what_an_earlier_run_has_sent_is_not_taken_for_it(trail):
    """Though it stands behind the question."""
    trail.remember({CHAT: 44})
    trail.heard(CHAT, 40)
    assert numbers(trail, CHAT)[0] == 45


def test_private_chats_are_counted_together_and_supergroups_alone(trail):
    """What came elsewhere tells where to look first."""
    for chat in (CHAT, SUPERGROUP):
        trail.sent(chat, 50)
    trail.heard(OTHER, 90)
    assert numbers(trail, CHAT)[:1] == [91]
    assert 51 in numbers(trail, CHAT)
    assert numbers(trail, SUPERGROUP) == list(range(51, 51 + NEAR))


def test_what_is_known_elsewhere_is_passed_over(trail):
    """However many others have spoken since it left."""
    trail.heard(CHAT, 50)
    with trail.sending(CHAT, ignore) as passage:
        trail.leaves(passage)
        for number in (*range(51, 75), *range(76, 90)):
            trail.heard(OTHER, number)
        assert trail.numbers(passage.gap, passage)[0] == 75


def test_behind_one_that_was_given_up_nothing_is_found(trail):
    """It would be taken for another one, until the bot knows a message of its own behind it."""
    trail.sent(CHAT, 40)
    error = TimedOut()
    error.__cause__ = httpx.ReadTimeout("")
    with trail.sending(CHAT, ignore) as passage:
        trail.leaves(passage)
        with suppress(TimedOut), trail.sending(CHAT, ignore):
            raise error
        assert trail.numbers(passage.gap, passage) == []
    assert numbers(trail, CHAT) == []
    trail.sent(CHAT, 44)
    assert numbers(trail, CHAT)[0] == 45


def test_where_two_are_on_their_way_nobody_can_tell_them_apart(trail):
    """One to another chat, or one that only waits, is no matter; nor is one that has arrived."""
    trail.heard(CHAT, 40)
    with trail.sending(CHAT, ignore) as first:
        trail.leaves(first)
        with trail.sending(OTHER, ignore) as other, trail.sending(CHAT, ignore) as second:
            trail.leaves(other)
            assert trail.numbers(first.gap, first)
            trail.leaves(second)
            assert not trail.numbers(first.gap, first) + trail.numbers(second.gap, second)
            trail.sent(CHAT, 42)
        assert trail.numbers(first.gap, first)[:2] == [41, 43]


def test_what_leaves_is_noted_before_that(trail):
    """Of two at once, that nobody will be able to tell."""
    noted = []
    trail.heard(CHAT, 40)
    trail.heard(OTHER, 41)
    with trail.sending(CHAT, noted.append) as first, trail.sending(CHAT, noted.append) as second:
        assert noted == []
        trail.leaves(first)
        [gap] = noted
        assert (gap.chat, gap.after, gap.newest) == (CHAT, 40, 41)
        trail.leaves(second)
        assert [gap.after for gap in noted[1:]] == [None, None]
