"""People talk in a group, and some of it is addressed to the bot."""

import logging

import pytest
from conversations import ADA, BEN, EVE

from bot.console.bot_api.api import BotApi
from bot.console.world.refusals import bad_request, forbidden

WHY = "Why does Russia need China?"


@pytest.mark.parametrize(
    "asked", [f"/ask {WHY}", f"/ask@footnote_bot {WHY}", f"@footnote_bot {WHY}"]
)
def test_what_is_addressed_is_answered(group, asked):
    """A command, with and without the bot's name, and a mention."""
    answer = group(asked)
    assert answer.text.startswith("From the articles:")
    assert answer.fields["reply_to_message"]["message_id"] == group.said["message_id"]


@pytest.mark.parametrize(
    "text",
    [WHY, "/ask@other_bot What is BRICS?", "/weather", "@somebody What is BRICS?",
     "footnote_bot, what is BRICS?", "thanks!", "x" * 4096],
)  # fmt: skip
def test_what_is_not_addressed_is_not_answered(group, text):
    """Nor stored: no follow-up leans on it."""
    assert group(text) is None
    assert "Read as a follow-up" not in group("/ask and why?").text


def test_a_message_is_looked_up_with_ask_in_reply(group):
    """Somebody else's words are the question then."""
    asked = group.api.say(group.chat, BEN, WHY)
    group.all()
    answer = group("/ask", reply_to=asked["message_id"])
    assert answer.text.startswith("From the articles:")


def test_a_question_for_what_a_message_is_looks_that_up(group):
    """Not all articles, unless the question names them."""
    said = group.api.say(group.chat, BEN, "the BRICS group")
    group.all()
    assert "BRICS" in group("/ask what is this?", reply_to=said["message_id"]).quotes[0]
    overview = group("/ask what are these articles about?", reply_to=said["message_id"])
    assert overview.text.startswith("The 2 articles")


def test_the_selected_part_of_a_message_is_looked_up(group):
    """And nothing else of it."""
    said = group.api.say(group.chat, BEN, f"I had soup. What is BRICS? {WHY}")
    group.all()
    answer = group("/ask", reply_to=said["message_id"], quote="What is BRICS?")
    assert "BRICS" in answer.quotes[0]
    assert len(answer.quotes) == 1


def test_the_address_of_the_message_replied_to_is_no_part_of_the_question(group):
    """Neither a command nor a mention in it."""
    for text in ("/ask What is BRICS?", "@footnote_bot What is BRICS?"):
        said = group.api.say(group.chat, BEN, text)
        group.all()
        assert len(group("/ask", reply_to=said["message_id"]).quotes) == 1


def test_the_caption_of_a_picture_can_ask(group):
    """With the command, with and without the bot's name."""
    photo = {"photo": [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]}
    for caption in ("/ask What is BRICS?", "/ask@footnote_bot What is BRICS?"):
        assert group(**photo, caption=caption).quotes
    assert group(**photo, caption="/ask@other_bot What is BRICS?") is None
    assert group(**photo, caption="What is BRICS?") is None


@pytest.mark.parametrize("kind", ["text", "caption"])
def test_a_command_may_stand_behind_the_name_of_the_bot(group, kind):
    """Not behind anything else, and not behind the name of another."""
    fields = {"photo": []} if kind == "caption" else {}

    def say(words):
        return group(**fields, **{kind: words})

    assert len(say("@footnote_bot /ask What is BRICS?").quotes) == 1
    assert say("@footnote_bot /brief sanctions").text.startswith("Sanctions\n")
    assert "is scheduled here" in say("@footnote_bot /brief@footnote_bot when").text
    assert say("@footnote_bot /ask@other_bot What is BRICS?") is None
    assert say("@other_bot /ask What is BRICS?") is None
    assert say("Look: /ask What is BRICS?") is None


@pytest.mark.parametrize(("username", "is_named"), [("footnote_bot", True), ("other_bot", False)])
def test_a_link_to_the_bot_names_it_in_other_words(group, username, is_named):
    """A link to somebody else does not; the words that are linked are no part of the question."""
    user = {"id": 7, "is_bot": True, "first_name": "F", "username": username}
    linked = {"type": "text_mention", "offset": 0, "length": 12, "user": user}
    said = {"photo": [], "caption": "Footnote 😀 , what is BRICS?", "caption_entities": [linked]}
    answer = group(**said)
    assert (answer is not None) is is_named
    assert answer is None or "BRICS" in answer.quotes[0]
    assert answer is None or "Footnote" not in answer.text


NAMES = ["start", "help", "privacy", "forget", "sources", "source", "brief", "timezone", "ask"]


@pytest.mark.parametrize("name", NAMES)
def test_a_command_in_a_caption_is_one_in_groups(group, name):
    """Also with the bot's name behind it; not in the middle of the caption."""
    group("/ask What is BRICS?")
    for address in ("", "@footnote_bot", "@Footnote_Bot"):
        assert group(photo=[], caption=f"/{name}{address}") is not None
    assert group(photo=[], caption=f"Look: /{name}") is None


