"""What is encoded of a paragraph: its parts, its sentences in their windows, and these alone.

A window is `Title: Heading. the sentence before, this sentence`; a part stands behind title and
heading as well. A paragraph longer than an encoder reads is encoded in parts.
"""

import re
from collections.abc import Iterator
from hashlib import blake2b
from typing import NamedTuple

from retrieval.articles import ParagraphKind
from retrieval.index.analysed_paragraph import AnalysedParagraph

DIGEST_SIZE = 16
MOST_EMBEDDED_TOKENS = 480  # an encoder reads 512, and how many a text has is only estimated
MOST_EMBEDDED_CHARACTERS = 2000
ENUMERATING = frozenset({ParagraphKind.LIST, ParagraphKind.TABLE})
# Scripts such as Han and kana, with a token for each character.
WIDE = "[^\0-\u2e7f]"


class EmbeddedDigests(NamedTuple):
    """What stands for the texts that are encoded of a paragraph.

    `sentences` is how many it has. `digests` are those of its parts, of its sentences' windows,
    and of its sentences alone, one behind the other.
    """

    sentences: int
    digests: bytes

    @property
    def parts(self) -> bytes:
        """The digests of the parts."""
        return self.digests[: len(self.digests) - 2 * DIGEST_SIZE * self.sentences]

    @property
    def windows(self) -> bytes:
        """The digests of the windows."""
        end = len(self.digests) - DIGEST_SIZE * self.sentences
        return self.digests[len(self.parts) : end]

    @property
    def plain(self) -> bytes:
        """The digests of the sentences alone."""
        return self.digests[len(self.digests) - DIGEST_SIZE * self.sentences :]


def embedded_digests(found: AnalysedParagraph, title: str) -> EmbeddedDigests:
    """The digests of a paragraph of an article with that title."""
    places = range(found.size)
    texts = [*paragraph_texts(found, title)]
    texts += [window_text(found, title, place) for place in places]
    texts += [plain_text(found, place) for place in places]
    return EmbeddedDigests(len(places), b"".join(map(text_digest, texts)))


def text_digest(text: str) -> bytes:
    """Sixteen bytes that stand for a text."""
    return blake2b(text.encode("utf-8", "replace"), digest_size=DIGEST_SIZE).digest()


def plain_text(found: AnalysedParagraph, place: int) -> str:
    """The sentence at that place, from 0, alone."""
    return found.sentence(place)[:MOST_EMBEDDED_CHARACTERS]


def window_text(found: AnalysedParagraph, title: str, place: int) -> str:
    """The sentence behind its title, its heading and the sentence before it.

    An entry of a list stands behind what leads in to the list, a row behind the table's header.
    """
    text = plain_text(found, place)
    if place:
        before = 0 if found.paragraph.kind in ENUMERATING else place - 1
        text = f"{plain_text(found, before)} {text}"
    return _headed(found, title, text)


def paragraph_texts(found: AnalysedParagraph, title: str) -> Iterator[str]:
    """The paragraph behind its title and heading; in parts of whole sentences if it is long."""
    text = found.paragraph.text
    spans = found.spans
    if not spans or _tokens(text) <= MOST_EMBEDDED_TOKENS:
        yield _headed(found, title, text)
        return
    start = end = spans[0].start
    for span in spans:
        if end > start and _tokens(text[start : span.end]) > MOST_EMBEDDED_TOKENS:
            yield _headed(found, title, text[start:end])
            start = span.start
        end = span.end
    yield _headed(found, title, text[start:end])


def _headed(found: AnalysedParagraph, title: str, text: str) -> str:
    heading = found.paragraph.heading
    return f"{title}: {heading}. {text}" if heading else f"{title}: {text}"


def _tokens(text: str) -> float:
    """About how many tokens the text has: 3.5 ASCII characters, 2 others, 1 wide one each."""
    narrow = len(text.encode("ascii", "ignore"))
    if narrow == len(text):
        return narrow / 3.5
    wide = len(re.findall(WIDE, text))
    return narrow / 3.5 + wide + (len(text) - narrow - wide) / 2
