"""Reports the gaps: the questions that the articles leave open, the same ones together."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection

from bot.composing.pipeline import Pipeline
from bot.composing.wording import text
from bot.rendering.telegram.quote_codes import QuoteCodes
from bot.storage.gap_store import Missed, asked_since, missed_since
from retrieval.articles import Paragraph

A_DAY = 24 * 60 * 60
USUAL_GAP_DAYS = 7
MOST_GAP_DAYS = 3650
MOST_GAPS_IN_CHAT = 10
MOST_GAPS_IN_NOTE = 5


@dataclass(frozen=True, slots=True)
class Gap:
    """A question as it was asked most often, and how often with the same terms.

    `unanswered` is how often it was not answered, `unhelpful` how many 👎 an answer to it got, and
    `told` how many people asked for the owner to be told that it has none; `title` and
    `heading` say where the closest passage stands, and are empty where none came close.
    """

    question: str
    count: int
    unanswered: int
    unhelpful: int
    last_at: float
    told: int = 0
    title: str = ""
    heading: str = ""


@dataclass(frozen=True, slots=True)
class GapReport:
    """The gaps of the last `days` days, the most frequent first; `asked` counts all questions."""

    days: int
    asked: int
    gaps: tuple[Gap, ...]

    @property
    def answered(self) -> int:
        """How many questions were answered."""
        return self.asked - sum(gap.unanswered for gap in self.gaps)


class GapReporter:
    """Reports the gaps that a database holds."""

    def __init__(self, pipeline: Pipeline) -> None:
        self._pipeline = pipeline
        self._places = QuoteCodes(pipeline.articles)

    def report(self, connection: Connection | None, now: float, days: int) -> GapReport:
        """What was left open in the last days; nothing where nothing is kept yet."""
        if connection is None:
            return GapReport(days, 0, ())
        since = now - A_DAY * days
        groups: dict[tuple[str, ...], list[Missed]] = {}
        asked = asked_since(connection, since)
        for missed in missed_since(connection, since):
            if terms := self._terms(missed.question):
                groups.setdefault(terms, []).append(missed)
            else:  # small talk
                asked -= 1
        gaps = sorted(map(self._gap, groups.values()), key=_rank)
        return GapReport(days, asked, tuple(gaps))

    def _terms(self, question: str) -> tuple[str, ...]:
        """The terms of a question in alphabetical order; none if it asks for nothing."""
        if not self._pipeline.finder.asks_articles(question):
            return ()
        words = self._pipeline.finder.reader.read(question).words
        return tuple(sorted({" ".join(word.phrase) for word in words}))

    def _gap(self, group: list[Missed]) -> Gap:
        """The newest wording stands for the others, if none was more frequent."""
        question = Counter(missed.question for missed in group).most_common(1)[0][0]
        closest = self._closest(group, question)
        return Gap(
            question=question,
            count=len(group),
            unanswered=sum(not missed.answered for missed in group),
            unhelpful=sum(missed.unhelpful for missed in group if missed.answered),
            told=sum(missed.unhelpful for missed in group if not missed.answered),
            last_at=group[0].asked_at,
            title=self._pipeline.articles[closest.article].title if closest else "",
            heading=closest.heading if closest else "",
        )

    def _closest(self, group: Iterable[Missed], question: str) -> Paragraph | None:
        """The paragraph that was quoted first, or that would be now if that has changed."""
        for missed in group:
            for code in missed.quotes[:1]:
                if quote := self._places.quote(code):
                    return quote.paragraph
        answer = self._pipeline.ask(question)
        shown = [*answer.quotes, *answer.related]
        return shown[0].quote.paragraph if shown else None


def _rank(gap: Gap) -> tuple[int, float]:
    """The most frequent first; who asks for the owner to be told counts once more."""
    return -gap.count - gap.told, -gap.last_at


def gaps_text(report: GapReport, most: int, longest: int | None = None) -> str:
    """The report in words, with at most `most` gaps, and at most `longest` characters.

    It says how many more gaps there are.
    """
    shown = report.gaps[:most]
    said = text("gaps", report=report, gaps=shown, left=len(report.gaps) - len(shown))
    is_too_long = longest is not None and len(said) > longest and len(shown) > 1
    return gaps_text(report, len(shown) - 1, longest) if is_too_long else said


def weekly_note(report: GapReport) -> str:
    """The weekly note to an admin."""
    return text("weekly_note", report=report, gaps=report.gaps[:MOST_GAPS_IN_NOTE])
