"""`footnote …`: the commands.

Each command imports what it needs when it runs, so that none waits for the others' libraries.
"""

import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from bot.command_line.articles_group import articles
from bot.command_line.measuring_options import bench, evaluate
from bot.command_line.options import Commands, Count, folder_option, json_option
from bot.command_line.question_options import ask, brief
from bot.command_line.settings_help import SETTINGS_HELP
from bot.commands.exit_status import exit_at_signals, last_error_logged, warn

if TYPE_CHECKING:
    from bot.settings.settings import Settings


@click.group(
    cls=Commands,
    commands=[articles, ask, brief, evaluate, bench],
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 96},
    epilog=SETTINGS_HELP,
)
@click.version_option(package_name="footnote-bot", message="footnote %(version)s")
def app() -> None:
    """Answers questions from a set of articles, in the articles' own words.

    \b
    footnote console                           talk with the bot right here
    footnote telegram                          answer in Telegram
    footnote ask "Why does Russia need China?" quotes, each with its footnote
    footnote brief "military cooperation"      a topic in a minute, in the articles' own words
    footnote articles add handbook.pdf         take in a file, a folder, a page of the web
    footnote articles check --articles DIR     what is wrong with your articles
    footnote gaps                              what people asked and did not find
    footnote doctor                            what is wrong, and what to do about it
    footnote backup FILE                       a copy of everything that the bot remembers
    """  # noqa: D301  # click reads the backspace


@app.command()
@folder_option
@click.option("--group", "in_group", is_flag=True, help="Talk in a group, not in private.")
@click.option(
    "--script",
    type=click.File(encoding="utf-8", errors="replace"),
    help="Replay the lines of FILE as a conversation and print it plainly.",
    metavar="FILE",
)
@click.option(
    "--language",
    default="en",
    show_default=True,
    help="The language of your Telegram, such as de or ru: the bot speaks it, if it can.",
    metavar="CODE",
)
def console(
    folder: Path | None,
    in_group: bool,  # noqa: FBT001
    script: TextIO | None,
    language: str,
) -> None:
    """Talk with the bot right here, without a token.

    It is the same bot, on a Telegram that is played in this process. Lines from a pipe make a
    conversation, too. Only the lines that you type are kept, in FOOTNOTE_DATA, for the arrow keys.

    \b
    #2             press a button, or send a card
    [1]            tap a footnote
    /reply WORDS   reply to the last message
    /edit WORDS    change your own last message
    /inline WORDS  type the words after the bot's name in another chat
    /attach FILE   send a file; you are an admin here, so it can be added as an article
    /as NAME       speak as someone else, with --group
    /quit          end, as Ctrl-D and Ctrl-C do
    """  # noqa: D301  # click reads the backspace
    from bot.adding.admin_articles import AdminArticles
    from bot.composing.pipeline_source import PipelineSource
    from bot.console.prompt import YOU, converse, replay
    from bot.console.session import Session
    from bot.handlers.access.access_rules import AccessRules
    from bot.indexing.index_worker import index_worker
    from bot.monitoring import logs
    from bot.settings.settings import load_settings

    settings = load_settings()
    logs.set_up("WARNING", settings.secrets)
    sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    lines = script if script or sys.stdin.isatty() else sys.stdin
    rules = AccessRules(admins=frozenset({YOU.id}))
    source = PipelineSource(folder, warn)
    admin_articles = None if settings.opensearch_url else AdminArticles(settings, is_live=True)
    session = Session(source.open(), rules=rules, admin_articles=admin_articles, source=source)
    with session, index_worker(settings, folder):
        if lines:
            replay(session, lines, in_group=in_group, language=language)
        else:
            history = settings.data / "console-history"
            converse(session, history, in_group=in_group, language=language)


@app.command(cls=click.Command)  # which has a log
@folder_option
def telegram(folder: Path | None) -> None:
    """Answer in Telegram, until Ctrl-C or SIGTERM.

    Takes the token from FOOTNOTE_TELEGRAM_TOKEN. Fetches updates, or has them sent to
    FOOTNOTE_WEBHOOK_URL if that is set. Logs to stderr: lines for people on a terminal, otherwise
    one JSON object a line.

    Does not start if an unknown FOOTNOTE_ name looks like FOOTNOTE_ALLOWED_CHATS and that is not
    set, because everybody could use the bot. Any other unknown name is a warning.
    """
    exit_at_signals()  # until `serve` sees to them

    import asyncio
    import logging

    from bot.settings.settings import (
        SettingsError,
        find_settings,
        with_guarded_access,
        with_secret,
    )

    found = with_guarded_access(find_settings())
    settings = with_secret(found.settings)
    with _logging(settings):
        log = logging.getLogger("footnote")
        for warning in (*found.unknown, *found.warnings):
            log.warning("%s", warning)
        for mistake in found.mistakes.values():
            raise SettingsError(mistake)
        from bot.composing.pipeline_source import PipelineSource
        from bot.indexing.index_worker import index_worker
        from bot.lifecycle import serve
        from bot.storage.data_folder.folder_lock import hold

        with hold(settings.data):
            source = PipelineSource(folder, log.warning)
            pipeline = source.open()
            with index_worker(settings, folder) as wake:
                asyncio.run(serve(settings, pipeline, source, wake))


def _logging(settings: "Settings") -> AbstractContextManager[None]:
    """Set up the log, in which the error stands that ends the block if it is read by machines."""
    from bot.monitoring import logs

    as_json = not sys.stderr.isatty()
    questions = settings.log_questions
    logs.set_up(settings.log_level, settings.secrets, as_json=as_json, with_questions=questions)
    return last_error_logged() if as_json else nullcontext()


@app.command(cls=click.Command)  # which finds the same
@folder_option
@json_option
def doctor(folder: Path | None, as_json: bool) -> int:  # noqa: FBT001
    """Check the setup, and say what to do about problems.

    It changes nothing, and may run while the bot does. Exit status: 0 all is well, 1 warnings,
    2 failures.
    """
    from bot.commands.doctor.report import EXITS, print_checkup

    return EXITS[print_checkup(folder, as_json=as_json)]


@app.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Replace FILE if it already exists.")
def backup(file: Path, force: bool) -> None:  # noqa: FBT001
    """Copy what the bot remembers to FILE, even while it runs.

    The copy holds what people asked, so keep it safe. deploy/README.md says how to restore it.
    A PostgreSQL database is copied with `pg_dump` instead.
    """
    from bot.settings.settings import load_settings
    from bot.storage.data_folder.backup import back_up

    settings = load_settings()
    size = back_up(settings.data, file, force=force, url=settings.database_url)
    click.echo(f"{file}: {size:,} bytes, complete and checked")


@app.command()
@folder_option
@click.option(
    "--days",
    type=Count(1, 3650),
    default=7,
    show_default=True,
    metavar="N",
    help="Of the last N days; what is older than FOOTNOTE_KEEP_DAYS is not kept.",
)
@json_option
def gaps(folder: Path | None, days: int, as_json: bool) -> None:  # noqa: FBT001
    """List the questions that were not answered or got a 👎.

    The same questions stand together, the most frequent first, each with the passage that came
    closest.
    """
    from bot.commands.gaps_command import print_gaps
    from bot.composing.pipeline_source import open_pipeline
    from bot.settings.settings import load_settings

    print_gaps(open_pipeline(folder, warn), load_settings(), days, as_json=as_json)
