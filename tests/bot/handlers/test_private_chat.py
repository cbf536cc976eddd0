"""Somebody talks with the bot alone."""

from itertools import cycle

import pytest

from bot.console.world.refusals import bad_request

WHY = "Why does Russia need China?"
NOTHING = "What is the capital of Peru?"


def test_an_answer_is_one_message_that_replies_to_the_question(talk):
    """A lead, block quotations, a number behind each, then the footnotes."""
    answer = talk(WHY)
    assert answer.fields["reply_to_message"]["message_id"] == talk.said["message_id"]
    assert answer.text.startswith("From the articles:\n\n")
    assert len(answer.quotes) == 3
    for number, quote in enumerate(answer.quotes, start=1):
        assert f"{quote} [{number}]" in answer.text
    last = answer.text.splitlines()[-1]
    assert last.startswith("[3] Xi Jinping And Putin: A Deep Dive Into Moscow's Alliance › Key")
    assert last.endswith(", paragraph 4")


def test_each_quote_is_the_article_s_own_words(talk, shipped):
    """Found as they are in a paragraph."""
    for quote in talk(WHY).quotes:
        assert any(quote in paragraph.text for paragraph in shipped.paragraphs)


def test_a_long_quote_can_be_unfolded(talk):
    """A short one is shown whole at once."""
    answer = talk(WHY)
    assert all(len(quote) > 300 for quote in answer.marked("expandable_blockquote"))
    assert all(len(quote) < 340 for quote in answer.marked("blockquote"))


def test_number_and_footnote_open_the_passage(talk):
    """In the bot's own chat where the article has no address."""
    answer = talk(WHY)
    assert [text[:3] for text in answer.marked("text_link")] == ["[1]", "[2]", "[3]"] * 2
    page = talk.tap(answer.links[1])
    assert page.text.startswith("Xi Jinping And Putin: A Deep Dive Into Moscow's Alliance\n")
    assert answer.text.count(page.marked("bold")[-1]) == 1


def test_footnotes_of_an_article_with_an_address_lead_there(converse, collection):
    """And not into the chat."""
    url = "https://example.org/bees"
    talk = converse(collection=collection(("Bees", url, [("", "Bees make honey in summer.")])))
    answer = talk("What do bees make?")
    assert answer.links == [url, url]


def test_an_address_that_telegram_would_not_take_is_no_link(converse, collection):
    """Such as one of a machine at home; the footnote opens the passage then."""
    url = "http://server:8080/bees"
    talk = converse(collection=collection(("Bees", url, [("", "Bees make honey in summer.")])))
    answer = talk("What do bees make?")
    assert all("?start=c_" in link for link in answer.links)
    assert talk.press(answer, "📖 1").links == []


def test_a_follow_up_is_read_with_the_question_before(talk):
    """And says so."""
    talk("How do China and Russia cooperate in the military?")
    answer = talk("and in space?")
    assert (
        "Read as a follow-up to “How do China and Russia cooperate in the military?”"
        in answer.text
    )


def test_a_follow_up_to_a_follow_up_keeps_the_subject(talk):
    """As long as nothing else is named."""
    talk("Which military exercises did they hold?")
    talk("Where?")
    assert "Read as a follow-up to “Which military exercises did they hold?”" in talk("Why?").text
    talk("What about space?")
    assert "Read as a follow-up to “What about space?”" in talk("Why?").text


def test_a_follow_up_with_a_pronoun_keeps_what_that_stands_for(talk):
    """Both are what the next one leans on."""
    talk("What is BRICS?")
    talk("Does it trade oil?")
    assert "Read as a follow-up to “What is BRICS? Does it trade oil?”" in talk("Why?").text


def test_what_makes_sense_only_alone_is_read_alone(talk):
    """Where the question before does not help."""
    talk("What is the population of Peru?")
    answer = talk("and the BRICS?")
    assert "BRICS" in answer.quotes[0]
    assert "Read as a follow-up" not in answer.text


def test_what_no_article_knows_is_no_context(talk):
    """Nor does it take the place of what was."""
    talk("What is BRICS?")
    talk("xqztw")
    assert "Read as a follow-up to “What is BRICS?”" in talk("and why?").text