@pytest.mark.parametrize("name", [*NAMES, "nonsense"])
@pytest.mark.parametrize("kind", ["text", "caption"])
def test_a_command_to_another_bot_is_left_to_that_bot(group, name, kind):
    """In a message and in a caption; also in reply to this one, or where it is named as well."""
    answer = group("/ask What is BRICS?")
    fields = {"photo": []} if kind == "caption" else {}
    for words in ("", " What is the SCO?", " brief me on BRICS", " @footnote_bot why?"):
        said = f"/{name}@other_bot{words}"
        assert group(**fields, **{kind: said}) is None
        assert group(**fields, **{kind: said}, reply_to=answer.id) is None


def test_an_unknown_command_in_a_group_is_left_to_others(group):
    """In a caption as well; it is no question."""
    answer = group("/ask What is BRICS?")
    assert group("/nonsense", reply_to=answer.id) is None
    assert group(photo=[], caption="/nonsense why?", reply_to=answer.id) is None


def test_a_mention_in_reply_looks_the_message_up(group):
    """As the command does."""
    said = group.api.say(group.chat, BEN, "What is BRICS?")
    group.all()
    assert "BRICS" in group("@footnote_bot", reply_to=said["message_id"]).quotes[0]


def test_a_reply_to_the_bot_is_a_question(group):
    """With the answer it replies to as its context, whoever asked that."""
    answer = group("/ask Which military exercises did they hold?")
    following = group("and why?", person=BEN, reply_to=answer.id)
    assert "Which military exercises" in following.text


def test_when_nothing_is_found_it_is_one_line(group):
    """With a button for the closest passages, and one that tells the owner."""
    answer = group("/ask What is the population of Peru?")
    assert answer.text == "No passage clearly gives this number. No article mentions “Peru”."
    assert answer.buttons == ["Closest passages", "Tell the owner"]
    closest = group.press(answer, "Closest passages", person=BEN)
    assert closest.id == answer.id
    assert "The closest passages:" in closest.text
    assert closest.buttons == ["📖 1"]


def test_a_bare_ask_is_told_how(group):
    """In one line."""
    assert group("/ask").text.startswith("Write your question after /ask")


@pytest.mark.parametrize(
    "fields",
    [{"sender_chat": {"id": -100999, "type": "channel", "title": "News"},
      "is_automatic_forward": True},
     {"via_bot": {"id": 9, "is_bot": True, "first_name": "Other", "username": "other_bot"}}],
)  # fmt: skip
def test_posts_of_channels_and_of_other_bots_are_not_answered(group, fields):
    """No loop can begin."""
    assert group(f"@footnote_bot {WHY}", **fields) is None


def test_an_anonymous_administrator_is_answered(group):
    """Somebody speaks in the name of the group."""
    sender = {"id": group.chat.id, "type": "supergroup", "title": "Friends"}
    assert group("/ask What is BRICS?", sender_chat=sender).quotes


def test_comments_under_a_channel_s_post_can_ask_about_it(group):
    """The post is forwarded into the group, and comments are replies to it."""
    post = group.api.say(
        group.chat,
        BEN,
        "What is BRICS?",
        sender_chat={"id": -100999, "type": "channel", "title": "News"},
        is_automatic_forward=True,
    )
    group.all()
    answer = group("/ask", reply_to=post["message_id"])
    assert "BRICS" in answer.quotes[0]


def test_an_answer_stays_in_its_topic(converse):
    """The general one has no thread."""
    talk = converse(group=lambda api: api.group("Forum", [ADA, BEN], forum=True))
    topic = talk.api.open_topic(talk.chat, "Politics")
    talk.all()
    inside = talk("/ask What is BRICS?", topic=topic)
    assert inside.fields["message_thread_id"] == topic
    page = talk.press(inside, "📖 1")
    assert page.fields["message_thread_id"] == topic
    outside = talk("/ask What is BRICS?")
    assert "message_thread_id" not in outside.fields


def test_a_topic_has_its_own_follow_ups(converse):
    """What was asked elsewhere is no context."""
    talk = converse(group=lambda api: api.group("Forum", [ADA], forum=True))
    topic = talk.api.open_topic(talk.chat, "Politics")
    talk("/ask What is BRICS?", topic=topic)
    assert "Read as a follow-up" not in talk("/ask and why?").text
    assert "What is BRICS?" in talk("/ask and why?", topic=topic).text


def test_privacy_mode_is_enough(converse):
    """Commands and replies arrive, and that is all that is needed."""
    talk = converse(group=lambda api: api.group("Friends", [ADA, BEN]), privacy=True)
    answer = talk("/ask What is BRICS?")
    assert answer.quotes
    assert talk("and why?", reply_to=answer.id).text
    assert talk("@footnote_bot What is BRICS?") is None


@pytest.mark.parametrize(("privacy", "promised"), [(True, False), (False, True)])
def test_help_promises_mentions_only_where_they_are_delivered(converse, privacy, promised):
    """With privacy mode on, Telegram keeps them from the bot."""
    talk = converse(group=lambda api: api.group("Friends", [ADA]), privacy=privacy)
    assert ("or mention @footnote_bot" in talk("/help").text) is promised


