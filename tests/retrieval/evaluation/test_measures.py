"""Figures of a question set are those counted by hand."""

import json

import pytest

from retrieval.answers.finder import Finder
from retrieval.errors import QuestionError
from retrieval.evaluation.baseline import PlainFinder
from retrieval.evaluation.measures import Case, observe, read_cases, read_squad, summary
from retrieval.evaluation.paragraph_ranking import ParagraphRanking
from retrieval.index.memory_engine import memory_index

BEES = ["Bees make honey from nectar.", "Mites harm bees."]
WOLVES = ["Wolves hunt deer in packs.", "They howl at night."]


def measure(collection, cases):
    index = memory_index(collection)
    return summary(observe(Finder(index).find, ParagraphRanking(index).search, cases))


def test_shares_are_counted_over_the_questions_they_are_about(make_collection):
    """One right, one from the wrong paragraph, one that must not be answered, one foreign."""
    collection = make_collection(BEES, WOLVES)
    measured = measure(
        collection,
        [
            Case("What do bees make from nectar?", ("honey",), frozenset({("article-1", 1)})),
            Case("Who harms bees?", ("Mites",), frozenset({("article-2", 2)})),
            Case("What is the price of gold?", (), frozenset()),
            Case("Who wrote Hamlet?", ("x",), frozenset({("gone", 1)}), is_foreign=True),
        ],
    )
    assert (measured.answerable, measured.unanswerable, measured.foreign) == (2, 1, 1)
    assert measured.paragraph_1 == 0.5
    assert measured.quote_1 == measured.quote_3 == 0.5
    assert measured.mrr == pytest.approx((1 + 0) / 2)
    assert (measured.abstained, measured.foreign_answered) == (1.0, 0.0)


def test_no_questions_give_no_shares(make_collection):
    """Not a division by zero."""
    measured = measure(make_collection(BEES), [])
    assert measured.quote_1 is None
    assert measured.abstained is None
    assert measured.ms_a_question == 0


def test_the_baseline_is_measured_the_same_way(make_collection):
    """Plain BM25 always answers."""
    finder = PlainFinder(memory_index(make_collection(BEES, WOLVES)))
    cases = [Case("wolves hunt", ("deer",), frozenset({("article-2", 1)}))]
    measured = summary(observe(finder.find, finder.search, cases))
    assert measured.quote_1 == measured.paragraph_1 == measured.mrr == measured.answered == 1.0


SQUAD = {
    "version": "v2.0",
    "data": [
        {
            "title": "Honey_bees",
            "paragraphs": [
                {
                    "context": BEES[0],
                    "qas": [
                        {"question": "Who?", "answers": [{"text": "Bees", "answer_start": 0}]},
                        {"question": "No?", "answers": [], "is_impossible": True},
                    ],
                }
            ],
        }
    ],
}


def test_squad_gives_articles_and_cases(tmp_path):
    """Its paragraphs are the collection, its unanswerable questions have no answer."""
    path = tmp_path / "squad.json"
    path.write_text(json.dumps(SQUAD))
    [article], cases = read_squad(path)
    assert (article.title, article.paragraphs[0].text) == ("Honey bees", BEES[0])
    answerable, unanswerable = cases[article.id]
    assert answerable.is_answerable
    assert answerable.places == {(article.id, 1)}
    assert not unanswerable.is_answerable


@pytest.mark.parametrize(
    "content", ["", "{}", "[]", '{"data": [{}]}', '{"data": 1}', "[" * 9000, '{"data": []}']
)
def test_a_file_that_is_not_squad_gets_one_sentence(tmp_path, content):
    """With what to give instead."""
    path = tmp_path / "squad.json"
    path.write_text(content)
    with pytest.raises(QuestionError, match=r"squad\.json.*; ") as caught:
        read_squad(path)
    assert "\n" not in str(caught.value)


def test_questions_with_gold_quotes(tmp_path, make_collection):
    """A gold quote is looked up in the collection; without one the question is unanswerable."""
    path = tmp_path / "q.jsonl"
    lines = [{"question": "Who?", "quotes": ["make honey"]}, {"question": "No?", "quotes": []}]
    path.write_text("\n\n".join(json.dumps(line) for line in lines))
    one, other = read_cases(path, make_collection(BEES))
    assert one.places == {("article-1", 1)}
    assert not other.is_answerable


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("", "no questions in it"),
        ("{", "line 1: not valid JSON"),
        ("[1]", "line 1: not a JSON object"),
        ('{"question": 1}', "line 1: 'question' is not text"),
        ('{"question": "x"}', "line 1: no 'quotes'"),
        ('{"question": "x", "quotes": "y"}', "line 1: 'quotes' is not a list"),
        ('{"question": "x", "quotes": ["wolves"]}', "line 1: no paragraph holds 'wolves'"),
        ('{"question": "x", "quotes": [], "id": []}', "line 1: 'id'"),
        ('{"question": "x", "quotes": [], "context": 1}', "line 1: 'context'"),
    ],
)
def test_a_broken_line_is_named(tmp_path, make_collection, line, problem):
    """With the file, the line and what to do."""
    path = tmp_path / "q.jsonl"
    path.write_text(line)
    with pytest.raises(QuestionError) as caught:
        read_cases(path, make_collection(BEES))
    assert problem in str(caught.value)
    assert ";" in str(caught.value)