def test_a_word_that_no_article_has_is_still_what_was_asked_about(talk):
    """What follows leans on it, and not on what was long before."""
    talk("What is BRICS?")
    talk("kangaroos?")
    assert "BRICS" not in talk("and why?").text


def test_after_ten_minutes_a_question_stands_alone(converse):
    """However short it is."""
    time = [1_700_000_000.0]
    talk = converse(clock=lambda: time[0])
    talk("What is BRICS?")
    time[0] += 601
    assert "Read as a follow-up" not in talk("and in space?").text


def test_somebody_else_s_question_is_no_context(group):
    """In a group everybody has their own."""
    from_ada = group("/ask What is BRICS?")
    assert from_ada
    other = group("/ask and why?", person=group.chat.people[2])
    assert "Read as a follow-up" not in other.text


def test_a_reply_to_an_older_answer_goes_on_from_there(talk):
    """Not from the last one."""
    first = talk("Which military exercises did they hold?")
    talk("What is BRICS?")
    answer = talk("and why?", reply_to=first.id)
    assert "Read as a follow-up to “Which military exercises did they hold?”" in answer.text


def test_a_selected_passage_is_looked_up(talk):
    """With words that lean on it."""
    answer = talk(WHY)
    selected = "oil and gas"
    found = talk("more on this", reply_to=answer.id, quote=selected)
    assert "Read as a follow-up to “oil and gas”" in found.text
    assert found.quotes


def test_a_selected_passage_is_looked_up_whatever_is_said_of_it(talk):
    """Also what would be small talk otherwise."""
    answer = talk("What is BRICS?")
    for words in ("?", "who are you?", "what is this about?", "Was ist das?"):
        found = talk(words, reply_to=answer.id, quote="multipolar world order")
        assert "multipolar" in found.quotes[0]


def test_a_reply_to_an_answer_that_expired_leans_on_nothing(talk):
    """Least of all on another one."""
    old = talk("Which military exercises did they hold?")
    talk.session.forget_before(2e9)
    talk("What is BRICS?")
    assert "Read as a follow-up" not in talk("and why?", reply_to=old.id).text
    assert "no footnote to open here yet" in talk("/source 1", reply_to=old.id).text


def test_an_edited_question_gets_its_answer_edited(talk):
    """In place, with buttons of its own."""
    first = talk("What is BRICS?")
    second = talk.edit("What is the SCO?")
    assert second.id == first.id
    assert "SCO" in second.quotes[0]
    assert second.fields["edit_date"]
    assert second.data("📖 1") != first.data("📖 1")


def test_an_edit_that_changes_no_word_changes_nothing(talk):
    """Telegram also tells of edits that nobody sees."""
    talk("What is BRICS?")
    assert talk.edit("What is BRICS?") is None
    assert [c.method for c in talk.api.calls if c.method.startswith("edit")] == []


def test_an_edited_question_is_read_with_the_one_before_it(talk):
    """Not with its own old words."""
    talk("Which military exercises did they hold?")
    talk("and Peru?")
    answer = talk.edit("and why?")
    assert "Read as a follow-up to “Which military exercises did they hold?”" in answer.text


def test_an_answer_that_was_deleted_is_given_anew_when_its_question_is_edited(talk):
    """There is nothing to edit."""
    first = talk("What is BRICS?")
    talk.api.delete(talk.chat, first.id)
    second = talk.edit("What is the SCO?")
    assert second.id > first.id


def test_what_the_articles_do_not_answer_is_said_with_the_closest_passages(talk):
    """Named as just that, and not to be rated."""
    answer = talk(NOTHING)
    assert answer.text.startswith("No article mentions “Peru”.")
    assert "closest passage" in answer.text
    assert "👍" not in answer.buttons


def test_small_talk_has_no_buttons(talk):
    """And is no context for what comes."""
    talk("What is BRICS?")
    assert talk("thanks").buttons == []
    assert "Read as a follow-up to “What is BRICS?”" in talk("and why?").text