@pytest.mark.parametrize(
    ("privacy", "sees"), [(True, "never reaches me"), (False, "I ignore all other messages")]
)
def test_added_to_a_group_it_introduces_itself(converse, privacy, sees):
    """In three lines: what it does, and what it does not see."""
    talk = converse(group=lambda api: api.group("Friends", [ADA], bot=False), privacy=privacy)
    talk.api.add_bot(talk.chat, ADA)
    said = talk.one().text
    assert len(said.splitlines()) == 4
    assert "/ask" in said
    assert sees in said
    talk.api.promote_bot(talk.chat, ADA)
    assert talk.one() is None


def test_an_administrator_sees_all_and_says_so(converse):
    """Privacy mode or not."""
    talk = converse(group=lambda api: api.group("Friends", [ADA], bot=False), privacy=True)
    talk.api.promote_bot(talk.chat, ADA)
    assert "I ignore all other messages" in talk.one().text


def test_a_group_that_becomes_a_supergroup_keeps_its_conversation(converse):
    """Its id changes, and what was asked is known there."""
    talk = converse(group=lambda api: api.group("Friends", [ADA], supergroup=False))
    talk("/ask Which military exercises did they hold?")
    talk.chat = talk.api.migrate(talk.chat)
    talk.all()
    assert "Which military exercises" in talk("/ask and why?").text


def test_an_answer_follows_a_group_that_has_just_become_a_supergroup(converse):
    """The question came from the old one."""
    talk = converse(group=lambda api: api.group("Friends", [ADA], supergroup=False))
    talk.api.say(talk.chat, ADA, "/ask What is BRICS?")
    new = talk.api.migrate(talk.chat)
    answers = talk.all()
    assert [answer.chat.id for answer in answers] == [new.id]


def test_a_bot_that_was_removed_or_muted_keeps_still(group, caplog):
    """It is logged, once for each try, and is no error."""
    group.api.mute_bot(group.chat, BEN)
    assert group("/ask What is BRICS?") is None
    group.api.say(group.chat, ADA, "/ask What is BRICS?")
    group.api.remove_bot(group.chat, BEN)
    assert group.all() == []
    warnings = [r for r in caplog.records if r.levelno == logging.WARNING]
    assert len(warnings) == 2


def test_a_person_who_has_blocked_the_bot_is_no_error(talk):
    """The answer comes too late."""
    talk.api.say(talk.chat, ADA, "What is BRICS?")
    talk.api.block(ADA)
    assert talk.all() == []


def test_a_question_that_was_deleted_is_answered_all_the_same(group):
    """Without a reply to what is no longer there."""
    said = group.api.say(group.chat, ADA, "/ask What is BRICS?")
    group.api.delete(group.chat, said["message_id"])
    assert "reply_to_message" not in group.one().fields


def test_a_closed_topic_is_no_error(converse):
    """Only administrators write there."""
    talk = converse(group=lambda api: api.group("Forum", [ADA], forum=True))
    topic = talk.api.open_topic(talk.chat, "Politics")
    talk.all()
    talk.api.say(talk.chat, ADA, "/ask What is BRICS?", topic=topic)
    talk.api.close_topic(talk.chat, topic)
    assert talk.all() == []


def test_an_edited_command_gets_its_answer_edited(group):
    """In a group as well."""
    first = group("/ask What is BRICS?")
    second = group.edit("/ask What is the SCO?")
    assert second.id == first.id
    assert "SCO" in second.quotes[0]


def test_a_message_edited_into_a_question_is_answered(group):
    """If it is not an old one."""
    assert group("What is BRICS?") is None
    assert group.edit("/ask What is BRICS?").quotes


def test_an_old_message_edited_into_a_question_is_not(converse):
    """Nobody waits for that."""
    time = [1_700_000_000.0]
    api = BotApi(clock=lambda: time[0])
    talk = converse(api=api, group=lambda api: api.group("Friends", [ADA]))
    talk("What is BRICS?")
    time[0] += 3600
    assert talk.edit("/ask What is BRICS?") is None


@pytest.mark.parametrize("refusal", [forbidden("bot was kicked from the supergroup chat"),
                                     bad_request("have no rights to send a message")])  # fmt: skip
def test_a_chat_that_refuses_is_left_alone(group, refusal):
    """One try, no loop."""
    group.api.refuse_next(refusal, "sendMessage")
    assert group("/ask What is BRICS?") is None
    assert [call.method for call in group.api.calls].count("sendMessage") == 1


def test_fifty_people_ask_at_once(group):
    """Each gets an answer to their own message."""
    said = [group.api.say(group.chat, EVE, f"/ask What is BRICS? {n}") for n in range(50)]
    answers = group.all()
    replied = [answer.fields["reply_to_message"]["message_id"] for answer in answers]
    assert replied == [message["message_id"] for message in said]
