"""A message that was taken though the connection broke: it is found, and not sent again."""

import pytest
from bot_api_server import serve
from bot_process import TOKEN, answers, running, until

from bot.console.bot_api.api import BotApi
from bot.console.world.chats import Person

ADA, BEN = Person(1, "Ada"), Person(2, "Ben")
QUESTION = "Why does Russia need China?"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A Bot API server, and the program that uses it."""
    with serve(BotApi(token=TOKEN)) as server:
        settings = {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_API_URL": server.url}
        with running(tmp_path_factory.mktemp("doubt"), **settings):
            until(lambda: [c for c in server.api.calls if c.method == "getUpdates"])
            yield server


def told_next(server, chat, who, question):
    """Ask something; what the bot says by the time that it has answered one question more."""
    server.api.say(chat, who, question)
    lost = len(server.api.calls)
    server.api.say(chat, who, "What is the SCO?")
    until(lambda: [a for a in answers(server, chat) if asked(a) == "What is the SCO?"])
    assert len(server.api.calls) > lost
    return [a for a in answers(server, chat) if asked(a) == question]


def asked(answer):
    return answer["reply_to_message"]["text"]


@pytest.mark.parametrize("question", [QUESTION, "Where do penguins sleep?"])
@pytest.mark.parametrize("times", [1, 2])
def test_what_was_taken_without_a_word_is_not_said_again(server, question, times):
    """An answer with its buttons, and a line without any; also if that happens twice."""
    ada = Person(100 + len(server.api.chats), "Ada")
    chat = server.api.private(ada)
    server.fail_next(times, "lose", "sendMessage")
    assert len(told_next(server, chat, ada, question)) == 1


def test_the_buttons_of_what_was_found_work(server):
    """They are those of the answer that is kept."""
    cat = Person(3, "Cat")
    chat = server.api.private(cat)
    server.fail_next(1, "lose", "sendMessage")
    [answer] = told_next(server, chat, cat, QUESTION)
    before = len(answers(server, chat))
    server.api.press(chat, cat, answer["message_id"], (0, 0))
    until(lambda: len(answers(server, chat)) == before + 1)
    assert "closed" not in answers(server, chat)[-1]["text"]


def test_a_document_that_was_taken_is_not_sent_again(server):
    """Nor is anybody told that it went wrong."""
    eve = Person(5, "Eve")
    chat = server.api.private(eve)
    server.api.say(chat, eve, "/brief sanctions")
    [briefing] = until(lambda: answers(server, chat))
    rows = briefing["reply_markup"]["inline_keyboard"]
    [row] = [n for n, row in enumerate(rows) if "document" in row[0]["text"]]
    before = list(server.api.answered_callbacks)
    server.fail_next(1, "lose", "sendDocument")
    server.api.press(chat, eve, briefing["message_id"], (row, 0))
    [said] = until(lambda: list(server.api.answered_callbacks.values())[len(before) :])
    assert said["text"] == ""
    assert [("document" in answer) for answer in answers(server, chat)] == [False, True]


@pytest.mark.parametrize("how", ["drop", "lose"])
def test_what_is_said_elsewhere_in_the_chat_meanwhile_is_not_taken_for_it(server, how):
    """Though one line without buttons looks like the other."""
    forum = server.api.group("Forum", [ADA], forum=True)
    topics = [server.api.open_topic(forum, name) for name in ("One", "Two")]
    server.fail_next(1, how, "sendMessage")
    asked = [server.api.say(forum, ADA, "/privacy", topic=t)["message_id"] for t in topics]
    until(lambda: len(answers(server, forum)) == len(asked))
    replied = [answer["reply_to_message"]["message_id"] for answer in answers(server, forum)]
    assert sorted(replied) == asked


def test_it_is_found_behind_what_others_said_meanwhile(server):
    """Theirs cannot be changed, and the bot's earlier answers keep their buttons."""
    group = server.api.group("Friends", [ADA, BEN])
    server.api.say(group, ADA, f"/ask {QUESTION}")
    [first] = until(lambda: answers(server, group))
    server.api.say(group, ADA, "/ask What is BRICS?")
    server.api.say(group, BEN, "I wonder, too")
    server.fail_next(1, "lose", "sendMessage")
    server.api.say(group, BEN, "And I")
    server.api.say(group, BEN, "/ask What is the SCO?")
    until(lambda: [a for a in answers(server, group) if asked(a).endswith("SCO?")])
    assert [asked(a) for a in answers(server, group)] == [
        f"/ask {QUESTION}", "/ask What is BRICS?", "/ask What is the SCO?",
    ]  # fmt: skip
    assert answers(server, group)[0]["reply_markup"] == first["reply_markup"]


def test_what_was_not_taken_is_said_again(server):
    """After a cut connection nothing is found, so it is sent."""
    dan = Person(4, "Dan")
    chat = server.api.private(dan)
    server.fail_next(2, "drop", "sendMessage")
    assert len(told_next(server, chat, dan, QUESTION)) == 1
