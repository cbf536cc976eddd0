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
    request = _pattern("request").match(words) or _first_match("requests", words)
    if request is None:
        return None
    return _pattern("please").sub("", _behind(request).strip(" .,!?")).strip(" .,!?")


def points_back(topic: str) -> bool:
    """Whether the topic only points to what was spoken of before: "it", "that"."""
    return _is_wish("it", topic)


def without_asking(words: str) -> str:
    """The topic without what only asks for it ("tell me about"); the words, if that is all."""
    asking = _first_match("asking", words)
    subject = _behind(asking) if asking else words
    return subject.strip(" ?!.,;:–—-•¿¡？！。؟") or words


def _first_match(name: str, words: str) -> re.Match[str] | None:
    """What the first of those patterns finds in front of words that are not too long."""
    if len(words) > LONGEST_REQUEST:
        return None
    return next(filter(None, (pattern.match(words) for pattern in _by_language(name))), None)


def _behind(found: re.Match[str]) -> str:
    """What stands behind it, or in its group named `topic`."""
    return found.groupdict().get("topic") or found.string[found.end() :]


def _is_wish(name: str, words: str) -> bool:
    return len(words) <= LONGEST_WISH and _pattern(name).fullmatch(words.strip()) is not None


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """The wish of that name."""
    return re.compile(_file()[name].replace("\n", ""), re.IGNORECASE)


@cache
def _by_language(name: str) -> tuple[re.Pattern[str], ...]:
    """The patterns of that name in all languages."""
    texts = (text for texts in _file()[name].values() for text in texts)
    return tuple(re.compile(text, re.IGNORECASE) for text in texts)


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))
