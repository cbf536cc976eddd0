"""What sentences, and lines of lists, tables and code, are scored by beside their own words."""

import re
from functools import lru_cache
from itertools import chain

import numpy as np

from retrieval.answers.ranking.word_coverage import Coverage, WordCoverage
from retrieval.index.lists_and_tables import ListOrTable
from retrieval.index.statistics import Scores
from retrieval.index.term_counts import Counts, TermCounts
from retrieval.questions.query import Query
from retrieval.questions.question_kinds import Kind
from retrieval.text.analysis import HYPHEN, fold, word_texts

HEADING_SHARE_OF_LINE = 0.8
HEADING_SHARE_OF_SENTENCE = 0.5  # a sentence stands more on its own than a line
MOST_LINES_OF_PARAGRAPH = 5
CODE_WORDS_SHARE = 0.5
FEWEST_CODE_WORDS = 2
TOLD_IN_PROSE = (Kind.DEFINITION, Kind.WHO, Kind.WHEN, Kind.WHY, Kind.YES_NO)
# What makes an identifier of all that stands between two spaces, and one within that.
JOINT = re.compile(r"\w(?:[_./:\\=-]+|(?<=[a-z])(?=[A-Z]))\w")
IDENTIFIER = re.compile(r"--?\w\S*|(?<!\w)\w+\(\)")
AROUND = "\"'`“”‘’«»?!.,;:…。？！()[]{}"


def relevance_of_text(
    coverage: WordCoverage, counts: TermCounts, above: Coverage, own: Scores
) -> Scores:
    """The scores of the sentences of paragraphs of text, with what they gain from above.

    Under "Treatment", "Formic acid is used" tells how something is treated.
    """
    over = np.repeat(above, np.diff(counts.first_sentence), axis=1)
    return own + coverage.gain(over, coverage.of(counts.in_sentences), HEADING_SHARE_OF_SENTENCE)


def relevance_of_lines(
    coverage: WordCoverage, listed: ListOrTable, above: Counts, lines: Counts, own: Scores
) -> dict[int, float]:
    """The scores of the sentences of a list or table, with what they gain from above.

    `above` counts the terms of the headings and the title, `lines` has a row for each sentence.

    A line is understood together with its lead-in or header row, its headings and title, so it
    gains by the question's words that those hold and itself does not: 0.8 of the idf of each. The
    lead-in gains by the headings and the title. Of the lines only the best five are kept, so that
    a long table leaves room for other paragraphs.
    """
    size, first = len(listed.lead), listed.lead.start
    covered = coverage.of(lines)
    gains = [
        coverage.gain(coverage.of(held[np.newaxis]), part, HEADING_SHARE_OF_LINE)
        for held, part in (
            (above, covered[:, :size]),
            (above + lines[:size].sum(axis=0), covered[:, size:]),
        )
    ]
    scores = (own + np.concatenate(gains)).tolist()
    best = sorted(range(size, len(scores)), key=lambda place: (-scores[place], place))
    return {
        first + place: scores[place] for place in (*range(size), *best[:MOST_LINES_OF_PARAGRAPH])
    }


@lru_cache(maxsize=1)
def _identifiers(question: str) -> tuple[str, ...]:
    """The identifiers that a question holds; code has many lines to compare with them."""
    found = chain.from_iterable(
        [run] if JOINT.search(run) else IDENTIFIER.findall(run) for run in question.split()
    )
    return tuple(name for name in (text.strip(AROUND) for text in found) if len(name) > 1)


def names_code(query: Query, line: str) -> bool:
    """Whether a line of code holds the question's own words, as they are written there.

    One identifier is enough, with its capitals if it is asked what that is; of other words two
    that tell most of the question, or its only one, if it does not ask what code never says: what
    something is, who, when, why or whether. Code compares nothing.
    """
    if query.kind is Kind.COMPARISON:
        return False
    shown = str if query.kind is Kind.DEFINITION else fold
    folded = shown(line)
    if any(shown(name) in folded for name in _identifiers(query.question)):
        return True
    if query.kind in TOLD_IN_PROSE:
        return False
    written = {fold(part) for word in word_texts(line) for part in HYPHEN.split(word)}
    own = [word for word in query.words if word.own]
    held = [word for word in own if written.issuperset(fold(word.text).split())]
    if not held or len(held) < min(len(own), FEWEST_CODE_WORDS):
        return False
    told = sum(word.information for word in held)
    return told >= CODE_WORDS_SHARE * sum(word.information for word in own)
