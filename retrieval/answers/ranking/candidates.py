"""Sentences that may answer a question, scored by how well they fit its kind."""

from functools import cached_property
from typing import NamedTuple

from retrieval.answers.ranking.defining_sentences import defined, labelled, may_be_labelled
from retrieval.answers.ranking.needs import counts_what_is_asked, fits_need
from retrieval.answers.ranking.paragraph_scores import ParagraphScores
from retrieval.index.analysed_paragraph import AnalysedParagraph
from retrieval.index.collection_index import Index
from retrieval.questions.query import Query
from retrieval.questions.question_kinds import Kind, Need
from retrieval.text.discourse import asks
from retrieval.text.languages import Pattern

# Tuned on SQuAD 2.0.
NEED_BONUS = 2.0
CUE_BONUS = 1.0
LIST_CUE_BONUS = 3.0
LIST_HEADING_BONUS = 8.0  # of a question for a list, for a heading with all of its words
ASKED_HEADING_BONUS = 12.0  # for what a heading asks just as the question does, as in an FAQ
ENTRY_BONUS = 20.0  # for the entry of the number that is asked for: "step 3"
DEFINING_BONUS = 8.0
LABELLED_BONUS = 20.0  # for a name in front of which stands what is asked for
FILLER_PENALTY = 6.0
COUNTED_BONUS = 1.0
HOUR_BONUS = 14.0
OPENING_BONUS = 8.0  # for how an article opens whose title names what is asked for
STEPS_BONUS = 6.0  # for steps whose title and headings tell what is to be done, once more as BM25
SECTION_BONUS = 6.0  # for a section whose heading has just the words of the question
LISTED_SECTION_BONUS = 12.0  # for one that is a list: entries leave those words to the heading
LEAST_TITLE_SHARE = 0.8
ROUNDED_OFF = 1e-6  # of a sum, at most
MOST_OPENING_A_WAY = 3  # paragraphs at the beginning of an article
LEAST_STEPS_SHARE = 0.6  # the verb of a question for a way often stands in no title
TOLD_AT_FIRST = (Kind.DEFINITION, Kind.KEYWORDS, Kind.WHAT)  # what is told by how a section opens
TOLD_BY_LIST = (Kind.LIST, Kind.KEYWORDS, Kind.WHAT)


class Candidate(NamedTuple):
    """A sentence that may answer.

    `relevance` is BM25 of its paragraph and of itself; `score` adds how well it fits the kind of
    question; `fits` is whether it holds what the question needs (a number, a date, a name).
    """

    sentence: int
    paragraph: int
    relevance: float
    score: float
    fits: bool


def idf_share(index: Index, query: Query, terms: frozenset[str]) -> float:
    """The share of the idf of the question's words that these terms hold, from 0 to 1."""
    held = possible = 0.0
    for word in query.words:
        idf = word.weight * index.sentences.idf(word.phrase)
        possible += idf
        held += idf * word.coverage(terms)
    return held / possible if possible else 0.0


class _Surroundings(NamedTuple):
    """What all sentences of a paragraph share: what tells the kind of question, and bonuses."""

    paragraph: AnalysedParagraph
    cue: Pattern | None
    clock: Pattern | None
    list_bonus: float
    heading_bonus: float
    opening_bonus: float
    section_bonus: float


