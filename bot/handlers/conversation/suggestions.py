"""What is offered at the start: questions that these articles answer best, and their titles."""

from base64 import urlsafe_b64encode
from dataclasses import dataclass
from hashlib import blake2b

from bot.composing.pipeline import Pipeline
from retrieval.answers.opening_questions import OpeningQuestions
from retrieval.answers.question_types.collection_overview import central_first

MOST_QUESTIONS_OFFERED = 3
MOST_TITLES_OFFERED = 3
DIGEST_SIZE = 5


@dataclass(frozen=True, slots=True)
class Offered:
    """Titles of central articles, and questions, each with the digest a button knows it by."""

    titles: tuple[str, ...]
    questions: tuple[tuple[str, str], ...]


class Suggestions:
    """A few titles and questions, chosen when they are first wanted; for one thread at a time."""

    def __init__(self, pipeline: Pipeline) -> None:
        self._pipeline = pipeline
        self._chosen: tuple[int, Offered] | None = None

    @property
    def offered(self) -> Offered:
        """What is offered of the articles as they are now."""
        edition = self._pipeline.edition
        if self._chosen is None or self._chosen[0] != edition:
            opening = OpeningQuestions(self._pipeline.index, self._pipeline.finder)
            central = central_first(self._pipeline.index)[:MOST_TITLES_OFFERED]
            questions = opening.best(MOST_QUESTIONS_OFFERED)
            self._chosen = (
                edition,
                Offered(
                    tuple(article.title for article in central),
                    tuple((question, _digest(question)) for question in questions),
                ),
            )
        return self._chosen[1]

    def question(self, number: int, digest: str) -> str | None:
        """The question of a button; None if the articles are others by now."""
        found = self.offered.questions[number : number + 1]
        return found[0][0] if found and found[0][1] == digest else None


def _digest(question: str) -> str:
    digest = blake2b(question.encode(errors="replace"), digest_size=DIGEST_SIZE).digest()
    return urlsafe_b64encode(digest).decode().rstrip("=")
