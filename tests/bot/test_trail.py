"""Where a message is looked for that may have been sent."""

from contextlib import suppress

import httpx
import pytest
from telegram.error import RetryAfter, TimedOut

from bot.said import Gap, Sent
from bot.trail import NEAR, Trail

CHAT, OTHER, SUPERGROUP = 7, 8, -1_000_000_000_007


@pytest.fixture
def trail():
    return Trail()


def ignore(_):
    """Nobody keeps it."""


def numbers(trail, chat):
    """Of a message that leaves now."""
    with trail.sending(chat, ignore) as passage, trail.going(passage):
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
    trail.remember([Sent(CHAT, 44, 40), Sent(OTHER, 46, 45)])
    trail.heard(CHAT, 40)
    assert numbers(trail, CHAT)[0] == 47


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
    with trail.sending(CHAT, ignore) as passage, trail.going(passage):
        for number in (*range(51, 75), *range(76, 90)):
            trail.heard(OTHER, number)
        assert trail.numbers(passage.gap, passage)[0] == 75


def test_behind_one_that_was_given_up_nothing_is_found(trail):
    """It would be taken for another one, until the bot knows a message of its own behind it."""
    trail.sent(CHAT, 40)
    error = TimedOut()
    error.__cause__ = httpx.ReadTimeout("")
    with trail.sending(CHAT, ignore) as passage, trail.going(passage):
        with suppress(TimedOut), trail.sending(CHAT, ignore):
            raise error
        assert trail.numbers(passage.gap, passage) == []
    assert numbers(trail, CHAT) == []
    trail.sent(CHAT, 44)
    assert numbers(trail, CHAT)[0] == 45


def test_where_two_are_on_their_way_nobody_can_tell_them_apart(trail):
    """One to another chat, or one that only waits, is no matter; nor is one that has arrived."""
    trail.heard(CHAT, 40)
    with (
        trail.sending(CHAT, ignore) as first,
        trail.going(first),
        trail.sending(OTHER, ignore) as other,
        trail.going(other),
    ):
        with trail.sending(CHAT, ignore) as second:
            assert trail.numbers(first.gap, first)
            with trail.going(second):
                assert trail.numbers(first.gap, first) == trail.numbers(second.gap, second) == []
                trail.sent(CHAT, 42)
        assert trail.numbers(first.gap, first)[:2] == [41, 43]


def test_one_that_was_refused_is_no_matter_while_it_waits(trail):
    """It is noted that it did not arrive."""
    noted = []
    trail.heard(CHAT, 40)
    with trail.sending(CHAT, noted.append) as first, trail.sending(CHAT, ignore) as second:
        with suppress(RetryAfter), trail.going(first):
            raise RetryAfter(1)
        with trail.going(second):
            assert trail.numbers(second.gap, second)
    assert [gap.after for gap in noted] == [40, None]


def test_what_leaves_is_noted_before_that(trail):
    """Of two at once, that nobody will be able to tell."""
    noted = []
    trail.heard(CHAT, 40)
    trail.heard(OTHER, 41)
    with trail.sending(CHAT, noted.append) as first, trail.sending(CHAT, noted.append) as second:
        assert noted == []
        with trail.going(first):
            assert noted == [Gap(CHAT, 40, 41)]
            with trail.going(second):
                assert [gap.after for gap in noted[1:]] == [None, None]


def test_what_somebody_has_replied_to_may_be_what_is_looked_for(trail):
    """They saw it before the bot knew of it."""
    gap = Gap(CHAT, 40, 40)
    trail.remember([Sent(CHAT, 44, 41), Sent(OTHER, 43, 42)])
    assert trail.numbers(gap)[:2] == [41, 45]
