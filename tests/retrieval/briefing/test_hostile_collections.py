"""Collections made to hurt cost bounded time and memory, whatever is asked of them."""

import pytest

from retrieval.answers.finder import Finder
from retrieval.articles import Article, Collection, Paragraph, ParagraphKind
from retrieval.briefing.briefer import Briefer
from retrieval.briefing.briefing import Length
from retrieval.briefing.likeness.concepts import Concepts
from retrieval.briefing.topics.biased_lexrank import MOST_SPREAD
from retrieval.briefing.topics.prominence import MOST_RANKED_SENTENCES
from retrieval.briefing.topics.topic import TopicReader
from retrieval.index.memory_engine import memory_index
from retrieval.questions.question_reader import QuestionReader

LINES = 2000


def collection(kind, text):
    return Collection([Article("a", "Bees", "en", (Paragraph("a", 1, "", text, kind=kind),))])


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        (ParagraphKind.CODE, "bees.dance({n})"),
        (ParagraphKind.TABLE, "bee {n} | dance"),
        (ParagraphKind.TEXT, "Bee {n} likes to dance."),
    ],
)
def test_of_one_huge_paragraph_only_so_many_sentences_are_compared(kind, line):
    """Each is compared with each, so all of them would take gigabytes."""
    index = memory_index(collection(kind, "\n".join(line.format(n=n) for n in range(LINES))))
    topics = TopicReader(index, Concepts(index, ()))
    assert len(topics.everything(None).relevance) <= MOST_RANKED_SENTENCES < LINES
    query = QuestionReader(index, ()).read("bees that dance")
    assert len(topics.of(query, None).relevance) <= MOST_SPREAD < LINES


def test_thousands_of_equal_paragraphs_are_one_answer():
    """And one point of a briefing."""
    same = tuple(
        Paragraph("a", n, "", "Bees make honey in their hive every summer.")
        for n in range(1, LINES + 1)
    )
    index = memory_index(Collection([Article("a", "Bees", "en", same)]))
    finder = Finder(index)
    assert len(finder.find("What do bees make?").quotes) == 1
    briefing = Briefer(index, finder.reader).brief("honey", Length(words=100, points=5))
    assert len(list(briefing.points)) == 1
