"""A question costs a bounded time, whatever it holds."""

import random
import string
import time
from itertools import chain

import pytest

from bot.composing.briefing_lengths import BriefingLength
from bot.composing.briefing_wishes import asks_for_news, requested_topic
from bot.handlers.inline_search import BRIEF
from bot.schedules.recurrence import read_schedule
from bot.schedules.timezones import find, suggestions
from retrieval.questions.question_text import clean
from retrieval.text.languages import language

LONGEST = 4096
NOTHING = 0.02  # seconds that are none: a busy machine may take them for anything
# Twice the text takes twice the time, or four times if each part looks at all others.
MOST_TIMES = 3.4
TRIES = 3  # the quickest of them counts
LANGUAGES = ["en", "de", "fr", "es", "it", "pt", "ru", "zh", "ja", "ko"]
WORDS = random.Random(1)  # noqa: S311  # the same each time
RANDOM = [
    "".join(WORDS.choices(string.ascii_lowercase, k=5)) + " " for _ in range(1 + LONGEST // 6)
]
HOSTILE = [
    "a", "a ", "ab ", "A ", "Aa ", "1", "1,", "1.", "8:00 ", ",", ", ", "- ", "-a", "a-", "' ",
    "’s ", "((", "[1]", "?", "? ", "...", ". ", "A. ", "e.g. ", "_", "中", "中国 ", "の", "가",
    "а ", "\u0301", "a\u0301", "\u202e", "😀", "please ", ", please", "please,", "can you ",
    "brief me on ", "briefing: ", "only-new ", "daily 8:00 ", "why ", "and ", "or ", "of the ",
    "what is ", "difference between ", "how many ", "what about ", "tell me about ", "China ",
    "milatary ", "Russia and China ", "qui ", "wer ", "кто ", "什么", "a, ", "a: ", "the us ",
    "articles texts ", "articles textes ", "textos dos ", "testi ", "texte ", "тексты статьях ",
    "compare ", "which ", "how much is ",
]  # fmt: skip
FRAMES = ["{}", "why {}", "what is the difference between {}?", "{}\x00!z"]


def text(unit, length):
    return (unit * (1 + length // len(unit)))[:length]


def texts(length):
    everything = [text(unit, length) for unit in HOSTILE] + ["".join(RANDOM)[:length]]
    return [(frame.format(one))[:length] for one in everything for frame in FRAMES]


def pairs():
    """Each text at half and at full length; what a frame adds at the end may be cut off."""
    return dict.fromkeys(zip(texts(LONGEST // 2), texts(LONGEST), strict=True))


def seconds(call, given):
    """The CPU that it takes, whatever else the machine does."""
    start = time.process_time()
    call(given)
    return time.process_time() - start


def assert_bounded(call):
    for short, long in pairs():
        most = MOST_TIMES * NOTHING
        first = seconds(call, long)
        if first < most:
            continue
        most = max(most, MOST_TIMES * min(seconds(call, short) for _ in range(TRIES)))
        again = (seconds(call, long) for _ in range(TRIES - 1))
        assert any(taken < most for taken in chain([first], again)), repr(long[:60])


def test_a_question_takes_a_bounded_time(shipped_pipeline):
    """Alone and together with the one before."""
    assert_bounded(lambda words: shipped_pipeline.ask(clean(words)))
    assert_bounded(lambda words: shipped_pipeline.ask("and why?", clean(words)))


def test_a_briefing_takes_a_bounded_time(shipped_pipeline):
    """On whatever topic."""
    assert_bounded(lambda words: shipped_pipeline.brief(clean(words), BriefingLength.USUAL.limits))


def test_reading_a_request_takes_a_bounded_time():
    """For a briefing, a schedule, a time zone."""

    def read(words):
        requested_topic(words)
        asks_for_news(words)
        BRIEF.match(words)
        for cadence in ("daily", "weekly", "weekly mon"):
            read_schedule(f"{cadence} {words}")
        find(words)
        suggestions(words)

    assert_bounded(read)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_pattern_of_a_language_takes_a_bounded_time(code):
    """On whatever text, found or not."""
    spoken = language(code)
    follow_up = spoken.follow_up
    patterns = [pattern for _, pattern in spoken.kinds]
    patterns += [
        spoken.asks_quantity,
        spoken.asks_year,
        spoken.asks_about_name,
        follow_up.connectives,
    ]
    patterns += [follow_up.pronouns, follow_up.expletives, follow_up.openers, spoken.frames]
    patterns += [follow_up.greeting_first]

    def search(words):
        for pattern in patterns:
            pattern.search(words)

    assert_bounded(search)
