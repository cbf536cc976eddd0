"""Points: which sentences say enough to be one, and with which others they are shown."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from retrieval.answers.quoting.passages import Passage, passage_of
from retrieval.answers.quoting.quotes import Quoter
from retrieval.articles import Quote, Span
from retrieval.briefing.article_styles import ArticleStyles
from retrieval.briefing.likeness.concepts import Concepts
from retrieval.briefing.sentence_styles import NO_PROSE, SentenceStyles
from retrieval.index.collection_index import Index
from retrieval.index.lists_and_tables import ListOrTable
from retrieval.text.analysis import word_count
from retrieval.text.discourse import CLOSING, asks, is_closed, leads_in

FEWEST_CONCEPTS = 4
FEWEST_EXCLAIMED = 7
FEWEST_HOLLOW = 5
FEWEST_NAMED = 2
MOST_SENTENCES_OF_POINT_LEANT_ON = 3
LONGEST_LIST_POINT = 60  # words, the lead-in included
MARK = re.compile(r"(?:[•*‣◦–-]|\d+[.)])\s+")
LEAD_IN = re.compile(r"[^:–—.!?]{1,40}?(?::| [–—-]) ")


class Choice(NamedTuple):
    """A passage that may be a point, because of one of its sentences."""

    sentence: int
    passage: Passage
    words: int


class PointPassages:
    """Cuts the passages that may be points out of one collection."""

    def __init__(self, index: Index, quoter: Quoter, concepts: Concepts) -> None:
        self._index = index
        self._quoter = quoter
        self._concepts = concepts
        self._articles = ArticleStyles(index)
        self.styles = SentenceStyles(index, self._articles)

    def choice(self, sentence: int) -> Choice:
        """The sentence with those that it leans on, as far back as they lean as well.

        One that only announces brings the next one, which says it. A short list is whole.
        """
        entries = self._short_list(sentence)
        if entries is not None:
            passage = passage_of(self._index.paragraph_of(sentence), entries)
        elif self._is_apart(sentence):
            paragraph = self._index.paragraph_of(sentence)
            passage = self._with_context(Passage(paragraph, sentence, sentence))
        else:
            passage = self._with_context(self._quoter.passage(sentence))
        size = sum(word_count(self._index.text(number)) for number in passage.sentences)
        return Choice(sentence, passage, size)

    def _with_context(self, passage: Passage) -> Passage:
        if passage.chosen:  # an entry stands under its lead-in already
            return passage
        first, last = passage.first, passage.last
        text = self._running_text(passage.first)
        while (
            self.styles.leans(first)
            and max(text[0], last - MOST_SENTENCES_OF_POINT_LEANT_ON) < first
        ):
            first -= 1
        if self.styles.announces(last) and last + 1 in text:
            last += 1
        return Passage(passage.paragraph, first, last)

    def _running_text(self, sentence: int) -> range:
        """The sentences of a paragraph; of one with a list those of the entry, or of its lead."""
        paragraph = self._index.paragraph_of(sentence)
        listed = self._index.list_or_table(paragraph)
        if listed is None:
            return self._index.sentences_of(paragraph)
        return (
            listed.lead if sentence in listed.lead else listed.sentences[listed.place_of(sentence)]
        )

    def _short_list(self, sentence: int) -> Sequence[int] | None:
        """The list that the sentence leads in to or is in, under its lead-in, if it is short.

        Not one of steps.
        """
        number = self._index.paragraph_of(sentence)
        listed = self._index.list_or_table(number)
        if listed is None or not listed.lead or self._index.kind_of(sentence) in NO_PROSE:
            return None
        if self._has_steps(listed, number):
            return None
        if sentence in listed.lead[:-1] or not self._leads_on(listed.lead[-1]):
            return None
        entries = [
            *self._quoter.lists.lead(number),
            *(n for line in listed.sentences for n in line),
        ]
        if sum(word_count(self._index.text(n)) for n in entries) > LONGEST_LIST_POINT:
            return None
        return entries if not any(map(self.styles.is_no_prose, entries)) else None

    def _has_steps(self, listed: ListOrTable, paragraph: int) -> bool:
        """Whether the entries of a list are steps: numbered, and no clauses of a statute."""
        return listed.is_numbered and not self._articles.is_in_clauses(paragraph)

    def _leads_on(self, sentence: int) -> bool:
        return not is_closed(self._index.text(sentence)) or self.styles.announces(sentence)

    def quote(self, choice: Choice) -> Quote:
        """The passage, without a lead-in that says nothing ("Think about it: …").

        And without the mark of an entry that stands alone.
        """
        quote = self._quoter.quote(choice.passage)
        is_entry = bool(choice.passage.chosen) or self._is_apart(choice.passage.first)
        if is_entry and (mark := MARK.match(quote.text)):
            opening = quote.spans[0]._replace(start=quote.start + mark.end())
            return Quote(quote.paragraph, (opening, *quote.spans[1:]))
        analyzer = self._index.analyzer_of(choice.passage.paragraph)
        lead_in = LEAD_IN.match(self._index.text(choice.passage.first))
        if lead_in is None or choice.passage.chosen:
            return quote
        terms = analyzer.terms(lead_in.group())
        if not self._concepts.vague.issuperset(map(self._concepts.concept, terms)):
            return quote
        return Quote(quote.paragraph, (Span(quote.start + lead_in.end(), quote.end),))

    def stands_alone(self, passage: Passage) -> bool:
        """Whether a passage holds no chatter and leans on nothing that is left out."""
        if any(self.styles.is_chatter(number) for number in passage.sentences):
            return False
        if leads_in(self._index.text(passage.last)):
            return False
        return not self.styles.leans(passage.first)

    def is_of_subject(self, passage: Passage) -> bool:
        """Whether a passage opens its paragraph and leans on the subject of its article alone.

        Under the title of the article that needs no other sentence: "Its meltwater …".
        """
        possessive = self._index.language_of(passage.first).briefing.possessive
        return (
            passage.first == self._index.first_sentence(passage.paragraph)
            and possessive.match(self._index.text(passage.first)) is not None
            and not any(self.styles.is_chatter(number) for number in passage.sentences)
        )

    def says_enough(self, sentence: int, *, is_direct: bool = False) -> bool:
        """Whether a sentence may be a point: no chatter, no question, nothing without content.

        One that names the topic needs less of that.
        """
        if not self.is_prose(sentence) or self.styles.is_chatter(sentence):
            return False
        if (entries := self._short_list(sentence)) is not None:
            held = frozenset[str]().union(*map(self._concepts.concrete, entries))
            return len(held) >= FEWEST_CONCEPTS
        text = self._index.text(sentence).rstrip(CLOSING)
        if asks(text) or leads_in(text) or self._announces_last(sentence):
            return False
        fewest = self._fewest(sentence, text, is_direct=is_direct)
        return len(self._concepts.concrete(sentence)) >= fewest

    def introduction(self, sentence: int) -> Choice | None:
        """A sentence of a front page by itself, if it may say what all is about.

        It may do so by "In this handbook", as what that points to is what is asked for, and in a
        greeting.
        """
        text = self._index.text(sentence)
        if not self.tells(sentence) or asks(text) or leads_in(text):
            return None
        if len(self._concepts.concrete(sentence)) < FEWEST_CONCEPTS:
            return None
        passage = Passage(self._index.paragraph_of(sentence), sentence, sentence)
        return Choice(sentence, passage, word_count(text))

    def _fewest(self, sentence: int, text: str, *, is_direct: bool) -> int:
        """How many concepts it must hold."""
        fewest = FEWEST_NAMED if is_direct else FEWEST_CONCEPTS
        fewest = FEWEST_EXCLAIMED if text.endswith(("!", "！")) else fewest
        if (
            self.styles.is_hollow(sentence)
            and not is_direct
            and not self.styles.is_specific(sentence)
        ):
            fewest = max(fewest, FEWEST_HOLLOW)
        return fewest

    def is_prose(self, sentence: int) -> bool:
        """Whether it says something by itself: no code, no cell, no step of many, no title.

        An entry of a list does so with a lead-in that leads on to it, or behind another text or
        under its heading if it is a whole sentence; a short list does so as a whole.
        """
        if self.styles.is_no_prose(sentence):
            return False
        listed = self._index.list_or_table(self._index.paragraph_of(sentence))
        if self._short_list(sentence) is not None:
            return True
        if listed is None or sentence in listed.lead:
            return not self.styles.is_item(sentence)
        if self._has_steps(listed, self._index.paragraph_of(sentence)):
            return False
        if listed.lead and self._leads_on(listed.lead[-1]):
            return not self.styles.is_item(sentence)
        is_whole = is_closed(self._index.text(sentence))
        return is_whole and (bool(listed.lead) or self.is_headed_entry(sentence))

    def tells(self, sentence: int) -> bool:
        """Whether it says something by itself, and does not only announce that."""
        return self.is_prose(sentence) and not self.styles.announces(sentence)

    def is_headed_entry(self, sentence: int) -> bool:
        """Whether it is the entry of a list without a lead-in.

        What stands above the list, its heading or the title, has to be read, too.
        """
        listed = self._index.list_or_table(self._index.paragraph_of(sentence))
        return listed is not None and not listed.lead

    def _is_apart(self, sentence: int) -> bool:
        """Whether it is in an entry that no text leads in to, and no other entry."""
        listed = self._index.list_or_table(self._index.paragraph_of(sentence))
        if listed is None or sentence in listed.lead:
            return False
        if listed.lines[listed.place_of(sentence)].parent is not None:
            return False
        return not listed.lead or not self._leads_on(listed.lead[-1])

    def _announces_last(self, sentence: int) -> bool:
        """Whether a sentence announces what its paragraph does not say any more."""
        behind = sentence + 1
        return behind not in self._running_text(sentence) and self.styles.announces(sentence)
