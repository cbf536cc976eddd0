"""`footnote articles …`: the commands about the articles.

Each command imports what it needs when it runs, so that none waits for the others' libraries.
"""

from pathlib import Path

import click

from bot.command_line.options import Commands, Count, folder_option, json_option
from bot.commands.exit_status import EXIT_ANSWERED, EXIT_ERROR, warn


@click.group(cls=Commands)
def articles() -> None:
    """List, show, check and index the articles; add, update and remove them; follow feeds."""


@articles.command("list")
@folder_option
@json_option
def list_articles(folder: Path | None, as_json: bool) -> None:  # noqa: FBT001
    """List the articles: id, number of paragraphs, language, title."""
    from bot.commands.articles_command import print_list
    from bot.composing.pipeline_source import PipelineSource

    print_list(PipelineSource(folder, warn).index().articles, as_json=as_json)


@articles.command("show")
@click.argument("identity", metavar="ID")
@folder_option
@json_option
def show_article(identity: str, folder: Path | None, as_json: bool) -> None:  # noqa: FBT001
    """Show the article with that ID, its paragraphs numbered as footnotes cite them."""
    from bot.commands.articles_command import print_article
    from bot.composing.pipeline_source import PipelineSource

    articles = PipelineSource(folder, warn).index().articles
    if identity not in articles:
        known = ", ".join(article.id for article in articles.page(0, 5))
        raise click.UsageError(f"no article has the id {identity!r}; there are {known}")
    print_article(articles[identity], as_json=as_json)


@articles.command("index")
@folder_option
@click.option(
    "--background",
    "in_background",
    is_flag=True,
    help="Print nothing, take what other processes leave, end with the one that started it.",
)
def index_articles(folder: Path | None, in_background: bool) -> None:  # noqa: FBT001
    """Make the vectors by which questions are found in other words and languages.

    The bot makes them itself while it answers; this is for having them before. It may be
    interrupted, and goes on from there the next time. Changed articles cost only what changed.
    """
    from bot.commands.index_command import make_vectors

    make_vectors(folder, warn, in_background=in_background)


@articles.command("reindex")
@folder_option
def reindex_articles(folder: Path | None) -> None:
    """Build everything that is kept of the articles again, from their files.

    It is kept up to date by itself; this is for when it is damaged. A bot that runs answers on.
    """
    from bot.commands.stats_and_reindex import rebuild

    rebuild(folder, warn)


@articles.command("publish")
@folder_option
@click.option(
    "--shards",
    type=Count(1, 100),
    default=1,
    show_default=True,
    metavar="N",
    help="Divide the index into so many parts; one holds some millions of paragraphs.",
)
def publish_articles(folder: Path | None, shards: int) -> None:
    """Publish the articles to OpenSearch (FOOTNOTE_OPENSEARCH_URL), for all bots that read there.

    A new index is built beside the old one and then takes its place in one step. Bots that run
    answer from it within seconds. Nothing is done if the articles are as they were published; if
    it fails, the old one goes on. The one before stays until the next time.
    """
    from bot.commands.publish_command import publish

    publish(folder, warn, shards)


@articles.command("stats")
@folder_option
@click.option(
    "--plot",
    type=click.Path(path_type=Path),
    metavar="FILE.png",
    help="Draw what the articles are about, and how they grew; needs the extra [plot].",
)
@json_option
def articles_statistics(folder: Path | None, plot: Path | None, as_json: bool) -> None:  # noqa: FBT001
    """Count articles, paragraphs, sentences, terms, languages, sizes and missing vectors."""
    from bot.commands.stats_and_reindex import print_statistics

    print_statistics(folder, warn, plot, as_json=as_json)


@articles.command("check")
@folder_option
@json_option
def check_articles(folder: Path | None, as_json: bool) -> int:  # noqa: FBT001
    """List every defect of the articles, with file, line and what to do.

    Also lists markup that is left in a text, and kinds of files that cannot be read.

    Exit status: 0 there are no defects, 2 there are.
    """
    from bot.commands.articles_command import print_check

    return EXIT_ANSWERED if print_check(folder, as_json=as_json) else EXIT_ERROR


@articles.command("add")
@click.argument("sources", nargs=-1, required=True, metavar="PATH|FOLDER|URL…")
@click.option("--title", default="", help="What the article is called.")
@click.option("--language", default="", metavar="CODE", help="Its language, such as de.")
@click.option("--id", "identity", default="", help="Its id.")
@click.option("--dry-run", is_flag=True, help="Only show what was understood; change nothing.")
@json_option
def add_articles(  # noqa: PLR0913, PLR0917  # one for each option
    sources: tuple[str, ...],
    title: str,
    language: str,
    identity: str,
    dry_run: bool,  # noqa: FBT001
    as_json: bool,  # noqa: FBT001
) -> int:
    """Take in files (PDF, Word, EPUB, OpenDocument, HTML, text), folders, and pages of the web.

    A line a source: added, updated, already here, or refused with the reason. A source that is
    here already and says something new is an update, and keeps its id.

    Exit status: 0 all are in, 1 some were refused, 2 none is in.
    """
    from bot.commands.adding_command import add_sources
    from retrieval.sources.added.outcomes import Wishes

    wishes = Wishes(title.strip(), language.strip().lower(), identity.strip())
    return add_sources(sources, wishes, dry_run=dry_run, as_json=as_json)


@articles.command("update")
@click.argument("identities", nargs=-1, metavar="[ID…]")
@json_option
def update_articles(identities: tuple[str, ...], as_json: bool) -> int:  # noqa: FBT001
    """Read the sources of added articles again, of all without an ID, and look at the feeds.

    Pages are asked only for what changed since. What is gone stays until you remove it.
    """
    from bot.commands import adding_command

    return adding_command.update_articles(identities, as_json=as_json)


@articles.command("remove")
@click.argument("identities", nargs=-1, required=True, metavar="ID…")
def remove_articles(identities: tuple[str, ...]) -> None:
    """Remove added articles."""
    from bot.commands import adding_command

    adding_command.remove_articles(identities)


@articles.command("undo")
def undo_change() -> None:
    """Take back what the last add, update or remove changed."""
    from bot.commands import adding_command

    adding_command.undo_change()


@articles.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
def restore_articles(file: Path) -> None:
    """Put the added articles and the followed feeds of a backup FILE back.

    What has been added since stays.
    """
    from bot.commands import adding_command

    adding_command.restore_backup(file)


@articles.command("follow")
@click.argument("feed", default="", metavar="FEED")
@click.option(
    "--newest",
    type=Count(0, 500),
    default=20,
    show_default=True,
    metavar="N",
    help="Take in so many entries that are there already.",
)
@click.option("--list", "shows", is_flag=True, help="List the feeds that are followed.")
@json_option
def follow_feed(feed: str, newest: int, shows: bool, as_json: bool) -> int:  # noqa: FBT001
    """Follow an RSS or Atom FEED: take in its newest entries, and what will appear in it."""
    from bot.commands import adding_command

    if shows:
        adding_command.list_feeds(as_json=as_json)
        return EXIT_ANSWERED
    if not feed:
        raise click.UsageError("name the address of a FEED, or pass --list")
    return adding_command.follow_feed(feed, newest, as_json=as_json)


@articles.command("unfollow")
@click.argument("feed", metavar="FEED")
def unfollow_feed(feed: str) -> None:
    """Follow a FEED no more; its articles stay."""
    from bot.commands import adding_command

    adding_command.unfollow_feed(feed)
