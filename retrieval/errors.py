"""Errors of reading articles, synonyms and questions.

    RetrievalError
    ├── ArticleError    one file that is no usable article
    ├── FolderError     a folder of articles that cannot be read at all
    ├── SynonymError    a synonym file with a defect
    ├── QuestionError   a question set, or one line of it, that cannot be read
    └── SearchOutageError   what is searched elsewhere cannot be searched now

Every message says what, where and what to do, in one line.
"""

from pathlib import Path


def where(path: Path, line: int | None = None) -> str:
    """`path`, or `path:line`, without characters that would garble a terminal."""
    shown = "".join(
        char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in str(path)
    )
    return shown if line is None else f"{shown}:{line}"


class RetrievalError(Exception):
    """The root of the tree: its text is one sentence fit to be shown to a user."""


class ArticleError(RetrievalError):
    """One file is no usable article."""

    def __init__(self, path: Path, problem: str, remedy: str, line: int | None = None) -> None:
        super().__init__(f"{where(path, line)}: {problem}; {remedy}")
        self.path = path
        self.problem = problem
        self.remedy = remedy
        self.line = line


class FolderError(RetrievalError):
    """A folder of articles cannot be read, or holds none."""


class SynonymError(RetrievalError):
    """A synonym file has a defect."""


class QuestionError(RetrievalError):
    """A question set, or a line of it, cannot be read; `identity` is that line's id if known."""

    def __init__(self, message: str, identity: str | int | None = None) -> None:
        super().__init__(message)
        self.identity = identity


class SearchOutageError(RetrievalError):
    """The collection can't be searched, or not all of it, so its answer is unknown."""
