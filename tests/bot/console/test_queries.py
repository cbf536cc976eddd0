"""The bot's answers to pressed buttons and inline queries."""

import pytest

from bot.console.bot_api.query_answers import TOO_OLD

CARD = {
    "type": "article",
    "id": "1",
    "title": "Honey",
    "input_message_content": {"message_text": " Bees make honey. "},
}
CONTENT = "input_message_content"


@pytest.fixture
def pressed(api, chat, ann):
    """The id of the query of a pressed button."""
    return api.press(chat, ann, 1, "more")["id"]


@pytest.fixture
def asked(api, ann):
    """The id of an inline query."""
    return api.inline(ann, "honey")


def test_a_pressed_button_is_answered(api, pressed):
    """Once."""
    call = {"callback_query_id": pressed, "text": "Done"}
    assert api.call("answerCallbackQuery", call) is True
    assert api.answered_callbacks == {pressed: {"text": "Done"}}


def test_a_query_that_cannot_be_answered(api, pressed, refused):
    """Unknown, answered before, or too old."""
    problem = f"Bad Request: {TOO_OLD}"
    assert refused("answerCallbackQuery", callback_query_id="7") == problem
    sent = refused("answerCallbackQuery", callback_query_id=pressed, text="x" * 201)
    assert sent == "Bad Request: MESSAGE_TOO_LONG"
    api.call("answerCallbackQuery", {"callback_query_id": pressed})
    assert refused("answerCallbackQuery", callback_query_id=pressed) == problem


def test_a_query_waits_for_a_minute(pressed, asked, clock, refused):
    """An inline query for half of it."""
    clock.time += 31
    sent = refused("answerInlineQuery", inline_query_id=asked, results=[])
    assert sent == f"Bad Request: {TOO_OLD}"
    clock.time += 30
    sent = refused("answerCallbackQuery", callback_query_id=pressed)
    assert sent == f"Bad Request: {TOO_OLD}"


def test_an_inline_query_is_answered(api, asked, refused):
    """Once, with texts as Telegram keeps them."""
    button = {"text": "Help", "start_parameter": "help"}
    call = {
        "inline_query_id": asked, "results": [CARD], "button": button, "is_personal": True,
        "cache_time": 999_999,
    }  # fmt: skip
    assert api.call("answerInlineQuery", call) is True
    assert api.inline_answers[asked] == {
        "results": [{**CARD, CONTENT: {"message_text": "Bees make honey."}}],
        "button": button,
        "is_personal": True,
        "cache_time": 86_400,
    }
    sent = refused("answerInlineQuery", inline_query_id=asked, results=[])
    assert sent == f"Bad Request: {TOO_OLD}"


def test_no_cards_answer_too(api, asked):
    """Nothing was found."""
    assert api.call("answerInlineQuery", {"inline_query_id": asked}) is True
    assert api.inline_answers[asked]["cache_time"] == 300


@pytest.mark.parametrize(
    ("changes", "description"),
    [
        ({"id": ""}, "RESULT_ID_INVALID"),
        ({"id": "é" * 33}, "RESULT_ID_INVALID"),
        ({"title": " "}, "ARTICLE_TITLE_EMPTY"),
        ({CONTENT: {"message_text": "x" * 4097}}, "MESSAGE_TOO_LONG"),
        ({CONTENT: {"message_text": " "}}, "text must be non-empty"),
    ],
)
def test_a_card_that_cannot_be(asked, refused, changes, description):
    """Its text is checked as a message is."""
    sent = refused("answerInlineQuery", inline_query_id=asked, results=[{**CARD, **changes}])
    assert sent == f"Bad Request: {description}"


@pytest.mark.parametrize(
    ("results", "description"),
    [
        ([{**CARD, "id": str(n)} for n in range(51)], "too many inline query results specified"),
        ([CARD, CARD], "RESULT_ID_DUPLICATE"),
    ],
)
def test_cards_that_cannot_be(asked, refused, results, description):
    """More than fifty, or two of one id."""
    sent = refused("answerInlineQuery", inline_query_id=asked, results=results)
    assert sent == f"Bad Request: {description}"


@pytest.mark.parametrize("parameter", ["", "x" * 65, "é"])
def test_a_button_above_the_cards_that_cannot_be(asked, refused, parameter):
    """Its start parameter is 1 to 64 of A-Z, a-z, 0-9, _ and -."""
    button = {"text": "a", "start_parameter": parameter}
    sent = refused("answerInlineQuery", inline_query_id=asked, results=[], button=button)
    assert sent == "Bad Request: unallowed characters in start_parameter are used"
