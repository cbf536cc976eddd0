"""Which part of a list or table answers a question: all of it, or the entries asked about."""

from collections.abc import Iterable

from retrieval.answers.quoting.list_table_passages import LONGEST_WHOLE_LIST
from retrieval.answers.quoting.passages import Passage
from retrieval.answers.quoting.quotes import LONGEST_QUOTE, Quoter
from retrieval.answers.ranking.candidates import Candidate
from retrieval.answers.ranking.needs import fits_need
from retrieval.articles import ParagraphKind
from retrieval.index.collection_index import Index
from retrieval.index.lists_and_tables import ListOrTable
from retrieval.questions.query import Query, QueryWord
from retrieval.questions.question_kinds import GATED, Kind, Need
from retrieval.text.discourse import asks, is_closed, leans

ALIKE = 0.75
LEAST_ADDED = 0.15
LEAST_TOLD_ABOVE = 0.6
CELL = "|"


class ListTableAnswers:
    """Chooses the passage of a candidate: for each list and table one, whichever line was found.

    A question asks for a list if it asks for several things or for steps, or if no entry holds a
    word of it that is not in what stands above: heading, title, lead-in. Otherwise it asks about
    the entries that hold most of such words; of a table they are the rows. A long list of
    sentences that nothing leads in to is read as a text, and the one that was found is shown.
    """

    def __init__(self, index: Index, query: Query, quoter: Quoter) -> None:
        self._index = index
        self._query = query
        self._quoter = quoter
        self._chosen: dict[int, tuple[Passage, bool]] = {}

    def passage(self, candidate: Candidate) -> Passage:
        """The passage that shows why the candidate was found."""
        listed = self._index.list_or_table(candidate.paragraph)
        if listed is None or not listed.lines:
            passage = self._quoter.passage(candidate.sentence)
            is_wanting = not candidate.fits and self._query.need in GATED
            return self._with_what_fits(passage) if is_wanting else passage
        if candidate.paragraph not in self._chosen:
            self._chosen[candidate.paragraph] = self._choose(candidate, listed)
        chosen, is_wanted = self._chosen[candidate.paragraph]
        is_lead = candidate.sentence in listed.lead and chosen.paragraph == candidate.paragraph
        is_text = self._is_text(candidate, listed) and not is_wanted
        is_left_out = candidate.sentence not in chosen.sentences
        if is_lead and is_left_out and is_wanted and self._query.kind is Kind.LIST:
            return chosen  # of a long lead-in only its last sentence is shown above the list
        if is_lead and (is_text or is_left_out):
            return self._quoter.passage(candidate.sentence)
        return chosen

    def _with_what_fits(self, passage: Passage) -> Passage:
        """With the next sentence, if it leans on the passage and holds what the question needs."""
        index, behind = self._index, passage.last + 1
        if behind not in index.sentences_of(passage.paragraph):
            return passage
        if not leans(index.text(behind), index.analyzer_of(passage.paragraph).language):
            return passage
        longer = Passage(passage.paragraph, passage.first, behind)
        is_short = self._quoter.length(longer) <= LONGEST_QUOTE
        return longer if is_short and fits_need(index, self._query, behind) else passage

    def _choose(self, candidate: Candidate, listed: ListOrTable) -> tuple[Passage, bool]:
        """The passage, and whether the question itself asks for the list or for an entry."""
        cut, paragraph = self._quoter.lists, candidate.paragraph
        if self._query.entry is not None:
            place = listed.numbered(self._query.entry)
            if place is not None:
                return cut.entries(paragraph, [listed.sentences[place].start]), True
        asked = self._asked(paragraph, listed)
        if self._wants_all(paragraph, listed):
            first = paragraph if asked else self._first_part(paragraph)
            return cut.whole(first, asked, longest=LONGEST_WHOLE_LIST), True
        if asked:
            return cut.entries(paragraph, asked), True
        whole = cut.whole(self._first_part(paragraph))
        is_cut = any(n not in whole.sentences for line in listed.sentences for n in line)
        found = [candidate.sentence] if is_cut and self._stands_alone(candidate, listed) else []
        counted = self._fitting(listed) if self._query.need in GATED else []
        if found or counted:
            return cut.entries(paragraph, [*found, *counted]), True
        return whole, False

    def _first_part(self, paragraph: int) -> int:
        """Where a long list begins whose parts are paragraphs with the same lead-in."""
        while (before := self._index.engine.before(paragraph)) is not None:
            if not self._goes_on(before, paragraph):
                break
            paragraph = before
        return paragraph

    def _goes_on(self, before: int, paragraph: int) -> bool:
        one, other = (self._index.paragraph(n) for n in (before, paragraph))
        same = (one.article, one.kind, one.heading) == (other.article, other.kind, other.heading)
        return same and bool(self._lead(paragraph)) and self._lead(before) == self._lead(paragraph)

    def _lead(self, paragraph: int) -> list[str]:
        return [
            self._index.text(number) for number in self._index.list_or_table_at(paragraph).lead
        ]

    def _stands_alone(self, candidate: Candidate, listed: ListOrTable) -> bool:
        """Whether the entry is a sentence of a list that nothing leads in to, such as of rules.

        It holds what is needed, too.
        """
        if listed.lead or not fits_need(self._index, self._query, candidate.sentence):
            return False
        is_list = self._index.kind_of(candidate.sentence) is ParagraphKind.LIST
        text = self._index.text(candidate.sentence)
        return is_list and CELL not in text and is_closed(text) and not asks(text)

    def _wants_all(self, paragraph: int, listed: ListOrTable) -> bool:
        if self._index.paragraph(paragraph).kind is not ParagraphKind.LIST:
            return False
        if self._query.kind is Kind.HOW:
            return listed.is_numbered or self._leads_in_to_ways(paragraph, listed)
        return self._query.kind is Kind.LIST or self._query.asks_steps

    def _leads_in_to_ways(self, paragraph: int, listed: ListOrTable) -> bool:
        """Whether most of what is asked stands above the list: its entries are ways to do it."""
        words = self._query.words
        told = self._weight(words, said_above(self._index, paragraph))
        return bool(listed.lead) and told >= LEAST_TOLD_ABOVE * sum(
            word.weight * self._index.sentences.idf(word.phrase) for word in words
        )

    def _is_text(self, candidate: Candidate, listed: ListOrTable) -> bool:
        """Whether a sentence of the lead-in answers without the list behind it."""
        text = self._index.text(candidate.sentence)
        is_statement = is_closed(text) and not asks(text)
        is_short = self._query.need is not Need.NOTHING or self._query.kind in (
            Kind.YES_NO,
            Kind.DEFINITION,
        )
        is_last = candidate.sentence >= self._leading_in(candidate.paragraph, listed)
        kind = self._index.kind_of(candidate.sentence)
        return kind is ParagraphKind.LIST and is_statement and (is_short or not is_last)

    def _leading_in(self, paragraph: int, listed: ListOrTable) -> int:
        """The first of the sentences that lead in: "It has four settings. They are:"."""
        language = self._index.analyzer_of(paragraph).language
        first = listed.lead.stop - 1
        while first > listed.lead.start and leans(self._index.text(first), language):
            first -= 1
        return first

    def _asked(self, paragraph: int, listed: ListOrTable) -> list[int]:
        """The entries that hold most of what is asked and not said above, the best first.

        Each by the sentence that holds most.
        """
        above = said_above(self._index, paragraph)
        words = [word for word in self._query.words if not word.coverage(above)]
        terms = self._index.sentence_terms
        added: dict[int, float] = {}
        for place, numbers in enumerate(listed.sentences):
            own = frozenset[str]().union(*(terms(n) for n in numbers))
            if any(word.coverage(own) for word in words):
                higher = (
                    terms(n) for up in listed.above(place)[-2:] for n in listed.sentences[up]
                )
                added[place] = self._weight(words, own.union(*higher))
        best = max(added.values(), default=0.0)
        told = self._weight(self._query.words, above) + best
        if best < LEAST_ADDED * told:
            return []
        alike = [place for place, weight in added.items() if weight >= ALIKE * best]
        return [
            max(listed.sentences[place], key=lambda number: self._weight(words, terms(number)))
            for place in sorted(alike, key=lambda place: (-added[place], place))
        ]

    def _fitting(self, listed: ListOrTable) -> list[int]:
        """The entries that hold what is asked for, such as a time of cooking, if not all do."""
        fits = (
            next((n for n in numbers if fits_need(self._index, self._query, n)), None)
            for numbers in listed.sentences
        )
        found = [number for number in fits if number is not None]
        return found if len(found) < len(listed.sentences) else []

    def _weight(self, words: Iterable[QueryWord], terms: frozenset[str]) -> float:
        return sum(
            word.weight * self._index.sentences.idf(word.phrase) * word.coverage(terms)
            for word in words
        )


def said_above(index: Index, paragraph: int) -> frozenset[str]:
    """The terms of the title and the headings over a paragraph, and of a lead-in or header row."""
    above = index.title_and_heading_terms(paragraph)
    listed = index.list_or_table(paragraph)
    return above.union(*map(index.sentence_terms, listed.lead)) if listed else above
