"""People want a briefing, alone and in groups, and get one message that they read in a minute."""

import re
from datetime import UTC, datetime

import pytest
from conversations import ADA, BEN, EVE

TOPIC = "military cooperation"

# Two articles about a tram, on the same points and against each other.
OPENING = (
    "The tram line opened in May",
    None,
    [
        ("", "Hello everybody! Today we look at the new tram line of Halden. Stay tuned!"),
        (
            "The vehicles",
            "Each vehicle has room for 260 passengers. The vehicles run on wind power from sea.",
        ),
        (
            "The bridge: steel over water",
            "The bridge over the Sarne is 312 metres long and closed to cars. Its steel is local.",
        ),
        ("What comes next", "A second line to the airport will be decided by the council in May."),
    ],
)
BUILDING = (
    "How the tram line was built",
    "https://example.org/tram",
    [
        (
            "The bridge",
            "The bridge over the Sarne is 286 metres long and took three years of work.",
        ),
        ("The vehicles", "Each vehicle has room for 260 passengers."),
        ("The money", "Half of the price was paid by the state, the rest by the region."),
    ],
)


class Clock:
    """A clock that is put forward by hand; it begins half a minute after eight."""

    def __init__(self):
        self.now = datetime(2026, 1, 5, 8, 0, 30, tzinfo=UTC).timestamp()

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    """Of the played Bot API and of the bot."""
    return Clock()


@pytest.fixture
def tram(collection):
    """The two articles about the tram."""
    return collection(OPENING, BUILDING)


def points(message):
    return re.findall(r"^• (.*)$", message.text, re.MULTILINE)


def test_a_briefing_is_one_message_read_in_a_minute(talk, shipped):
    """Four to twelve points, each in an article's own words, each with a footnote that opens it.

    With all that stands above the footnotes they have at most 250 words.
    """
    message = talk(f"/brief {TOPIC}")
    said = points(message)
    assert 4 <= len(said) <= 12
    shown = message.text[: message.text.index(said[-1]) + len(said[-1])]
    assert 150 <= len(shown.split()) <= 250
    everything = "\n".join(p.text for p in shipped.paragraphs)
    for point in said:
        quote = re.sub(r"( ?\[\d+\])+$", "", point).removeprefix("[…] ")
        assert quote in everything
    assert message.text.startswith("Military cooperation\n")
    passage = talk.tap(message.links[0])
    assert passage.marked("bold")[1] in points(message)[0]


@pytest.mark.parametrize(
    "asked",
    [f"brief me on {TOPIC}", f"Briefing: {TOPIC}", f"Give me a briefing about {TOPIC}, please",
     f"please brief us on {TOPIC}!", f"/brief {TOPIC}?"],
)  # fmt: skip
def test_it_is_asked_for_in_words_as_well(talk, asked):
    """In private without a command."""
    assert talk(asked).text.startswith("Military cooperation\n")


@pytest.mark.parametrize("asked", ["What is a briefing?", "In brief: why does Russia need China?"])
def test_a_question_that_speaks_of_briefings_is_a_question(talk, asked):
    """It has an answer, not a briefing."""
    answer = talk(asked)
    assert "•" not in answer.text


def test_without_a_topic_it_is_on_everything(talk):
    """With points of both articles."""
    message = talk("/brief")
    assert message.text.startswith("The articles in brief\nFrom both articles")
    assert len(points(message)) >= 4
    assert "Deep Dive" in message.text
    assert "Ties That Bind" in message.text


def test_a_topic_may_be_misspelt(talk):
    """What was searched for instead is said."""
    message = talk("/brief milatary cooperation")
    assert message.text.startswith("Military cooperation\n")
    assert "instead of “milatary”" in message.text


@pytest.mark.parametrize(
    "asked",
    ["what do the articles say about the cooperation of their militaries?",
     "I would like to know everything that you have on military cooperation these days, please"],
)  # fmt: skip
def test_a_topic_may_be_long_winded(talk, asked):
    """And in other forms of its words; it is the same briefing, or nearly."""
    plain, long = points(talk(f"/brief {TOPIC}")), points(talk(f"/brief {asked}"))
    words = [re.sub(r" ?(\[\d+\])+$", "", point) for point in plain]
    assert sum(any(word in other for other in long) for word in words) >= len(words) / 2


def test_in_a_forum_each_topic_has_its_own(converse):
    """It is given there, and again in another topic of the forum."""
    forum = converse(group=lambda api: api.group("Forum", [ADA, BEN], forum=True))
    one, two = (forum.api.open_topic(forum.chat, name) for name in ("One", "Two"))
    forum.all()
    for thread in (one, two):
        message = forum(f"/brief {TOPIC}", topic=thread)
        assert message.text.startswith("Military cooperation\n")
        assert message.fields["message_thread_id"] == thread
    again = forum(f"/brief {TOPIC}", topic=two)
    assert again.text.startswith("This briefing was given here")


