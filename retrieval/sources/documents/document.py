"""What a document is read into, before it has an id."""

from dataclasses import dataclass

from retrieval.sources.blocks import Block

READER_VERSION = 2  # rises with each change of what documents are read into


@dataclass(frozen=True, slots=True)
class Document:
    """The headings and paragraphs of a file, and what it says about itself.

    `language` is what it declares, which may be wrong; `is_wrapped` says that the ends of lines
    within a paragraph mean nothing yet; `pages` is how many it has, 0 for a kind without pages.
    Each warning is a sentence about something that may be wrong with the text.
    """

    blocks: tuple[Block, ...]
    title: str = ""
    language: str = ""
    url: str = ""
    published: str = ""
    author: str = ""
    pages: int = 0
    is_wrapped: bool = False
    warnings: tuple[str, ...] = ()


class UnreadableError(Exception):
    """A file gives no article: `problem` says why, `remedy` what to do about it."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(f"{problem}; {remedy}")
        self.problem = problem
        self.remedy = remedy
