"""A played Telegram with a clock that stands still, and some people."""

from collections.abc import Callable

import pytest

from bot.console.bot_api.api import BotApi
from bot.console.world.chats import Chat, Person
from bot.console.world.refusals import Refusal


class Clock:
    """A clock that is put forward by hand."""

    def __init__(self) -> None:
        self.time = 1_700_000_000.0

    def __call__(self) -> float:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def api(clock: Clock) -> BotApi:
    return BotApi(clock=clock)


@pytest.fixture
def ann() -> Person:
    return Person(1, "Ann", "ann_b")


@pytest.fixture
def bob() -> Person:
    return Person(2, "Bob", language_code=None)


@pytest.fixture
def chat(api: BotApi, ann: Person) -> Chat:
    """Ann's chat with the bot, begun, its updates taken."""
    chat = api.private(ann)
    api.say(chat, ann, "Hello")
    api.take_updates()
    return chat


@pytest.fixture
def group(api: BotApi, ann: Person, bob: Person) -> Chat:
    """A supergroup with the bot in it, made by Ann."""
    return api.group("Bees", [ann, bob])


@pytest.fixture
def refused(api: BotApi) -> Callable[..., str]:
    """The description of the refusal that a call meets."""

    def refuse(method: str, **parameters: object) -> str:
        with pytest.raises(Refusal) as caught:
            api.call(method, parameters)
        return caught.value.description

    return refuse
