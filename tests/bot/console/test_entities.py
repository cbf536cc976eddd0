"""Texts and their entities, as the bot sends them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.console.bot_api.api import BotApi
from bot.console.world.chats import Person
from bot.console.world.refusals import Refusal
from bot.console.world.text_entities import FormattedText, formatted, units

AFTER_END = "entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 8"
WITHIN = "entity beginning at UTF-16 offset 0 ends in a middle of a UTF-16 symbol at byte offset 6"


def entity(kind, offset, length, **argument):
    return {"type": kind, "offset": offset, "length": length, **argument}


def test_a_text_is_kept_as_it_is(api, chat):
    """With its entities, which Telegram gives back in order."""
    marks = [entity("italic", 5, 4), entity("bold", 0, 4)]
    message = api.call(
        "sendMessage", {"chat_id": 1, "text": "Bees make honey.", "entities": marks}
    )
    assert message["text"] == "Bees make honey."
    assert message["entities"] == [entity("bold", 0, 4), entity("italic", 5, 4)]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("  \n Bees \n", "Bees"),
        ("a\r\nb\tc", "a\nb c"),
        ("a\u2028b\u202ec", "abc"),
        ("\u00a0Bees", "\u00a0Bees"),
    ],
)
def test_a_text_is_cleaned_and_trimmed(text, kept):
    """Blanks around it go, control characters become blanks, directions are dropped."""
    assert formatted(text).text == kept


def test_entities_move_with_the_text():
    """Also where characters before or in them are dropped, and where they begin with blanks."""
    text = formatted("  \r😀\r Bees  ", [entity("bold", 5, 7)])
    assert text == FormattedText("😀 Bees", (entity("bold", 3, 4),))


def test_an_entity_of_blanks_alone_is_dropped():
    """There is nothing to show."""
    assert formatted("Bees   fly", [entity("bold", 4, 3)]).entities == ()


@pytest.mark.parametrize(
    ("text", "description"),
    [
        ("", "message text is empty"),
        (" \n ", "text must be non-empty"),
        ("\u2028", "text must be non-empty"),
        ("x" * 4097, "message is too long"),
        ("😀" * 4097, "message is too long"),
        ("x" * 32_769, "text is too long"),
        ("a\ud800", "strings must be encoded in UTF-8"),
    ],
)
def test_a_text_that_cannot_be_sent(chat, refused, text, description):
    """Empty, too long, or no Unicode."""
    assert refused("sendMessage", chat_id=1, text=text) == f"Bad Request: {description}"


def test_length_counts_code_points(api, chat):
    """So 4,096 emoji pass, twice as many UTF-16 units, and blanks around do not count."""
    message = api.call("sendMessage", {"chat_id": 1, "text": " " + "😀" * 4096 + "\n"})
    assert units(message["text"]) == 8192


@pytest.mark.parametrize(
    ("mark", "description"),
    [
        (entity("bold", -1, 2), "receive an entity with incorrect offset -1"),
        (entity("bold", 0, -1), "receive an entity with incorrect length -1"),
        (entity("bold", 0, 0), "receive an entity with incorrect length 0"),
        (entity("bold", 7, 1), "entity begins after the end of the text at UTF-16 offset 7"),
        (
            entity("bold", 0, 8),
            AFTER_END,
        ),
        (
            entity("bold", 3, 4),
            "entity begins in a middle of a UTF-16 symbol at byte offset 6",
        ),
        (
            entity("bold", 0, 3),
            WITHIN,
        ),
        (entity("shout", 0, 1), "can't parse MessageEntity: Unsupported type specified"),
    ],
)
def test_an_entity_that_cannot_be(chat, refused, mark, description):
    """Outside of the text, within a surrogate pair, or unknown."""
    sent = refused("sendMessage", chat_id=1, text="ab😀 yz", entities=[mark])
    assert sent == f"Bad Request: {description}"


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("ftp://example.org", "Unsupported URL protocol"),
        ("javascript:alert(1)", "Wrong HTTP URL"),
        ("http://localhost", "Wrong HTTP URL"),
        ("https://", "Wrong HTTP URL"),
        ("https://exa mple.org", "Wrong HTTP URL"),
        ("https://example.org/a b", "Wrong HTTP URL"),
        ("https://example.org:port/", "Wrong HTTP URL"),
        ("https://example.org:99999/", "Wrong HTTP URL"),
        ("https://example.org:0/", "Wrong HTTP URL"),
        ("https://example.org:/", "Wrong HTTP URL"),
        ("https://[::1", "Wrong HTTP URL"),
        ("tg://", "Wrong HTTP URL"),
        ("example.org", "Wrong HTTP URL"),
        ("", "URL is empty"),
    ],
)
def test_a_link_that_leads_nowhere(chat, refused, url, problem):
    """Only http, https and tg do, with a host."""
    sent = refused(
        "sendMessage", chat_id=1, text="here", entities=[entity("text_link", 0, 4, url=url)]
    )
    assert sent == f"Bad Request: entity URL '{url}' is invalid: {problem}"


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://example.org", "https://example.org/"),
        ("HTTP://example.org/A?b#c", "http://example.org/A?b#c"),
        ("https://[::1]:80/x", "https://[::1]:80/x"),
        ("https://пример.рф/путь", "https://пример.рф/путь"),
        ("tg://user?id=1", "tg://user?id=1"),
    ],
)
def test_a_link_as_telegram_keeps_it(url, kept):
    """With a path."""
    marks = formatted("here", [entity("text_link", 0, 4, url=url)]).entities
    assert marks == (entity("text_link", 0, 4, url=kept),)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (entity("bold", 0, 5), entity("italic", 3, 5)),
        (entity("bold", 0, 5), entity("bold", 1, 2)),
        (entity("blockquote", 0, 9), entity("blockquote", 1, 2)),
        (entity("blockquote", 0, 9), entity("expandable_blockquote", 1, 2)),
        (entity("code", 0, 9), entity("bold", 1, 2)),
        (entity("bold", 0, 9), entity("code", 1, 2)),
        (entity("pre", 0, 9), entity("text_link", 1, 2, url="https://a.org")),
        (entity("code", 0, 9), entity("blockquote", 1, 2)),
        (
            entity("text_link", 0, 9, url="https://a.org"),
            entity("text_link", 1, 2, url="https://b.org"),
        ),
    ],
)
def test_entities_that_do_not_nest(chat, refused, first, second):
    """Telegram would drop or cut one of them in silence; here it is said."""
    for marks in ([first, second], [second, first]):
        sent = refused("sendMessage", chat_id=1, text="Bees make honey.", entities=marks)
        assert sent.startswith("Bad Request: entities overlap: ")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (entity("bold", 0, 5), entity("italic", 0, 5)),
        (entity("blockquote", 0, 9), entity("bold", 0, 9)),
        (entity("blockquote", 0, 9), entity("text_link", 1, 2, url="https://a.org/")),
        (entity("blockquote", 0, 9), entity("code", 0, 9)),
        (entity("spoiler", 0, 9), entity("text_link", 1, 2, url="https://a.org/")),
        (entity("text_link", 0, 9, url="https://a.org/"), entity("bold", 1, 2)),
    ],
)
def test_entities_that_nest(first, second):
    """Styles in anything but code, anything but quotes in quotes."""
    marks = formatted("Bees make honey.", [second, first]).entities
    assert sorted(marks, key=str) == sorted([first, second], key=str)


def test_a_hundred_entities_and_no_more(api, chat, refused):
    """Telegram would drop the others in silence; here it is said."""
    text = "ab" * 101
    marks = [entity("bold", place, 1) for place in range(0, 202, 2)]
    kept = api.call("sendMessage", {"chat_id": 1, "text": text, "entities": marks[:100]})
    assert len(kept["entities"]) == 100
    sent = refused("sendMessage", chat_id=1, text=text, entities=marks)
    assert sent == "Bad Request: 101 entities, where 100 are kept"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/ask why", [("bot_command", "/ask")]),
        ("/ask@footnote_bot why", [("bot_command", "/ask@footnote_bot")]),
        ("a/b and/or </i>", []),
        ("@ann_b, hi @ab", [("mention", "@ann_b")]),
        ("me@example.org", []),
        ("😀 see https://a.org/x?y=(1).", [("url", "https://a.org/x?y=(1")]),
        ("read example.org/bees!", [("url", "example.org/bees")]),
        ("end.of.sentence", []),
    ],
)
def test_telegram_finds_commands_mentions_and_links(text, found):
    """In any text; offsets are in UTF-16 units."""
    encoded = text.encode("utf-16-le")
    marks = formatted(text).entities
    parts = [
        (
            mark["type"],
            encoded[2 * mark["offset"] : 2 * (mark["offset"] + mark["length"])].decode(
                "utf-16-le"
            ),
        )
        for mark in marks
    ]
    assert parts == found


def test_nothing_is_found_within_code_and_links():
    """Nor is what Telegram finds by itself taken from the parameters."""
    marks = [entity("code", 0, 4), entity("bot_command", 5, 4)]
    assert formatted("/ask word", marks).entities == (entity("code", 0, 4),)


TEXTS = st.text(alphabet="ab 😀\n\r\u2028é/@", min_size=1, max_size=12)


@given(text=TEXTS, offset=st.integers(-1, 15), length=st.integers(-1, 15))
def test_an_accepted_entity_marks_the_same_characters(text, offset, length):
    """Whatever is dropped or trimmed; a refused one was out of bounds or cut a character."""
    encoded = text.encode("utf-16-le")
    try:
        kept = formatted(text, [entity("bold", offset, length)])
    except Refusal as refusal:
        if refusal.description.endswith("text must be non-empty"):
            assert not text.strip(" \n\r\u2028")
            return
        part = encoded[2 * offset : 2 * (offset + length)]
        outside = offset < 0 or length <= 0 or 2 * (offset + length) > len(encoded)
        assert outside or "�" in part.decode("utf-16-le", "replace")
        return
    part = encoded[2 * offset : 2 * (offset + length)].decode("utf-16-le")
    shown = part.replace("\r", "").replace("\u2028", "").strip(" \n")
    [*marks] = (mark for mark in kept.entities if mark["type"] == "bold")
    if not shown:
        assert marks == []
        return
    [mark] = marks
    out = kept.text.encode("utf-16-le")
    place = slice(2 * mark["offset"], 2 * (mark["offset"] + mark["length"]))
    assert out[place].decode("utf-16-le").rstrip(" \n") == shown


@given(text=TEXTS)
def test_a_person_and_the_bot_send_the_same(text):
    """A text comes back to the bot as the bot's own would."""
    api, ann = BotApi(), Person(1, "Ann")
    chat = api.private(ann)
    try:
        said = api.say(chat, ann, text)
    except ValueError:
        return
    sent = api.call("sendMessage", {"chat_id": 1, "text": text})
    assert (sent["text"], sent.get("entities")) == (said["text"], said.get("entities"))
