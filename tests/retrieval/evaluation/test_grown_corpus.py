"""A corpus of any size can be made of a few articles, and is like real text in its words."""

from collections import Counter
from itertools import islice

import pytest

from retrieval.articles import Collection
from retrieval.errors import FolderError
from retrieval.evaluation.grown_corpus import WORD, GrownCorpus, made_up_word

PARAGRAPHS = 4000


@pytest.fixture(scope="module")
def paragraphs(shipped: Collection) -> list[str]:
    return list(GrownCorpus(shipped).paragraphs(PARAGRAPHS))


def words_of(texts):
    return [word.casefold() for text in texts for word in WORD.findall(text)]


def test_the_same_articles_and_seed_make_the_same_corpus(shipped, paragraphs):
    """And another seed another one; a smaller corpus is the beginning of a larger one."""
    assert list(GrownCorpus(shipped).paragraphs(100)) == paragraphs[:100]
    assert list(GrownCorpus(shipped, seed=2).paragraphs(100)) != paragraphs[:100]


def test_the_vocabulary_grows_by_heaps_law(paragraphs):
    """Four times the text holds 4^0.6 = 2.3 times the words; sentences alone would add none."""
    few, many = words_of(paragraphs[: PARAGRAPHS // 4]), words_of(paragraphs)
    exact = (len(many) / len(few)) ** 0.6
    assert len(set(many)) / len(set(few)) == pytest.approx(exact, rel=0.1)


def test_most_new_words_are_rare_and_a_few_are_frequent(shipped, paragraphs):
    """As in real text, where about half of all words occur once."""
    known = {word for p in shipped.paragraphs for word in words_of([p.text])}
    counts = Counter(word for word in words_of(paragraphs) if word not in known)
    ordered = sorted(counts.values(), reverse=True)
    assert ordered[0] > 20 * ordered[len(ordered) // 2]
    assert ordered.count(1) > len(ordered) / 4


def test_each_number_has_a_made_up_word_of_its_own():
    """Also where numbers are far apart."""
    numbers = [*range(20_000), *range(12_000_000, 12_001_000)]
    assert len({made_up_word(number) for number in numbers}) == len(numbers)


def test_a_question_asks_with_words_that_follow_one_another(shipped, paragraphs):
    """The same for the same paragraph and number."""
    corpus = GrownCorpus(shipped)
    for number, text in enumerate(islice(paragraphs, 20)):
        question = corpus.question(text, number)
        assert question == corpus.question(text, number)
        assert question[:-1] in " ".join(WORD.findall(text))


def test_without_running_text_there_is_nothing_to_mix(make_collection):
    """It says what to do."""
    with pytest.raises(FolderError, match="name a folder with some"):
        GrownCorpus(make_collection(["—"]))
    with pytest.raises(FolderError, match="name a folder with some"):
        GrownCorpus(make_collection())
