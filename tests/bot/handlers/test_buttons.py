"""Buttons never lie: each is bound to one stored answer."""

from dataclasses import replace

import pytest
from conversations import ADA, BEN, Conversation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.composing.briefing_lengths import BriefingLength
from bot.console.bot_api.api import BotApi
from bot.console.session import Session
from bot.console.world.refusals import Refusal, bad_request
from bot.rendering.telegram.callback_data import (
    BriefOnHeading,
    BriefOnNews,
    ListArticles,
    MoreQuotes,
    OpenQuote,
    Rating,
    ResizeBriefing,
    SendBriefingFile,
    TurnPage,
    parse_press,
)

WHY = "Why does Russia need China?"

ids = st.from_regex(r"[A-Za-z0-9_-]{11}", fullmatch=True)
articles = st.from_regex(r"[A-Za-z0-9_-]{7}", fullmatch=True)
numbers = st.integers(0, 999)
reads = st.builds(OpenQuote, ids, numbers)
presses = st.one_of(
    reads,
    st.builds(MoreQuotes, ids, numbers, numbers),
    st.builds(Rating, ids, st.integers(0, 1)),
    st.builds(
        TurnPage,
        articles,
        st.integers(0, 999_999),
        st.integers(0, 999_999),
        st.none() | reads,
    ),
    st.builds(ListArticles, st.integers(0, 999_999)),
    st.builds(ResizeBriefing, ids, st.sampled_from(BriefingLength)),
    st.builds(SendBriefingFile, ids),
    st.just(BriefOnNews()),
    st.builds(BriefOnHeading, articles, st.integers(0, 999_999)),
)


def test_more_shows_the_next_best_quotes_in_the_same_message(talk):
    """Numbered on, with their footnotes, until there are no more."""
    answer = talk(WHY)
    more = talk.press(answer, "More quotes")
    assert more.id == answer.id
    assert more.quotes[:3] == answer.quotes
    assert len(more.quotes) == 6
    assert "[6] Xi Jinping" in more.text
    assert "📖 6" in more.buttons


def test_what_does_not_fit_comes_in_the_next_message(converse, collection):
    """And the first one no longer offers more."""
    texts = [
        ("", f"Bees of kind {n} " + "gather nectar and " * 35 + f"fly to place {n}.")
        for n in range(12)
    ]
    talk = converse(collection=collection(("Bees", None, texts)))
    answer = talk("Which bees gather nectar?")
    last = answer
    while "More quotes" in last.buttons:
        talk.api.press(talk.chat, ADA, last.id, last.data("More quotes"))
        last = max((last, *talk.all()), key=lambda message: message.id)
        last = talk.message(last.id)
    assert last.id > answer.id
    assert "More quotes" not in talk.message(answer.id).buttons
    shown = [talk.message(number) for number in range(answer.id, last.id + 1)]
    numbers = [b for message in shown for b in message.buttons if "📖" in b]
    assert numbers == [f"📖 {n}" for n in range(1, len(numbers) + 1)]


def test_more_pressed_twice_does_no_harm(talk):
    """The second press of the same button finds it done."""
    answer = talk(WHY)
    data = answer.data("More quotes")
    talk.press(answer, "More quotes")
    talk.api.press(talk.chat, ADA, answer.id, data)
    assert talk.one() is None
    assert talk.notices == ("They’re already shown.",)


def test_more_comes_below_where_the_message_cannot_be_changed(talk):
    """Nothing is said to be shown that is not."""
    answer = talk(WHY)
    talk.api.refuse_next(bad_request("message can't be edited"), "editMessageText")
    talk.api.press(talk.chat, ADA, answer.id, answer.data("More quotes"))
    below = max(talk.all(), key=lambda message: message.id)
    assert below.id > answer.id
    assert "📖 4" in below.buttons


def test_a_list_that_was_deleted_is_shown_anew(talk):
    """As is a page."""
    listed = talk("/sources")
    data = listed.data(listed.buttons[0])
    talk.api.delete(talk.chat, listed.id)
    talk.api.press(talk.chat, ADA, listed.id, data)
    assert "Paragraph 1 of" in talk.one().text


def test_where_nothing_can_be_said_the_press_is_told_so(group):
    """The bot was muted, which may pass."""
    answer = group(f"/ask {WHY}")
    group.api.mute_bot(group.chat, BEN)
    assert group.press(answer, "📖 1") is None
    assert group.notices == ("I can’t write here now.",)


