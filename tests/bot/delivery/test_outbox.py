"""A message whose call had an unknown outcome is sent once more, and never a third time soon."""

import pytest
from bot_api_server import serve
from bot_process import TOKEN, answers, running, until
from telegram.ext import ExtBot

from bot.console.bot_api.api import BotApi
from bot.console.world.chats import Person

ADA = Person(1, "Ada")
QUESTION, NEXT = "Why does Russia need China?", "What is the SCO?"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A Bot API server, and the program that uses it."""
    with serve(BotApi(token=TOKEN)) as server:
        settings = {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_API_URL": server.url}
        with running(tmp_path_factory.mktemp("outbox"), **settings):
            until(lambda: [c for c in server.api.calls if c.method == "getUpdates"])
            yield server


@pytest.fixture
def ask(server):
    """Asks in a chat of its own; the answers once the bot has answered a question more."""

    def ask_and_wait(question):
        person = Person(100 + len(server.api.chats), "Ada")
        chat = server.api.private(person)
        server.api.say(chat, person, question)
        server.api.say(chat, person, NEXT)
        until(lambda: [a for a in answers(server, chat) if asked(a) == NEXT], 60)
        return [a for a in answers(server, chat) if asked(a) == question]

    return ask_and_wait


def asked(answer):
    return answer["reply_to_message"]["text"]


@pytest.mark.parametrize("how", ["drop", 500, 502, 504, "html", "odd"])
@pytest.mark.parametrize("question", [QUESTION, "/help"])
def test_what_was_not_taken_is_sent_once_more(server, ask, how, question):
    """After a broken connection, an error of the server, or what something in between says."""
    server.fail_next(1, how, "sendMessage")
    assert len(ask(question)) == 1


def test_what_was_taken_without_a_word_comes_twice_at_most(server, ask):
    """Nobody can tell."""
    server.fail_next(1, "lose", "sendMessage")
    assert 1 <= len(ask(QUESTION)) <= 2


def test_after_a_silence_it_is_sent_once_more(server):
    """A question that might not have been answered is worse than an answer that comes twice."""
    chats = {}
    for how in ("hang", "mute"):
        person = Person(100 + len(server.api.chats), "Ada")
        chats[how] = server.api.private(person)
        server.fail_next(1, how, "sendMessage")
        for question in (QUESTION, NEXT):
            server.api.say(chats[how], person, question)
        until(lambda: not server.to_fail)
    for chat in chats.values():
        until(lambda: [a for a in answers(server, chat) if asked(a) == NEXT], 60)  # noqa: B023
    given = {how: [asked(a) for a in answers(server, chat)] for how, chat in chats.items()}
    assert given["hang"] == [QUESTION, NEXT]
    assert 1 <= given["mute"].count(QUESTION) <= 2


def test_while_telegram_is_away_nothing_is_sent_in_vain(server, ask):
    """It is asked first whether it is there."""
    before = len(server.api.calls)
    server.fail_next(1, "drop", "sendMessage")
    server.fail_next(3, 502, "getMe")
    assert len(ask(QUESTION)) == 1
    methods = [call.method for call in list(server.api.calls)[before:]]
    assert methods.count("sendMessage") == 2


def test_a_document_that_failed_is_sent_once_more(server):
    """Nor is anybody told that it went wrong."""
    eve = Person(5, "Eve")
    chat = server.api.private(eve)
    server.api.say(chat, eve, "/brief sanctions")
    [briefing] = until(lambda: answers(server, chat))
    rows = briefing["reply_markup"]["inline_keyboard"]
    [row] = [n for n, row in enumerate(rows) if "document" in row[0]["text"].casefold()]
    server.fail_next(1, "drop", "sendDocument")
    server.api.press(chat, eve, briefing["message_id"], (row, 0))
    until(lambda: len(answers(server, chat)) == 2, 30)
    assert [("document" in answer) for answer in answers(server, chat)] == [False, True]


def test_one_message_at_a_time_goes_to_a_chat(server):
    """Also to two topics of a forum; other chats do not wait for it."""
    forum = server.api.group("Forum", [ADA], forum=True)
    topics = [server.api.open_topic(forum, name) for name in ("One", "Two")]
    server.fail_next(1, "drop", "sendMessage")
    sent = [server.api.say(forum, ADA, "/privacy", topic=t)["message_id"] for t in topics]
    until(lambda: len(answers(server, forum)) == len(sent), 30)
    replied = [answer["reply_to_message"]["message_id"] for answer in answers(server, forum)]
    assert sorted(replied) == sent


def test_the_library_has_the_private_method_that_calls_go_through():
    """It keeps it to itself, so a new version may drop it."""
    assert ExtBot._post.__kwdefaults__.keys() >= {"read_timeout", "api_kwargs"}
