"""A question in a chat becomes an answer that is kept: its context, its quotes, their places."""

from dataclasses import replace

from bot.answer import Answer, Citation
from bot.desk import Desk
from bot.links import linker
from bot.markup import Marked, answer_message, fitting
from bot.places import Places
from bot.storage.answers import Answers, Asked, StoredAnswer, new_id
from bot.worker import Worker
from retrieval.articles import Quote

FOLLOW_UP_SECONDS = 600
MOST_FURTHER = 6
LONGEST_SUBJECT = 400


class Answering:
    """Answers questions from a desk, in the worker's thread, and reads kept answers back."""

    def __init__(self, desk: Desk, worker: Worker, answers: Answers) -> None:
        self._desk = desk
        self._worker = worker
        self._answers = answers
        self.places = Places(desk.collection)

    async def context(self, asked: Asked, replied: int | None) -> str | None:
        """The question that a new one is read together with, if it leans on one.

        That of the answer which is replied to, or this person's last one here, ten minutes long.
        """
        before = None
        if replied is not None:
            before = await self._answers.shown_in(asked.chat, replied)
        if before is None or before.subject is None:
            before = await self._answers.last(asked, asked.at - FOLLOW_UP_SECONDS)
        return None if before is None else before.subject

    async def answer(
        self, asked: Asked, question: str, context: str | None, *, brief: bool
    ) -> StoredAnswer:
        """The answer, not yet kept; a brief one does not show passages that are only close."""
        found = await self._worker.run(self._found, question, context, brief=brief)
        quotes = found.shown
        codes = [self.places.code(c.quote) for c in quotes]
        codes += [self.places.code(quote) for quote in found.evidence.further]
        shown = fitting(found.lead, quotes, found.notes, lambda _: "https://t.me") if quotes else 0
        if brief and not found.evidence.answered:
            shown = 0
        return StoredAnswer(
            asked=asked,
            question=question,
            context=context,
            subject=_subject(found, question),
            answered=found.evidence.answered,
            lead=found.lead,
            notes=found.notes,
            quotes=tuple(codes),
            shown=shown,
            id=new_id(),
        )

    def citations(self, answer: StoredAnswer, numbers: range) -> tuple[Citation, ...] | None:
        """The quotes of those numbers, from 1; None if an article has changed since."""
        quotes = [self.places.quote(code) for code in answer.quotes[: numbers.stop - 1]]
        known = [quote for quote in quotes if quote is not None]
        if len(known) < len(quotes):
            return None
        return self._desk.composer.cited(known)[numbers.start - 1 :]

    def quote(self, answer: StoredAnswer, number: int) -> Quote | None:
        """The quote of that number, from 1; None if there is none, or the article has changed."""
        if not 1 <= number <= len(answer.quotes):
            return None
        return self.places.quote(answer.quotes[number - 1])

    def message(self, answer: StoredAnswer, username: str) -> Marked | None:
        """The answer as a message; None if an article has changed since."""
        citations = self.citations(answer, range(1, answer.shown + 1))
        if citations is None:
            return None
        link = linker(self.places, username, answer.id)
        return answer_message(answer.lead, citations, answer.notes, link)

    def _found(self, question: str, context: str | None, *, brief: bool) -> Answer:
        evidence = self._desk.finder.find(question, context, further=MOST_FURTHER)
        if brief and not evidence.answered:
            one_line = self._desk.composer.compose(replace(evidence, related=()))
            related = self._desk.composer.cited(evidence.related)
            return replace(one_line, related=related, evidence=evidence)
        return self._desk.composer.compose(evidence)


def _subject(answer: Answer, question: str) -> str | None:
    """What the next question may lean on; a follow-up keeps what it leans on itself."""
    query = answer.evidence.query
    if not query.words:
        return None
    chain = f"{query.context} {question}" if query.context else question
    return chain if len(chain) <= LONGEST_SUBJECT else question
