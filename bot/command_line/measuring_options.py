"""`footnote evaluate` and `footnote bench`: their arguments and options."""

from pathlib import Path

import click

from bot.command_line.options import (
    CommandOfSettings,
    Count,
    folder_option,
    json_option,
    sizes,
)
from bot.commands.exit_status import warn


@click.command(cls=CommandOfSettings)
@click.argument("file", type=click.Path(path_type=Path))
@folder_option
@click.option(
    "--half",
    is_flag=True,
    help="Leave out one half of the file's articles, then the other, and ask all questions: those "
    "about the missing half must not be answered.",
)
@click.option("--baseline", is_flag=True, help="Also measure plain rank_bm25.")
@click.option("--words-only", is_flag=True, help="Leave meaning out, and make no vectors for it.")
@json_option
def evaluate(  # noqa: PLR0913, PLR0917  # one for each option
    file: Path,
    folder: Path | None,
    half: bool,  # noqa: FBT001
    baseline: bool,  # noqa: FBT001
    words_only: bool,  # noqa: FBT001
    as_json: bool,  # noqa: FBT001
) -> None:
    """Measure the answers to the questions in FILE.

    A SQuAD 2.0 file (.json) brings its own articles. The questions of a .jsonl file, each with the
    sentences that answer it in `quotes` (none: it must not be answered), are put to --articles.

    With an encoder, answers by words alone stand beside those by words and meaning; the vectors
    that are missing for it are made first.
    """
    from bot.commands.evaluate import run

    run(file, folder, warn, half=half, baseline=baseline, words_only=words_only, as_json=as_json)


@click.command(cls=CommandOfSettings)
@click.option(
    "--paragraphs",
    "wanted",
    type=sizes,
    default="10000,100000",
    show_default=True,
    metavar="N[,N…]",
    help="How many paragraphs to make; several numbers are measured one after the other.",
)
@folder_option
@click.option(
    "--questions",
    type=Count(1, 10_000),
    default=200,
    show_default=True,
    metavar="N",
    help="Ask so many questions.",
)
@json_option
def bench(
    wanted: tuple[int, ...],
    folder: Path | None,
    questions: int,
    as_json: bool,  # noqa: FBT001
) -> None:
    """Compare speed and size with rank-bm25, bm25s and tantivy.

    Paragraphs are mixed from the sentences of the articles, with a vocabulary that grows as in
    real text, in a temporary folder. All answer the same questions in turns, each in a process of
    its own; Footnote by words alone, from its index on disk, and with its quotes. JSON has an
    object a line, in seconds and bytes.
    """
    from bot.commands.bench.bench_report import print_bench

    print_bench(folder, warn, wanted, questions, as_json=as_json)
