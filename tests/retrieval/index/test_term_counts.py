"""What is counted of many paragraphs at once is what each of them holds."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from retrieval.articles import Paragraph, ParagraphKind
from retrieval.index.analysed_paragraph import AnalysedParagraph, ParagraphInMemory, TermsInMemory
from retrieval.index.term_counts import counts_of

TERMS = st.sampled_from("abcdef")
TEXTS = st.lists(TERMS, max_size=5).map(tuple)
PARAGRAPHS = st.lists(st.lists(TEXTS, min_size=1, max_size=4), min_size=1, max_size=5)


@given(PARAGRAPHS, st.lists(TERMS, unique=True))
def test_terms_and_neighbours_are_counted_in_paragraphs_and_sentences(paragraphs, terms):
    """The first of each paragraph's texts stands above its sentences and is none of them."""
    texts = [analysed(above, sentences) for above, *sentences in paragraphs]
    pairs = [(one, other) for one in terms for other in terms]
    found = counts_of(texts, terms, pairs)
    whole = [sum(parts, ()) for parts in paragraphs]
    sentences = [sentence for _, *rest in paragraphs for sentence in rest]
    assert found.in_paragraphs.tolist() == [[t.count(term) for term in terms] for t in whole]
    above = [first for first, *_ in paragraphs]
    assert found.above.tolist() == [[a.count(term) for term in terms] for a in above]
    assert found.in_sentences.tolist() == [[s.count(term) for term in terms] for s in sentences]
    assert found.of_pairs.tolist() == [
        [[*pairwise(t)].count(pair) for pair in pairs] for t in whole
    ]
    assert found.lengths.tolist() == [*map(len, whole)]
    assert found.sentence_lengths.tolist() == [*map(len, sentences)]
    sizes = [len(text.sentences) for text in texts]
    assert found.first_sentence.tolist() == [sum(sizes[:n]) for n in range(len(sizes) + 1)]


def analysed(above, sentences):
    terms = TermsInMemory(above, frozenset(), tuple(sentences))
    nothing = frozenset[int]()
    return AnalysedParagraph(
        *(ParagraphKind.TEXT, "en", (), nothing, nothing, None),
        ParagraphInMemory(Paragraph("a", 1, "", ""), terms),
    )
