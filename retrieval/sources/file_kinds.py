"""Kinds of files: which endings a folder's files have, and which of them may hold articles."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from retrieval.errors import where

MARKDOWN = frozenset({
    ".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".mdx", ".qmd", ".rmd",
})  # fmt: skip
PLAIN = frozenset({".txt", ".text"})
SUFFIXES = MARKDOWN | PLAIN
DOCUMENT_SUFFIXES = frozenset({
    ".html", ".htm", ".xhtml", ".mht", ".mhtml", ".pdf", ".docx", ".epub", ".odt",
})  # fmt: skip
LARGEST_DOCUMENT = 100_000_000  # bytes
# The endings of files that people write texts in, and that may have been meant as articles.
# fmt: off
MEANT_AS_ARTICLES = frozenset({
    ".html", ".htm", ".xhtml", ".pdf", ".docx", ".doc", ".odt", ".rtf", ".pages", ".epub", ".rst",
    ".adoc", ".asciidoc", ".org", ".tex", ".wiki", ".mediawiki", ".textile", ".ipynb", ".pptx",
    ".ppt", ".odp", ".xlsx", ".xls", ".ods", ".csv", ".tsv",
})
# fmt: on


@dataclass(frozen=True, slots=True)
class FileKind:
    """Files of one kind: their ending, how many there are, and the first of them.

    `ending` is in lower case with its dot, or empty.
    """

    ending: str
    count: int
    example: Path

    @property
    def is_document(self) -> bool:
        """Whether such a file holds a text as a rule, and no picture, program or setting."""
        return self.ending in MEANT_AS_ARTICLES

    def __str__(self) -> str:
        files = "1 file" if self.count == 1 else f"{self.count:,} files"
        kind = f"the ending {self.ending}" if self.ending else "no ending"
        remedy = "save as .md or .txt what is an article"
        if self.ending in DOCUMENT_SUFFIXES:
            remedy = "to have them read, pip install 'footnote-bot[ingest]'"
        return f"{where(self.example)}: {files} with {kind} cannot be read; {remedy}"


def file_kinds(paths: Sequence[Path]) -> tuple[FileKind, ...]:
    """The kinds of these files, the most frequent first."""
    counts = Counter(path.suffix.lower() for path in paths)
    examples = {path.suffix.lower(): path for path in reversed(paths)}
    endings = sorted(counts, key=lambda ending: (-counts[ending], ending))
    return tuple(FileKind(ending, counts[ending], examples[ending]) for ending in endings)
