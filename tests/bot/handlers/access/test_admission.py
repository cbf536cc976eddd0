"""Who may use the bot, how often, and what comes too late."""

import logging
from dataclasses import replace

import pytest
from conversations import ADA, BEN, EVE, Conversation

from bot.handlers.access.access_rules import AccessRules, UserLimit
from bot.handlers.access.user_limits import A_MINUTE, MOST_COUNTED_MINUTES, UserLimiter
from bot.settings.settings import SettingsError, load_settings

ASK = "/ask What is BRICS?"
LIMITED = AccessRules(
    questions=UserLimit("questions", 3, 5),
    briefings=UserLimit("briefings", 1, 2),
    presses=UserLimit("presses", 4, 6),
    searches=UserLimit("searches", 2),
)
HOUR = 3600


class Clock:
    """The time, which passes only when it is told to."""

    def __init__(self):
        self.now = 1_700_000_000.0

    def __call__(self):
        return self.now

    def wait(self, seconds):
        self.now += seconds


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def talk(converse, clock):
    return converse(clock=clock, rules=LIMITED)


@pytest.fixture
def group(converse, clock):
    return converse(
        clock=clock, rules=LIMITED, group=lambda api: api.group("Friends", [ADA, BEN, EVE])
    )


def texts(*answers):
    return [answer and answer.text.partition(".")[0] for answer in answers]


TOO_MANY = "I can answer 3 questions a minute here, and that was more"


def test_who_asks_too_much_is_told_once_and_answered_in_the_next_minute(talk, clock):
    """And is told again only ten minutes later."""
    assert all(talk("What is BRICS?").quotes for _ in range(3))
    assert texts(*(talk("What is BRICS?") for _ in range(3))) == [TOO_MANY, None, None]
    clock.wait(A_MINUTE)
    assert all(talk("What is BRICS?").quotes for _ in range(3))
    assert talk("What is BRICS?") is None
    clock.wait(10 * A_MINUTE)
    assert all(talk("What is BRICS?").quotes for _ in range(3))
    assert texts(talk("What is BRICS?")) == [TOO_MANY]


def test_one_who_asks_too_much_takes_nothing_from_the_others(group):
    """Each person counts by themselves, until the group has had enough."""
    for _ in range(5):
        group(ASK)
    assert group(ASK, person=BEN).quotes
    assert group(ASK, person=BEN).quotes
    assert texts(group(ASK, person=EVE)) == [TOO_MANY.replace("3", "5")]
    assert group(ASK, person=EVE) is None


def test_what_is_said_to_others_counts_for_nothing(group):
    """People may chat as they like."""
    assert all(group("What is BRICS?") is None for _ in range(20))
    assert group(ASK).quotes


def test_briefings_presses_and_searches_have_limits_of_their_own(talk):
    """And a press that is too much pops up why."""
    brief = talk("/brief BRICS")
    assert brief.quotes or brief.text
    assert texts(talk("brief me on BRICS")) == [
        "I can give 1 briefing a minute here, and that was more"
    ]
    answer = talk("Why does Russia need China?")
    for _ in range(5):
        talk.press(answer, "👍")
    assert talk.notices == (
        "That was too fast: I can handle 4 presses a minute. Please wait a minute.",
    )
    talk.press(answer, "👍")
    assert talk.notices == ()
    assert talk.inline("BRICS")["results"]
    assert talk.inline("BRICS")["results"]
    with pytest.raises(KeyError):
        talk.inline("BRICS")


def test_all_in_a_group_together_press_no_more_than_it_takes(group):
    """Each press may bring a message, and a group does not take many."""
    answer = group(ASK)
    for person in (ADA, BEN):
        for _ in range(3):
            group.press(answer, "👍", person)
            assert "too fast" not in group.notices[0]
    group.press(answer, "👍", EVE)
    assert group.notices == (
        "That was too fast: I can handle 6 presses a minute. Please wait a minute.",
    )


def test_what_was_sent_while_the_bot_was_away_is_not_too_much(talk, clock):
    """It counts for the minute in which it was written."""
    for _ in range(9):
        talk.api.say(talk.chat, ADA, "What is BRICS?")
        clock.wait(30)
    assert sum(bool(answer.quotes) for answer in talk.all()) == 9


