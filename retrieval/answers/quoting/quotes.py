"""Chooses the passages that are quoted from ranked sentences.

What may be quoted at all is decided in three places: filler is left out here (`Quoter.select`),
code that none of the question's words are in where sentences are scored (`may_be_quoted`), and
what does not answer by the finders, in what they accept.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import fsum

from retrieval.answers.quoting.list_table_passages import ListTablePassages
from retrieval.answers.quoting.passages import Passage, passage_of
from retrieval.answers.ranking.candidates import Candidate
from retrieval.articles import ParagraphKind, Quote, Span
from retrieval.index.collection_index import Index
from retrieval.text.analysis import word_texts
from retrieval.text.discourse import leans

LONGEST_QUOTE = 450  # characters
LONGEST_QUOTES_TOGETHER = 3 * LONGEST_QUOTE  # more is a wall of text on a phone
LONGEST_CHAIN = 320  # characters, with the sentences before that one leans on
MOST_SENTENCES_LEANT_ON = 2
SHORTEST_ALONE = 80  # characters
LONGEST_LABEL_WORDS = 2  # words
SAME_SHARE = 0.6
FEWEST_TERMS_COMPARED = 3
RELATIVE_SCORE = 0.5
MOST_REMEMBERED_PASSAGES = 5000
MOST_PARTS = 3  # parts of one paragraph in a quote, with […] between them


@dataclass(slots=True)
class ScoreFloor:
    """The score below which nothing is quoted: half of that of the first that was."""

    least: float = 0.0

    def note(self, score: float) -> None:
        """Note that a passage of that score is quoted."""
        self.least = self.least or RELATIVE_SCORE * score


class Quoter:
    """Cuts passages out of a collection."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self.lists = ListTablePassages(index)
        self.passage = lru_cache(maxsize=MOST_REMEMBERED_PASSAGES)(self._passage)
        self.terms = lru_cache(maxsize=MOST_REMEMBERED_PASSAGES)(self._terms)
        self._weight = lru_cache(maxsize=MOST_REMEMBERED_PASSAGES)(self._weight_of)

    def quote(self, passage: Passage) -> Quote:
        """The passage as a quote."""
        span = self._index.span
        parts = tuple(Span(span(one).start, span(last).end) for one, last in passage.runs)
        return Quote(self._index.paragraph(passage.paragraph), parts)

    def quotes(self, passages: Iterable[Passage]) -> tuple[Quote, ...]:
        """The passages as quotes, in their order."""
        return tuple(self.quote(passage) for passage in passages)

    def _passage(self, sentence: int) -> Passage:
        """The sentence with the one that it leans on, and with what that leans on if it is short.

        A short sentence is followed by the one that leans on it, and one that ends in a colon by
        what it leads in to. An entry or a row comes with what stands above it, and code whole if
        it is short.
        """
        index = self._index
        paragraph = index.paragraph_of(sentence)
        listed = index.list_or_table(paragraph)
        if listed is not None and sentence not in listed.lead:
            return self.lists.entry(paragraph, sentence)
        if index.kind_of(sentence) is ParagraphKind.CODE:
            return self._code(paragraph, sentence)
        begin = self._text_of(paragraph)[0]
        language = index.analyzer_of(paragraph).language
        first = sentence
        begin = max(begin, sentence - MOST_SENTENCES_LEANT_ON)
        while first > begin and leans(index.text(first), language):
            length = index.span(sentence).end - index.span(first - 1).start
            if first < sentence and length > LONGEST_CHAIN:
                break
            first -= 1
        return Passage(paragraph, first, self._last(paragraph, sentence))

    def _last(self, paragraph: int, sentence: int) -> int:
        """The sentence, or the one behind it if that carries on what a short one only opens."""
        index = self._index
        following = sentence + 1
        text = self._text_of(paragraph)
        if following not in text:
            return sentence
        start = index.span(sentence).start
        if index.text(sentence).endswith(":"):
            last = following
            while last + 1 in text and index.span(last + 1).end - start <= LONGEST_QUOTE:
                last += 1
            return last
        if index.span(sentence).end - start > SHORTEST_ALONE:
            return sentence
        is_label = len(word_texts(index.text(sentence))) <= LONGEST_LABEL_WORDS  # such as "Yes."
        language = index.analyzer_of(paragraph).language
        carries_on = is_label or leans(index.text(following), language)
        return following if carries_on and not index.is_filler(following) else sentence

    def _text_of(self, paragraph: int) -> range:
        """The sentences of a text; of a list those that lead in to it."""
        listed = self._index.list_or_table(paragraph)
        return self._index.sentences_of(paragraph) if listed is None else listed.lead

    def _code(self, paragraph: int, line: int) -> Passage:
        lines = self._index.sentences_of(paragraph)
        whole = Passage(paragraph, lines[0], lines[-1])
        return whole if self._length(whole) <= LONGEST_QUOTE else passage_of(paragraph, [line])

    def select(
        self,
        found: Iterable[Candidate],
        limit: int,
        accepts: Callable[[Candidate, Passage], bool],
        cut: Callable[[Candidate], Passage],
        floor: ScoreFloor | None = None,
    ) -> list[Passage]:
        """At most `limit` passages that do not say the same, best first.

        `cut` cuts the passage of a candidate out. Filler is never the reason for a passage, nor is
        what `accepts` says no to, nor what scores below the `floor`, if there is one.
        """
        chosen: list[Passage] = []
        for candidate in found:
            is_low = floor is not None and candidate.score < floor.least
            if is_low or self._index.is_filler(candidate.sentence):
                continue
            is_full = len(chosen) == limit
            if is_full and self._is_apart(candidate, chosen):
                continue
            passage = cut(candidate)
            touched = [other for other in chosen if passage.touches(other)]
            if (is_full and not touched) or not accepts(candidate, passage):
                continue
            if touched:
                chosen = self._grown(chosen, touched, passage)
            elif not any(self.say_the_same(passage, other) for other in chosen):
                chosen.append(passage)
                if floor:
                    floor.note(candidate.score)
        return chosen

    def _is_apart(self, candidate: Candidate, chosen: Iterable[Passage]) -> bool:
        """Whether no passage of the candidate can touch a chosen one, without cutting it out.

        Only of a long list the passage may be in another paragraph, where that list begins.
        """
        if any(candidate.paragraph == passage.paragraph for passage in chosen):
            return False
        return self._index.list_or_table(candidate.paragraph) is None

    def without_excess(self, passages: Iterable[Passage]) -> list[Passage]:
        """The first passage, and of the others those that stay short enough together."""
        kept: list[Passage] = []
        for passage in passages:
            if not kept or self._quoted_length(*kept, passage) <= LONGEST_QUOTES_TOGETHER:
                kept.append(passage)
        return kept

    def merged(self, passages: Iterable[Passage]) -> list[Passage]:
        """The passages, those of one paragraph of text as one quote, in the order of the text.

        It stands where the best of them stood; one that would become too long stays apart.
        """
        merged: list[Passage] = []
        for passage in passages:
            place = next((n for n, o in enumerate(merged) if self._go_together(o, passage)), None)
            if place is None:
                merged.append(passage)
            else:
                numbers = (*merged[place].sentences, *passage.sentences)
                merged[place] = passage_of(passage.paragraph, numbers)
        return merged

    def _go_together(self, one: Passage, other: Passage) -> bool:
        kind = self._index.paragraph(one.paragraph).kind
        if one.paragraph != other.paragraph or kind is not ParagraphKind.TEXT:
            return False
        both = passage_of(one.paragraph, (*one.sentences, *other.sentences))
        return self._quoted_length(both) <= LONGEST_QUOTE and len(both.runs) <= MOST_PARTS

    def _quoted_length(self, *passages: Passage) -> int:
        """Characters of what is quoted, without what is left out between the parts."""
        span = self._index.span
        runs = (run for passage in passages for run in passage.runs)
        return sum(span(last).end - span(first).start for first, last in runs)

    def _grown(
        self, chosen: list[Passage], touched: list[Passage], passage: Passage
    ) -> list[Passage]:
        """What was chosen, the one passage that the new one touches grown by it if it stays short.

        What was chosen of a list or table stays as it is.
        """
        if passage.chosen or any(other.chosen for other in touched) or len(touched) > 1:
            return chosen
        joined = touched[0].joined(passage)
        if self._length(joined) > LONGEST_QUOTE:
            return chosen
        return [joined if other == touched[0] else other for other in chosen]

    def say_the_same(self, one: Passage, other: Passage) -> bool:
        """Whether the shorter one's words, weighted by idf, are mostly the other's as well."""
        terms, others = self.terms(one), self.terms(other)
        if min(len(terms), len(others)) < FEWEST_TERMS_COMPARED:
            return terms == others
        least = SAME_SHARE * min(self._weight(one), self._weight(other))
        return self._idf(terms & others) >= least

    def _terms(self, passage: Passage) -> frozenset[str]:
        """The terms of the passage's sentences."""
        return frozenset().union(*(self._index.sentence_terms(n) for n in passage.sentences))

    def _weight_of(self, passage: Passage) -> float:
        return self._idf(self.terms(passage))

    def _idf(self, terms: frozenset[str]) -> float:
        return fsum(map(self._index.sentences.idf_of, terms))  # in any order the same

    def _length(self, passage: Passage) -> int:
        return self._index.span(passage.last).end - self._index.span(passage.first).start
