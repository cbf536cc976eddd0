"""Reads a file into an article."""

import re
import unicodedata
from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from typing import TypeAlias

from retrieval.articles import Article, Paragraph
from retrieval.errors import ArticleError
from retrieval.sources.blocks import Block, heading, paragraph
from retrieval.sources.header import split_header
from retrieval.sources.plain import plain_blocks
from retrieval.text.analysis import plain_words

SUFFIXES = frozenset({".md", ".txt"})
LARGEST_BYTES = 20_000_000
MOST_HEADINGS_IN_A_ROW = 2
LINE_ENDS = re.compile(r"\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")

Detector: TypeAlias = Callable[[str], str]


def article_id(path: Path) -> str:
    """The id of the article in that file: its name in lower case, joined by hyphens."""
    name = unicodedata.normalize("NFKC", path.stem).casefold()
    return "-".join(word.text for word in plain_words(name.replace("-", " ")))


def read_article(path: Path, detect_language: Detector) -> Article:
    """The article in that file; `detect_language` is asked where the header does not say.

    Raises ArticleError, which names file, line and remedy.
    """
    lines = LINE_ENDS.sub("\n", _text(path)).split("\n")
    header, body = split_header(path, lines)
    first_line = header.lines + 1
    blocks = _blocks(path, body, first_line)
    title, blocks = _split_title(header.title, blocks)
    blocks = _settle_headings(blocks)
    if not any(not block.is_heading for block in blocks):
        problem = "there is no text under the title" if title else "there is no text"
        raise ArticleError(path, problem, "add a paragraph, or remove the file", len(lines))
    identity = article_id(path)
    if not identity:
        raise ArticleError(path, "the file name has no letter or digit", "rename the file")
    return Article(
        id=identity,
        title=title or identity.replace("-", " ").capitalize(),
        language=header.language or detect_language("\n".join(body)),
        paragraphs=_numbered(identity, blocks),
        url=header.url,
        published=header.published,
        author=header.author,
    )


def _text(path: Path) -> str:
    try:
        size = path.stat().st_size
        if size > LARGEST_BYTES:
            problem = f"the file has {size:,} bytes, more than {LARGEST_BYTES:,}"
            raise ArticleError(path, problem, "split it into several articles")
        content = path.read_bytes()
    except OSError as error:
        problem = f"the file cannot be read ({error.strerror})"
        raise ArticleError(path, problem, "check that it exists and its permissions") from error
    if not content.strip():
        raise ArticleError(path, "the file is empty", "add text, or remove the file", line=1)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = _line_of(content[: error.start].decode("utf-8-sig"))
        problem = f"byte 0x{content[error.start]:02x} is not UTF-8"
        raise ArticleError(path, problem, "save the file as UTF-8", line) from error
    if "\0" in text:
        line = _line_of(text[: text.index("\0")])
        problem = "a zero byte, so this is no text"
        raise ArticleError(path, problem, "save the file as UTF-8 text", line)
    return text


def _line_of(before: str) -> int:
    """The number of the line that begins or goes on behind this text."""
    return LINE_ENDS.sub("\n", before).count("\n") + 1


def _blocks(path: Path, body: list[str], first_line: int) -> list[Block]:
    if path.suffix.lower() != ".md":
        return plain_blocks(body, first_line)
    from retrieval.sources.markdown import markdown_blocks  # plain text does without its library

    return markdown_blocks(body, first_line)


def _split_title(title: str | None, blocks: list[Block]) -> tuple[str | None, list[Block]]:
    """The title and the blocks without it: from the header, else a heading that opens the text."""
    opens = bool(blocks) and blocks[0].is_heading
    if opens and title is not None and _same(blocks[0].text, title):
        return title, blocks[1:]
    if opens and title is None:
        return blocks[0].text, blocks[1:]
    return title, blocks


def _same(one: str, other: str) -> bool:
    return re.sub(r"\W+", " ", one).strip().casefold() == (
        re.sub(r"\W+", " ", other).strip().casefold()
    )


def _settle_headings(blocks: list[Block]) -> list[Block]:
    """Three headings in a row are no headings but short lines of text, and so is a last one."""
    settled: list[Block] = []
    for is_heading, group in groupby(blocks, key=lambda block: block.is_heading):
        run = list(group)
        is_last = run[-1] is blocks[-1]
        if is_heading and (len(run) > MOST_HEADINGS_IN_A_ROW or (is_last and settled)):
            run = [paragraph("\n".join(block.text for block in run), run[0].line)]
        settled.extend(run)
    return settled


def _numbered(identity: str, blocks: list[Block]) -> tuple[Paragraph, ...]:
    current = heading("", 0)
    paragraphs: list[Paragraph] = []
    for block in blocks:
        if block.is_heading:
            current = block
        else:
            number = len(paragraphs) + 1
            paragraphs.append(Paragraph(identity, number, current.text, block.text))
    return tuple(paragraphs)
