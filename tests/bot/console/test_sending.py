"""Messages that the bot sends, edits and deletes."""

import pytest

from bot.console.bot_api.message_methods import NOT_MODIFIED
from bot.console.world.call_values import Upload
from bot.console.world.refusals import Refusal, bad_request, too_many_requests

UNREAD = "can't parse inline keyboard button"
KEYBOARD = {"inline_keyboard": [[{"text": "More", "callback_data": "more:1"}]]}


def test_a_message_of_the_bot(api, chat):
    """It stands in the chat, and makes no update."""
    message = api.call("sendMessage", {"chat_id": "1", "text": "Hi", "reply_markup": KEYBOARD})
    assert message == {
        "message_id": 2,
        "date": 1_700_000_000,
        "chat": {"id": 1, "type": "private", "first_name": "Ann", "username": "ann_b"},
        "from": api.bot,
        "text": "Hi",
        "reply_markup": KEYBOARD,
    }
    assert api.messages(chat)[-1] == api.message(chat, 2) == message
    assert api.take_updates() == []


def test_parameters_come_encoded_or_native(api, chat):
    """A form has them as text; a text that reads as a number stays a text."""
    encoded = '{"inline_keyboard": [[{"text": "More", "callback_data": "more:1"}]]}'
    message = api.call(
        "SENDMESSAGE",
        {"chat_id": "1", "text": "123", "reply_markup": encoded, "protect_content": "true"},
    )
    assert (message["text"], message["reply_markup"]) == ("123", KEYBOARD)
    assert message["has_protected_content"] is True
    [call] = api.calls
    assert (call.method, call.parameters["chat_id"], call.parameters["text"]) == (
        "sendMessage", 1, "123",
    )  # fmt: skip


def test_unknown_parameters_are_passed_over(api, chat):
    """As by Telegram; options of link previews come back."""
    message = api.call(
        "sendMessage",
        {"chat_id": 1, "text": "Hi", "colour": "red", "link_preview_options": {"is_disabled": 1}},
    )
    assert message["link_preview_options"] == {"is_disabled": 1}
    message = api.call(
        "sendMessage", {"chat_id": 1, "text": "Hi", "disable_web_page_preview": True}
    )
    assert message["link_preview_options"] == {"is_disabled": True}


def test_an_unknown_method_is_not_found(api):
    """With its own code; the call is recorded."""
    with pytest.raises(Refusal) as caught:
        api.call("sendDice", {})
    assert caught.value.fields == {
        "ok": False, "error_code": 404, "description": "Not Found: method not found",
    }  # fmt: skip
    assert api.calls[-1].method == "sendDice"


@pytest.mark.parametrize(
    ("chat_id", "description"),
    [
        (None, "Bad Request: chat_id is empty"),
        ("", "Bad Request: chat_id is empty"),
        (999, "Bad Request: chat not found"),
        ("@nobody", "Bad Request: chat not found"),
        ([], "Bad Request: chat not found"),
        (2, "Forbidden: bot can't initiate conversation with a user"),
    ],
)
def test_a_chat_that_cannot_be_written_to(chat, group, refused, chat_id, description):
    """Bob was seen in a group, but has never written to the bot."""
    assert refused("sendMessage", chat_id=chat_id, text="Hi") == description
    assert refused("sendChatAction", chat_id=chat_id, action="typing") == description


def test_a_person_who_blocks_the_bot_gets_nothing(api, chat, ann, refused):
    """Until they let it write again."""
    api.block(ann)
    assert refused("sendMessage", chat_id=1, text="Hi") == "Forbidden: bot was blocked by the user"
    with pytest.raises(ValueError, match="Ann has blocked the bot"):
        api.say(chat, ann, "Hello?")
    api.unblock(ann)
    assert api.call("sendMessage", {"chat_id": 1, "text": "Hi"})
    statuses = [update["my_chat_member"]["new_chat_member"] for update in api.take_updates()]
    assert [member["status"] for member in statuses] == ["kicked", "member"]


def test_calls_are_refused_on_demand(api, chat):
    """The next, or the next of one method, so many times; then they go through."""
    api.refuse_next(too_many_requests(3), "sendMessage", times=2)
    api.refuse_next(bad_request("broken"))
    with pytest.raises(Refusal, match="broken"):
        api.call("getMe", {})
    for _ in range(2):
        with pytest.raises(Refusal) as caught:
            api.call("sendMessage", {"chat_id": 1, "text": "Hi"})
        assert caught.value.fields == {
            "ok": False,
            "error_code": 429,
            "description": "Too Many Requests: retry after 3",
            "parameters": {"retry_after": 3},
        }
    assert api.call("sendMessage", {"chat_id": 1, "text": "Hi"})
    assert len(api.calls) == 4


