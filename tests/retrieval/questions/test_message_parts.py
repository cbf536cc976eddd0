"""The questions of a message are found among what is told around them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.questions.message_parts import message_parts
from retrieval.text.languages import language

LANGUAGES = [language(code) for code in ("en", "de", "fr", "zh", "ja", "ko")]


@pytest.mark.parametrize(
    ("message", "questions"),
    [
        ("How deep is the lake?", ("How deep is the lake?",)),
        ("lake depth", ("lake depth",)),
        ("Who built the fort at St. Ives?", ("Who built the fort at St. Ives?",)),
        ("Where did the U.N. meet?", ("Where did the U.N. meet?",)),
        ("we land at 6 p.m. when is the fair", ("when is the fair",)),
        ("I met Dr. Orr. Is he in?", ("Is he in?",)),
        ("1. Who is Dr. Orr?\n2. Is he in?", ("Who is Dr. Orr?", "Is he in?")),
        ("We came by bus. It rained all day. How deep is the lake?", ("How deep is the lake?",)),
        ("How deep is it? And how cold?", ("How deep is it?", "And how cold?")),
        (
            "When is the fair and who pays for it?",
            ("When is the fair?", "who pays for it?"),
        ),
        ("Where and when is the fair?", ("Where and when is the fair?",)),
        ("Who sells salt and pepper?", ("Who sells salt and pepper?",)),
        (
            "Wie tief ist der See und was kostet ein Boot?",
            ("Wie tief ist der See?", "was kostet ein Boot?"),
        ),
        ("how deep is the lake and is it cold", ("how deep is the lake?", "is it cold")),
        ("we came by bus. how deep is the lake", ("how deep is the lake",)),
        ("we came by bus. anyway can we swim", ("anyway can we swim",)),
        ("Wir kamen spät an. sagen sie mal wo ist der See", ("sagen sie mal wo ist der See",)),
        (
            "How deep is the lake? another thing: may we swim",
            ("How deep is the lake?", "another thing: may we swim"),
        ),
        ("how deep is the lake + is it cold", ("how deep is the lake?", "is it cold")),
        ("How deep is the lake? are dogs allowed", ("How deep is the lake?", "are dogs allowed")),
        (
            "Elle a huit ans. je voudrais savoir si elle peut nager",
            ("elle peut nager?",),
        ),
        ("I swim a lot. I wonder if dogs may swim too", ("dogs may swim too?",)),
        ("The lake is deep. We came by bus.", ("The lake is deep. We came by bus.",)),
        (
            "so I moved here with my two kids and we love it so far, but where can we swim?",
            ("but where can we swim?",),
        ),
        (
            "If I come by train in winter with two small children and a dog, what do I pay?",
            ("If I come by train in winter with two small children and a dog, what do I pay?",),
        ),
        (
            "coucou j'ai un pote qui veut venir ici mais il sait pas nager : on paye combien",
            ("on paye combien",),
        ),
        (
            "le bain dure combien de temps et comment on paye",
            ("le bain dure combien de temps?", "comment on paye"),
        ),
        ("焯水怎么读，什么菜需要焯水", ("焯水怎么读?", "什么菜需要焯水")),
        ("我们坐车来的，想问一下湖边什么时候关门", ("湖边什么时候关门?",)),
        ("如果下雨，怎么办", ("如果下雨，怎么办",)),
        ("バスで来ました。犬も泳げるんでしょうか", ("犬も泳げるんでしょうか",)),
        ("船はいくらで、いつ出ますか？", ("船はいくらで?", "いつ出ますか？")),
        ("어제 왔어요. 배는 언제 떠나나요", ("배는 언제 떠나나요",)),
        ("The boat leaks. what can i do", ("The boat leaks. what can i do",)),
    ],
)
def test_what_is_asked_is_told_from_what_is_told(message, questions):
    """One question, or the first two; a message without one is looked up as it is."""
    assert message_parts(message, LANGUAGES, "en").questions == questions


def test_what_stands_in_front_of_a_question_is_what_it_may_lean_on():
    """All sentences before it."""
    parts = message_parts("I saw the ferry. It was full. When does it leave?", LANGUAGES, "en")
    assert parts.questions == ("When does it leave?",)
    assert parts.told == ("I saw the ferry.", "It was full.")


@given(st.text(max_size=400))
def test_any_message_asks_something(message):
    """At least itself, at most two questions."""
    assert 1 <= len(message_parts(message, LANGUAGES, "en").questions) <= 2
