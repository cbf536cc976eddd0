"""Abstention: a question about what no article mentions is not answered."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from retrieval.answers.ranking.candidates import Candidate
from retrieval.index.collection_index import Index
from retrieval.questions.query import Query, QueryWord
from retrieval.questions.question_kinds import Kind
from retrieval.text.analysis import GENITIVE, fold, words

QUOTED = re.compile(r"[\"“„«»]([^\"“”„«»]{3,120})[\"”“«»]")
AROUND_PHRASE = " .,;:!?…、。，？！"
MOST_TEXTS_READ = 50
LEAST_MEANT = 0.5
SHORTEST_ACRONYM = 2
LONGEST_ACRONYM = 6


def lacks_subject(index: Index, query: Query, found: Sequence[Candidate]) -> bool:
    """Whether the question is about what no article contains.

    A name or a phrase in quotation marks; any telling word where a yes or no is wanted; all that
    is to be measured where a measure is.
    """
    return asks_whether_unknown(index, query, found) or lacks_name(index, query, found)


def asks_whether_unknown(index: Index, query: Query, found: Sequence[Candidate]) -> bool:
    """Whether no article contains a word on which a yes or no, a measure or anything is wanted.

    A rule for cameras does not say whether drones are allowed, and is no answer to "drones?"; nor
    does the price of a cabin say what a massage costs.
    """
    stands_alone = query.context is None and len(query.words) == 1
    if not (query.kind is Kind.YES_NO or stands_alone or _measures_unknown(query)):
        return False
    telling = (word for word in _missing(query) if word.is_telling)
    return any(not _is_spelt_out(index, found, word) for word in telling)


def lacks_name(index: Index, query: Query, found: Sequence[Candidate]) -> bool:
    """Whether no article contains a name or a phrase in quotation marks that is asked about.

    An acronym may be spelt out in the articles.
    """
    names = (word for word in _missing(query) if word.is_name)
    if any(not _is_spelt_out(index, found, name) for name in names):
        return True
    return any(not _holds(index, found, phrase) for phrase in QUOTED.findall(query.question))


def _measures_unknown(query: Query) -> bool:
    """Whether a measure is asked for, and no article contains anything that is to be measured."""
    told = any(word.weight >= LEAST_MEANT and word.known for word in query.words)
    return query.measure != "" and not told


def speaks_of_other(index: Index, query: Query, paragraph: int) -> bool:
    """Whether a paragraph holds no time, reason or origin of what is asked about."""
    if asks_only_why(query):
        return not any(gives_reason(index, n) for n in index.sentences_of(paragraph))
    return lacks_hour(index, query, paragraph) or lacks_origin(index, query, paragraph)


def lacks_origin(index: Index, query: Query, paragraph: int) -> bool:
    """Whether it is asked who or what time something comes from, and a paragraph tells no origin.

    That a game is about a crew does not say who invented the game.
    """
    language = index.analyzer_of(paragraph).language
    if not language.holds_origin.text or not language.asks_origin.search(query.question):
        return False
    return not any(index.finds(language.holds_origin, n) for n in index.sentences_of(paragraph))


def lacks_hour(index: Index, query: Query, paragraph: int) -> bool:
    """Whether it is asked if something is so at a time of day, and a paragraph names no time."""
    if not query.names_hour:
        return False
    clock = index.analyzer_of(paragraph).language.holds_clock
    return not any(index.finds(clock, n) for n in index.sentences_of(paragraph))


def asks_only_why(query: Query) -> bool:
    """Whether a message asks why what was before is so, and names nothing itself."""
    if query.kind is not Kind.WHY or query.context is None:
        return False
    return not any(word.own and word.known for word in query.words)


def gives_reason(index: Index, sentence: int) -> bool:
    """Whether a sentence holds what marks a reason, such as "because"."""
    language = index.language_of(sentence)
    mark = language.claims.get(Kind.WHY) or language.cues.get(Kind.WHY)
    return mark is None or bool(index.finds(mark, sentence))


def _missing(query: Query) -> list[QueryWord]:
    """The question's own words that no article contains."""
    return [word for word in query.words if word.own and not word.known]


def _is_spelt_out(index: Index, found: Sequence[Candidate], word: QueryWord) -> bool:
    """Whether one of the best paragraphs has an acronym's words: "World War II" for WW-II."""
    acronym = GENITIVE.sub("", word.text).replace("-", "")
    if not (acronym.isupper() and SHORTEST_ACRONYM <= len(acronym) <= LONGEST_ACRONYM):
        return False
    return any(acronym in _acronyms(text) for text in _best_texts(index, found))


def _acronyms(text: str) -> Iterator[str]:
    """What two words in a row or more are shortened to; words in capitals are kept whole."""
    shortened = [w.text if w.text.isupper() else w.text[0] for w in words(text)]
    for size in range(SHORTEST_ACRONYM, LONGEST_ACRONYM + 1):
        for start in range(len(shortened) - size + 1):
            yield "".join(shortened[start : start + size])


def _holds(index: Index, found: Sequence[Candidate], phrase: str) -> bool:
    """Whether one of the best paragraphs holds the phrase, in whatever case."""
    wanted = _plain(phrase.strip(AROUND_PHRASE))
    return any(wanted in _plain(text) for text in _best_texts(index, found))


def _plain(text: str) -> str:
    return " ".join(fold(text).split())


def _best_texts(index: Index, found: Sequence[Candidate]) -> Iterator[str]:
    numbers = dict.fromkeys(candidate.paragraph for candidate in found)
    return (index.paragraph(number).text for number in islice(numbers, MOST_TEXTS_READ))