def test_a_rating_is_noted_once(talk):
    """And may be changed."""
    answer = talk(WHY)
    talk.press(answer, "👍")
    assert talk.notices == ("Thanks, noted: helpful.",)
    talk.press(answer, "👍")
    assert talk.notices == ("That’s already noted.",)
    talk.press(answer, "👎")
    assert talk.notices == ("Thanks, noted: not helpful.",)


def test_anybody_in_a_group_may_press(group):
    """It does what it says, for each of them."""
    answer = group(f"/ask {WHY}")
    group.press(answer, "👍", person=BEN)
    assert group.notices == ("Thanks, noted: helpful.",)
    group.press(answer, "👍")
    assert group.notices == ("Thanks, noted: helpful.",)
    assert group.press(answer, "📖 2", person=BEN).quotes == []


def test_buttons_work_after_a_restart(converse):
    """What they need is kept."""
    api = BotApi()
    before = converse(api=api)
    answer = before(WHY)
    before.session.close()
    after = converse(api=api)
    assert after.press(answer, "📖 2").text.startswith("Xi Jinping And Putin")
    assert len(after.press(answer, "More quotes").quotes) == 6


def test_an_expired_answer_says_so(converse):
    """Once it is deleted."""
    time = [1_700_000_000.0]
    api = BotApi(clock=lambda: time[0])
    before = converse(api=api)
    answer = before(WHY)
    before.session.forget_before(time[0] + 1)
    for label in ("📖 1", "More quotes", "👍"):
        before.press(answer, label)
        assert before.notices == ("This answer has expired. Please ask again.",)


def test_a_footnote_of_a_changed_article_shows_what_it_cited_and_says_so(converse, collection):
    """Instead of quoting something else; what was open cannot be leafed through any more."""
    api = BotApi()
    old = collection(("Bees", None, [("", "Bees make honey."), ("", "Bees make wax.")]))
    before = converse(api=api, collection=old)
    answer = before("What do bees make?")
    page = before.press(answer, "📖 1")
    before.session.close()
    after = converse(api=api, collection=collection(("Bees", None, [("", "Wasps make none.")])))
    shown = after.press(answer, "📖 1")
    said = "Bees\nThe article has changed since. When I cited it, it said:\n\nBees make honey."
    assert shown.text == said
    assert shown.buttons == []
    after.press(page, "Paragraph 2 ›")
    assert after.notices == ("The article has changed since then. Please ask again.",)


@pytest.mark.parametrize(
    "data",
    ["", "r:", "x", "r:AAAAAAAAAAA:1", "m:AAAAAAAAAAA:1:3", "g:AAAAAAAAAAA:1", "p:AAAAAAA:1:0",
     "s:99999", "r:'; drop table answers:1", "\u202e" * 16, "p:AAAAAAA:999999:999999"],
)  # fmt: skip
def test_whatever_a_button_carries_its_press_is_answered(talk, data):
    """Also what no button of ours does."""
    answer = talk(WHY)
    talk.api.press(talk.chat, ADA, answer.id, data)
    talk.all()
    assert len(talk.api.answered_callbacks) == 1


@pytest.mark.parametrize("press", ["z:{}:long", "d:{}"])
def test_a_button_of_briefings_does_nothing_under_an_answer(talk, press):
    """None of ours stands there; the articles are not to blame."""
    answer = talk(WHY)
    identity = parse_press(answer.data("👍")).answer
    talk.api.press(talk.chat, ADA, answer.id, press.format(identity))
    assert talk.all() == []
    assert talk.notices == ("I can’t read this button any more. Please ask again.",)


def test_a_button_of_another_chat_s_answer_has_expired(converse):
    """Even with the right id."""
    talk = converse()
    answer = talk(WHY)
    other = talk.api.private(BEN)
    mine = talk.api.say(other, BEN, "What is BRICS?")
    talk.all()
    talk.api.press(other, BEN, mine["message_id"] + 1, answer.data("📖 1"))
    assert talk.one() is None
    assert talk.notices == ("This answer has expired. Please ask again.",)


