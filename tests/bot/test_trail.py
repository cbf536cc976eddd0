"""Where a message is looked for that may have been sent."""

from contextlib import ExitStack, suppress

import httpx
from telegram.error import TimedOut

from bot.trail import NEAR, Trail

CHAT, OTHER, SUPERGROUP = 7, 8, -1_000_000_000_007


def numbers(trail, chat, new=None):
    with trail.sending(chat, new) as gap:
        return gap.numbers()


def test_it_stands_behind_what_it_replies_to():
    """If that came since the program runs; otherwise an earlier run may have sent it."""
    assert numbers(Trail(), CHAT, 40) == list(range(41, 41 + NEAR))
    assert numbers(Trail(), CHAT) == []


def test_it_stands_behind_what_was_sent_there_before():
    """Whatever it replies to."""
    trail = Trail()
    trail.sent(SUPERGROUP, 50)
    assert numbers(trail, SUPERGROUP, 40)[0] == numbers(trail, SUPERGROUP)[0] == 51


def test_private_chats_are_counted_together_and_supergroups_alone():
    """What came elsewhere tells where to look first."""
    trail = Trail()
    for chat in (CHAT, SUPERGROUP):
        trail.sent(chat, 50)
    trail.heard(OTHER, 90)
    assert numbers(trail, CHAT)[:1] == [91]
    assert 51 in numbers(trail, CHAT)
    assert numbers(trail, SUPERGROUP) == list(range(51, 51 + NEAR))


def test_behind_one_that_was_given_up_nothing_is_found():
    """It would be taken for another one, until the bot knows a message of its own behind it."""
    trail = Trail()
    trail.sent(CHAT, 40)
    error = TimedOut()
    error.__cause__ = httpx.ReadTimeout("")
    with suppress(TimedOut), trail.sending(CHAT, None):
        raise error
    assert numbers(trail, CHAT, 43) == []
    trail.sent(CHAT, 44)
    assert numbers(trail, CHAT)[0] == 45


def test_two_that_overlap_are_told_apart_by_when_they_leave():
    """Each ends by itself, whatever came in between."""
    trail = Trail()
    trail.sent(CHAT, 5)
    with ExitStack() as first:
        first.enter_context(trail.sending(CHAT, None))
        with trail.sending(CHAT, None):
            pass
        trail.heard(CHAT, 6)
        trail.leaves(CHAT)
    assert numbers(trail, CHAT)


def test_where_two_are_on_their_way_nobody_can_tell_them_apart():
    """One to another chat is no matter."""
    trail = Trail()
    with trail.sending(CHAT, 40) as first:
        assert first.numbers()
        with trail.sending(OTHER, 41):
            assert first.numbers()
        with trail.sending(CHAT, 42) as second:
            assert not first.numbers() + second.numbers()
    assert numbers(trail, CHAT, 43)