@pytest.mark.parametrize(
    ("markup", "description"),
    [
        ("no object", "object expected as reply markup"),
        (
            {"inline_keyboard": [{}]},
            'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
        ),
        (
            {"inline_keyboard": [["a"]]},
            "can't parse inline keyboard button: InlineKeyboardButton must be an Object",
        ),
    ],
)
def test_a_keyboard_that_is_none(chat, refused, markup, description):
    """Of the wrong shape."""
    sent = refused("sendMessage", chat_id=1, text="Hi", reply_markup=markup)
    assert sent == f"Bad Request: {description}"


@pytest.mark.parametrize(
    ("button", "description"),
    [
        ({"callback_data": "a"}, "can't parse inline keyboard button: Can't find field \"text\""),
        ({"text": " ", "callback_data": "a"}, "inline keyboard button text must be non-empty"),
        (
            {"text": "a"},
            f"{UNREAD}: Text buttons are unallowed in the inline keyboard",
        ),
        (
            {"text": "a", "callback_data": ""},
            f"{UNREAD}: Text buttons are unallowed in the inline keyboard",
        ),
        (
            {"text": "a", "callback_data": "a", "url": "https://a.org"},
            "can't parse inline keyboard button: more than one action: url, callback_data",
        ),
        ({"text": "a", "callback_data": "é" * 33}, "BUTTON_DATA_INVALID"),
        (
            {"text": "a", "url": "a"},
            "inline keyboard button URL 'a' is invalid: Wrong HTTP URL",
        ),
        ({"text": "a", "copy_text": {"text": ""}}, "BUTTON_COPY_TEXT_INVALID"),
        ({"text": "a", "copy_text": "a"}, "BUTTON_COPY_TEXT_INVALID"),
    ],
)
def test_a_button_that_cannot_be(chat, refused, button, description):
    """Without text or action, with two, or with too much callback data."""
    sent = refused(
        "sendMessage", chat_id=1, text="Hi", reply_markup={"inline_keyboard": [[button]]}
    )
    assert sent == f"Bad Request: {description}"


def test_buttons_that_can_be(api, chat):
    """An action each, 64 bytes of callback data; rows without buttons are left out."""
    row = [
        {"text": "a", "callback_data": "é" * 32},
        {"text": "b", "url": "https://a.org/"},
        {"text": "c", "switch_inline_query_current_chat": ""},
        {"text": "d", "copy_text": {"text": "x"}},
    ]
    markup = {"inline_keyboard": [[], row]}
    message = api.call("sendMessage", {"chat_id": 1, "text": "Hi", "reply_markup": markup})
    assert message["reply_markup"] == {"inline_keyboard": [row]}
    for other in ({"force_reply": True}, {"inline_keyboard": []}, {"keyboard": [["a"]]}):
        message = api.call("sendMessage", {"chat_id": 1, "text": "Hi", "reply_markup": other})
        assert "reply_markup" not in message


@pytest.mark.parametrize(
    ("rows", "columns", "description"),
    [
        (13, 8, "reply markup is too long"),
        (1, 9, "9 buttons in a row, where 8 are shown"),
    ],
)
def test_too_many_buttons(chat, refused, rows, columns, description):
    """A hundred, eight in a row."""
    button = {"text": "a", "callback_data": "a"}
    markup = {"inline_keyboard": [[button] * columns] * rows}
    sent = refused("sendMessage", chat_id=1, text="Hi", reply_markup=markup)
    assert sent == f"Bad Request: {description}"


def test_a_reply_shows_what_it_replies_to(api, chat, ann):
    """One level deep."""
    said = api.say(chat, ann, "Why?", reply_to=1)
    reply = {"message_id": said["message_id"]}
    sent = api.call("sendMessage", {"chat_id": 1, "text": "So.", "reply_parameters": reply})
    assert sent["reply_to_message"]["text"] == "Why?"
    assert "reply_to_message" in said
    assert "reply_to_message" not in sent["reply_to_message"]
    older = api.call("sendMessage", {"chat_id": 1, "text": "So.", "reply_to_message_id": "1"})
    assert older["reply_to_message"]["message_id"] == 1


