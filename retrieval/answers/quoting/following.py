"""What follows a quote in its article: the next sentence, or the next step of a list."""

from collections.abc import Sequence

from retrieval.answers.quoting.passages import Passage
from retrieval.answers.quoting.quotes import Quoter
from retrieval.articles import Quote
from retrieval.index.collection_index import Index


def following(index: Index, quoter: Quoter, shown: Sequence[Quote]) -> Passage | None:
    """The passage behind the first of the quotes, which answered; None at an article's end.

    What the quote left out comes first.

    Filler is passed over. Behind the last sentence of a paragraph comes the next paragraph.
    """
    if not shown:
        return None
    before = shown[0].paragraph
    spans = shown[0].spans
    end = spans[0].end
    position = index.position(before)
    behind = (n for n in index.sentences_of(position) if index.span(n).start >= end)
    left = [n for n in behind if not any(s.start <= index.span(n).start < s.end for s in spans)]
    for paragraph in index.articles[before.article].paragraphs[before.number :]:
        if any(not index.is_filler(number) for number in left):
            break
        left = list(index.sentences_of(index.position(paragraph)))
    told = (number for number in left if not index.is_filler(number))
    return next((_from(index, quoter, number, end, position) for number in told), None)


def _from(index: Index, quoter: Quoter, sentence: int, end: int, before: int) -> Passage:
    """The sentence's passage, without what was shown of it already."""
    passage = quoter.passage(sentence)
    if passage.chosen or passage.paragraph != before:
        return passage
    first = next(n for n in range(passage.first, passage.last + 1) if index.span(n).start >= end)
    return Passage(passage.paragraph, first, passage.last)
