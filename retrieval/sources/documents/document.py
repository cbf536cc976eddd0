"""What a document is read into, before it has an id."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from retrieval.sources.blocks import Block
from retrieval.sources.documents.cautions import SourceWarning
from retrieval.sources.documents.refusal_reasons import Reason

READER_VERSION = 13  # rises with each change of what documents are read into


@dataclass(frozen=True, slots=True)
class Document:
    """The headings and paragraphs of a file, and what it says about itself.

    `language` is what it declares, which may be wrong; `is_wrapped` says that the ends of lines
    within a paragraph mean nothing yet; `pages` is how many it has, 0 for a kind without pages.
    Each warning is about something that may be wrong with the text.
    """

    blocks: tuple[Block, ...]
    title: str = ""
    language: str = ""
    url: str = ""
    published: str = ""
    author: str = ""
    pages: int = 0
    is_wrapped: bool = False
    warnings: tuple[SourceWarning, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceRefusal:
    """Why a source gives no article, and the values that belong into the wording of the reason."""

    reason: Reason
    values: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def problem(self) -> str:
        """What is the matter, in English."""
        return self._filled(self.reason.value[0])

    @property
    def remedy(self) -> str:
        """What to do about it, in English."""
        return self._filled(self.reason.value[1])

    def _filled(self, wording: str) -> str:
        values = {
            name: f"{value:,}" if isinstance(value, int) else value
            for name, value in self.values.items()
        }
        return wording.format_map(values)

    def __str__(self) -> str:
        return f"{self.problem}; {self.remedy}"


class UnreadableError(Exception):
    """A file gives no article; its text says why, and what to do about it."""

    def __init__(self, reason: Reason, **values: str | int) -> None:
        self.refusal = SourceRefusal(reason, values)
        super().__init__(str(self.refusal))

    @property
    def problem(self) -> str:
        """What is the matter, in English."""
        return self.refusal.problem

    @property
    def remedy(self) -> str:
        """What to do about it, in English."""
        return self.refusal.remedy