def test_what_the_articles_say_nothing_on_is_one_line_and_the_nearest_headings(converse, tram):
    """Each heading is a button that briefs on it."""
    talk = converse(collection=tram)
    message = talk("/brief quantum chromodynamics")
    assert message.text == (
        "The articles say nothing about “Quantum chromodynamics”. Headings you can ask for:"
    )
    assert message.buttons == ["The vehicles", "The bridge", "What comes next", "The money"]
    briefing = talk.press(message, "The vehicles")
    assert briefing.text.startswith("The vehicles\n")
    assert "260 passengers" in briefing.text


def test_what_both_say_stands_once_with_both_footnotes(converse, tram):
    """And chatter does not stand there at all."""
    message = converse(collection=tram)("/brief vehicles")
    (room,) = [point for point in points(message) if "260 passengers" in point]
    assert re.search(r"\[\d\]\[\d\]$", room)
    assert "Hello" not in message.text
    assert "tuned" not in message.text


def test_where_the_articles_disagree_both_stand_and_it_is_said(converse, tram):
    """Side by side."""
    message = converse(collection=tram)("/brief bridge over the Sarne")
    assert "Where the articles differ" in message.text
    before, _, section = message.text.partition("Where the articles differ")
    assert "312 metres" in section
    assert "286 metres" in section
    assert "metres" not in before


def test_a_topic_of_one_article_says_so(converse, tram):
    """With its title."""
    message = converse(collection=tram)("/brief wind power")
    assert (
        "Only one of the 2 articles, “The tram line opened in May”, covers this." in message.text
    )


def test_outlook_comes_last(converse, tram):
    """Under its own heading."""
    message = converse(collection=tram)("/brief tram")
    headings = message.marked("underline")
    assert headings[-1] == "What comes next"


def test_it_grows_and_shrinks_in_the_same_message(talk):
    """And says so if it has that length already."""
    message = talk(f"/brief {TOPIC}")
    usual = len(points(message))
    shown = talk.press(message, "Longer")
    assert shown.id == message.id
    longer = talk.message(message.id)
    assert len(points(longer)) > usual
    assert "Longer" not in longer.buttons
    talk.press(longer, "Shorter")
    talk.press(talk.message(message.id), "Shorter")
    short = talk.message(message.id)
    assert len(points(short)) < usual
    assert "Shorter" not in short.buttons
    assert talk("/source 3", reply_to=short.id).text.startswith("Xi Jinping")


def test_each_point_is_read_in_its_place(talk):
    """By the number of its footnote."""
    message = talk(f"/brief {TOPIC}")
    assert talk("/source 1", reply_to=message.id).marked("bold")[1] in points(message)[0]


def test_it_comes_as_a_document_with_every_passage_in_full(talk, shipped):
    """In a file of its own, which replies to the briefing."""
    message = talk(f"/brief {TOPIC}")
    sent = talk.press(message, "📄 As a document")
    assert sent.fields["reply_to_message"]["message_id"] == message.id
    assert sent.fields["document"]["file_name"] == "Military-cooperation.html"
    content = talk.session.api.file(sent.fields["document"]["file_id"]).content.decode()
    assert "<html" in content
    quoted = next(p for p in shipped.paragraphs if "Vostok" in p.text)
    assert "Vostok" in content
    assert quoted.text[-60:].replace("'", "&#39;") in content


def test_a_question_after_it_leans_on_its_topic(talk):
    """As on a question's."""
    talk("/brief sanctions")
    assert "Read as a follow-up to “sanctions”" in talk("who imposed them?").text


@pytest.mark.parametrize(
    "asked",
    ["summarise it", "Sum that up, please", "can you summarise this for me?", "brief me on it",
     "summary of that", "/brief it", "/brief short it", "summarise it shortly",
     "Summarise this in three points.", "Fass das zusammen", "Kannst du das bitte zusammenfassen?",
     "кратко об этом"],
)  # fmt: skip
def test_it_is_what_was_asked_before(converse, tram, asked):
    """Not a word to look for, and not everything."""
    talk = converse(collection=tram)
    talk("How long is the bridge?")
    said = talk(asked)
    assert said.text.startswith("How long is the bridge\n")
    assert "Each vehicle" not in said.text


@pytest.mark.parametrize(
    "asked", ["summarise", "tl;dr", "summarise these articles", "sum it all up"]
)
def test_a_summary_of_nothing_in_particular_is_of_everything(converse, tram, asked):
    """Also right after a question."""
    talk = converse(collection=tram)
    talk("How long is the bridge?")
    assert talk(asked).text.startswith("The articles in brief\n")


