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


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("Qui récolte le miel ?", "Les moines récoltent le miel."),
        ("Le merle chante-t-il à l'aube ?", "Les merles chantent à l'aube."),
        ("Où dort le chat ?", "Les chats dorment sous le porche."),
    ],
)
def test_a_question_in_the_singular_finds_the_plural_of_a_french_verb(question, quote):
    """The stemmer keeps its ending, and a pronoun behind a hyphen is no part of the verb."""
    texts = ["Les moines récoltent le miel.", "Les merles chantent à l'aube."]
    texts += ["Les chats dorment sous le porche.", "La cave est fraîche."]
    paragraphs = tuple(Paragraph("a", n, "", text) for n, text in enumerate(texts, start=1))
    finder = Finder(memory_index(Collection([Article("a", "Abbaye", "fr", paragraphs)])))
    evidence = finder.find(question)
    assert not [word.text for word in evidence.query.words if not word.known]
    assert evidence.quotes[0].text == quote
