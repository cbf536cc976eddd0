"""Misspelt words are corrected from the articles' own vocabulary, and only those."""

import pytest

from retrieval.index.memory_lexicon import CountedForms
from retrieval.questions.vocabulary.spelling import Spelling
from retrieval.text.frequencies import Frequencies

WRITTEN = {"military": 5, "Military": 1, "Putin": 9, "finance": 2, "Romans": 3, "exercises": 4}


@pytest.fixture(scope="module")
def spelling():
    return Spelling(CountedForms(WRITTEN), Frequencies("en").__contains__)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("milatary", "military"),
        ("Puttin", "Putin"),
        ("excercizes", "exercises"),
        ("mlitary", "military"),
    ],
)
def test_a_misspelt_word_is_corrected_as_the_articles_write_it(spelling, wrong, right):
    """The nearest word of the vocabulary."""
    assert spelling.correction(wrong) == right


@pytest.mark.parametrize("word", ["France", "Normans", "sauerkraut", "military", "xyzzy", "abc"])
def test_what_is_no_mistake_is_left_alone(spelling, word):
    """Words of the dictionary, of the articles, far ones and short ones."""
    assert spelling.correction(word) is None


def test_a_stop_word_is_meant_only_where_it_is_one_edit_away():
    """Short and frequent, these are near to many a word that no article holds."""
    spelling = Spelling(CountedForms({}), lambda _: False, ["какой", "сколько"])
    assert spelling.correction("кошкой") is None
    assert spelling.correction("сколко") == "сколько"


def test_a_word_that_the_dictionary_lacks_is_not_taken_for_a_distant_one():
    """Three edits of ten letters make another word: holidays are no vibrations."""
    spelling = Spelling(CountedForms({"vibraciones": 3}), lambda _: False)
    assert spelling.correction("vacaciones") is None
    assert spelling.correction("vibrasionez") == "vibraciones"


def test_a_name_has_to_be_nearer(spelling):
    """`Romanov` is nobody's misspelling of `Romans`."""
    assert spelling.correction("Romanovs", is_name=True) is None


def test_two_words_that_should_be_one():
    """Written apart by mistake."""
    spelling = Spelling(CountedForms({"multipolar": 1}), lambda _: False)
    assert spelling.joined(["multi", "Polar"]) == "multipolar"


def test_dictionaries_count_words():
    """The more common, the less a word tells; a language without a list tells nothing apart."""
    english = Frequencies("en")
    assert english.information("the") < english.information("relationship")
    assert english.information("relationship") < english.information("milatary")
    assert "relationship" in english
    assert "milatary" not in english
    assert 5 not in english
    assert "économie" in Frequencies("fr")
    assert "anything" not in Frequencies("zh")
