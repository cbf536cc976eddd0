"""Where a message is looked for that may have been sent."""

import pytest

from bot.delivery.sent_messages import Gap, Sent
from bot.delivery.trail import NEAR, Trail

CHAT, OTHER, SUPERGROUP = 7, 8, -1_000_000_000_007


@pytest.fixture
def trail():
    return Trail()


def numbers(trail, chat):
    """Of a message that leaves now."""
    return trail.numbers(trail.gap(chat))


@pytest.mark.parametrize("chat", [CHAT, SUPERGROUP])
@pytest.mark.parametrize("note", [Trail.heard, Trail.sent])
def test_it_stands_behind_what_is_known_there(trail, chat, note):
    """Be that the bot's own or somebody else's; where nothing is, nobody can tell."""
    assert numbers(trail, chat) == []
    note(trail, chat, 40)
    assert numbers(trail, chat) == list(range(41, 41 + NEAR))


def test_what_an_earlier_run_has_sent_is_not_taken_for_it(trail):
    """Though it stands behind the question."""
    trail.remember([Sent(CHAT, 44, 40)], [])
    trail.heard(CHAT, 40)
    assert numbers(trail, CHAT)[0] == 45


def test_what_this_run_has_sent_is_not_taken_for_what_an_earlier_one_has(trail):
    """It stands behind that."""
    trail.sent(CHAT, 44)
    trail.sent(CHAT, 48)
    assert trail.numbers(Gap(CHAT, 40, 40)) == [41, 42, 43]
    assert numbers(trail, CHAT)[0] == 49


def test_where_an_earlier_run_has_sent_one_since_nobody_can_tell(trail):
    """Only the last of them is known."""
    trail.remember([Sent(CHAT, 44)], [])
    assert trail.numbers(Gap(CHAT, 40, 40)) == []
    assert trail.numbers(Gap(CHAT, 44, 44))


def test_as_many_more_are_looked_at_as_were_on_their_way(trail):
    """Behind the last number that is known, be that from before or not."""
    trail.heard(CHAT, 40)
    gap = trail.gap(CHAT)
    assert max(trail.numbers(gap, 30)) == 40 + NEAR + 30
    trail.heard(OTHER, 50)
    assert max(trail.numbers(gap, 30)) == 50 + NEAR + 30


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
    gap = trail.gap(CHAT)
    for number in (*range(51, 75), *range(76, 90)):
        trail.heard(OTHER, number)
    assert trail.numbers(gap)[0] == 75


def test_where_one_was_given_up_nothing_is_found(trail):
    """It would be taken for another one, until the bot knows a message of its own behind it."""
    trail.heard(CHAT, 40)
    gap = trail.gap(CHAT)
    trail.lose(CHAT)
    trail.heard(CHAT, 43)
    assert trail.numbers(gap) == numbers(trail, CHAT) == []
    trail.sent(CHAT, 44)
    assert numbers(trail, CHAT)[0] == 45


def test_where_an_earlier_run_gave_one_up_nothing_is_found(trail):
    """The same holds after a restart."""
    trail.remember([Sent(CHAT, 44, 40)], [CHAT])
    assert numbers(trail, CHAT) == []


def test_of_a_chat_that_is_forgotten_nothing_is_known(trail):
    """Of others it is."""
    for chat in (CHAT, OTHER):
        trail.sent(chat, 40)
    trail.forget(CHAT)
    assert numbers(trail, CHAT) == []
    assert numbers(trail, OTHER)
