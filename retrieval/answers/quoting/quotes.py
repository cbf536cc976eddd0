"""Cuts the passages that are quoted, around the sentences that were found."""

from collections.abc import Iterable
from functools import lru_cache
from math import fsum

from retrieval.answers.quoting.list_table_passages import ListTablePassages
from retrieval.answers.quoting.passages import Passage, passage_of
from retrieval.articles import ParagraphKind, Quote, Span
from retrieval.index.collection_index import Index
from retrieval.text.analysis import word_texts
from retrieval.text.discourse import asks, leads_in, leans

LONGEST_QUOTE = 450  # characters
LONGEST_CODE = 800  # characters; a part of it is of little use
LONGEST_QUOTES_TOGETHER = 3 * LONGEST_QUOTE  # more is a wall of text on a phone
LINE = 45  # characters, on a phone
LONGEST_CHAIN = 320  # characters, with the sentences before that one leans on
MOST_SENTENCES_LEANT_ON = 2
SHORTEST_ALONE = 80  # characters
LONGEST_LABEL_WORDS = 2  # words
SAME_SHARE = 0.6
FEWEST_TERMS_COMPARED = 3
MOST_REMEMBERED_PASSAGES = 5000
MOST_PARTS = 3  # parts of one paragraph in a quote, with […] between them


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
        is_lead_in = following == text[-1] and leads_in(index.text(following))
        if is_lead_in and index.list_or_table(paragraph) is not None:
            return sentence  # the list would be missing
        if leads_in(index.text(sentence)):
            last = following
            while last + 1 in text and index.span(last + 1).end - start <= LONGEST_QUOTE:
                last += 1
            return last
        is_question = asks(index.text(sentence))
        if index.span(sentence).end - start > SHORTEST_ALONE and not is_question:
            return sentence
        is_label = len(word_texts(index.text(sentence))) <= LONGEST_LABEL_WORDS  # such as "Yes."
        language = index.analyzer_of(paragraph).language
        carries_on = is_question or is_label or leans(index.text(following), language)
        return following if carries_on and not index.is_filler(following) else sentence

    def _text_of(self, paragraph: int) -> range:
        """The sentences of a text; of a list those that lead in to it."""
        listed = self._index.list_or_table(paragraph)
        return self._index.sentences_of(paragraph) if listed is None else listed.lead

    def _code(self, paragraph: int, line: int) -> Passage:
        lines = self._index.sentences_of(paragraph)
        whole = Passage(paragraph, lines[0], lines[-1])
        return whole if self.length(whole) <= LONGEST_CODE else passage_of(paragraph, [line])

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
        """Characters of what is quoted, without what is left out between the parts.

        An entry or a row takes a line of a phone at least.
        """
        return sum(map(self._length_shown, passages))

    def _length_shown(self, passage: Passage) -> int:
        span = self._index.span
        if self._index.list_or_table(passage.paragraph) is None:
            return sum(span(last).end - span(first).start for first, last in passage.runs)
        return sum(max(LINE, span(n).end - span(n).start) for n in passage.sentences)

    def is_new(self, passage: Passage, shown: Iterable[Passage]) -> bool:
        """Whether a passage shares no sentence with those shown, and says something else."""
        return not any(passage.touches(o) or self.say_the_same(passage, o) for o in shown)

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

    def length(self, passage: Passage) -> int:
        """The characters from its first to its last sentence, with what is left out."""
        return self._index.span(passage.last).end - self._index.span(passage.first).start
