"""`footnote …`: the commands, and the one place where the parts are put together."""

import os
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from retrieval.errors import RetrievalError

EXIT_ANSWERED, EXIT_UNANSWERED, EXIT_ERROR = 0, 1, 2

app = typer.Typer(
    help="Answers questions from a set of articles, in the articles' own words.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
articles_app = typer.Typer(help="List, show and check the articles.", no_args_is_help=True)
app.add_typer(articles_app, name="articles")

Folder = Annotated[
    Path | None,
    typer.Option(
        "--articles",
        metavar="DIR",
        help="The folder of articles; otherwise FOOTNOTE_ARTICLES, otherwise those shipped.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="What you want to know.")] = None,
    articles: Folder = None,
    context: Annotated[
        str | None,
        typer.Option(metavar="QUESTION", help="The question before, for a follow-up such as why?"),
    ] = None,
    quotes: Annotated[
        int | None, typer.Option(min=1, max=50, metavar="N", help="At most this many quotes.")
    ] = None,
    as_json: AsJson = False,
    jsonl: Annotated[
        bool,
        typer.Option(
            "--jsonl",
            help="Read one JSON object a line from stdin (id, question, optional context) and "
            "print one a line, in order.",
        ),
    ] = False,
) -> None:
    """Ask the articles a question; the answer is quotes from them, each with its footnote.

    Exit status: 0 answered, 1 the articles do not answer it, 2 error.
    """
    from bot import asking
    from bot.desk import open_desk

    if (question is None) != jsonl:
        problem = "no question; write it in quotation marks" if question is None else "both"
        _fail(f"ask: {problem}, or pass --jsonl and put questions on stdin, not both")
    desk = open_desk(articles, _warn)
    if jsonl:
        well = asking.answer_lines(desk, sys.stdin.buffer, sys.stdout, quotes)
        raise typer.Exit(EXIT_ANSWERED if well else EXIT_ERROR)
    answer = desk.ask(question or "", context, quotes)
    asking.print_answer(answer, question or "", desk, as_json=as_json)
    raise typer.Exit(EXIT_ANSWERED if answer.evidence.answered else EXIT_UNANSWERED)


@articles_app.command("list")
def list_articles(articles: Folder = None, as_json: AsJson = False) -> None:
    """List the articles: id, paragraphs, language, title."""
    from bot import listing
    from bot.desk import load_collection

    listing.print_list(load_collection(articles, _warn), as_json=as_json)


@articles_app.command("show")
def show_article(
    article: Annotated[str, typer.Argument(metavar="ID", help="The id, as `list` prints it.")],
    articles: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Show an article, its paragraphs numbered as footnotes cite them."""
    from bot import listing
    from bot.desk import load_collection

    collection = load_collection(articles, _warn)
    if article not in collection:
        known = ", ".join(found.id for found in collection.articles[:5])
        _fail(f"articles show: no article has the id {article!r}; `articles list` shows: {known}")
    listing.print_article(collection[article], as_json=as_json)


@articles_app.command("check")
def check_articles(articles: Folder = None) -> None:
    """Name every defect in the articles, with file, line and what to do.

    Exit status: 0 all is well, 2 something is not.
    """
    from bot import listing

    if not listing.print_check(articles):
        raise typer.Exit(EXIT_ERROR)


@app.command()
def evaluate(
    file: Annotated[
        Path, typer.Argument(help="SQuAD 2.0 JSON, or JSONL with id, question, quotes.")
    ],
    articles: Folder = None,
    half: Annotated[
        bool,
        typer.Option(
            help="Leave half of the file's articles out, first one half and then the other, and "
            "ask all questions: those about the missing half must not be answered."
        ),
    ] = False,
    baseline: Annotated[
        bool, typer.Option(help="Also measure plain rank_bm25 over words split at spaces.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Measure answers on a question set.

    The paragraphs of a SQuAD file become the collection; the questions of a JSONL file, with the
    sentences that answer them in `quotes` (none: it must not be answered), are put to --articles.
    """
    from bot import measuring

    measuring.run(file, articles, _warn, half=half, baseline=baseline, as_json=as_json)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"footnote {version('footnote-bot')}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


def _warn(message: str) -> None:
    typer.echo(f"footnote: {message}", err=True)


def _fail(message: str) -> NoReturn:
    _warn(message)
    raise typer.Exit(EXIT_ERROR)


def main() -> None:
    """Run the program; whatever is wrong with what it was given ends in one sentence."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        app()
    except RetrievalError as error:
        _warn(str(error))
        sys.exit(EXIT_ERROR)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(EXIT_ERROR)