@pytest.mark.parametrize("asked", ["summarise it", "brief me on that", "/brief this"])
def test_where_nothing_was_asked_before_it_is_everything(converse, tram, asked):
    """As there is nothing else that it could be."""
    assert converse(collection=tram)(asked).text.startswith("The articles in brief\n")


def test_an_edit_of_what_only_points_back_that_is_not_seen_changes_nothing(talk):
    """The topic is still what was asked before."""
    talk("/brief sanctions")
    message = talk("summarise it")
    assert message.text.startswith("Sanctions\n")
    assert talk.edit("summarise it") is None


def test_a_topic_that_is_edited_changes_the_briefing(talk):
    """In the message that showed it; a question instead makes it an answer."""
    message = talk("/brief sanctions")
    talk.edit("/brief BRICS")
    assert talk.message(message.id).text.startswith("BRICS\n")


@pytest.mark.parametrize("asked", ["/brief new", "/brief sanctions", "brief me on sanctions"])
def test_an_edit_that_is_not_seen_changes_nothing(talk, asked):
    """Telegram tells of such edits as well."""
    message = talk(asked)
    assert talk.edit(asked) is None
    assert talk.message(message.id).text == message.text


def test_a_briefing_becomes_an_answer_when_a_question_is_made_of_it(talk):
    """And the other way round, in the same message."""
    message = talk("brief me on sanctions")
    talk.edit("What is BRICS?")
    assert talk.message(message.id).quotes
    talk.edit("brief me on Ukraine")
    assert talk.message(message.id).text.startswith("Ukraine\n")


def test_a_message_that_is_replied_to_may_be_the_topic(group):
    """With the command alone."""
    said = group.api.say(group.chat, BEN, "military cooperation")
    group.all()
    assert group("/brief", reply_to=said["message_id"]).text.startswith("Military cooperation\n")


@pytest.fixture
def slot(clock):
    """Lets a day go by in a conversation and what is due be sent."""

    def pass_a_day(talk):
        clock.now += 24 * 3600
        (job,) = talk.session._application.job_queue.jobs()
        talk.session._run(job.run(talk.session._application))
        return talk.one()

    return pass_a_day


def test_what_is_scheduled_is_a_briefing(converse, clock, slot):
    """Each day, with its buttons; with only-new none where nothing is new."""
    talk = converse(clock=clock)
    talk("/brief daily 08:00 sanctions")
    briefing = slot(talk)
    assert briefing.text.startswith("Sanctions\n")
    assert "Longer" in briefing.buttons
    talk("/brief daily 08:00 only-new sanctions")
    assert slot(talk) is None


def test_what_is_scheduled_moves_with_a_group_of_whose_move_nobody_told(converse, clock, slot):
    """It may have been missed; the buttons work, and what is scheduled can be stopped there."""
    group = converse(
        clock=clock, group=lambda api: api.group("Friends", [ADA, BEN], supergroup=False)
    )
    group("/brief daily 08:00 sanctions")
    group.chat = group.api.migrate(group.chat)
    group.api.take_updates()
    briefing = slot(group)
    assert briefing.chat is group.chat
    assert group("/source 1", reply_to=briefing.id).text.startswith("Xi Jinping")
    assert group("/brief off").text.startswith("Stopped")
    assert slot(group) is None


def test_news_that_nobody_was_told_of_stay_news(converse, collection, tram, clock, slot):
    """A briefing on something else does not make them old."""
    talk = converse(collection=tram, clock=clock)
    talk("/brief")
    clock.now += 60
    title, url, texts = OPENING
    added = ("Prices", "A ticket costs three crowns on every vehicle of the new tram line.")
    later = converse(collection=collection((title, url, [*texts, added]), BUILDING), api=talk.api)
    later("/brief bridge")
    assert "three crowns" in later("/brief new").text
    clock.now += 60
    assert later("/brief new").text.startswith("Nothing new")


def test_in_a_group_it_is_given_to_whoever_asks_the_bot(group):
    """With a command, a mention or a reply; nobody else is listened to."""
    assert group(f"/brief {TOPIC}").text.startswith("Military cooperation\n")
    assert group("@footnote_bot brief me on sanctions").text.startswith("Sanctions\n")
    assert group("brief me on BRICS") is None


