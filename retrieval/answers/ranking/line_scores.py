"""What the lines of lists and tables, and of code, are scored by beside their own words."""

import re
from collections.abc import Callable, Iterable, Sequence

from retrieval.index.collection_index import Index
from retrieval.questions.query import Query, QueryWord
from retrieval.questions.question_kinds import Kind
from retrieval.text.analysis import HYPHEN, fold, word_texts

ABOVE_SHARE = 0.8
TEXT_SHARE = 0.5  # a sentence stands more on its own than a line
MOST_LINES = 5
NAMED_SHARE = 0.5
FEWEST_NAMED = 2
TOLD_IN_PROSE = (Kind.DEFINITION, Kind.WHO, Kind.WHY, Kind.YES_NO)
IDENTIFIER = re.compile(r"\S*\w(?:[_./:\\=-]+|(?<=[a-z])(?=[A-Z]))\w\S*|--?\w\S*|\w+\(\)")
AROUND = "\"'`“”‘’«»?!.,;:…。？！()[]{}"


def relevance_of_lines(
    index: Index, query: Query, paragraph: int, of_sentence: Callable[[int], float]
) -> dict[int, float]:
    """The scores of the sentences of a list or table, with what they gain from above.

    A line is understood together with its lead-in or header row, its headings and title, so it
    gains by the question's words that those hold and itself does not: 0.8 of the idf of each. The
    lead-in gains by the headings and the title. Of the lines only the best five are kept, so that
    a long table leaves room for other paragraphs.
    """
    listed = index.list_or_table_at(paragraph)
    heading = index.title_and_heading_terms(paragraph)
    above = heading.union(*(index.sentence_terms(number) for number in listed.lead))
    lead = _scores(index, listed.lead, _held(index, query, heading), of_sentence)
    numbers = [number for line in listed.sentences for number in line]
    lines = _scores(index, numbers, _held(index, query, above), of_sentence)
    best = sorted(lines, key=lambda number: (-lines[number], number))[:MOST_LINES]
    return lead | {number: lines[number] for number in best}


def relevance_of_text(
    index: Index, query: Query, paragraph: int, of_sentence: Callable[[int], float]
) -> dict[int, float]:
    """The scores of the sentences of a text, with what they gain from above.

    Under "Treatment", "Formic acid is used" tells how something is treated.
    """
    numbers = index.sentences_of(paragraph)
    held = _held(index, query, index.title_and_heading_terms(paragraph), TEXT_SHARE)
    return _scores(index, numbers, held, of_sentence)


def names_code(query: Query, line: str) -> bool:
    """Whether a line of code holds the question's own words, as they are written there.

    One identifier is enough; of other words two that tell most of the question, or its only one if
    it does not ask what code never says: what something is, who, why or whether.
    """
    folded = fold(line)
    identifiers = (found.strip(AROUND) for found in IDENTIFIER.findall(query.question))
    if any(len(name) > 1 and fold(name) in folded for name in identifiers):
        return True
    written = {fold(part) for word in word_texts(line) for part in HYPHEN.split(word)}
    own = [word for word in query.words if word.own]
    held = [word for word in own if written.issuperset(fold(word.text).split())]
    fewest = FEWEST_NAMED if query.kind in TOLD_IN_PROSE else min(len(own), FEWEST_NAMED)
    if not held or len(held) < fewest:
        return False
    told = sum(word.information for word in held)
    return told >= NAMED_SHARE * sum(word.information for word in own)


def _held(
    index: Index, query: Query, above: frozenset[str], share: float = ABOVE_SHARE
) -> list[tuple[QueryWord, float]]:
    """The question's words that are held above, and what each is worth to a line."""
    return [
        (
            word,
            share * word.weight * index.sentences.idf(word.phrase) * held,
        )
        for word in query.words
        if (held := word.coverage(above))
    ]


def _scores(
    index: Index,
    numbers: Iterable[int],
    held: Sequence[tuple[QueryWord, float]],
    of_sentence: Callable[[int], float],
) -> dict[int, float]:
    everything = sum(value for _, value in held)
    scores = {}
    for number in numbers:
        own = of_sentence(number)
        gain = everything
        if own:
            terms = index.sentence_terms(number)
            gain = sum(value for word, value in held if not word.coverage(terms))
        scores[number] = own + gain
    return scores
