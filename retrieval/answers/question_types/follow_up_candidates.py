"""What may answer a question after another one, most often one that leans on it."""

from collections.abc import Callable, Sequence

from retrieval.answers.question_types.shown_before import unseen
from retrieval.answers.ranking.candidates import Candidate
from retrieval.articles import Quote
from retrieval.index.collection_index import Index
from retrieval.questions.query import Query, QueryWord, covered_share

LEAST_WEIGHT = 0.5  # of a word that names a subject; one that only asks for a measure has less
SAME_ARTICLE_BONUS = 2.0
SAME_SUBJECT_BONUS = 8.0  # for what speaks of what was asked about before, too
SAME_SUBJECT_SHARE = 0.6  # of its words
SAME_SECTION_BONUS = 3.5  # where the question is read alone
MOST_WORDS_NAMING_LITTLE = 2
FEWEST_WHOLE = 2  # words that are a question by themselves: "do they pay for internet?"


def for_follow_up(
    index: Index, query: Query, found: Sequence[Candidate], shown: Sequence[Quote]
) -> Sequence[Candidate]:
    """The candidates for a question after another one, which was answered by `shown`.

    Where it leans on that one, those that speak of what it adds, if some do: "and part time?" is
    not answered by what is on full time. "At what age?" names nothing and is about the articles
    that were shown. What a pronoun points back to has to be spoken of as well: "who can see them?"
    is not answered by anything to be seen, unless two words or more say what is asked. Who wants
    an example gets those first that give one.
    """
    found = unseen(index, query, found, shown)
    if query.context is None:
        return _in_the_section_shown(index, query, found, shown)
    if query.wants_example:
        return sorted(found, key=lambda candidate: not _gives_example(index, candidate))
    return found if query.wants_more else _speaking(index, query, found, shown)


def _speaking(
    index: Index, query: Query, found: Sequence[Candidate], shown: Sequence[Quote]
) -> Sequence[Candidate]:
    """Those that speak of what the question adds, and of what a pronoun of it points back to."""
    own = [w for w in query.words if w.own and w.known and w.weight >= LEAST_WEIGHT]
    if not own:
        return _near_what_was_shown(index, found, shown)
    if query.points_back:
        whole = own if len(own) >= FEWEST_WHOLE else ()
        about = [
            c
            for c in found
            if _speaks_of_what_was_before(index, query, c, shown) or _holds_all(index, c, whole)
        ]
        found = about or found
    speaking = [c for c in found if all(w.coverage(_terms(index, c)) for w in own)] or found
    before = [w for w in query.words if not w.own and w.known and w.weight >= LEAST_WEIGHT]
    if not before:
        return speaking

    def speaks_of_both(candidate: Candidate) -> bool:
        return covered_share(before, _terms(index, candidate)) >= SAME_SUBJECT_SHARE

    return _raised(speaking, SAME_SUBJECT_BONUS, speaks_of_both)


def _in_the_section_shown(
    index: Index, query: Query, found: Sequence[Candidate], shown: Sequence[Quote]
) -> Sequence[Candidate]:
    """The candidates, those of the section just shown a little higher if the question is short.

    "Who pays the premium?" may be asked of several insurances, and means the one before.
    """
    if not shown or len(query.words) > MOST_WORDS_NAMING_LITTLE:
        return found
    sections = {(q.paragraph.article, q.paragraph.heading) for q in shown}

    def is_there(candidate: Candidate) -> bool:
        there = index.paragraph(candidate.paragraph)
        return (there.article, there.heading) in sections

    return _raised(found, SAME_SECTION_BONUS, is_there)


def _near_what_was_shown(
    index: Index, found: Sequence[Candidate], shown: Sequence[Quote]
) -> Sequence[Candidate]:
    articles = {quote.paragraph.article for quote in shown}
    return _raised(
        found, SAME_ARTICLE_BONUS, lambda c: index.paragraph(c.paragraph).article in articles
    )


def _raised(
    found: Sequence[Candidate], bonus: float, is_raised: Callable[[Candidate], bool]
) -> Sequence[Candidate]:
    raised = [c._replace(score=c.score + bonus) if is_raised(c) else c for c in found]
    return sorted(raised, key=lambda candidate: (-candidate.score, candidate.sentence))


def _speaks_of_what_was_before(
    index: Index, query: Query, candidate: Candidate, shown: Sequence[Quote]
) -> bool:
    """Whether it holds a word of the question before, or is of an article that was shown."""
    if index.paragraph(candidate.paragraph).article in {q.paragraph.article for q in shown}:
        return True
    terms = _terms(index, candidate)
    return any(word.coverage(terms) for word in query.words if not word.own)


def _holds_all(index: Index, candidate: Candidate, words: Sequence[QueryWord]) -> bool:
    """Whether a sentence itself holds all of the words, if there are any."""
    terms = index.sentence_terms(candidate.sentence)
    return bool(words) and all(word.coverage(terms) for word in words)


def _terms(index: Index, candidate: Candidate) -> frozenset[str]:
    """The terms of a sentence and of all that it stands under."""
    return index.sentence_terms(candidate.sentence) | index.title_and_heading_terms(
        candidate.paragraph
    )


def _gives_example(index: Index, candidate: Candidate) -> bool:
    language = index.analyzer_of(candidate.paragraph).language
    return bool(index.finds(language.holds_example, candidate.sentence))
