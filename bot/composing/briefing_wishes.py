"""Wishes for a briefing in other words: on all articles, on a topic, or a short one.

The words are in `templates/briefing_wishes.toml`.
"""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "templates" / "briefing_wishes.toml"
LONGEST_WISH = 80  # characters
LONGEST_REQUEST = 400  # in which the topic may stand anywhere


def asks_for_news(words: str) -> bool:
    """Whether the words behind a command wish for what is new, and name no topic."""
    return asks_what_is_new(words) or _is_wish("news_alone", words)


def asks_what_is_new(message: str) -> bool:
    """Whether a message without a command asks what is new, and not about something new."""
    return _is_wish("news", message)


def asks_for_all(words: str) -> bool:
    """Whether the words wish for a briefing on all articles and name no topic."""
    return _is_wish("everything", words)


def without_short(words: str) -> tuple[str, bool]:
    """The words without "short" in front of them, and whether that was there."""
    if words.strip().casefold() == "short":
        return "", True
    found = _pattern("short").match(words)
    return (words[found.end() :], True) if found else (words, False)


def requested_topic(words: str) -> str | None:
    """The topic of a briefing that a message asks for, empty for all; None if it asks for none."""
    request = _pattern("request").match(words)
    if request is None and len(words) <= LONGEST_REQUEST:
        request = next(filter(None, (pattern.match(words) for pattern in _requests())), None)
    if request is None:
        return None
    inside = request.groupdict().get("topic")
    topic = inside or words[request.end() :]
    return _pattern("please").sub("", topic.strip(" .,!?")).strip(" .,!?")


def _is_wish(name: str, words: str) -> bool:
    return len(words) <= LONGEST_WISH and _pattern(name).fullmatch(words.strip()) is not None


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """The wish of that name."""
    return re.compile(_file()[name].replace("\n", ""), re.IGNORECASE)


@cache
def _requests() -> tuple[re.Pattern[str], ...]:
    """The requests in other languages than English."""
    texts = (text for texts in _file()["requests"].values() for text in texts)
    return tuple(re.compile(text, re.IGNORECASE) for text in texts)


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))
