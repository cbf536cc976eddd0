"""Articles are analysed the same by one process and by several."""

from contextlib import closing
from dataclasses import replace
from itertools import chain
from multiprocessing import active_children

from retrieval.articles import Article, Paragraph, ParagraphKind
from retrieval.store.writing import article_analysis
from retrieval.store.writing.article_analysis import ArticleAnalysts

LIST = "Bring these:\n- rye bread, not wheat\n- honey from Dr. Bell"


def article(number):
    identity = f"bees-{number}"
    texts = ["Bees make honey. Mites came in 1991, and Mr. Bell saw none.", f"Row {number}."]
    paragraphs = [Paragraph(identity, n, "On bees", text) for n, text in enumerate(texts, 1)]
    paragraphs.append(Paragraph(identity, 3, "", LIST, (), ParagraphKind.LIST))
    return Article(identity, "A short life", "en", tuple(paragraphs))


def known(analyses):
    """All that is known of articles, as it can be compared."""
    return [
        (
            [
                *((one.paragraph, one.kind, one.language, one.spans) for one in found.paragraphs),
                *((one.filler, one.denials, one.structure) for one in found.paragraphs),
                *((one.above, one.heading, one.sentences) for one in found.paragraphs),
            ],
            found.words,
        )
        for found in analyses
    ]


def test_several_processes_find_what_one_finds_and_one_goes_on_when_they_are_killed():
    """A process may be ended for its memory at any time; nothing is lost by that."""
    articles = [article(number) for number in range(20)]
    alone = known(ArticleAnalysts(processes=1).analyses(articles))
    with closing(ArticleAnalysts(processes=2, fewest_paragraphs=2)) as analysts:
        assert known(analysts.analyses(articles)) == alone
        children = active_children()
        assert children
        for child in children:
            child.kill()
        assert known(analysts.analyses(articles)) == alone
        assert known(analysts.analyses(articles)) == alone


def test_a_long_article_is_analysed_in_pieces_each_when_it_is_asked_for(monkeypatch):
    """So the memory that it takes is that of a piece, and no other process sends all of it."""
    monkeypatch.setattr(article_analysis, "LONGEST_PIECE", 100)
    long, size = article(1), 30
    long = replace(long, paragraphs=long.paragraphs * size)
    with closing(ArticleAnalysts(processes=2, fewest_paragraphs=2)) as analysts:
        found = list(analysts.analyses([long]))
        assert active_children() == []
    assert len(found) >= size
    pieces = [[one.paragraph for one in piece.paragraphs] for piece in found]
    assert all(sum(len(one.text) for one in piece) <= 100 for piece in pieces)
    assert tuple(chain.from_iterable(pieces)) == long.paragraphs