def test_a_reply_to_nothing(api, chat, refused):
    """It is refused, unless it may go without."""
    for reply in (
        {"reply_parameters": {"message_id": 99}},
        {"reply_parameters": {"message_id": 1, "chat_id": 5}},
        {"reply_to_message_id": 99},
    ):
        sent = refused("sendMessage", chat_id=1, text="Hi", **reply)
        assert sent == "Bad Request: message to be replied not found"
    for reply in (
        {"reply_parameters": {"message_id": 99, "allow_sending_without_reply": True}},
        {"reply_to_message_id": 99, "allow_sending_without_reply": True},
        {"reply_parameters": {"message_id": 0}},
        {"reply_parameters": {}},
    ):
        message = api.call("sendMessage", {"chat_id": 1, "text": "Hi", **reply})
        assert "reply_to_message" not in message
    sent = refused("sendMessage", chat_id=1, text="Hi", reply_parameters={"quote": "x"})
    assert sent == "Bad Request: can't parse reply parameters: Can't find field \"message_id\""
    sent = refused("sendMessage", chat_id=1, text="Hi", reply_parameters="1")
    assert sent == "Bad Request: object expected as reply parameters"


def test_a_quote_stands_in_the_replied_message(api, chat, ann):
    """The place closest to the one named; positions are in UTF-16 units."""
    api.say(chat, ann, "😀 bees and bees")
    reply = {"message_id": 2, "quote": "bees", "quote_position": 11}
    message = api.call("sendMessage", {"chat_id": 1, "text": "Hi", "reply_parameters": reply})
    assert message["quote"] == {"text": "bees", "position": 12, "is_manual": True}


@pytest.mark.parametrize("quote", ["wasps", "Bees", "bees" * 300])
def test_a_quote_that_is_none(api, chat, ann, refused, quote):
    """Not in the message exactly so, or too long."""
    api.say(chat, ann, "some bees" * 300)
    sent = refused(
        "sendMessage", chat_id=1, text="Hi", reply_parameters={"message_id": 2, "quote": quote}
    )
    assert sent == "Bad Request: QUOTE_TEXT_INVALID"


def test_a_quote_repeats_the_styles_of_its_words(api, chat, ann, refused):
    """Bold stays bold; links do not count."""
    bold = {"type": "bold", "offset": 0, "length": 6}
    api.say(chat, ann, "Two bees", entities=[bold])
    reply = {"message_id": 2, "quote": "o bees"}
    sent = refused("sendMessage", chat_id=1, text="Hi", reply_parameters=reply)
    assert sent == "Bad Request: QUOTE_TEXT_INVALID"
    reply["quote_entities"] = [{"type": "bold", "offset": 0, "length": 4}]
    message = api.call("sendMessage", {"chat_id": 1, "text": "Hi", "reply_parameters": reply})
    assert message["quote"]["position"] == 2


def test_the_text_of_a_message_is_edited(api, chat):
    """Without buttons in the call, those of the message go."""
    api.call("sendMessage", {"chat_id": 1, "text": "Hi", "reply_markup": KEYBOARD})
    edited = api.call("editMessageText", {"chat_id": 1, "message_id": 2, "text": "Ho"})
    assert (edited["text"], edited["edit_date"]) == ("Ho", 1_700_000_000)
    assert "reply_markup" not in edited
    assert api.message(chat, 2) == edited


def test_the_buttons_of_a_message_are_edited(api, chat):
    """Also away."""
    api.call("sendMessage", {"chat_id": 1, "text": "Hi"})
    call = {"chat_id": 1, "message_id": 2}
    edited = api.call("editMessageReplyMarkup", {**call, "reply_markup": KEYBOARD})
    assert (edited["text"], edited["reply_markup"]) == ("Hi", KEYBOARD)
    assert "reply_markup" not in api.call("editMessageReplyMarkup", call)


def test_an_edit_that_changes_nothing_is_refused(api, chat, refused):
    """Text, entities and buttons count."""
    content = {"text": "/a", "entities": [], "reply_markup": KEYBOARD}
    api.call("sendMessage", {"chat_id": 1, **content})
    problem = f"Bad Request: {NOT_MODIFIED}"
    assert refused("editMessageText", chat_id=1, message_id=2, **content) == problem
    sent = refused("editMessageReplyMarkup", chat_id=1, message_id=2, reply_markup=KEYBOARD)
    assert sent == problem
    bold = [{"type": "italic", "offset": 0, "length": 2}]
    assert api.call(
        "editMessageText", {"chat_id": 1, "message_id": 2, **content, "entities": bold}
    )


