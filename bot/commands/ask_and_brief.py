"""`footnote ask` and `footnote brief`: print answers and briefings."""

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, TextIO

from bot.composing.answer_composer import Answer
from bot.composing.pipeline import Pipeline
from bot.composing.printable import printable
from bot.http.json_object import JsonObject
from bot.rendering.json_output import answer_object, briefing_object, json_line
from retrieval.errors import QuestionError
from retrieval.evaluation.question_lines import Request, read_request

if TYPE_CHECKING:
    from bot.composing.briefing_composer import WordedBriefing


def print_answer(answer: Answer, question: str, pipeline: Pipeline, *, as_json: bool) -> None:
    """Print an answer: as JSON, set on a terminal, or plain where it is piped."""
    if as_json:
        _print_object(answer_object(answer, question), sys.stdout)
    elif sys.stdout.isatty():
        from rich.console import Console

        from bot.rendering.terminal import show

        show(answer, Console(highlight=False))
    else:
        print(printable(pipeline.composer.plain(answer)))


def print_briefing(worded: "WordedBriefing", topic: str, *, as_json: bool) -> None:
    """Print a briefing: as JSON, set on a terminal, or plain where it is piped."""
    if as_json:
        _print_object(briefing_object(worded, topic), sys.stdout)
    elif sys.stdout.isatty():
        from rich.console import Console

        from bot.rendering.terminal import show_briefing

        show_briefing(worded, Console(highlight=False))
    else:
        from bot.composing.briefing_composer import BriefingComposer

        print(printable(BriefingComposer.plain(worded)))


def answer_lines(
    pipeline: Pipeline, lines: Iterable[bytes], out: TextIO, limit: int | None
) -> bool:
    """Answer each line's question on a line of its own, in order.

    A line that cannot be read gets an object with `error`; returns whether there was none.
    """
    well = True
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            request = read_request(line, number)
        except QuestionError as error:
            well = False
            _print_object({"id": error.identity, "error": str(error)}, out)
        else:
            _print_object(_answered(pipeline, request, limit), out)
    return well


def _answered(pipeline: Pipeline, request: Request, limit: int | None) -> JsonObject:
    answer = pipeline.ask(request.question, request.context, limit)
    return answer_object(answer, request.question, request.id)


def _print_object(fields: JsonObject, out: TextIO) -> None:
    print(json_line(fields), file=out, flush=True)
