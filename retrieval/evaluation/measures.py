"""Measures of a question set: how often the answers are right.

Measures what a person sees: the quotes of an answer, or the closest passages where the question
was not answered. `answered` tells how often that was.
"""

import json
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeAlias

from retrieval.answers.quoting.evidence import Evidence
from retrieval.articles import Article, Collection, Paragraph, Quote
from retrieval.errors import QuestionError, where
from retrieval.evaluation.paragraph_ranking import Hit
from retrieval.evaluation.question_lines import Request, read_request
from retrieval.evaluation.squad import squad_articles
from retrieval.questions.query import Query

MRR_DEPTH = 100
FIELD_NAMES = {
    "paragraph_1": "paragraph@1",
    "paragraph_5": "paragraph@5",
    "quote_1": "quote@1",
    "quote_3": "quote@3",
    "abstained": "abstention",
}
Place: TypeAlias = tuple[str, int]
Find: TypeAlias = Callable[[str, str | None], Evidence]
Search: TypeAlias = Callable[[Query, int], list[Hit]]


@dataclass(frozen=True, slots=True)
class Case:
    """A question with the texts that answer it and the paragraphs where they stand.

    Without texts it must not be answered; `is_foreign` if its article is not in the collection.
    """

    question: str
    answers: tuple[str, ...]
    places: frozenset[Place]
    context: str | None = None
    is_foreign: bool = False

    @property
    def is_answerable(self) -> bool:
        """Whether the collection answers it."""
        return bool(self.answers) and not self.is_foreign


@dataclass(frozen=True, slots=True)
class Observation:
    """What became of one case; `seconds` is what finding the evidence took of the processor."""

    case: Case
    answered: bool
    paragraph_1: bool
    paragraph_5: bool
    reciprocal_rank: float
    quote_1: bool
    quote_3: bool
    seconds: float


@dataclass(frozen=True, slots=True)
class Measurement:
    """Shares from 0 to 1; None where there was no such question.

    paragraph_1: the first quote's paragraph is the right one; paragraph_5 and mrr: the right
    paragraph among the first five found, and the mean of 1 / its rank (within 100). quote_1 and
    quote_3: the first quote, or one of the first three, is from the right paragraph and holds the
    answer. answered: of the answerable questions; abstained: of those that the articles do not
    answer; foreign_answered: of those about articles that were left out.
    """

    answerable: int
    unanswerable: int
    foreign: int
    paragraph_1: float | None
    paragraph_5: float | None
    mrr: float | None
    quote_1: float | None
    quote_3: float | None
    answered: float | None
    abstained: float | None
    foreign_answered: float | None
    ms_a_question: float

    def as_fields(self) -> dict[str, float | None]:
        """The figures by the names that the field knows them by."""
        return {FIELD_NAMES.get(name, name): value for name, value in asdict(self).items()}


def observe(find: Find, search: Search, cases: Iterable[Case]) -> list[Observation]:
    """Put all cases to a finder's `find`, and their queries to a retriever's `search`."""
    rows = []
    for case in cases:
        began = time.process_time()
        evidence = find(case.question, case.context)
        seconds = time.process_time() - began
        rows.append(_observe(case, evidence, search(evidence.query, MRR_DEPTH), seconds))
    return rows


def summary(rows: Sequence[Observation]) -> Measurement:
    """The shares over all observations."""
    answerable = [row for row in rows if row.case.is_answerable]
    foreign = [row for row in rows if row.case.is_foreign]
    unanswerable = [row for row in rows if not row.case.is_answerable and not row.case.is_foreign]
    wrongly = _mean(row.answered for row in unanswerable)
    return Measurement(
        answerable=len(answerable),
        unanswerable=len(unanswerable),
        foreign=len(foreign),
        paragraph_1=_mean(row.paragraph_1 for row in answerable),
        paragraph_5=_mean(row.paragraph_5 for row in answerable),
        mrr=_mean(row.reciprocal_rank for row in answerable),
        quote_1=_mean(row.quote_1 for row in answerable),
        quote_3=_mean(row.quote_3 for row in answerable),
        answered=_mean(row.answered for row in answerable),
        abstained=None if wrongly is None else 1 - wrongly,
        foreign_answered=_mean(row.answered for row in foreign),
        ms_a_question=1000 * (_mean(row.seconds for row in rows) or 0.0),
    )


