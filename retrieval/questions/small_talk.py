"""Small talk, and questions about the bot: messages that no article has to answer."""

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from retrieval.text.talk_words import TalkWords, talk_form, talk_languages, talk_words

LONGEST_TALK = 120
FEWEST_WORDS_ASKING = 3
MOST_REMEMBERED_TALK = 256  # several look at each message that comes in
PARTS = re.compile(r"[,.!?;:…][\s\"”»)]+|[。！？、，]+|\n+")
LOVING = frozenset("🙏❤♥💙💚💛🧡💜🖤🤍💖💕💗😍🥰😘💐🌹🌷🤟🫶")
DISAPPROVING = frozenset("👎😡😠🤬😤🙄😒😞😟😕🙁☹😢😭💩❌😩😫😖😣🤔🤨🤷😱😨😰😳🥴")
WAVING = frozenset("👋🤚✋🖐")


class Talk(StrEnum):
    """What a message that no article answers is; what counts more comes first."""

    SUMMARY = "summary"
    TOPICS = "topics"
    TRUTH = "truth"
    PRIVACY = "privacy"
    IDENTITY = "identity"
    HELP = "help"
    COMPLAINT = "complaint"
    WELLBEING = "wellbeing"
    FAREWELL = "farewell"
    THANKS = "thanks"
    APOLOGY = "apology"
    PRAISE = "praise"
    GREETING = "greeting"
    APPROVAL = "approval"


ORDER = list(Talk)


class SmallTalk(NamedTuple):
    """A message that asks nothing of the articles: what it is, and the language it is in."""

    talk: Talk
    language: str


@lru_cache(maxsize=MOST_REMEMBERED_TALK)
def small_talk(message: str, own: tuple[str, ...] = ()) -> SmallTalk | None:
    """What small talk the message is as a whole; None if it asks something.

    `own` are the codes of the languages that are tried first: of words such as "ok", which many
    languages share, nothing else tells which one is meant.
    """
    if own and small_talk(message) is None:
        return None  # what is talk in no language is in none of its own either
    text = talk_form(message)
    if not text:
        return _of_signs(message, own)
    if len(text) > LONGEST_TALK or _asks_behind(message):
        return None
    for code in dict.fromkeys([*own, *talk_languages()]):
        words = talk_words(code)
        if words is not None and (found := _talks(text, words)):
            return SmallTalk(min(found, key=ORDER.index), code)
    return None


def _asks_behind(message: str) -> bool:
    """Whether more than small talk stands behind a mark: "Thanks for the bus, when is it?"."""
    *before, last = PARTS.split(message.strip(" ?!.。？！"))
    return bool(before) and len(last.split()) >= FEWEST_WORDS_ASKING and small_talk(last) is None


def without_small_talk(message: str) -> str:
    """The message without the sentences before and behind its question that are small talk.

    What is left out ends in a mark: "Hello, …", "…? Thanks!". All of it, if nothing else is there.
    """
    ends = [found.end() for found in PARTS.finditer(message)]
    starts = [0, *ends]
    parts = list(zip(starts, [*ends, len(message)], strict=True))
    if len(parts) > LONGEST_TALK:
        return message
    while parts and _is_courtesy(message[slice(*parts[0])]):
        parts.pop(0)
    while parts and _is_courtesy(message[slice(*parts[-1])]):
        parts.pop()
    return message[parts[0][0] : parts[-1][1]].strip() if parts else message


def _is_courtesy(part: str) -> bool:
    """Whether a part of a message only greets, thanks or the like; signs alone do as well."""
    found = small_talk(part)
    if found is None:
        return not talk_form(part)
    return ORDER.index(found.talk) >= ORDER.index(Talk.COMPLAINT)


def _talks(text: str, words: TalkWords) -> set[Talk]:
    """What the phrases are that the text consists of; nothing if it holds anything else."""
    if not words.may_begin(text):
        return set()  # as in most languages, of most messages
    text = words.with_articles(text)
    for name, match in words.phrases(text):
        if name in ORDER and match.re.fullmatch(text):
            return {Talk(name)}
    found: set[Talk] = set()
    position = 0
    while position < len(text):
        ends = ((match.end(), name) for name, match in words.phrases(text, position))
        end, best = max(ends, key=itemgetter(0), default=(position, ""))
        if end == position:
            return set()
        if best in ORDER:
            found.add(Talk(best))
        position = end + (text[end : end + 1] == " ")
    return found


def _of_signs(message: str, own: Iterable[str]) -> SmallTalk | None:
    """What a message of nothing but emoji says; None of one of marks alone, such as "?"."""
    signs = [char for char in message if unicodedata.category(char) == "So" or char in "♥❤"]
    if not signs:
        return None
    code = next(iter(own), "en")
    for talk, group in (
        (Talk.COMPLAINT, DISAPPROVING),
        (Talk.THANKS, LOVING),
        (Talk.GREETING, WAVING),
    ):
        if group.intersection(signs):
            return SmallTalk(talk, code)
    return SmallTalk(Talk.APPROVAL, code)
