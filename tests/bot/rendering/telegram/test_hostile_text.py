"""Whatever people and articles write, no message breaks."""

import pytest
from conversations import ADA
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

HOSTILE = [
    "<b>What</b> is <a href='x'>BRICS</a>?",
    "*What* _is_ [BRICS](tg://user?id=1) `?` ~||>",
    "\u202eWhat is BRICS?\u202c \u2067x\u2069",
    "😀" * 4096,
    "👨‍👩‍👧‍👦" * 500,
    "What\u200d \u200b\u2060is\ufeff BRICS?",
    "/ask /start /help@footnote_bot",
    "a" * 4096,
    "{{ 7 * 7 }} {% raw %} {{ lead }}",
    "'; DROP TABLE answers; --",
    "?" * 4096,
    "\u0301" * 4000,
    "www.example.org t.me/x @ada #tag $USD +49 30 1234567 a@b.org",
    "𝕎𝕙𝕒𝕥 𝕚𝕤 𝔹ℝ𝕀ℂ𝕊?",
    "\u2028\u2029\u0085\x0b\x0c\x1c",
    "什么是金砖国家？",
    "ما هي بريكس؟",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_questions_are_answered_in_private(talk, text):
    """One message, and the press of its every button is answered."""
    answer = talk(text)
    assert answer.text
    for number, label in enumerate(answer.buttons, start=1):
        talk.api.press(talk.chat, talk.chat.person, answer.id, answer.data(label))
        talk.all()
        assert len(talk.api.answered_callbacks) == number


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_questions_are_answered_in_groups_and_inline(group, text):
    """As a reply, since some would be no command otherwise."""
    asked = group.api.say(group.chat, group.chat.people[2], text)
    group.all()
    assert group("/ask", reply_to=asked["message_id"]).text
    assert "results" in group.inline(text)


@pytest.mark.parametrize("text", [t for t in HOSTILE if t.strip()], ids=str)
def test_hostile_articles_are_quoted(converse, collection, text):
    """With emoji, marks and controls inside of the quote, the heading and the title."""
    paragraph = f"The zebra says {text} to the lion."
    talk = converse(collection=collection((text, None, [(text, paragraph), ("", "Bees fly.")])))
    answer = talk("What does the zebra say?")
    assert answer.quotes
    page = talk.press(answer, "📖 1")
    assert page.marked("bold")
    talk.press(talk("/sources"), talk("/sources").buttons[0])


@given(st.text(max_size=300))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_answered(talk, text):
    """Where Telegram lets it be sent."""
    try:
        said = talk.api.say(talk.chat, talk.chat.person, text)
    except ValueError:
        reject()
    assert said
    assert talk.one().text


def test_half_of_a_surrogate_pair_is_no_error(talk):
    """JSON can carry it, though nobody can type it."""
    for text in ("\ud800", "What is \udfff BRICS?", "/start \ud800", "@footnote_bot \ud83d"):
        message = talk.api.say(talk.chat, talk.chat.person, "x")
        talk.all()
        talk.api.updates.add("message", {**message, "text": text})
        assert talk.one().text
    talk.api.updates.add("inline_query", {"id": talk.api.inline(ADA, "x"), "from": ADA.fields,
                                          "query": "\ud800 BRICS", "offset": ""})  # fmt: skip
    assert talk.all() == []


@given(st.text(min_size=1, max_size=200), st.text(max_size=60), st.text(max_size=60))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
def test_any_article_can_be_read(converse, collection, text, title, heading):
    """Whatever stands in it."""
    articles = collection((title or "-", None, [(heading, f"Zebras run. {text} Lions sleep.")]))
    talk = converse(collection=articles)
    answer = talk("What do zebras do?")
    assert answer.text
    if answer.buttons:
        assert talk.press(answer, answer.buttons[0]).text
    talk.session.close()
