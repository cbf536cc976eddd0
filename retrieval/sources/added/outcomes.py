"""What became of a source that was to be taken in."""

from dataclasses import dataclass
from enum import StrEnum

from retrieval.sources.added.added_article import AddedArticle
from retrieval.sources.documents.document import SourceRefusal, UnreadableError


class Effect(StrEnum):
    """What keeping a source does to the collection."""

    ADDED = "added"
    UPDATED = "updated"
    SAME = "already here"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the operator says about an article; empty where nothing."""

    title: str = ""
    language: str = ""
    id: str = ""


NO_WISHES = Wishes()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a source: its article, or why there is none."""

    source: str
    effect: Effect
    added: AddedArticle | None = None
    refusal: SourceRefusal | None = None

    @property
    def error(self) -> str:
        """Why it was refused, and what to do, in one English sentence; empty if it was not."""
        return str(self.refusal) if self.refusal is not None else ""


def refused(source: str, error: UnreadableError) -> Outcome:
    """The outcome of a source that gives no article."""
    return Outcome(source, Effect.REFUSED, None, error.refusal)
