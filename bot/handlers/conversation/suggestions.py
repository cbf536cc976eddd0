"""The questions that are offered at the start: what these articles answer best."""

from base64 import urlsafe_b64encode
from hashlib import blake2b

from bot.composing.pipeline import Pipeline
from retrieval.answers.opening_questions import OpeningQuestions

MOST_QUESTIONS_OFFERED = 3
DIGEST_SIZE = 5


class Suggestions:
    """A few questions, chosen when they are first wanted; for one thread at a time."""

    def __init__(self, pipeline: Pipeline) -> None:
        self._pipeline = pipeline
        self._chosen: tuple[int, tuple[tuple[str, str], ...]] | None = None

    @property
    def offered(self) -> tuple[tuple[str, str], ...]:
        """The questions, each with the digest by which a button knows it again."""
        edition = self._pipeline.edition
        if self._chosen is None or self._chosen[0] != edition:
            opening = OpeningQuestions(self._pipeline.index, self._pipeline.finder)
            chosen = opening.best(MOST_QUESTIONS_OFFERED)
            self._chosen = edition, tuple((question, _digest(question)) for question in chosen)
        return self._chosen[1]

    def question(self, number: int, digest: str) -> str | None:
        """The question of a button; None if the articles are others by now."""
        found = self.offered[number : number + 1]
        return found[0][0] if found and found[0][1] == digest else None


def _digest(question: str) -> str:
    digest = blake2b(question.encode(errors="replace"), digest_size=DIGEST_SIZE).digest()
    return urlsafe_b64encode(digest).decode().rstrip("=")