def test_the_same_one_is_not_given_twice_within_ten_minutes(converse, clock):
    """Somebody else is led to the first; later it is given again."""
    group = converse(clock=clock, group=lambda api: api.group("Friends", [ADA, BEN, EVE]))
    first = group(f"/brief {TOPIC}")
    clock.now += 120
    other = group("/brief the cooperation of the military", person=BEN)
    assert other.fields["reply_to_message"]["message_id"] == first.id
    assert other.text.startswith("This briefing was given here 2 minutes ago")
    chat = str(group.chat.id).removeprefix("-100")
    assert other.links == [f"https://t.me/c/{chat}/{first.id}"]
    assert group("/brief sanctions").text.startswith("Sanctions\n")
    clock.now += 600
    assert group(f"/brief {TOPIC}").text.startswith("Military cooperation\n")


def test_two_who_ask_at_the_same_moment_get_one(group):
    """The second is led to it."""
    group.api.say(group.chat, ADA, f"/brief {TOPIC}")
    group.api.say(group.chat, BEN, f"/brief {TOPIC}")
    first, second = group.all()
    assert first.text.startswith("Military cooperation\n")
    assert second.text.startswith("This briefing was given here a moment ago")


def test_if_the_first_was_deleted_it_is_given_again(group):
    """Nobody is led to what is not there."""
    first = group(f"/brief {TOPIC}")
    del group.chat.messages[first.id]
    again = group(f"/brief {TOPIC}", person=BEN)
    assert again.text.startswith("Military cooperation\n")


def test_in_private_it_is_given_as_often_as_it_is_asked_for(talk):
    """There nobody else is disturbed."""
    assert talk(f"/brief {TOPIC}").text == talk(f"/brief {TOPIC}").text


def test_changed_articles_are_briefed_on_at_once(converse, collection, tram):
    """And old buttons say that something has changed."""
    group = converse(collection=tram, group=lambda api: api.group("Friends", [ADA, BEN]))
    first = group("/brief vehicles")
    title, url, texts = OPENING
    changed = [
        *texts[:-1],
        ("Prices", "A ticket costs three crowns on every vehicle of the line."),
    ]
    later = converse(
        collection=collection((title, url, changed), BUILDING), api=group.api,
        group=lambda _: group.chat,
    )  # fmt: skip
    assert later("/brief vehicles").text.startswith("Vehicles\n")
    later.press(first, "📄 As a document")
    assert later.notices[-1].startswith("The article has changed since then.")


def test_what_is_new_is_what_came_since_the_last_briefing(converse, collection, tram, clock):
    """Nothing at first; then the paragraphs that were added or changed, and only those."""
    talk = converse(collection=tram, clock=clock)
    talk("/brief vehicles")
    assert talk("/brief new").text == "Nothing new here since the last briefing."
    clock.now += 3600
    title, url, texts = OPENING
    added = ("Prices", "A ticket costs three crowns on every vehicle of the new tram line.")
    later = converse(collection=collection((title, url, [*texts, added]), BUILDING), api=talk.api)
    news = later("/brief new")
    assert news.text.startswith("What is new\n")
    assert points(news) == [
        "A ticket costs three crowns on every vehicle of the new tram line. [1]"
    ]
    clock.now += 60
    assert later.press(news, "🆕 What is new") is None
    assert later.notices == ("Nothing new here since the last briefing.",)


def test_without_a_briefing_before_everything_is_new(talk):
    """Then it is one on everything."""
    assert talk("/brief new").text.startswith("What is new\nFrom both articles, in their own")


@pytest.mark.parametrize(
    "words", ["what's new?", "Anything new since yesterday?", "Was gibt's Neues?"]
)
def test_news_are_asked_for_without_a_command(talk, words):
    """In private; a question about something new is none."""
    assert talk(words).text.startswith("What is new\n")
    assert not talk("What's new about the vehicles?").text.startswith("What is new\n")


def test_typed_behind_the_name_it_is_a_card(talk):
    """Of the same message, without buttons."""
    (card,) = talk.inline(f"brief {TOPIC}")["results"]
    assert card["title"] == "Briefing: Military cooperation"
    content = card["input_message_content"]
    assert content["message_text"].startswith("Military cooperation\n")
    assert talk.inline("brief quantum chromodynamics")["results"] == []


@pytest.mark.parametrize("topic", ["x" * 3000, "🦑" * 500, "\u202e\x00 [1] *_`", "?", "the of"])
def test_any_topic_gets_one_line(talk, topic):
    """Whatever it holds."""
    message = talk(f"/brief {topic}")
    assert message.text.startswith("The articles say nothing about")
    assert len(message.text) < 300


def test_a_migrated_group_knows_when_it_was_briefed(converse):
    """What is new is still what came since."""
    group = converse(group=lambda api: api.group("Friends", [ADA, BEN], supergroup=False))
    group("/brief sanctions")
    group.chat = group.api.migrate(group.chat)
    group.all()
    assert group("/brief new").text.startswith("Nothing new")
