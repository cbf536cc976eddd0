"""The bot stays in touch with Telegram, whatever its server or what is before it answers."""

import signal

import pytest
from bot_process import TOKEN, answers, ended, serving, until

from bot.console.api import BotApi
from bot.console.chats import Person

ADA = Person(1, "Ada")
PAGE = b"<html><title>There is nothing here</title>" + b"x" * 5000


class Proxied(BotApi):
    """The Bot API behind a proxy that answers some of the requests itself."""

    def __init__(self):
        super().__init__(token=TOKEN)
        self.method, self.pages = "", []

    def respond(self, token, method, parameters):
        if method == self.method and self.pages:
            return self.pages.pop()
        return super().respond(token, method, parameters)


@pytest.mark.parametrize("method", ["getMe", "getUpdates"])
def test_what_a_proxy_answers_is_none_of_telegrams_answers(tmp_path, method):
    """Whatever its status, it is tried again, and told once."""
    api = Proxied()
    api.method, api.pages = method, [(404, PAGE), (200, b'{"status": "away"}')]
    with serving(tmp_path, api) as (server, process):
        chat = server.api.private(ADA)
        server.api.say(chat, ADA, "What is BRICS?")
        until(lambda: answers(server, chat))
        process.send_signal(signal.SIGTERM)
        status, _ = ended(process)
    told = [line["message"] for line in process.lines if "cannot be reached" in line["message"]]
    assert status == 0
    assert len(told) == 1
    assert len(told[0]) < 500