@pytest.mark.parametrize(
    ("call", "description"),
    [
        ({"chat_id": 1, "message_id": 99}, "message to edit not found"),
        ({"chat_id": 1, "message_id": 1}, "message can't be edited"),
        ({"chat_id": 1, "message_id": 2}, "there is no text in the message to edit"),
        ({"chat_id": 7, "message_id": 2}, "chat not found"),
        ({"message_id": 2}, "chat_id is empty"),
        ({}, "message identifier is not specified"),
        ({"inline_message_id": "x"}, "MESSAGE_ID_INVALID"),
        ({"chat_id": 1, "message_id": 3, "text": "x" * 4097}, "MESSAGE_TOO_LONG"),
        ({"chat_id": 1, "message_id": 3, "text": ""}, "message text is empty"),
        (
            {"chat_id": 1, "message_id": 3, "reply_markup": {"force_reply": True}},
            "inline keyboard expected",
        ),
    ],
)
def test_an_edit_that_cannot_be(api, chat, refused, call, description):
    """Of no message, of another's, of a file."""
    api.call("sendDocument", {"chat_id": 1, "document": Upload("a.txt", b"a")})
    api.call("sendMessage", {"chat_id": 1, "text": "Hi"})
    assert refused("editMessageText", **{"text": "Ho", **call}) == f"Bad Request: {description}"


def test_messages_are_deleted(api, chat, clock, refused):
    """In private the person's too, for two days."""
    api.call("sendMessage", {"chat_id": 1, "text": "Hi"})
    assert api.call("deleteMessage", {"chat_id": 1, "message_id": 1}) is True
    assert [message["message_id"] for message in api.messages(chat)] == [2]
    gone = refused("deleteMessage", chat_id=1, message_id=1)
    assert gone == "Bad Request: message to delete not found"
    clock.time += 48 * 3600 + 1
    old = refused("deleteMessage", chat_id=1, message_id=2)
    assert old == "Bad Request: message can't be deleted"
    nowhere = refused("deleteMessage", message_id=1)
    assert nowhere == "Bad Request: chat identifier is not specified"
    nothing = refused("deleteMessage", chat_id=1)
    assert nothing == "Bad Request: message identifier is not specified"


def test_in_a_group_only_an_administrator_deletes_what_others_say(api, group, ann, refused):
    """And any member their own."""
    said = api.say(group, ann, "Hello")["message_id"]
    own = api.call("sendMessage", {"chat_id": group.id, "text": "Hi"})["message_id"]
    assert api.call("deleteMessage", {"chat_id": group.id, "message_id": own})
    sent = refused("deleteMessage", chat_id=group.id, message_id=said)
    assert sent == "Bad Request: message can't be deleted"
    api.promote_bot(group, ann)
    assert api.call("deleteMessage", {"chat_id": group.id, "message_id": said})


def test_a_document_is_sent(api, chat):
    """As an upload, as an attachment, and again by its id."""
    file = Upload("notes.txt", b"Bees.", "text/plain")
    message = api.call("sendDocument", {"chat_id": 1, "document": file, "caption": " /x "})
    assert message["document"] | {"file_id": "", "file_unique_id": ""} == {
        "file_id": "",
        "file_unique_id": "",
        "file_name": "notes.txt",
        "mime_type": "text/plain",
        "file_size": 5,
    }
    assert (message["caption"], len(message["caption_entities"])) == ("/x", 1)
    file_id = message["document"]["file_id"]
    assert api.file(file_id) == file
    again = api.call("sendDocument", {"chat_id": 1, "document": file_id})
    assert again["document"] == message["document"]
    attached = api.call("sendDocument", {"chat_id": 1, "document": "attach://f", "f": file})
    assert attached["document"]["file_name"] == "notes.txt"


@pytest.mark.parametrize(
    ("call", "description"),
    [
        ({}, "there is no document in the request"),
        ({"document": "attach://x"}, "there is no document in the request"),
        ({"document": Upload("a", b"")}, "file must be non-empty"),
        ({"document": "nothing"}, "wrong file identifier/HTTP URL specified"),
        ({"document": Upload("a", b"a"), "caption": "x" * 1025}, "message caption is too long"),
    ],
)
def test_a_document_that_cannot_be_sent(chat, refused, call, description):
    """None, empty, unknown, or with too long a caption."""
    assert refused("sendDocument", chat_id=1, **call) == f"Bad Request: {description}"


def test_a_chat_action_is_shown(api, chat, refused):
    """One of those that Telegram knows."""
    assert api.call("sendChatAction", {"chat_id": 1, "action": "typing"}) is True
    sent = refused("sendChatAction", chat_id=1, action="dancing")
    assert sent == "Bad Request: wrong parameter action in request"


def test_the_oldest_messages_are_forgotten(api, chat, ann, monkeypatch):
    """So that a long run does not fill the memory."""
    monkeypatch.setattr("bot.console.world.chats.MOST_MESSAGES", 3)
    for number in range(5):
        api.say(chat, ann, str(number))
    assert [message["text"] for message in api.messages(chat)] == ["2", "3", "4"]