def read_squad(path: Path) -> tuple[tuple[Article, ...], dict[str, list[Case]]]:
    """The articles of a SQuAD 2.0 file and, by article id, the questions about each.

    Raises QuestionError.
    """
    try:
        articles, cases = squad_articles(json.loads(_bytes(path).decode("utf-8-sig")), _squad_case)
    except json.JSONDecodeError as error:
        problem = f"not valid JSON ({error.msg})"
        raise QuestionError(f"{where(path, error.lineno)}: {problem}; correct it there") from error
    except UnicodeDecodeError as error:
        raise QuestionError(f"{where(path)}: not UTF-8; save it as UTF-8") from error
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError) as error:
        remedy = "give a SQuAD 2.0 JSON file, or a .jsonl file of questions"
        raise QuestionError(f"{where(path)}: not in SQuAD's format; {remedy}") from error
    if not any(cases.values()):
        raise QuestionError(f"{where(path)}: no questions in it; name a file that has some")
    return articles, cases


def read_cases(path: Path, collection: Collection) -> list[Case]:
    """The questions of a JSONL file with the quotes that answer them in this collection.

    Raises QuestionError, also for a quote that no paragraph holds.
    """
    cases = []
    for number, line in enumerate(_bytes(path).split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            request = read_request(line, number)
            cases.append(_case(request, collection, number))
        except QuestionError as error:
            raise QuestionError(f"{where(path)}: {error}") from error
    if not cases:
        raise QuestionError(f"{where(path)}: no questions in it; write one JSON object a line")
    return cases


def _case(request: Request, collection: Collection, number: int) -> Case:
    if request.gold is None:
        remedy = "list the sentences that answer it, or none if it must not be answered"
        raise QuestionError(f"line {number}: no 'quotes'; {remedy}")
    places = set()
    for gold in request.gold:
        holding = {(p.article, p.number) for p in collection.paragraphs if gold in p.text}
        if not holding or not gold:
            remedy = "copy it from `articles show ID`"
            raise QuestionError(f"line {number}: no paragraph holds {gold[:60]!r}; {remedy}")
        places |= holding
    return Case(request.question, request.gold, frozenset(places), request.context)


def _squad_case(place: Place, question: dict[str, Any]) -> Case:
    answers = tuple(str(answer["text"]) for answer in question["answers"])
    return Case(str(question["question"]), answers, frozenset({place}))


def _observe(case: Case, evidence: Evidence, hits: Sequence[Hit], seconds: float) -> Observation:
    shown = evidence.quotes or evidence.related
    right = [_is_right(case, quote) for quote in shown[:3]]
    ranks = (
        rank for rank, hit in enumerate(hits, start=1) if _place(hit.paragraph) in case.places
    )
    rank = next(ranks, None)
    return Observation(
        case=case,
        answered=evidence.answered,
        paragraph_1=bool(shown) and _place(shown[0].paragraph) in case.places,
        paragraph_5=rank is not None and rank <= 5,
        reciprocal_rank=1 / rank if rank else 0.0,
        quote_1=any(right[:1]),
        quote_3=any(right),
        seconds=seconds,
    )


def _place(paragraph: Paragraph) -> Place:
    return paragraph.article, paragraph.number


def _is_right(case: Case, quote: Quote) -> bool:
    text = quote.text.casefold()
    holds = any(answer.casefold() in text for answer in case.answers)
    return holds and _place(quote.paragraph) in case.places


def _mean(values: Iterable[float]) -> float | None:
    found = list(values)
    return sum(found) / len(found) if found else None


def _bytes(path: Path) -> bytes:
    try:
        if path.exists() and not path.is_file():
            raise QuestionError(f"{where(path)}: this is not a file; name a file of questions")
        return path.read_bytes()
    except OSError as error:
        problem = f"cannot be read ({error.strerror}); check the path"
        raise QuestionError(f"{where(path)}: {problem}") from error
