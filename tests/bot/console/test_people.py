"""What people do, and the updates that the bot gets of it."""

import pytest

from bot.console.world.chats import Person
from bot.console.world.people import ANONYMOUS, CHANNEL, TELEGRAM

KEYBOARD = {"inline_keyboard": [[{"text": "More", "callback_data": "more"}]]}


@pytest.fixture
def answer(api, chat):
    """A message of the bot with buttons."""
    call = {"chat_id": 1, "text": "Honey.", "reply_markup": KEYBOARD}
    return api.call("sendMessage", call)


def test_a_message_of_a_person(api, ann):
    """It makes an update that holds it."""
    chat = api.private(ann)
    message = api.say(chat, ann, "/ask why?")
    assert message == {
        "message_id": 1,
        "date": 1_700_000_000,
        "chat": {"id": 1, "type": "private", "first_name": "Ann", "username": "ann_b"},
        "from": {
            "id": 1, "is_bot": False, "first_name": "Ann", "username": "ann_b",
            "language_code": "en",
        },
        "text": "/ask why?",
        "entities": [{"type": "bot_command", "offset": 0, "length": 4}],
    }  # fmt: skip
    assert api.take_updates() == [{"update_id": 1, "message": message}]


def test_a_person_quotes(api, chat, ann):
    """A part of the message replied to."""
    message = api.say(chat, ann, "Why?", reply_to=1, quote="lo")
    assert message["quote"] == {"text": "lo", "position": 3, "is_manual": True}
    with pytest.raises(ValueError, match="not in the message"):
        api.say(chat, ann, "Why?", reply_to=1, quote="la")


def test_a_photo_has_a_caption(api, chat, ann):
    """With its entities, found or given."""
    photo = api.say(chat, ann, photo=[], caption="/ask")
    assert photo["caption_entities"][0]["type"] == "bot_command"
    assert "text" not in photo
    assert api.say(chat, ann, photo=[], caption="/ask", caption_entities=[])
    assert "caption_entities" not in api.say(chat, ann, sticker={})


def test_a_text_that_no_client_sends(api, chat, ann):
    """Nothing but blanks; more than a message holds is sent as several."""
    with pytest.raises(ValueError, match="no one can write that"):
        api.say(chat, ann, " ")
    with pytest.raises(ValueError, match="several messages"):
        api.say(chat, ann, "x" * 4097)


def test_who_writes_in_the_name_of_a_chat(api, group, ann):
    """Anonymous administrators, channels, and Telegram for a linked channel."""
    channel = {"id": -1_000_000_000_999, "type": "channel", "title": "News"}
    for fields, sender in (
        ({"sender_chat": group.fields}, ANONYMOUS),
        ({"sender_chat": channel}, CHANNEL),
        ({"sender_chat": channel, "is_automatic_forward": True}, TELEGRAM),
    ):
        assert api.say(group, ann, "Hello", **fields)["from"] == sender


def test_an_edited_message(api, chat, ann):
    """The message that waits in an update stays as it was."""
    said = api.say(chat, ann, "Wy?")
    edited = api.edit(chat, said["message_id"], "/why?")
    before, after = api.take_updates()
    assert before["message"]["text"] == "Wy?"
    assert after["edited_message"] == edited
    assert (edited["text"], edited["edit_date"]) == ("/why?", 1_700_000_000)


def test_a_deleted_message_makes_no_update(api, chat):
    """It is gone."""
    api.delete(chat, 1)
    assert api.messages(chat) == []
    assert api.take_updates() == []


def test_a_button_is_pressed(api, chat, ann, answer):
    """By its place, or by its data."""
    for button in ((0, 0), "more"):
        query = api.press(chat, ann, answer["message_id"], button)
        assert (query["data"], query["message"], query["from"]["id"]) == ("more", answer, 1)
        [update] = api.take_updates()
        assert update["callback_query"] == query


def test_a_button_that_is_none(api, chat, ann, answer):
    """There is no such row."""
    with pytest.raises(IndexError):
        api.press(chat, ann, answer["message_id"], (1, 0))


def test_a_button_under_a_deleted_message(api, chat, ann, answer):
    """The bot learns only where it was."""
    api.delete(chat, answer["message_id"])
    query = api.press(chat, ann, answer["message_id"], "more")
    assert query["message"] == {"chat": chat.fields, "message_id": 2, "date": 0}


@pytest.mark.parametrize(
    ("url", "text"),
    [
        ("https://t.me/footnote_bot?start=a_B-1", "/start a_B-1"),
        ("t.me/Footnote_Bot?start=" + "x" * 64, "/start " + "x" * 64),
        ("https://t.me/footnote_bot", "/start"),
    ],
)
def test_a_link_to_the_bot(api, ann, url, text):
    """It opens the private chat and presses Start."""
    message = api.tap_link(ann, url)
    assert (message["text"], message["chat"]["id"]) == (text, 1)


@pytest.mark.parametrize(
    "url",
    [
        "https://t.me/other_bot?start=a",
        "https://t.me/footnote_bot?start=" + "x" * 65,
        "https://t.me/footnote_bot?start=a%20b",
    ],
)
def test_a_link_that_does_not_start_the_bot(api, ann, url):
    """Another bot's, or a parameter that Telegram does not take."""
    with pytest.raises(ValueError, match="no "):
        api.tap_link(ann, url)


def test_start_lets_a_blocked_bot_write_again(api, chat, ann):
    """As the button that Telegram shows there."""
    api.block(ann)
    api.tap_link(ann, "t.me/footnote_bot?start=a")
    assert [set(update) - {"update_id"} for update in api.take_updates()] == [
        {"my_chat_member"}, {"my_chat_member"}, {"message"},
    ]  # fmt: skip


def test_an_inline_query(api, bob):
    """It has the words, at most 256 characters."""
    identity = api.inline(bob, "x" * 300)
    [update] = api.take_updates()
    assert update["inline_query"] == {
        "id": identity,
        "from": {"id": 2, "is_bot": False, "first_name": "Bob"},
        "query": "x" * 256,
        "offset": "",
        "chat_type": "sender",
    }


def test_a_card_is_chosen(api, ann, group):
    """It becomes a message of the person by way of the bot."""
    card = {
        "type": "article",
        "id": "1",
        "title": "Honey",
        "input_message_content": {"message_text": "Bees make honey."},
    }
    query = api.inline(ann, "honey")
    api.call("answerInlineQuery", {"inline_query_id": query, "results": [card]})
    api.take_updates()
    message = api.choose(ann, 0, group)
    assert (message["text"], message["from"]["id"], message["via_bot"]) == (
        "Bees make honey.", 1, api.bot,
    )  # fmt: skip
    [update] = api.take_updates()
    assert update["message"] == message


def test_a_person_is_known_by_what_they_do(api, group):
    """Someone who writes in a group has joined it."""
    carl = Person(3, "Carl")
    api.say(group, carl, "Hello")
    member = api.call("getChatMember", {"chat_id": group.id, "user_id": 3})
    assert member == {"user": carl.fields, "status": "member"}
