"""Makes an article of what was read from a document: its language, its lines, its title."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from retrieval.articles import Article
from retrieval.sources.article_title import split_title
from retrieval.sources.blocks import Block, BlockKind, numbered, says_something
from retrieval.sources.documents.contents_list import without_contents
from retrieval.sources.documents.document import Document
from retrieval.sources.documents.normalization import normalized, one_line
from retrieval.sources.line_hyphens import LineJoiner

SAMPLES = 15
SAMPLE_LENGTH = 600
CLEARLY = 0.6  # of the votes
SHORT_TEXT = 400  # characters, in which a language is guessed
UNKNOWN = "en"
# What few words are believed to be written in; of others it takes more to be sure.
# fmt: off
LIKELY = frozenset({
    "ar", "bg", "bn", "ca", "cs", "da", "de", "el", "en", "es", "et", "eu", "fa", "fi", "fr", "gl",
    "he", "hi", "hr", "hu", "id", "it", "ja", "ko", "lt", "lv", "ms", "nb", "nl", "nn", "no", "pl",
    "pt", "ro", "ru", "sk", "sl", "sr", "sv", "ta", "th", "tr", "uk", "ur", "vi", "zh",
})
# fmt: on
# A character there says as much as two letters, of which a half-translated book has more.
DENSE, DENSITY = frozenset({"ja", "ko", "zh"}), 2
NO_LANGUAGE = "zxx"  # of what is no text in any, says ISO 639
LONG_ENTRY = 300
LONGEST_TITLE_LINE = 120  # characters
LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9]+)*", re.IGNORECASE)


def document_article(
    document: Document,
    identity: str,
    fallback_title: str,
    detect_language: Callable[[str], str],
    language: str | None = None,
) -> Article:
    """The article of that id; `language` is what the operator said it is."""
    code = language or document_language(document, detect_language)
    joiner = _joiner(document, code)
    blocks = list(_settled(document, joiner))
    told = one_line(joiner.joined(document.title.split("\n"))) or None
    title: str | None
    if (document.is_wrapped or told is None) and _begins_with_a_section(blocks):
        title = told or blocks[0].text
    else:
        title, blocks = split_title(told, blocks, is_markdown=not document.is_wrapped)
    if title is None and _opens_with_a_title(blocks):
        title = blocks[0].text
    return Article(
        identity,
        title or fallback_title,
        code,
        numbered(identity, blocks),
        document.url or None,
        document.published or None,
        one_line(document.author) or None,
    )


def _begins_with_a_section(blocks: Sequence[Block]) -> bool:
    """Whether the heading that opens the text is one of several, and not only the title."""
    headings = [block for block in blocks if block.is_heading]
    return blocks[:1] == headings[:1] != [] and any(
        other.level == headings[0].level for other in headings[1:]
    )


def _opens_with_a_title(blocks: Sequence[Block]) -> bool:
    """Whether a line that ends no sentence stands above the first heading, and nothing else."""
    if len(blocks) < 3 or blocks[0].kind is not BlockKind.TEXT or not blocks[1].is_heading:
        return False
    return len(blocks[0].text) <= LONGEST_TITLE_LINE and blocks[0].text[-1].isalnum()


def document_language(document: Document, detect_language: Callable[[str], str]) -> str:
    """The language of most samples of the text, each as long; of a short text what it declares.

    What files declare is often wrong, and a book may be translated in part only.
    """
    texts = [block.text for block in document.blocks if block.kind is not BlockKind.CODE]
    text = " ".join(" ".join(texts).split())
    declared = LANGUAGE.fullmatch(document.language)
    if len(text) < SHORT_TEXT and declared is not None:
        return declared[1].lower()
    if not text:
        return UNKNOWN
    step = max(SAMPLE_LENGTH, len(text) // SAMPLES)
    votes: Counter[str] = Counter()
    for start in range(0, len(text), step):
        found = detect_language(text[start : start + SAMPLE_LENGTH])
        votes[found] += DENSITY if found in DENSE else 1
    code = _elected(votes)
    is_doubtful = len(text) < SHORT_TEXT and code not in LIKELY
    return UNKNOWN if is_doubtful or code == NO_LANGUAGE else code


def _elected(votes: Counter[str]) -> str:
    """The language with most votes; a rare one, which tables look like, only with most of them."""
    code, count = votes.most_common(1)[0]
    if code in LIKELY or count > CLEARLY * votes.total():
        return code
    return next((other for other, _ in votes.most_common() if other in LIKELY), code)


def _joiner(document: Document, code: str) -> LineJoiner:
    return LineJoiner([line for b in document.blocks for line in b.text.split("\n")], code)


def _settled(document: Document, joiner: LineJoiner) -> Iterator[Block]:
    """The blocks with their text normalised, and with the lines of a paragraph joined."""
    blocks: Iterable[Block] = document.blocks
    if document.is_wrapped:
        blocks = _grouped(replace(block, text=_joined(block, joiner)) for block in blocks)
    for block in without_contents(blocks):
        text = _settled_text(block)
        if block.kind is BlockKind.END or says_something(text):
            yield replace(block, text=text)


def _joined(block: Block, joiner: LineJoiner) -> str:
    """Its text, where the ends of lines mean nothing, on one line."""
    if block.kind in (BlockKind.TABLE, BlockKind.CODE):
        return block.text
    return joiner.joined(block.text.split("\n"))


def _grouped(blocks: Iterable[Block]) -> Iterator[Block]:
    """Short entries of a list that follow each other on a page as one block.

    Entries as long as paragraphs stay paragraphs.
    """
    for (kind, _), group in groupby(blocks, key=lambda block: (block.kind, block.place)):
        run = list(group)
        size = sum(len(block.text) for block in run) / len(run)
        if kind is BlockKind.LIST and size <= LONG_ENTRY:
            yield replace(run[0], text="\n".join(block.text for block in run))
        else:
            yield from (
                replace(block, kind=BlockKind.TEXT) if kind is BlockKind.LIST else block
                for block in run
            )


def _settled_text(block: Block) -> str:
    if block.kind is BlockKind.CODE:
        return normalized(block.text).strip("\n")
    if block.kind in (BlockKind.LIST, BlockKind.TABLE):
        return "\n".join(filter(None, map(_entry, normalized(block.text).split("\n"))))
    return one_line(block.text)


def _entry(line: str) -> str:
    """A line of a list or a table; its indent stays."""
    bare = line.lstrip(" ")
    return line[: len(line) - len(bare)] + " ".join(bare.split()) if bare.strip() else ""
