"""What is encoded of a collection: sentences alone, sentences in their window, paragraphs.

A window is `Title: Heading. the sentence before, this sentence`; a paragraph stands behind its
title and heading as well. A paragraph longer than an encoder reads is encoded in parts.
"""

from collections.abc import Iterator

from retrieval.articles import ParagraphKind
from retrieval.index.collection_index import Index

MOST_TOKENS = 480  # an encoder reads 512, and how many a text has is only estimated
MOST_CHARACTERS = 2000
ENUMERATING = frozenset({ParagraphKind.LIST, ParagraphKind.TABLE})
WIDE = 0x2E80  # from here on scripts such as Han and kana, with a token for each character


def plain_text(index: Index, sentence: int) -> str:
    """The sentence alone."""
    return index.text(sentence)[:MOST_CHARACTERS]


def window_text(index: Index, sentence: int) -> str:
    """The sentence behind its title, its heading and the sentence before it.

    An entry of a list stands behind what leads in to the list, a row behind the table's header.
    """
    paragraph = index.paragraph_of(sentence)
    text = plain_text(index, sentence)
    first = index.first_sentence(paragraph)
    if sentence > first:
        kind = index.paragraph(paragraph).kind
        before = first if kind in ENUMERATING else sentence - 1
        text = f"{plain_text(index, before)} {text}"
    return _headed(index, paragraph, text)


def paragraph_texts(index: Index, paragraph: int) -> Iterator[str]:
    """The paragraph behind its title and heading; in parts of whole sentences if it is long."""
    text = index.paragraph(paragraph).text
    spans = [index.span(number) for number in index.sentences_of(paragraph)]
    if not spans or _tokens(text) <= MOST_TOKENS:
        yield _headed(index, paragraph, text)
        return
    start = end = spans[0].start
    for span in spans:
        if end > start and _tokens(text[start : span.end]) > MOST_TOKENS:
            yield _headed(index, paragraph, text[start:end])
            start = span.start
        end = span.end
    yield _headed(index, paragraph, text[start:end])


def _headed(index: Index, paragraph: int, text: str) -> str:
    found = index.paragraph(paragraph)
    title = index.articles[found.article].title
    return f"{title}: {found.heading}. {text}" if found.heading else f"{title}: {text}"


def _tokens(text: str) -> float:
    """About how many tokens the text has: 3.5 ASCII characters, 2 others, 1 wide one each."""
    narrow = len(text.encode("ascii", "ignore"))
    if narrow == len(text):
        return narrow / 3.5
    wide = sum(ord(char) >= WIDE for char in text)
    return narrow / 3.5 + wide + (len(text) - narrow - wide) / 2
