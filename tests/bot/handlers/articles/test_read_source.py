"""Somebody reads a quote in its place and leafs on."""

import re

import pytest
from conversations import ADA, BEN

WHY = "Why does Russia need China?"
LONG = " ".join(f"Sentence number {n} tells about the bees of the valley." for n in range(120))
ENDLESS = "The hive " + "hums and " * 700 + "rests."


def test_a_button_opens_the_quote_in_its_paragraph(talk, shipped):
    """Title, heading, place; the quote in bold, the question's words underlined."""
    answer = talk("What is BRICS?")
    page = talk.press(answer, "📖 1")
    title, heading, position, text = page.text.split("\n", 3)
    assert title == "Xi Jinping And Putin: A Deep Dive Into Moscow's Alliance"
    assert heading == "Key Areas of Cooperation Between China and Russia"
    assert position == "Paragraph 4 of 6"
    assert text.strip() == shipped["xi-jinping-and-putin"].paragraphs[3].text
    assert page.marked("bold") == [title, answer.quotes[0]]
    assert page.marked("underline") == ["BRICS"]
    assert page.fields["reply_to_message"]["message_id"] == answer.id


def test_leafing_edits_one_message(talk):
    """To the paragraph before and behind; the quote is marked again on the way back."""
    answer = talk("What is BRICS?")
    page = talk.press(answer, "📖 1")
    before = talk.press(page, "‹ Paragraph 3")
    assert before.id == page.id
    assert "Paragraph 3 of 6" in before.text
    again = talk.press(before, "Paragraph 4 ›")
    assert (again.text, again.marked("bold")) == (page.text, page.marked("bold"))


def test_a_second_quote_is_read_in_the_same_message(talk):
    """Instead of sending many."""
    answer = talk(WHY)
    first = talk.press(answer, "📖 1")
    second = talk.press(answer, "📖 2")
    assert second.id == first.id
    assert talk.notices == ("Opened below.",)
    assert talk.press(answer, "📖 2") is None
    assert "It’s already open" in talk.notices[0]


def test_the_ends_of_an_article_have_no_button_beyond_them(talk):
    """Neither before the first paragraph nor behind the last."""
    articles = talk("/sources")
    page = talk.press(articles, "Xi Jinping And Russia: The Ties That Bind Two Nations")
    assert page.buttons == ["Paragraph 2 ›", "All articles"]
    while onward := [label for label in page.buttons if label.endswith("›")]:
        page = talk.press(page, onward[0])
    assert "Paragraph 7 of 7" in page.text
    assert talk.press(page, "All articles").text == articles.text


def test_a_link_opens_the_passage_with_the_question_s_words(talk):
    """For whoever asked it."""
    answer = talk("What is BRICS?")
    page = talk.tap(answer.links[0])
    assert answer.quotes[0] in page.marked("bold")
    assert page.marked("underline") == ["BRICS"]


def test_a_link_from_a_group_opens_the_passage_for_everybody(group):
    """The quote is marked as it is cited; what was asked is marked only for who asked it."""
    answer = group("/ask What is BRICS?")
    mine = group.tap(answer.links[0])
    theirs = group.tap(answer.links[0], person=BEN)
    assert (mine.chat.id, theirs.chat.id) == (ADA.id, BEN.id)
    assert mine.text == theirs.text
    assert mine.marked("bold")[1] == theirs.marked("bold")[1]
    assert (mine.marked("underline"), theirs.marked("underline")) == (["BRICS"], [])
    again = group.press(group.press(mine, "‹ Paragraph 3"), "Paragraph 4 ›")
    assert again.marked("bold", "underline") == mine.marked("bold", "underline")
    before = group.press(theirs, "‹ Paragraph 3", person=BEN)
    assert group.press(before, "Paragraph 4 ›", person=BEN).marked("underline") == []


def test_a_link_that_was_passed_on_gives_no_question_away(talk):
    """Neither marked in the passage, nor as what a reply to it is read together with."""
    answer = talk("What is BRICS?")
    page = talk.tap(answer.links[0], person=BEN)
    assert answer.quotes[0] in page.marked("bold")
    assert page.marked("underline") == []
    assert answer.links[0][-11:] not in str(page.fields["reply_markup"])
    talk.api.say(page.chat, BEN, "/source", reply_to=page.id)
    assert "no footnote to open here yet" in talk.one().text
    talk.api.say(page.chat, BEN, "Why?", reply_to=page.id)
    assert "BRICS" not in talk.one().text


