"""How updates wait, and how the bot gets them."""

import pytest

from bot.console.world.refusals import Refusal


@pytest.fixture
def waiting(api, chat, ann):
    """The ids of five updates that wait."""
    for number in range(5):
        api.say(chat, ann, str(number))
    return [update["update_id"] for update in api.call("getUpdates", {})]


def ids(api, **parameters):
    return [update["update_id"] for update in api.call("getUpdates", parameters)]


def test_updates_wait_until_they_are_confirmed(api, waiting):
    """By the id of the next; ids count up."""
    first = waiting[0]
    assert waiting == list(range(first, first + 5))
    assert ids(api) == waiting
    assert ids(api, offset=first + 2) == waiting[2:]
    assert ids(api) == waiting[2:]
    assert ids(api, offset="0", limit="1") == waiting[2:3]
    assert ids(api, offset="first", limit=None) == waiting[2:]
    assert ids(api, offset=first + 5) == []
    assert ids(api) == []


def test_an_offset_in_the_future_confirms_nothing(api, waiting):
    """It is another bot's."""
    assert ids(api, offset=10_000) == waiting


def test_only_wanted_updates_come(api, chat, ann):
    """An empty list brings all back that need no asking for; without one, it stays as it was."""
    api.call("getUpdates", {"allowed_updates": '["edited_message"]'})
    api.say(chat, ann, "Hello")
    assert ids(api) == []
    api.edit(chat, 1, "Hi")
    assert len(ids(api)) == 1
    assert api.call("getWebhookInfo", {})["allowed_updates"] == ["edited_message"]
    api.call("getUpdates", {"allowed_updates": []})
    api.say(chat, ann, "Hello")
    assert len(api.take_updates()) == 2
    assert ids(api) == []


def test_a_webhook_takes_the_place_of_asking(api, waiting):
    """It is remembered; who serves it sends the updates."""
    call = {"url": "https://a.org/hook", "secret_token": "s-1", "allowed_updates": ["message"]}
    assert api.call("setWebhook", call) is True
    assert api.webhook_secret == call["secret_token"]
    assert api.call("getWebhookInfo", {}) == {
        "url": "https://a.org/hook",
        "has_custom_certificate": False,
        "pending_update_count": 5,
        "allowed_updates": ["message"],
    }
    with pytest.raises(Refusal) as caught:
        api.call("getUpdates", {})
    assert (caught.value.code, caught.value.description[:45]) == (
        409, "Conflict: can't use getUpdates method while w",
    )  # fmt: skip
    assert api.call("deleteWebhook", {}) is True
    assert ids(api) == waiting
    assert not api.webhook_secret


def test_who_serves_hears_of_every_update(api, chat, ann):
    """When it comes."""
    heard = []
    api.updates.listener = lambda: heard.append(len(api.updates))
    api.say(chat, ann, "Hello")
    api.say(chat, ann, "Hello")
    assert heard == [1, 2]
