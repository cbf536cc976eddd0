"""Leaves out what was just shown, unless it answers the new question as well."""

from collections.abc import Sequence

from retrieval.answers.ranking.candidates import Candidate
from retrieval.answers.ranking.missing_subject import asks_only_why, gives_reason
from retrieval.articles import Quote
from retrieval.index.collection_index import Index
from retrieval.questions.query import Query
from retrieval.questions.question_kinds import Need
from retrieval.text.analysis import word_texts
from retrieval.text.languages import Language, language


def unseen(
    index: Index, query: Query, found: Sequence[Candidate], shown: Sequence[Quote]
) -> Sequence[Candidate]:
    """The candidates for a question that leans on the one before, without what answered that.

    What was shown stays if it holds a word that only the new question has, or what that needs: the
    answer to "when does it start?" may say when it ends as well. Whether it holds what a question
    in another language names only meaning can tell. Who wants more wants none of it; an entry that
    is asked for by its number is wanted from whatever was shown.
    """
    if query.context is None or not shown or query.entry is not None:
        return found
    seen = _sentences(index, shown)
    return [c for c in found if c.sentence not in seen or _answers_anew(index, query, c)]


def _answers_anew(index: Index, query: Query, candidate: Candidate) -> bool:
    if query.wants_more:
        return False
    before = {word.casefold() for word in word_texts(query.context or "")}
    new = [w for w in query.words if w.own and w.known and w.text.casefold() not in before]
    if new:
        terms = index.sentence_terms(candidate.sentence)
        return any(word.coverage(terms) for word in new)
    if query.foreign and _names_something(query.question, language(query.foreign)):
        return True
    if asks_only_why(query):
        return gives_reason(index, candidate.sentence)
    cue = index.analyzer_of(candidate.paragraph).language.cues.get(query.kind)
    if cue is not None and query.need is Need.NOTHING:
        return bool(index.finds(cue, candidate.sentence))
    return query.need is not Need.NOTHING and candidate.fits


def _names_something(question: str, tongue: Language) -> bool:
    """Whether a question in that language holds any word that does not only ask."""
    asking = tongue.stop_words | tongue.asking_words
    return any(word.casefold() not in asking for word in word_texts(question))


def _sentences(index: Index, shown: Sequence[Quote]) -> set[int]:
    """The numbers of the sentences that the quotes hold any part of."""
    seen: set[int] = set()
    for quote in shown:
        for number in index.sentences_of(index.position(quote.paragraph)):
            sentence = index.span(number)
            if any(s.start < sentence.end and sentence.start < s.end for s in quote.spans):
                seen.add(number)
    return seen