def test_an_anonymous_administrator_has_a_limit_as_well(group):
    """That of the group in whose name they speak."""
    said = [group.anonymously(ASK) for _ in range(5)]
    assert [bool(answer and answer.quotes) for answer in said] == [True] * 3 + [False] * 2


def test_who_runs_the_bot_has_no_limits(converse):
    """In a group either."""
    rules = replace(LIMITED, admins=frozenset({ADA.id}))
    talk = converse(rules=rules, group=lambda api: api.group("Friends", [ADA, BEN]))
    assert all(talk(ASK).quotes for _ in range(9))


def test_counts_are_few_however_many_people_come():
    """The least active are forgotten."""
    limits = UserLimiter()
    for person in range(MOST_COUNTED_MINUTES + 1000):
        assert limits.admits("questions", person, 1, person, 0.0)
    assert len(limits._counts) == MOST_COUNTED_MINUTES
    assert not limits.admits("questions", person, 1, 0, 1.0)
    assert limits.admits("questions", person, 1, person, 1.0)
    assert limits.admits("questions", person, 1, 0, -5.0)


def test_what_comes_late_does_not_begin_a_count_anew():
    """A moment of another minute counts for that minute, whichever comes first."""
    limits = UserLimiter()
    moments = [1000.0, 2000.0] * 50
    admitted = [at for n, at in enumerate(moments) if limits.admits("questions", 7, 3, n, at)]
    assert admitted == [1000.0, 2000.0] * 3


def allowed(*chats, **others):
    return AccessRules(allowed=frozenset(chats), **others)


def test_a_person_who_is_not_allowed_is_told_once(converse):
    """With the number to be added; others are served."""
    talk = converse(rules=allowed(BEN.id))
    assert "by your number: 1." in talk("What is BRICS?").text
    assert talk("/start") is None
    assert talk.edit("What is the SCO?") is None
    assert not talk.inline("BRICS")["results"]
    ben = Conversation(talk.session, talk.api.private(BEN))
    assert ben("What is BRICS?", BEN).quotes
    assert ben.inline("BRICS", BEN)["results"]


def test_who_runs_the_bot_is_always_allowed(converse):
    """Without being named twice."""
    talk = converse(rules=allowed(BEN.id, admins=frozenset({ADA.id})))
    assert talk("What is BRICS?").quotes


def test_a_group_that_is_not_allowed_is_told_once_and_left(converse, caplog):
    """When the bot is added; a second time it just leaves."""
    talk = converse(
        rules=allowed(BEN.id), group=lambda api: api.group("Friends", [ADA], bot=False)
    )
    talk.api.add_bot(talk.chat, ADA)
    assert f"by its number: {talk.chat.id}." in talk.one().text
    assert talk.chat.status == "left"
    talk.api.add_bot(talk.chat, ADA)
    assert talk.one() is None
    assert talk.chat.status == "left"
    assert f"chat {talk.chat.id} is not in FOOTNOTE_ALLOWED_CHATS" in caplog.text


def test_a_group_that_is_not_allowed_any_more_is_left_at_the_next_question(converse):
    """Or button; what it says to others is not even looked at."""
    talk = converse(rules=allowed(BEN.id), group=lambda api: api.group("Friends", [ADA, BEN]))
    assert talk("Hello, everybody") is None
    assert talk.chat.status == "member"
    assert "so I’m leaving" in talk(ASK, person=BEN).text
    assert talk.chat.status == "left"


def test_a_group_that_cannot_be_left_is_no_error(converse, caplog):
    """It may be gone by then."""
    talk = converse(rules=allowed(BEN.id), group=lambda api: api.group("Friends", [ADA]))
    talk.api.say(talk.chat, ADA, ASK)
    talk.api.remove_bot(talk.chat, ADA)
    assert talk.all() == []
    assert "cannot be left" in caplog.text


def test_an_allowed_group_stays_so_as_a_supergroup_and_after_a_restart(converse, caplog):
    """Its number is another one then."""
    made = []

    def old_group(api):
        made.append(api.group("Friends", [ADA], supergroup=False))
        return made[0]

    talk = converse(rules=allowed(-1), group=old_group)
    assert talk.chat.id == -1
    assert talk(ASK).quotes
    talk.chat = talk.api.migrate(talk.chat)
    talk.all()
    assert talk(ASK).quotes
    assert "add that number to FOOTNOTE_ALLOWED_CHATS" in caplog.text
    talk.session.close()
    again = converse(rules=allowed(-1), api=talk.api, group=lambda _: talk.chat)
    assert again(ASK).quotes