def test_media_get_a_friendly_line(talk):
    """An album only one."""
    photo = {"photo": [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]}
    assert talk(**photo).text.startswith("I can only read text.")
    assert talk(**photo, media_group_id="7").text.startswith("I can only read text.")
    assert talk(**photo, media_group_id="7") is None


def test_the_caption_of_a_photo_is_a_question(talk):
    """It is text as well."""
    photo = {"photo": [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]}
    assert talk(**photo, caption="What is BRICS?", media_group_id="7").quotes
    assert talk(**photo, media_group_id="7") is None  # the rest of the album


def test_what_cannot_be_read_is_left_out_of_a_message(talk):
    """Servers of another version of the Bot API send some parts otherwise."""
    origin = {"type": "hidden_user", "sender_user_name": "Bo", "date": 1}
    poll = {"id": "1", "question": "Bees?"}
    assert talk("What is BRICS?", external_reply={"origin": origin, "poll": poll}).quotes
    assert talk(voice={"file_id": "a"}).text.startswith("I can only read text.")


FILE = {"file_id": "a", "file_unique_id": "b"}
VOICE = FILE | {"duration": 1}
COMMANDS = ["/start", "/help", "/privacy", "/forget", "/sources", "/source", "/source 2", "/brief",
            "/brief Ukraine", "/brief daily 08:00", "/brief off", "/timezone",
            "/timezone Europe/Berlin", "/ask What is BRICS?", "/ask", "/HELP", "/nonsense",
            "/ask@other_bot Why?"]  # fmt: skip
MEDIA = [{"photo": []}, {"document": FILE}, {"voice": VOICE}]


@pytest.mark.parametrize(("command", "media"), [*zip(COMMANDS, cycle(MEDIA), strict=False)])
def test_a_command_in_a_caption_does_what_it_does_in_a_message(talk, command, media):
    """Whatever the caption stands under."""
    talk(WHY)
    plain = talk(command)
    talk(WHY)
    captioned = talk(**media, caption=command)
    assert captioned.text.splitlines()[0] == plain.text.splitlines()[0]
    assert captioned.buttons == plain.buttons


def test_a_link_can_be_followed_with_more_words_behind_it(talk):
    """The first is what Telegram hands over."""
    answer = talk("What is BRICS?")
    parameter = answer.links[0].partition("start=")[2]
    assert answer.quotes[0] in talk(f"/start {parameter} and more").text


def test_the_bot_says_hello_and_explains_itself(talk):
    """The commands of the menu are those of the help."""
    assert "my 2 articles" in talk("/start").text
    helped = talk("/help").text
    assert all(f"/{name} – " in helped for name in ("ask", "source", "sources", "privacy"))
    assert "30 days" in talk("/privacy").text


def test_an_unknown_command_is_told_so(talk):
    """But a path is none."""
    assert "“passwd”" in talk("/etc/passwd").text
    assert talk("/weather").text.startswith("I don’t know this command.")
    assert talk("/ask").text.startswith("Just write your question")


def test_ask_works_in_private_as_well(talk):
    """With the same answer."""
    assert talk("/ask What is BRICS?").text == talk("What is BRICS?").text


def test_a_card_that_somebody_sends_here_is_no_question(talk):
    """It came from the bot itself."""
    assert talk("BRICS is a group", via_bot=talk.api.bot) is None


@pytest.mark.parametrize("refusal", ["can't parse entities: unsupported", "ENTITY_BOUNDS_INVALID"])
def test_what_is_refused_with_its_styles_arrives_as_plain_words(talk, caplog, refusal):
    """A new answer, and one in the place of another; the operator is told."""
    meant = talk(WHY).text
    talk.api.refuse_next(bad_request(refusal), "sendMessage")
    said = talk(WHY)
    assert (said.text, said.quotes) == (meant, [])
    answer = talk("What is BRICS?")
    talk.api.refuse_next(bad_request(refusal), "editMessageText")
    edited = talk.edit(WHY)
    assert (edited.id, edited.text, edited.quotes) == (answer.id, meant, [])
    assert caplog.text.count("as plain text") == 2
    caplog.clear()
