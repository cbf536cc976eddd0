"""The questions of a message: the one in a long story, or two that are asked at once."""

import re
from collections.abc import Iterable
from itertools import islice
from typing import NamedTuple

from retrieval.questions.small_talk import small_talk
from retrieval.text.analysis import plain_lower, word_count, word_texts
from retrieval.text.discourse import CLOSING, asks
from retrieval.text.languages import Language

SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”»)]*\s+|(?<=[。！？])|\n+")
CLAUSE_END = re.compile(r"[,;:–—]\s+|[，；：、]")
MOST_MESSAGE_SENTENCES = 60
MOST_CLAUSES = 20
MOST_QUESTIONS = 2
MOST_PHRASES_OF_SENTENCE = 5  # that may lead up to a question or join two
STORY_WORDS = 12
FEWEST_WORDS_OF_FIRST = 3  # of the first question, where "and" joins two in one sentence
MOST_WORDS_LED_IN = 3  # in front of a question: "another thing: …"


class MessageParts(NamedTuple):
    """What a message asks: one question or two; `told` are the sentences in front of the first.

    `is_story` is whether so much is told that the question is about that, and nothing before.
    """

    questions: tuple[str, ...]
    told: tuple[str, ...] = ()
    is_story: bool = False


def message_parts(message: str, languages: Iterable[Language], code: str) -> MessageParts:
    """The questions of a message; all of it, if no part of it is one.

    Of more than two only the first two are taken. `code` is the language that it seems to be in.
    """
    languages = list(languages)
    sentences = [
        part
        for sentence in _sentences(message, code)
        for part in _told_and_asked(sentence, languages)
    ]
    if not 0 < len(sentences) <= MOST_MESSAGE_SENTENCES:
        return MessageParts((message,))
    asking = [n for n, sentence in enumerate(sentences) if _asks(sentence)]
    last = len(sentences) - 1
    if asking and asking[-1] != last and _is_unmarked_question(sentences[last], languages):
        asking.append(last)
    if not asking and (wondered := _wondering(sentences, languages)):
        return wondered
    if not asking:  # on a phone, many leave the mark out
        opening = [n for n, s in enumerate(sentences) if _opens_as_question(s, languages)]
        asking = [n for n in opening if small_talk(sentences[n]) is None]
    if not asking:
        return MessageParts((message,))
    told = tuple(sentences[: asking[0]])
    parts = [part for n in asking for part in _joined(sentences[n], languages)]
    if len(sentences) == 1 and len(parts) == 1:
        return MessageParts((message,))
    return MessageParts(tuple(parts[:MOST_QUESTIONS]), told, _is_story(told))


def _sentences(message: str, code: str) -> list[str]:
    """Its sentences as people type them; none ends in "St. Augustine" or "the U.N. met"."""
    if not SENTENCE_END.search(message):
        return [message.strip()]
    from retrieval.text.boundaries import BoundaryRules

    rules = BoundaryRules(code)
    sentences = []
    begin = 0
    for cut in SENTENCE_END.finditer(message):
        before, behind = message[begin : cut.start()], message[cut.end() : cut.end() + 1]
        is_numbering = not any(map(str.isalpha, before))
        if is_numbering or "\n" in cut.group():
            ends = True  # which rules for printed text do not know
        elif behind.islower():  # they do not know this either, but what is cut short
            ends = not rules.is_cut_short(message, begin, cut.start())
        else:
            ends = rules.decide(message, begin, cut.start(), cut.end()) is not False
        if ends:
            sentences.append(before)
            begin = cut.end()
    sentences.append(message[begin:])
    return [sentence.strip() for sentence in sentences if sentence.strip()]


def _told_and_asked(sentence: str, languages: Iterable[Language]) -> list[str]:
    """A story and the question that it ends in, if one sentence holds both; else the sentence."""
    if sentence.endswith((".", "!", "。")):
        return [sentence]
    begin = 0
    for cut in islice(CLAUSE_END.finditer(sentence), MOST_CLAUSES):
        told, asked = sentence[: cut.start()], sentence[cut.end() :]
        if _is_condition(told[begin:], languages):
            return [sentence]
        begin = cut.end()
        if _is_story([told]) and (
            _opens_as_question(asked, languages) or _is_condition(asked, languages)
        ):
            return [told, asked]
    return [sentence]


def _is_condition(clause: str, languages: Iterable[Language]) -> bool:
    text = plain_lower(clause)
    return any(language.follow_up.condition.match(text) for language in languages)


def _is_story(told: Iterable[str]) -> bool:
    return word_count(" ".join(told)) >= STORY_WORDS


def _wondering(sentences: list[str], languages: Iterable[Language]) -> MessageParts | None:
    """The question of a message that wonders or wants to know: "I wonder how much it costs."."""
    tries = ((n, s, language) for n, s in enumerate(sentences) for language in languages)
    for number, sentence, language in tries:
        for found in islice(language.follow_up.wondering.all(sentence), MOST_PHRASES_OF_SENTENCE):
            asked = sentence[found.end() :].strip(" .!…")
            is_whether = bool(found.groupdict().get("whether"))  # then any clause is one
            if _is_whole(asked) and (is_whether or _begins_as_question(asked, language)):
                told = tuple(sentences[:number])
                return MessageParts((f"{asked}?",), told, _is_story(told))
    return None


def _asks(sentence: str) -> bool:
    return asks(sentence) and bool(word_texts(sentence)) and small_talk(sentence) is None


def _joined(sentence: str, languages: Iterable[Language]) -> list[str]:
    """The two questions that a sentence joins by "and": "When is it due and who collects it?"."""
    for language in languages:
        for found in islice(
            language.follow_up.second_question.all(sentence), MOST_PHRASES_OF_SENTENCE
        ):
            before, behind = sentence[: found.start()], sentence[found.end("joint") :]
            if (
                _is_whole(before)
                and _begins_as_question(before, language)
                and word_count(behind) > 1
            ):
                return [before.strip(" ,;") + "?", behind.strip()]
    return [sentence]


def _is_whole(question: str) -> bool:
    return word_count(question) >= FEWEST_WORDS_OF_FIRST


def _is_unmarked_question(sentence: str, languages: Iterable[Language]) -> bool:
    is_unmarked = sentence.rstrip(CLOSING)[-1:].isalnum()
    return is_unmarked and _opens_as_question(sentence, languages)


def _opens_as_question(sentence: str, languages: Iterable[Language]) -> bool:
    cut = CLAUSE_END.search(sentence)
    if cut and word_count(sentence[: cut.start()]) <= MOST_WORDS_LED_IN:
        sentence = sentence[cut.end() :] if _is_whole(sentence[cut.end() :]) else sentence
    text = plain_lower(sentence).strip(" ,;¿")
    for language in languages:
        asked = language.follow_up.greeting_first.remove(text)  # "anyway can he …"
        opens = any(pattern.match(asked) for _, pattern in language.kinds)
        if _is_whole(asked) and (opens or language.follow_up.questioning.search(asked)):
            return True
    return False


def _begins_as_question(text: str, language: Language) -> bool:
    asked = plain_lower(text).strip(" ,;¿")
    if any(pattern.search(asked) for _, pattern in language.kinds):
        return True
    return bool(language.follow_up.openers.search(asked))
