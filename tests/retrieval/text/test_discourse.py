"""Sentences that lean on another one, and sentences that say nothing."""

import pytest

from retrieval.text.discourse import is_filler, leans
from retrieval.text.languages import language


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("en", "This move is driven by fear."),
        ("en", "It also helps Russia."),
        ("en", "“These drills are large.”"),
        ("en", "However, bees sleep."),
        ("en", "They've met often."),
        ("de", "Dieser Schritt hilft."),
        ("fr", "Cela aide aussi."),
        ("es", "Además, esto ayuda."),
        ("it", "Questo aiuta."),
        ("pt", "Isso ajuda."),
        ("ru", "Это помогает."),
        ("zh", "这有帮助。"),
    ],
)
def test_a_sentence_that_leans(code, sentence):
    """It opens by pointing back."""
    assert leans(sentence, language(code))


@pytest.mark.parametrize(
    "sentence",
    ["Bees fly.", "Moreover, bees sleep.", "It is clear that bees fly.", "Thistles grow.", ""],
)
def test_a_sentence_that_stands_alone(sentence):
    """It names what it speaks of."""
    assert not leans(sentence, language("en"))


@pytest.mark.parametrize(
    "sentence",
    [
        "Hey guys!",
        "Today, we're going to dive deep into bees.",
        "Alright, let's talk honey, folks!",
        "So, what exactly do bees do?",
        "Will bees survive?",
        "So, stay tuned, because this story goes on!",
        "In this article, you learn about bees.",
        "Let’s get real.",
        "And let me tell you, bees are not amused.",
        "And that, my friends, is a bee.",
    ],
)
def test_filler(sentence):
    """Greetings, announcements and rhetorical questions."""
    assert is_filler(sentence, language("en"))


@pytest.mark.parametrize(
    "sentence",
    [
        "Bees let others rest.",
        "We see this in their dance.",
        "The article was written in 1900.",
        "What matters is honey.",
        "Highways are long.",
        "And that friendly bee returned.",
    ],
)
def test_no_filler(sentence):
    """A statement that shares a word with filler."""
    assert not is_filler(sentence, language("en"))
