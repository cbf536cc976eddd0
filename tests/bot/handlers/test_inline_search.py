"""Somebody types behind the bot's name in any chat."""

from conversations import ADA, BEN


def test_cards_are_quotes(talk, shipped):
    """The sentence as title, its footnote as description."""
    offered = talk.inline("military exercises")
    assert 3 <= len(offered["results"]) <= 50
    for card in offered["results"]:
        title = card["title"].removesuffix("…")
        assert any(title in paragraph.text for paragraph in shipped.paragraphs)
        assert card["description"].startswith("Xi Jinping And ")
    assert offered["is_personal"]
    assert 0 < offered["cache_time"] <= 60


def test_choosing_a_card_sends_the_quote_with_its_footnote(group, shipped):
    """Whose link opens the passage; the bot does not answer it."""
    group.inline("military exercises", person=BEN)
    sent = group.api.choose(BEN, 0, group.chat)
    assert group.all() == []
    quote, footnote = sent["text"].split("\n\n")
    assert any(quote in paragraph.text for paragraph in shipped.paragraphs)
    links = [e["url"] for e in sent["entities"] if e["type"] == "text_link"]
    assert len(links) == 1
    page = group.tap(links[0], person=BEN)
    assert quote in page.marked("bold")
    assert page.text.startswith(footnote.split(" › ")[0])


def test_when_nothing_is_found_a_button_leads_to_the_private_chat(talk):
    """And says so."""
    offered = talk.inline("qwertz uiop")
    assert offered["results"] == []
    assert offered["button"]["text"].startswith("Nothing found")
    assert talk(f"/start {offered['button']['start_parameter']}").text.startswith("Hello!")


def test_before_anything_is_typed_it_invites(talk):
    """With the same button."""
    assert talk.inline("")["button"]["text"].startswith("Type a question")


def test_nothing_that_is_typed_is_kept(talk):
    """It is no question before the next one."""
    talk.inline("Which military exercises did they hold?")
    assert "Read as a follow-up" not in talk("and why?").text


def test_a_query_that_is_too_old_is_no_error(converse):
    """More has been typed since."""
    time = [1_700_000_000.0]
    talk = converse(clock=lambda: time[0])
    talk.api.inline(ADA, "BRICS")
    time[0] += 3600
    assert talk.all() == []
