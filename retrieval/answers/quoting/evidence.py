"""Evidence: the quotes that were found for a question, and what the answer says about them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from retrieval.answers.quoting.completion import completed
from retrieval.answers.quoting.passages import Passage
from retrieval.answers.quoting.quotes import Quoter
from retrieval.answers.ranking.needs import fits_need, says_where
from retrieval.articles import Quote
from retrieval.index.collection_index import Index
from retrieval.questions.query import Query
from retrieval.questions.question_kinds import Kind, Need

MOST_RELATED_QUOTES = 3  # the closest passages, where nothing answers
MOST_OF_EACH = 2


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the articles hold for a query.

    `quotes` answer it, best first; `related` are the closest passages where none does. For a
    query that compares the articles, `speaking` are those with something on it, best first, and
    `silent` those without; of many only the first are listed, and the others counted in
    `more_speaking` and `more_silent`. `synonyms` are the expressions that a word of the question
    was found as, and only so. `further` are the next best quotes behind those that answer, where
    asked for.
    `by_meaning` is whether they were found by meaning: the closest passages as well as by words,
    an answer alone, because its first quote holds no word of the question, or is in another
    language.

    `holds_need` tells whether the first quote holds what the question needs, such as a person or
    a place. Where nothing at all comes close, `speaking` are the first articles, to be named
    instead.

    `uncompared` is whether the difference of two things is asked, and each quote tells only what
    one of them is.

    Of a message that asks two questions, `second` is the other one; its quotes are behind those of
    the first, where `second_answered`; or the last quote only comes closest to it, where
    `second_near`.

    For a question about the articles themselves, `speaking` are those whose header says it,
    `silent` those whose header does not, and `further` are where the first of them open. What
    all are about, `introduction` says if their front page does.
    """

    query: Query
    quotes: tuple[Quote, ...] = ()
    related: tuple[Quote, ...] = ()
    speaking: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    more_speaking: int = 0
    more_silent: int = 0
    synonyms: tuple[tuple[str, tuple[str, ...]], ...] = ()
    further: tuple[Quote, ...] = ()
    by_meaning: bool = False
    holds_need: bool = True
    uncompared: bool = False
    introduction: Quote | None = None
    second: str | None = None
    second_answered: bool = False
    second_near: bool = False

    @property
    def answered(self) -> bool:
        """Whether the articles answer the question, or their headers do."""
        return bool(self.quotes or (self.query.fact and self.speaking))


def evidence_of(
    index: Index,
    quoter: Quoter,
    query: Query,
    passages: Sequence[Passage],
    held: Callable[[int], frozenset[str]],
) -> Evidence:
    """The passages as an answer, with the expressions that words of the question were found as.

    `held` gives at least those terms of the question that a paragraph holds.
    """
    passages = completed(index, query, _in_steps(index, query, passages))
    used = []
    with_synonyms = [word for word in query.words if word.synonyms]
    shown_in = passages if with_synonyms else ()
    terms = frozenset[str]().union(*(held(p.paragraph) for p in shown_in))
    for word in with_synonyms:
        shown = [text for phrase, text in word.synonyms.items() if terms.issuperset(phrase)]
        if shown and not word.coverage(terms, with_synonyms=False):
            used.append((word.text, tuple(shown)))
    first = passages[0].sentences if passages else ()
    holds_need = any(_claims(index, query, number) for number in first)
    return Evidence(
        query,
        quotes=quoter.quotes(passages),
        synonyms=tuple(used),
        holds_need=holds_need,
    )


def _in_steps(index: Index, query: Query, passages: Sequence[Passage]) -> Sequence[Passage]:
    """The passages; those of the first one's section by their paragraphs, if they open it."""
    if query.kind is not Kind.HOW or not passages:
        return passages
    section = _section(index, passages[0])
    within = sorted(
        (passage for passage in passages if _section(index, passage) == section),
        key=lambda passage: passage.paragraph,
    )
    if not index.opens_section(within[0].paragraph):
        return passages
    return [*within, *(p for p in passages if p not in within)]


def _section(index: Index, passage: Passage) -> tuple[str, str]:
    paragraph = index.paragraph(passage.paragraph)
    return paragraph.article, paragraph.heading


def _claims(index: Index, query: Query, sentence: int) -> bool:
    """Whether a sentence surely holds what the question needs, as a lead may then say."""
    if query.need is Need.PLACE:
        return says_where(index, query, sentence, surely=True)
    return fits_need(index, query, sentence)


def merged(quoter: Quoter, query: Query, passages: list[Passage]) -> list[Passage]:
    """The passages, those of one paragraph joined; the points of a list stay apart."""
    return passages if query.kind is Kind.LIST else quoter.merged(passages)


def both(first: Evidence, second: Evidence, asked: tuple[str, str]) -> Evidence:
    """The evidence for two questions, `asked` one by one; what answers takes the lead.

    What only comes closest to the other one stands behind it. If neither is answered, one in which
    there is nothing to look up ("where are you?") does not lead.
    """
    leads = first.answered or not (second.answered or not first.query.words)
    if not leads and not second.query.fact:
        query = replace(second.query, question=first.query.question, context=None)
        return _with_closest(replace(second, query=query), first, asked[0])
    if first.query.fact or not second.quotes:
        return _with_closest(first, second, asked[1])
    shown = first.quotes[:MOST_OF_EACH]
    told = [quote for quote in second.quotes if not any(map(quote.is_within, shown))]
    more = told[:MOST_OF_EACH]
    return replace(first, quotes=(*shown, *more), second=asked[1], second_answered=True)


def _with_closest(first: Evidence, second: Evidence, asked: str) -> Evidence:
    """The evidence for the first question, and behind it what comes closest to the second.

    That may be one of those that are shown already, which then is the last.
    """
    shown = first.quotes[:MOST_OF_EACH] or first.related[:MOST_OF_EACH]
    near = second.related[:1]
    if first.query.fact or not near:
        return replace(first, second=asked)
    holding = tuple(quote for quote in shown if near[0].is_within(quote))[:1] or near
    quotes = (*(quote for quote in shown if quote not in holding), *holding)
    if not first.quotes:
        return replace(first, related=quotes, second=asked)
    return replace(first, quotes=quotes, second=asked, second_near=True)
