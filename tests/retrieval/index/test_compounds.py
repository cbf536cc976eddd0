"""Compounds are found by their parts, and parts by the compounds that they make."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.index.compounds import MOST_COMPOUNDS, Compounds
from retrieval.index.memory_engine import memory_index
from retrieval.index.memory_lexicon import SortedTerms
from retrieval.questions.question_reader import QuestionReader
from retrieval.text.analysis import Analyzer

TEXTS = {
    "de": "Der Brandschutzbeauftragte prüft die Feuerlöscher. Die Zeltplätze sind frei. "
    "Die Mietkautionen liegen auf dem Konto. Das Rathaus hat einen Apparat. Miete ist fällig. "
    "Die Rechnungsnummer steht oben. Ein Autor liest. Gartenstühle gehören in den Schuppen.",
    "nl": "De brandverzekering loopt af. Het tuinhuis staat leeg.",
    "sv": "Hyresavtalet gäller. Sommarstugan är stängd. Bilparkeringen är dyr.",
    "da": "Lejekontrakten gælder. Havebordet er vådt. Sikkerhedsbrillen er ny.",
    "en": "The greenhouse is full of tomatoes.",
}


def alternatives(make_collection, code, question):
    reader = QuestionReader(memory_index(make_collection([TEXTS[code]], language=code)), [])
    return reader.read(question).words[0].alternatives


@pytest.mark.parametrize(
    ("code", "question", "found"),
    [
        ("de", "Löscher", "Feuerlöscher"),
        ("de", "Kaution", "Mietkautionen"),
        ("de", "Plätze", "Zeltplätze"),
        ("de", "Nummer", "Rechnungsnummer"),
        ("de", "Rechnung", "Rechnungsnummer"),
        ("de", "Brandschutz", "Brandschutzbeauftragte"),
        ("de", "Stühle", "Gartenstühle"),
        ("de", "Mietvertrag", "Miete"),
        ("nl", "verzekering", "brandverzekering"),
        ("nl", "huis", "tuinhuis"),
        ("sv", "avtal", "hyresavtalet"),
        ("sv", "parkering", "bilparkeringen"),
        ("da", "kontrakt", "lejekontrakten"),
        ("da", "brille", "sikkerhedsbrillen"),
    ],
)
def test_a_part_finds_the_whole_and_a_whole_its_part(make_collection, code, question, found):
    """With the letters that link the parts, and weighted below the word itself."""
    weights = alternatives(make_collection, code, question)
    assert 0 < weights[Analyzer(code).term_of(found),] < 1
    assert all(weight <= 1 for weight in weights.values())


@pytest.mark.parametrize(
    ("code", "question"),
    [("de", "Rat"), ("de", "Auto"), ("de", "Art"), ("en", "house"), ("en", "green")],
)
def test_letters_that_happen_to_stand_in_a_word_are_no_part_of_it(make_collection, code, question):
    """A short part needs a word beside it, and English writes compounds apart."""
    term = Analyzer(code).term_of(question)
    assert set(alternatives(make_collection, code, question)) <= {(term,), ("rathaus",)}


def test_a_frequent_part_does_not_flood():
    """Only the shortest of very many compounds count."""
    terms = [f"{front}tag" for front in ("bau", "fest", "lese", "markt", "ruhe", "wasch")]
    terms += [f"woche{number * 'n'}tag" for number in range(20)] + ["tag"]
    fronts = [term.removesuffix("tag") for term in terms]
    compounds = Compounds(SortedTerms([*terms, *filter(None, fronts)]), str, lambda _: False)
    found = compounds.holding("tag")
    assert len(found) == MOST_COMPOUNDS
    assert found[:2] == ["bautag", "festtag"]


@given(st.lists(st.text("abns", min_size=1, max_size=9)), st.text("abns", max_size=9))
def test_compounds_hold_the_word_and_parts_are_in_it(terms, word):
    """Whatever the terms are, and in whichever order."""
    compounds = Compounds(SortedTerms(terms), str, lambda _: False)
    other = Compounds(SortedTerms(terms[::-1]), str, lambda _: False)
    assert compounds.holding(word) == other.holding(word)
    assert all(word in compound and word != compound for compound in compounds.holding(word))
    assert all(part in word and part in terms for part in compounds.parts(word))
