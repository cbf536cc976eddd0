"""Two things with names of their own do not contradict each other."""

import pytest

from retrieval.articles import Article, Collection, Paragraph
from retrieval.briefing.differences import Differences
from retrieval.briefing.likeness.concepts import Concepts
from retrieval.index.memory_engine import memory_index

HUT = "In summer the hut sleeps {} guests in wooden bunks."


def disagree(one, other, language="en"):
    """Whether the first sentences of two articles, each a title and a text, disagree."""
    made = [
        Article(f"a{n}", title, language, (Paragraph(f"a{n}", 1, "", text),))
        for n, (title, text) in enumerate((one, other))
    ]
    index = memory_index(Collection(made))
    return Differences(index, Concepts(index, ())).disagree(0, index.first_sentence(1))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Hut Arle", HUT.format(12)), ("Hut Brun", HUT.format(30))),
        (("Huts", "In summer the hut Arle sleeps 12 guests in bunks."),
         ("More huts", "In summer the hut Brun sleeps 30 guests in bunks.")),
        (("Report 3 of the hut", HUT.format(12)), ("Report 4 of the hut", HUT.format(30))),
    ],
)  # fmt: skip
def test_different_names_are_different_things(one, other):
    """Named in the sentence, or by the title of the article."""
    assert not disagree(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("The hut", HUT.format(12)), ("Sleeping in the hut", HUT.format(30))),
        (("A guide", "In summer the hut Arle sleeps 12 guests in bunks."),
         ("A diary", "In summer the hut Arle sleeps 30 guests in bunks.")),
    ],
)  # fmt: skip
def test_one_name_or_none_may_be_one_thing(one, other):
    """Then two numbers contradict each other."""
    assert disagree(one, other)


def test_the_words_that_differ_are_marked():
    """As spans of the paragraph that the sentence is in."""
    texts = ["It is old. " + HUT.format(12), HUT.format(30)]
    made = [
        Article(f"a{n}", "The hut", "en", (Paragraph(f"a{n}", 1, "", text),))
        for n, text in enumerate(texts)
    ]
    index = memory_index(Collection(made))
    differences = Differences(index, Concepts(index, ()))
    one, other = index.sentences_of(0)[1], index.sentences_of(1)[0]
    marked = [differences.marks(one, other), differences.marks(other, one)]
    assert [
        [t[s.start : s.end] for s in spans] for t, spans in zip(texts, marked, strict=True)
    ] == [
        ["12"],
        ["30"],
    ]