@pytest.mark.parametrize(
    "press",
    ["r:{id}:1", "r:{id}:0", "m:{id}:1:3", "m:{id}:0:0", "g:{id}:1", "z:{id}:long", "d:{id}",
     "p:{article}:{paragraph}:0:{id}:1", "p:{article}:{paragraph}:999999:{id}:999", "s:0", "n",
     "t:{article}:{paragraph}"],
)  # fmt: skip
def test_no_button_shows_in_one_chat_what_was_asked_in_another(converse, press):
    """Whatever an altered client presses under a message of its own, with the right id."""
    talk = converse()
    answer = talk("What is BRICS?")
    page = talk.press(answer, "📖 1")
    turn = parse_press(page.data("‹ Paragraph 3"))
    other = talk.api.private(BEN)
    talk.api.say(other, BEN, WHY)
    theirs = max(talk.all(), key=lambda message: message.id)
    data = press.format(id=turn.read.answer, article=turn.article, paragraph=turn.paragraph + 1)
    talk.api.press(other, BEN, theirs.id, data)
    shown = talk.all()
    assert len(talk.notices) + len(shown) > 0
    assert all(message.chat is other for message in shown)
    for message in shown:
        assert "BRICS" not in message.marked("underline")
        assert turn.read.answer not in str(message.fields)


@given(data=st.data())
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_pressed_elsewhere_no_question_is_shown(shipped_pipeline, data):
    """Any kind of button with the id of an answer of another chat."""
    with Session(shipped_pipeline) as session:
        talk = Conversation(session)
        answer = talk("What is BRICS?")
        turn = parse_press(talk.press(answer, "📖 1").data("‹ Paragraph 3"))
        other = talk.api.private(BEN)
        theirs = Conversation(session, other)("/sources", person=BEN)
        press = data.draw(presses.map(lambda press: _about(press, turn)))
        talk.api.press(other, BEN, theirs.id, str(press))
        for message in talk.all():
            assert message.chat is other
            assert "BRICS" not in message.marked("underline")
            assert turn.read.answer not in str(message.fields)


def _about(press, turn):
    """The press with the right ids of an answer and of its article."""
    known = {"answer": turn.read.answer, "article": turn.article, "read": turn.read}
    names = {name for name in known if getattr(press, name, None) is not None}
    return replace(press, **{name: known[name] for name in names})


@pytest.mark.parametrize("first", [0, 5, 999])
def test_more_quotes_from_a_number_that_is_not_there_are_none(talk, first):
    """Such a button is none of ours, and the message stays as it is."""
    answer = talk(WHY)
    data = replace(parse_press(answer.data("More quotes")), first=first)
    talk.api.press(talk.chat, ADA, answer.id, str(data))
    assert talk.all() == []
    assert talk.notices == ("I can’t read this button any more. Please ask again.",)


def test_a_page_that_was_deleted_is_opened_anew(talk):
    """As a new message."""
    answer = talk(WHY)
    page = talk.press(answer, "📖 1")
    talk.api.delete(talk.chat, page.id)
    assert talk.press(answer, "📖 1").id > page.id


def test_a_press_on_a_deleted_answer_is_answered(talk):
    """And opens the page all the same."""
    answer = talk(WHY)
    data = answer.data("📖 1")
    talk.api.delete(talk.chat, answer.id)
    talk.api.press(talk.chat, ADA, answer.id, data)
    assert talk.one().text.startswith("Xi Jinping And Russia")
    assert len(talk.api.answered_callbacks) == 1


@pytest.mark.parametrize("patience", [0, 60])
def test_what_is_begun_is_finished_though_nothing_can_pop_up(talk, monkeypatch, caplog, patience):
    """Once, whichever comes first: left alone it would be done again with the next try."""
    monkeypatch.setattr("bot.handlers.buttons.PRESS_ANSWERED_SECONDS", patience)
    answer = talk(WHY)
    talk.api.refuse_next(Refusal(502, "Bad Gateway"), "answerCallbackQuery")
    assert talk.press(answer, "📖 1").text.startswith("Xi Jinping")
    assert "callback query not answered: Bad Gateway" in caplog.text
    assert "not handled" not in caplog.text


@given(presses)
def test_what_a_button_carries_is_read_back(press):
    """In at most 64 bytes."""
    assert len(str(press).encode()) <= 64
    assert parse_press(str(press)) == press


@given(st.text(max_size=70))
def test_anything_may_be_carried(data):
    """It is read or it is not."""
    press = parse_press(data)
    assert press is None or parse_press(str(press)) == press
