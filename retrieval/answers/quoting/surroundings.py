"""Shows what stands around the closest passages, where no sentence surely answers."""

from collections.abc import Callable, Iterator, Sequence

from retrieval.answers.quoting.passages import Passage
from retrieval.answers.quoting.quotes import LONGEST_QUOTE, Quoter
from retrieval.articles import ParagraphKind
from retrieval.index.collection_index import Index
from retrieval.text.discourse import leads_in


def with_surroundings(
    index: Index, quoter: Quoter, passages: Sequence[Passage], nearness: Callable[[int], float]
) -> list[Passage]:
    """The passages, those of a text with their neighbours in it: first the nearer to the question.

    None becomes longer than a quote may be, or reaches into another one.
    """
    shown = list(passages)
    for place in range(len(shown)):
        others = [*shown[:place], *shown[place + 1 :]]
        while longer := list(_longer(index, quoter, shown[place], others)):
            shown[place] = max(longer, key=lambda step: nearness(step[0]))[1]
    return shown


def _longer(
    index: Index, quoter: Quoter, passage: Passage, others: Sequence[Passage]
) -> Iterator[tuple[int, Passage]]:
    """Each neighbour that may be shown with the passage, and the passage with it."""
    if passage.chosen or index.paragraph(passage.paragraph).kind is not ParagraphKind.TEXT:
        return
    text = index.sentences_of(passage.paragraph)
    for sentence in (passage.first - 1, passage.last + 1):
        if sentence not in text or index.is_filler(sentence):
            continue
        if sentence > passage.last and leads_in(index.text(sentence)):
            continue
        longer = passage.joined(Passage(passage.paragraph, sentence, sentence))
        if quoter.length(longer) <= LONGEST_QUOTE and not any(map(longer.touches, others)):
            yield sentence, longer
