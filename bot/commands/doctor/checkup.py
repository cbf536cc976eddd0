"""The list of checks, in their order."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from functools import cache, partial
from pathlib import Path

from bot.commands.doctor import local_checks as local
from bot.commands.doctor import storage_checks as kept
from bot.commands.doctor import telegram_checks as remote
from bot.commands.doctor.findings import Finding, examine
from bot.commands.doctor.process_checks import processes
from bot.commands.doctor.telegram_server import TelegramServer
from bot.indexing.article_loading import load_articles
from bot.indexing.collection_source import CollectionSource
from bot.indexing.meaning_source import COLLECTIONS
from bot.settings.settings import PREFIX, Settings, find_settings
from retrieval.index.collection_index import Index
from retrieval.index.memory_engine import memory_index
from retrieval.sources.folders.folder import Loaded

CHECK_SECONDS = 60  # a large collection takes its time; the calls to Telegram have their own limit
TELEGRAMS = ("telegram_token", "telegram_api_url", "proxy")


def check_up(folder: Path | None) -> Iterator[tuple[str, Finding]]:
    """The findings, each with the name of its check, as soon as it is made.

    The articles are those of that folder, or of the one that the settings name.
    """
    found = find_settings()
    settings = found.settings
    yield "settings", examine(lambda: local.settings(found), CHECK_SECONDS)
    wrong = [f"{PREFIX}{name.upper()} is wrong" for name in TELEGRAMS if name in found.mistakes]
    blocked = wrong[0] if wrong else ""
    with ExitStack() as opened:
        server = opened.enter_context(closing(TelegramServer(settings, blocked)))
        here, there = _here(settings, folder), _there(settings, server)
        for name, check in {**here, **_where_published(settings, opened), **there}.items():
            yield name, examine(check, CHECK_SECONDS)


def _here(settings: Settings, folder: Path | None) -> dict[str, Callable[[], Finding]]:
    @cache
    def loaded() -> Loaded:
        return load_articles(folder, settings)

    @cache
    def index() -> Index:
        """As it is kept, or in memory where it is not, or of other files."""
        kept = CollectionSource(folder, settings, lambda _: None).kept()
        return memory_index(loaded().collection) if kept is None else kept

    def articles() -> Finding:
        """Of what is kept of the files; they are read where it is not, or of other files."""
        source = CollectionSource(folder, settings, lambda _: None)
        kept, defects = source.kept(), source.defects()
        if kept is not None and defects is not None:
            return local.articles(len(kept.articles), kept.paragraphs.count, defects)
        collection = loaded().collection
        count, paragraphs = len(collection.articles), len(collection.paragraphs)
        return local.articles(count, paragraphs, loaded().defects)

    return {
        "articles": articles,
        "synonyms": lambda: local.synonyms(settings),
        "index": lambda: local.index(index),
        "meaning": lambda: local.meaning(index, settings),
        "storage": lambda: kept.storage(settings),
        "disk space": lambda: kept.disk_space(settings.data),
        "collections": lambda: kept.collections(settings.data / COLLECTIONS),
        "dead letters": lambda: kept.dead_letters_kept(settings),
        "schedules": lambda: kept.schedules(settings),
        "processes": lambda: processes(settings),
    }


def _where_published(settings: Settings, opened: ExitStack) -> dict[str, Callable[[], Finding]]:
    """The checks of the cluster that the articles are published to, if they are."""
    if not settings.opensearch_url:
        return {}
    from bot.commands.doctor.search_checks import search_checks
    from bot.indexing.published_source import open_server

    server = open_server(settings)
    opened.callback(server.close)
    return search_checks(server, settings)


def _there(settings: Settings, server: TelegramServer) -> dict[str, Callable[[], Finding]]:
    return {
        "proxy": partial(remote.proxy, settings),
        "reachability": partial(remote.reachability, server),
        "clock": partial(remote.clock, server),
        "token": partial(remote.token, server),
        "privacy mode": partial(remote.privacy_mode, server),
        "inline mode": partial(remote.inline_mode, server),
        "webhook": partial(remote.webhook, server, settings),
        "pending updates": partial(remote.pending_updates, server),
        "allowed updates": partial(remote.allowed_updates, server),
        "commands menu": partial(remote.commands_menu, server),
    }