def test_a_link_that_is_written_in_a_group_gives_no_question_away(group):
    """Everybody there would see it."""
    private = group.api.private(ADA)
    group.api.say(private, ADA, "What is BRICS?")
    link = group.one().links[0]
    page = group(f"/start {link.partition('start=')[2]}")
    assert page.chat.id == group.chat.id
    assert page.marked("underline") == []


def test_a_link_outlives_its_answer(talk):
    """The passage is still there, without the question."""
    answer = talk("What is BRICS?")
    page = talk.tap(answer.links[0][:-11])
    assert answer.quotes[0] in page.marked("bold")
    assert page.marked("underline") == []


@pytest.mark.parametrize("parameter", ["c_", "c_x", "c_" + "A" * 24, "c_" + "_" * 62])
def test_a_link_that_leads_nowhere_says_so(talk, parameter):
    """Whatever it was made of."""
    said = talk.tap(f"https://t.me/footnote_bot?start={parameter}")
    assert said.text.startswith("This link doesn’t lead to a passage")


def test_any_other_start_parameter_is_a_hello(talk):
    """It may come from anywhere."""
    assert talk("/start hello-from-a-friend").text.startswith("Hello!")


def test_source_opens_a_footnote_of_the_last_answer(talk):
    """By its number; the first without one."""
    answer = talk(WHY)
    assert answer.quotes[1] in talk("/source 2").text
    assert answer.quotes[0] in talk("/source").text


def test_source_opens_a_footnote_of_the_answer_replied_to(talk):
    """However old it is."""
    answer = talk("What is BRICS?")
    talk(WHY)
    assert answer.quotes[0] in talk("/source [1]", reply_to=answer.id).text


def test_source_says_what_is_missing(talk):
    """An answer, a number, or one that is there."""
    assert "no footnote to open here yet" in talk("/source").text
    talk("What is BRICS?")
    assert "the last answer has 1" in talk("/source 2").text
    assert talk("/source two").text.startswith("Write /source and the number")


def test_a_paragraph_of_many_sentences_is_split_between_them(converse, collection):
    """What is left out is marked, and the pages together hold all of it."""
    talk = converse(collection=collection(("Bees", None, [("", LONG)])))
    page = talk.press(talk("/sources"), "Bees")
    texts = []
    while True:
        head, text = page.text.split("\n\n")
        assert head.startswith("Bees\nParagraph 1 of 1, part ")
        texts.append(text)
        onward = [label for label in page.buttons if label.endswith("›")]
        if not onward:
            break
        page = talk.press(page, onward[0])
    assert len(texts) > 2
    assert texts[0].endswith(". […]")
    assert all(re.fullmatch(r"\[…\] Sentence.* valley\. \[…\]", text) for text in texts[1:-1])
    bare = [text.removeprefix("[…] ").removesuffix(" […]") for text in texts]
    assert " ".join(bare) == LONG


def test_a_sentence_longer_than_a_message_is_split_between_words(converse, collection):
    """There is no other place; nothing of it is lost."""
    talk = converse(collection=collection(("Bees", None, [("", ENDLESS)])))
    answer = talk("What does the hive do?")
    assert "[…] [1]" in answer.text
    assert ENDLESS.startswith(answer.quotes[0])
    page = talk.press(answer, "📖 1")
    texts = [page.text.split("\n\n")[1]]
    while onward := [label for label in page.buttons if label.endswith("›")]:
        page = talk.press(page, onward[0])
        texts.append(page.text.split("\n\n")[1])
    bare = [text.removeprefix("[…] ").removesuffix(" […]") for text in texts]
    assert " ".join(bare) == ENDLESS


def test_many_articles_are_listed_page_by_page(converse, collection):
    """Eight at a time."""
    articles = [(f"Article {n}", None, [("", f"Bees number {n} fly.")]) for n in range(20)]
    talk = converse(collection=collection(*articles))
    first = talk("/sources")
    assert "20 articles to read (1 to 8)" in first.text
    second = talk.press(first, "Next ›")
    assert second.buttons[0] == "Article 8"
    assert second.buttons[-2:] == ["‹ Before", "Next ›"]
    assert talk.press(second, "‹ Before").buttons == first.buttons


def test_a_message_sent_for_reading_is_context_as_well(talk):
    """A reply to it goes on from its answer."""
    answer = talk("Which military exercises did they hold?")
    page = talk.press(answer, "📖 1")
    talk("What is BRICS?")
    said = talk("and why?", reply_to=page.id)
    assert "Read as a follow-up to “Which military exercises did they hold?”" in said.text
