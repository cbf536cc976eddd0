"""In which language the bot speaks: the person's, or the one that a chat has chosen."""

import pytest
from conversations import ADA, BEN

from bot.console.world.chats import Person

LENA = Person(7, "Lena", "lena", "de-AT")
IVAN = Person(8, "Ivan", "ivan", "ru")
YVES = Person(9, "Yves", "yves", "fr")


def friends(api):
    return api.group("Friends", [ADA, BEN, LENA])


def private(talk, person):
    talk.chat = talk.api.private(person)
    return lambda words: talk(words, person)


@pytest.mark.parametrize(
    ("person", "hello", "more"),
    [
        (LENA, "Hallo!", "Absatz"),
        (IVAN, "Здравствуйте!", "абзац"),
        (YVES, "Hello!", "paragraph"),
        (ADA, "Hello!", "paragraph"),
    ],
)
def test_in_private_it_is_that_of_the_person(talk, person, hello, more):
    """If the bot speaks it; pages, leads and footnotes are in it, quotes as they stand."""
    say = private(talk, person)
    assert say("/start").text.startswith(hello)
    answer = say("What is BRICS?")
    assert answer.quotes[0].startswith("Think of the BRICS group")
    assert f"{more} 4" in answer.text


@pytest.mark.parametrize(
    ("person", "said", "answer"),
    [
        (LENA, "👍", "Gut. Fragen Sie"), (LENA, "ok", "Gut. Fragen Sie"),
        (LENA, "thank you", "You’re welcome"), (LENA, "merci beaucoup", "Avec plaisir"),
        (IVAN, "🙏", "Пожалуйста"), (IVAN, "ok", "Хорошо"), (IVAN, "vielen Dank", "Gern"),
        (YVES, "👍", "Good. Ask me"), (ADA, "👍", "Good. Ask me"),
    ],
)  # fmt: skip
def test_small_talk_that_is_in_many_languages_is_answered_in_the_chats(talk, person, said, answer):
    """Emoji and words such as "ok"; what is in another language is answered in that one."""
    assert private(talk, person)(said).text.startswith(answer)


def test_the_same_question_is_worded_in_each_language(talk):
    """What is remembered of it for one is not said to the other."""
    said = [private(talk, person)("What is BRICS?").text for person in (ADA, LENA, IVAN, ADA)]
    assert len(set(said)) == 3
    assert said[0] == said[3]


def test_a_person_chooses_another_language(talk):
    """By a button or by its name; the last button leaves it to Telegram again."""
    say = private(talk, LENA)
    shown = say("/language")
    assert shown.text.startswith("Ich spreche hier Deutsch.")
    assert shown.buttons == ["English", "Deutsch", "Русский", "Wie in Telegram"]
    assert talk.press(shown, "Русский", LENA).text.startswith("Здесь я говорю по-русски.")
    assert say("/help").text.startswith("Напишите вопрос")
    assert say("/language English").text.startswith("I speak English here.")
    last = say("/language")
    assert talk.press(last, "As in Telegram", LENA).text.startswith("Ich spreche hier Deutsch.")
    assert say("/language Klingonisch").text.startswith("Diese Sprache spreche ich nicht.")


def test_a_group_has_one_language(converse):
    """Whoever asks; only administrators choose it."""
    talk = converse(group=friends)
    assert "paragraph 4" in talk("/ask What is BRICS?", LENA).text
    shown = talk("/language", BEN)
    assert shown.buttons == ["English", "Deutsch", "Русский"]
    assert talk.press(shown, "Deutsch", BEN) is None
    assert talk.notices[0].startswith("Sorry, only this group’s administrators")
    assert talk.press(shown, "Deutsch", ADA).text.startswith("Ich spreche hier Deutsch.")
    assert "Absatz 4" in talk("/ask What is BRICS?", BEN).text
    assert talk("/language ru", BEN).text.startswith("Zeitpläne, Zeitzone und Sprache")


def test_a_group_speaks_like_whoever_adds_the_bot(converse):
    """Until it chooses another language."""
    talk = converse(group=lambda api: api.group("Freunde", [LENA, ADA], bot=False))
    talk.api.add_bot(talk.chat, LENA)
    assert talk.one().text.startswith("Hallo!")
    assert "Absatz 4" in talk("/ask What is BRICS?", ADA).text


def test_a_choice_survives_a_restart_and_is_forgotten_with_the_person(talk, converse):
    """It is part of what is kept about a private chat."""
    talk("/language de")
    again = converse(api=talk.api)
    assert again("/help").text.startswith("Schreiben Sie")
    again("/forget")
    assert again("/help").text.startswith("Write a question")


def test_a_group_keeps_its_language_as_a_supergroup(converse):
    """Its number is another then."""
    talk = converse(group=lambda api: api.group("Friends", [ADA], supergroup=False))
    talk("/language de")
    talk.chat = talk.api.migrate(talk.chat)
    talk.all()
    assert "Absatz 4" in talk("/ask What is BRICS?").text


def test_an_inline_search_is_in_the_language_of_the_person(talk):
    """Cards carry footnotes."""
    cards = talk.inline("BRICS", LENA)["results"]
    assert "Absatz" in cards[0]["description"]


def test_a_scheduled_briefing_is_in_the_language_it_was_set_in(converse):
    """Nobody writes when it is due; what the chat chooses later goes before."""
    now = [1_777_800_000.0]
    talk = converse(clock=lambda: now[0])
    say = private(talk, LENA)
    assert "Das nächste:" in say("/brief daily 08:00 BRICS").text
    now[0] += 24 * 3600
    assert "In seinen eigenen Worten:" in talk.due().text
    say("/language ru")
    now[0] += 24 * 3600
    assert "Её собственными словами:" in talk.due().text
