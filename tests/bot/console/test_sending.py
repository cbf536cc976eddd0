"""Messages that the bot sends, edits and deletes."""

import pytest

from bot.console.bot_api.message_methods import NOT_MODIFIED
from bot.console.world.call_values import Upload
from bot.console.world.refusals import Refusal, bad_request, too_many_requests

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
        {"chat_id": "1", "text": "123", "reply_markup": encoded, "colour": "red"},
    )
    assert (message["text"], message["reply_markup"]) == ("123", KEYBOARD)
    [call] = api.calls
    assert (call.method, call.parameters["chat_id"], call.parameters["text"]) == (
        "sendMessage", 1, "123",
    )  # fmt: skip


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
    ("button", "description"),
    [
        ({"text": " ", "callback_data": "a"}, "inline keyboard button text must be non-empty"),
        ({"text": "a", "callback_data": ""}, "BUTTON_DATA_INVALID"),
        ({"text": "a", "callback_data": "é" * 33}, "BUTTON_DATA_INVALID"),
    ],
)
def test_a_button_that_cannot_be(chat, refused, button, description):
    """Without text, without data, or with too much of it."""
    sent = refused(
        "sendMessage", chat_id=1, text="Hi", reply_markup={"inline_keyboard": [[button]]}
    )
    assert sent == f"Bad Request: {description}"


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


def test_a_reply_to_nothing(api, chat, refused):
    """It is refused, unless it may go without."""
    sent = refused("sendMessage", chat_id=1, text="Hi", reply_parameters={"message_id": 99})
    assert sent == "Bad Request: message to be replied not found"
    for reply in ({"message_id": 99, "allow_sending_without_reply": True}, {}):
        call = {"chat_id": 1, "text": "Hi", "reply_parameters": reply}
        assert "reply_to_message" not in api.call("sendMessage", call)


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
        ({"chat_id": 1, "message_id": 3, "text": "x" * 4097}, "MESSAGE_TOO_LONG"),
        ({"chat_id": 1, "message_id": 3, "text": ""}, "message text is empty"),
    ],
)
def test_an_edit_that_cannot_be(api, chat, refused, call, description):
    """Of no message, of another's, of a file."""
    api.call("sendDocument", {"chat_id": 1, "document": Upload("a.txt", b"a")})
    api.call("sendMessage", {"chat_id": 1, "text": "Hi"})
    assert refused("editMessageText", **{"text": "Ho", **call}) == f"Bad Request: {description}"


@pytest.mark.parametrize(
    ("call", "description"),
    [
        ({}, "there is no document in the request"),
        ({"document": Upload("a", b"")}, "file must be non-empty"),
    ],
)
def test_a_document_that_cannot_be_sent(chat, refused, call, description):
    """None, or an empty one."""
    assert refused("sendDocument", chat_id=1, **call) == f"Bad Request: {description}"