class CandidateScorer:
    """Scores sentences for one query; looks at each paragraph only once."""

    def __init__(self, index: Index, query: Query, paragraphs: ParagraphScores) -> None:
        self._index = index
        self._query = query
        self._paragraphs = paragraphs
        self._surroundings: dict[int, _Surroundings] = {}
        self._may_be_labelled = may_be_labelled(query)

    def most_added(self, paragraph: int) -> float:
        """More than the score of a sentence of that paragraph can be above its relevance."""
        told_above = self._paragraphs.idf_above(paragraph)
        above = OPENING_BONUS if told_above >= LEAST_TITLE_SHARE else 0.0
        if told_above >= 1.0:
            above += ASKED_HEADING_BONUS + LISTED_SECTION_BONUS
        if self._query.kind is Kind.HOW and told_above >= LEAST_STEPS_SHARE:
            above += 2 * STEPS_BONUS
        return self._most_added_within + above

    @cached_property
    def _most_added_within(self) -> float:
        query = self._query
        kind_is_marked = any(
            a.language.cues.get(query.kind) for a in self._index.analyzers.values()
        )
        most = CUE_BONUS * kind_is_marked
        if query.kind in (Kind.LIST, Kind.HOW) or query.asks_steps:
            most = LIST_CUE_BONUS
        if query.entry is not None:
            most = ENTRY_BONUS
        if query.kind is Kind.LIST:
            most += LIST_HEADING_BONUS
        if query.kind is Kind.DEFINITION:
            most += DEFINING_BONUS * len(query.words)
        if query.need is not Need.NOTHING:
            most += NEED_BONUS + COUNTED_BONUS
        most += LABELLED_BONUS * self._may_be_labelled
        return most + HOUR_BONUS * query.names_hour + ROUNDED_OFF

    def candidate(self, sentence: int, relevance: float) -> Candidate:
        """The sentence with that relevance as a candidate."""
        index, query = self._index, self._query
        number = index.paragraph_of(sentence)
        around = self._surroundings.get(number) or self._look_around(number)
        if around.list_bonus == STEPS_BONUS:  # steps leave to the title what they are for
            relevance += STEPS_BONUS
        fits, score = True, relevance + around.heading_bonus + self._kind_bonus(sentence, around)
        if query.need is not Need.NOTHING:
            fits = fits_need(index, query, sentence)
            score += self._need_bonus(sentence, fits=fits)
        if self._may_be_labelled:
            score += LABELLED_BONUS * labelled(index, query, sentence)
        if around.clock is not None and index.finds(around.clock, sentence):
            score += HOUR_BONUS
        if around.paragraph.filler and index.is_filler(sentence):
            score -= FILLER_PENALTY
        return Candidate(sentence, number, relevance, score, fits)

    def _kind_bonus(self, sentence: int, around: _Surroundings) -> float:
        """For a list, for a mark of the kind of question, and for how an article opens."""
        is_marked = around.cue is not None and self._index.finds(around.cue, sentence)
        bonus = around.list_bonus
        if is_marked:
            is_list = self._query.kind is Kind.LIST
            bonus = max(bonus, LIST_CUE_BONUS if is_list else CUE_BONUS)
        if around.section_bonus and self._opens(sentence, around.paragraph):
            bonus += around.section_bonus
        if self._query.kind is Kind.DEFINITION:
            if not is_marked:
                return bonus
            bonus += DEFINING_BONUS * defined(self._index, self._query, sentence)
        if around.opening_bonus and self._opens(sentence, around.paragraph):
            bonus += around.opening_bonus
        return bonus

    def _opens(self, sentence: int, paragraph: AnalysedParagraph) -> bool:
        """Whether a sentence is the first of its paragraph, or in the list that this is."""
        first = self._index.first_sentence(self._index.paragraph_of(sentence))
        return sentence == first or paragraph.structure is not None

    def _need_bonus(self, sentence: int, *, fits: bool) -> float:
        """For holding what is needed, and for a count that is asked for."""
        bonus = NEED_BONUS if fits else 0.0
        is_count = self._query.need is Need.NUMBER
        if is_count and counts_what_is_asked(self._index, self._query, sentence):
            bonus += COUNTED_BONUS
        return bonus

    def _look_around(self, number: int) -> _Surroundings:
        index, query = self._index, self._query
        there = index.analysed(number)
        told_above = self._paragraphs.idf_above(number)
        is_opening = told_above >= LEAST_TITLE_SHARE and _opens_article(index, query, number)
        is_headed = told_above >= 1.0 and _is_headed_by_question(index, query, number)
        opens = is_headed and index.opens_section(number)
        language = index.analyzers[there.language].language
        found = _Surroundings(
            there,
            language.cues.get(query.kind),
            language.holds_clock if query.names_hour else None,
            _list_bonus(index, query, number, told_above) if there.structure is not None else 0.0,
            _heading_bonus(index, query, number, is_headed=is_headed),
            OPENING_BONUS if is_opening else 0.0,
            _section_bonus(query, there) if opens else 0.0,
        )
        self._surroundings[number] = found
        return found


def _opens_article(index: Index, query: Query, number: int) -> bool:
    """Whether an article opens with a paragraph; a way is told by several."""
    if query.kind is not Kind.HOW:
        return index.engine.before(number) is None
    paragraph = index.paragraph(number)
    return not paragraph.heading and paragraph.number <= MOST_OPENING_A_WAY


def _section_bonus(query: Query, paragraph: AnalysedParagraph) -> float:
    """The bonus for how a section opens that is named as the question is."""
    if paragraph.structure is not None and query.kind in TOLD_BY_LIST:
        return LISTED_SECTION_BONUS
    return SECTION_BONUS if query.kind in TOLD_AT_FIRST else 0.0


def _heading_bonus(index: Index, query: Query, paragraph: int, *, is_headed: bool) -> float:
    """The bonus for a heading that asks the question, or has the words of one for a list or a way.

    `is_headed` is whether the heading has just the question's words.
    """
    if is_headed:
        if asks(_heading(index, paragraph)) and index.opens_section(paragraph):
            return ASKED_HEADING_BONUS
        if query.kind is Kind.HOW:
            return SECTION_BONUS
    if query.kind is not Kind.LIST:
        return 0.0
    is_text = index.list_or_table(paragraph) is None
    terms = index.heading_terms(paragraph) if is_text else index.heading_or_title_terms(paragraph)
    return LIST_HEADING_BONUS * idf_share(index, query, terms)


def _is_headed_by_question(index: Index, query: Query, paragraph: int) -> bool:
    """Whether a paragraph stands under a heading of just the question's words."""
    terms = index.heading_or_title_terms(paragraph)
    return bool(terms) and terms <= query.terms and idf_share(index, query, terms) == 1.0


def _heading(index: Index, paragraph: int) -> str:
    return index.paragraph(paragraph).heading or index.article_of(paragraph).title


def _list_bonus(index: Index, query: Query, paragraph: int, told_above: float) -> float:
    """The bonus of lists where several things, steps or an entry by its number are asked for.

    `told_above` is the `idf_share` of the title and the headings above it.
    """
    listed = index.list_or_table(paragraph)
    if listed is None:
        return 0.0
    if query.entry is not None:
        if listed.numbered(query.entry) is None:
            return 0.0
        return ENTRY_BONUS if listed.is_numbered else CUE_BONUS
    if query.kind is Kind.HOW and listed.is_numbered:
        return STEPS_BONUS if told_above >= LEAST_STEPS_SHARE else LIST_CUE_BONUS
    return LIST_CUE_BONUS if query.kind is Kind.LIST or query.asks_steps else 0.0