def test_what_a_group_asked_long_ago_is_not_answered(converse, clock):
    """In private it is; what is asked now is in a group, too."""
    rules = AccessRules(stale_seconds=HOUR)
    talk = converse(clock=clock, rules=rules, group=lambda api: api.group("Friends", [ADA]))
    private = talk.api.private(ADA)
    for chat in (talk.chat, private):
        talk.api.say(chat, ADA, ASK)
        talk.api.say(chat, ADA, "/brief BRICS")
    clock.wait(HOUR + 1)
    assert [answer.chat.id for answer in talk.all()] == [private.id] * 2
    talk.api.say(talk.chat, ADA, ASK)
    clock.wait(HOUR)
    assert talk.one().quotes


def test_what_lasts_is_done_however_late(converse, clock):
    """A schedule, a time zone, and being forgotten."""
    rules = AccessRules(stale_seconds=HOUR)
    talk = converse(clock=clock, rules=rules, group=lambda api: api.group("Friends", [ADA]))
    for text in ("/timezone Berlin", "/brief daily 08:00", "/brief off", "/forget"):
        talk.api.say(talk.chat, ADA, text)
    clock.wait(2 * HOUR)
    assert len(talk.all()) == 4


def test_an_answer_follows_a_correction_however_late(converse, clock):
    """But where there is none, a late correction gets none either."""
    rules = AccessRules(stale_seconds=HOUR)
    talk = converse(clock=clock, rules=rules, group=lambda api: api.group("Friends", [ADA]))
    answer = talk(ASK)
    talk.api.edit(talk.chat, talk.said["message_id"], "/ask What is the SCO?")
    for late in (ASK, "/brief military cooperation"):
        unanswered = talk.api.say(talk.chat, ADA, "Hello")
        talk.api.edit(talk.chat, unanswered["message_id"], late)
    clock.wait(2 * HOUR)
    assert talk.one().id == answer.id


def test_a_button_is_followed_however_late(converse, clock):
    """What it shows is in the message that it stands under, or opened once below it."""
    talk = converse(
        clock=clock,
        rules=AccessRules(stale_seconds=HOUR),
        group=lambda api: api.group("Friends", [ADA]),
    )
    answer = talk("/ask Why does Russia need China?")
    for _ in range(2):
        talk.api.press(talk.chat, ADA, answer.id, answer.data("📖 1"))
    clock.wait(2 * HOUR)
    assert len(talk.all()) == 1


def test_nothing_of_it_is_an_error(talk, caplog):
    """It is told at most as information."""
    for _ in range(9):
        talk("What is BRICS?")
    assert not [r for r in caplog.records if r.levelno >= logging.WARNING]


def test_the_rules_are_those_of_the_settings(monkeypatch, tmp_path):
    """An ordinary user never meets them; lists of numbers have commas or spaces."""
    monkeypatch.chdir(tmp_path)
    for name, value in {"ALLOWED_CHATS": "-1001234567890, 42", "ADMINS": "7 8"}.items():
        monkeypatch.setenv(f"FOOTNOTE_{name}", value)
    rules = AccessRules.of(load_settings())
    assert rules.allowed == {-1001234567890, 42}
    assert rules.admins == {7, 8}
    assert rules.questions == UserLimit("questions", 20, 40)
    assert rules.briefings == UserLimit("briefings", 4, 8)
    assert rules.presses == UserLimit("presses", 60, 120)
    assert rules.searches == UserLimit("searches", 120)
    assert (rules.stale_seconds, rules.keep_days) == (HOUR, 30)


@pytest.mark.parametrize("value", ["@friends", "1.5", "9" * 17, "-", "1;2", "４２"])
def test_what_is_no_number_of_a_chat_is_told_so(monkeypatch, tmp_path, value):
    """With an example of one."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FOOTNOTE_ALLOWED_CHATS", value)
    with pytest.raises(SettingsError, match=r"FOOTNOTE_ALLOWED_CHATS: .* is no number of a chat"):
        load_settings()
