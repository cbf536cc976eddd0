"""`footnote ask` and `footnote brief`: their arguments and options."""

import gc
import sys
from dataclasses import replace
from pathlib import Path

import click

from bot.command_line.options import (
    CommandOfSettings,
    Count,
    Words,
    folder_option,
    json_option,
    language_option,
)
from bot.commands.exit_status import EXIT_ANSWERED, EXIT_ERROR, EXIT_UNANSWERED, warn

WORDS_A_SENTENCE = 100  # more than any has


@click.command(cls=CommandOfSettings)
@click.argument("question", type=Words(), required=False)
@folder_option
@click.option(
    "--context",
    type=Words(),
    metavar="QUESTION",
    help="The question before, for “and the others?”.",
)
@click.option(
    "--quotes",
    "limit",
    type=Count(1, 50),
    metavar="N",
    help="At most this many quotes (default: 3, or 6 if the question asks for several things).",
)
@language_option
@json_option
@click.option(
    "--jsonl",
    "lines",
    is_flag=True,
    help="Read questions from stdin, one JSON object a line with id, question and, for a "
    "follow-up, context; print one answer a line, in the same order.",
)
def ask(  # noqa: PLR0913, PLR0917  # one for each option
    question: str | None,
    folder: Path | None,
    context: str | None,
    limit: int | None,
    language: str,
    as_json: bool,  # noqa: FBT001
    lines: bool,  # noqa: FBT001
) -> int:
    """Answer a QUESTION with quotes from the articles.

    Exit status: 0 answered, 1 not answered by the articles, 2 error.
    """
    if (question is None) != lines:
        problem = "give a QUESTION, or pass --jsonl and put questions on stdin, not both"
        raise click.UsageError(problem)
    if not lines:
        gc.disable()  # one answer is over before there is anything to collect
    from bot.commands.ask_and_brief import answer_lines, print_answer
    from bot.composing.pipeline_source import open_pipeline
    from bot.composing.wording import speaking

    pipeline = open_pipeline(folder, warn)
    with speaking(language):
        if question is None:
            well = answer_lines(pipeline, sys.stdin.buffer, sys.stdout, limit)
            return EXIT_ANSWERED if well else EXIT_ERROR
        answer = pipeline.ask(question, context, limit)
        print_answer(answer, question, pipeline, as_json=as_json)
    return EXIT_ANSWERED if answer.evidence.answered else EXIT_UNANSWERED


@click.command(cls=CommandOfSettings)
@click.argument("topic", type=Words(), default="")
@folder_option
@click.option(
    "--sentences",
    type=Count(1, 100),
    metavar="N",
    help="At most this many sentences (default: as many as fit into 250 words).",
)
@language_option
@json_option
def brief(
    topic: str,
    folder: Path | None,
    sentences: int | None,
    language: str,
    as_json: bool,  # noqa: FBT001
) -> int:
    """Write a briefing on a TOPIC, or on all articles.

    It gives the main points in the articles' own sentences.

    Exit status: 0 found, 1 the articles say nothing about it, 2 error.
    """
    gc.disable()  # a briefing is over before there is anything to collect
    from bot.commands.ask_and_brief import print_briefing
    from bot.composing.briefing_lengths import BriefingLength
    from bot.composing.pipeline_source import open_pipeline
    from bot.composing.wording import speaking

    length = BriefingLength.USUAL.limits
    if sentences is not None:
        words = WORDS_A_SENTENCE * sentences
        length = replace(length, words=words, points=sentences, sentences=sentences)
    with speaking(language):
        worded = open_pipeline(folder, warn).brief(topic, length)
        print_briefing(worded, topic, as_json=as_json)
    return EXIT_ANSWERED if worded.briefing.found else EXIT_UNANSWERED
