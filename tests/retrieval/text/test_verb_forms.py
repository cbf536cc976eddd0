"""Verbs are found in forms that no stemmer joins."""

import pytest

from retrieval.answers.finder import Finder
from retrieval.articles import Article, Collection, Paragraph
from retrieval.index.memory_engine import memory_index
from retrieval.text.languages import language
from retrieval.text.verb_forms import verb_forms


@pytest.mark.parametrize(
    ("asked", "written"),
    [("pflückt", "gepflückt"), ("gepflückt", "pflücken"), ("abholen", "abgeholt")],
)
def test_a_german_verb_may_be_written_as_a_participle(asked, written):
    """Also the other way round, and behind a prefix."""
    assert written in verb_forms(asked, language("de").verbs)


def test_a_language_without_such_forms_has_none():
    """Nothing is tried for it."""
    assert not list(verb_forms("picks", language("en").verbs))


def test_a_question_finds_the_participle():
    """What is asked in the present is told in the passive."""
    texts = ["Die Äpfel werden im Oktober von Ida Wolff gepflückt.", "Der Keller ist kühl."]
    paragraphs = tuple(Paragraph("a", n, "", text) for n, text in enumerate(texts, start=1))
    index = memory_index(Collection([Article("a", "Hof", "de", paragraphs)]))
    evidence = Finder(index).find("Wer pflückt die Äpfel?")
    assert "gepflückt" in evidence.quotes[0].text
