"""Reads a file into an article, and says what is wrong with it."""

import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path
from typing import TypeAlias

from retrieval.articles import Article, header_values
from retrieval.errors import ArticleError
from retrieval.sources.article_ids import (
    article_id,
    date_in_name,
    readable_name,
    stands_for_folder,
)
from retrieval.sources.article_title import split_title
from retrieval.sources.blocks import Block, BlockKind, numbered, paragraph
from retrieval.sources.documents.document import Document, UnreadableError
from retrieval.sources.documents.document_articles import document_article
from retrieval.sources.file_kinds import DOCUMENT_SUFFIXES, LARGEST_DOCUMENT, MARKDOWN
from retrieval.sources.headers.header import Header, read_header
from retrieval.sources.line_hyphens import LineJoiner
from retrieval.sources.markdown.navigation import is_navigation
from retrieval.sources.plain_text import plain_blocks

LARGEST_TEXT_FILE = 20_000_000
MOST_HEADINGS_IN_A_ROW = 2
MOST_LINES_NAMED = 5
LINE_ENDS = re.compile(r"\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
OF_GENERATOR = re.compile(r"\{[{%]|<[A-Za-z]")  # what a page is made of that has no text
NO_UTF8 = re.compile(r"[\udc80-\udcff]+")

log = logging.getLogger(__name__)

Detector: TypeAlias = Callable[[str], str]
ReadDocument: TypeAlias = Callable[[bytes], Document]  # raises UnreadableError


@dataclass(slots=True)
class ReadFile:
    """What a file gives: its article, if it is usable, and everything that is wrong with it.

    `leftovers` are places where markup is left in the text, or that the file is a page without
    text; they are looked for on demand.
    """

    path: Path
    article: Article | None = None
    defects: list[ArticleError] = field(default_factory=list)
    leftovers: list[ArticleError] = field(default_factory=list)

    def add(self, problem: str, remedy: str, line: int | None = None) -> None:
        """Note a defect of the file."""
        self.defects.append(ArticleError(self.path, problem, remedy, line))


def read_article(
    path: Path,
    detect_language: Detector,
    identity: str | None = None,
    read_document: ReadDocument | None = None,
    *,
    check: bool = False,
) -> ReadFile:
    """The article in that file, called `identity` or by the file's name; and all its defects.

    `detect_language` is asked where the header does not say; `read_document` reads what is no
    plain text; `check` looks for markup that is left in the text. Never raises: a file that cannot
    be used has no article.
    """
    read = ReadFile(path)
    try:
        if path.suffix.lower() in DOCUMENT_SUFFIXES and read_document is not None:
            _read_document(read, detect_language, identity, read_document)
        elif (content := _content(read)) is not None:
            read_text(read, content, detect_language, identity, check=check)
    except Exception as error:
        # A file that a library stumbles over must not take the other articles down.
        log.exception("an article cannot be read", extra={"path": str(path)})
        read.article = None
        read.add(f"it cannot be read ({type(error).__name__})", "please report it, with the file")
    return read


def read_text(
    read: ReadFile,
    content: bytes,
    detect_language: Detector,
    identity: str | None = None,
    *,
    check: bool = False,
) -> None:
    """Read Markdown or plain text, as the file's ending says, into its article and its defects."""
    path = read.path
    text = _text(read, content)
    if text is None:
        return
    is_usable = not read.defects
    lines = LINE_ENDS.sub("\n", text).split("\n")
    header = read_header(lines)
    for found in header.problems:
        read.add(found.text, found.remedy, found.line)
    body = lines[header.lines :]
    first_line = header.lines + 1
    if _is_markdown(path) and is_navigation(body):
        if check:
            problem = "it holds nothing but links, so it is no article"
            read.leftovers.append(ArticleError(path, problem, "add text if it is one", first_line))
        return
    language = header.language or detect_language("\n".join(body))
    blocks = _blocks(read, body, first_line, language)
    title, blocks = split_title(header.title, blocks, is_markdown=_is_markdown(path))
    blocks = blocks if _is_markdown(path) else _settle_headings(blocks)
    if is_usable and not any(block.is_paragraph for block in blocks):
        problem = "there is no text under the title" if title else "there is no text"
        remedy = "add a paragraph, or remove the file"
        if not _is_page_of_site(path, header, body):
            read.add(problem, remedy, len(lines))
        elif check:
            problem = f"{problem}, so it is no article"
            read.leftovers.append(ArticleError(path, problem, remedy, len(lines)))
    elif is_usable:
        identity = identity or article_id(Path(path.name))
        title = title or readable_name(path)
        header = replace(header, published=header.published or date_in_name(path))
        paragraphs = numbered(identity, blocks)
        read.article = Article(identity, title, language, paragraphs, *header_values(header))
    if check:
        read.leftovers += _leftovers(path, body, first_line)


def _is_page_of_site(path: Path, header: Header, body: list[str]) -> bool:
    """Whether a site shows something else for the file: what is below it, or a picture."""
    if not _is_markdown(path):
        return False
    is_of_generator = OF_GENERATOR.search("\n".join(body)) is not None
    return header.lines > 0 or stands_for_folder(path) or is_of_generator


def _read_document(
    read: ReadFile, detect_language: Detector, identity: str | None, read_document: ReadDocument
) -> None:
    content = _content(read, LARGEST_DOCUMENT)
    if content is None:
        return
    try:
        document = read_document(content)
    except UnreadableError as error:
        read.add(error.problem, error.remedy)
        return
    for warning in document.warnings:
        read.add(str(warning), "check the text against the file")
    name = Path(read.path.name)
    identity = identity or article_id(name)
    article = document_article(document, identity, readable_name(name), detect_language)
    if article.paragraphs:
        read.article = article
    else:
        read.add("there is no text", "remove the file")


def _is_markdown(path: Path) -> bool:
    return path.suffix.lower() in MARKDOWN


def _text(read: ReadFile, content: bytes) -> str | None:
    """The text of a file; None if there is none. Bytes that are no UTF-8 are named."""
    text = content.decode("utf-8-sig", "surrogateescape")
    if "\0" in text:
        line = _line_of(text[: text.index("\0")])
        read.add("a zero byte, so this is no text", "save the file as UTF-8 text", line)
        return None
    wrong = list(NO_UTF8.finditer(text))
    if wrong:
        line, *others = dict.fromkeys(_lines_of(text, [match.start() for match in wrong]))
        also = ""
        if others:
            shown = ", ".join(str(other) for other in others[:MOST_LINES_NAMED])
            more = len(others) - MOST_LINES_NAMED
            also = f", nor are those in line {shown}" + (f" and {more} more" if more > 0 else "")
        problem = f"byte 0x{ord(wrong[0][0][0]) - 0xDC00:02x} is not UTF-8{also}"
        read.add(problem, "save the file as UTF-8", line)
        text = NO_UTF8.sub("\N{REPLACEMENT CHARACTER}", text)
    return text


def _content(read: ReadFile, most: int = LARGEST_TEXT_FILE) -> bytes | None:
    try:
        size = read.path.stat().st_size
        if size > most:
            problem = f"the file has {size:,} bytes, more than {most:,}"
            read.add(problem, "split it into several articles")
            return None
        content = read.path.read_bytes()
    except OSError as error:
        problem = f"the file cannot be read ({error.strerror})"
        read.add(problem, "check that it exists and its permissions")
        return None
    if not content.strip():
        read.add("the file is empty", "add text, or remove the file", 1)
        return None
    return content


def _line_of(before: str) -> int:
    """The number of the line that begins or goes on behind this text."""
    return LINE_ENDS.sub("\n", before).count("\n") + 1


def _lines_of(text: str, positions: Sequence[int]) -> list[int]:
    """The numbers of the lines that hold these positions, which are in order."""
    numbers, line, done = [], 1, 0
    for position in positions:
        line += _line_of(text[done:position]) - 1
        done = position
        numbers.append(line)
    return numbers


def _blocks(read: ReadFile, body: list[str], first_line: int, language: str) -> list[Block]:
    ending = read.path.suffix.lower()
    if ending not in MARKDOWN:
        return plain_blocks(body, first_line, language)
    # Plain text does without the library.
    from retrieval.sources.markdown.markdown_blocks import markdown_blocks

    try:
        return markdown_blocks(body, first_line, LineJoiner(body, language), ending=ending)
    except RecursionError:
        read.add("its markup is nested too deeply", "make it simpler")
        return []


def _leftovers(path: Path, body: list[str], first_line: int) -> list[ArticleError]:
    from retrieval.sources.markdown.leftover_markup import leftover_markup

    found = leftover_markup(body, path.suffix.lower())
    return [
        ArticleError(
            path, f"{one.text!r} looks like {one.kind}", one.remedy, first_line + one.line
        )
        for one in found
    ]


def _settle_headings(blocks: list[Block]) -> list[Block]:
    """In plain text, three headings in a row are short lines of text, and so is a last one."""
    settled: list[Block] = []
    for kind, group in groupby(blocks, key=lambda block: block.kind):
        run = list(group)
        is_last = run[-1] is blocks[-1]
        is_first = all(block.kind is BlockKind.END for block in settled)
        if kind is BlockKind.HEADING and (
            len(run) > MOST_HEADINGS_IN_A_ROW or (is_last and not is_first)
        ):
            run = [paragraph("\n".join(block.text for block in run), run[0].line)]
        settled.extend(run)
    return settled
