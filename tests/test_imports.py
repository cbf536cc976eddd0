"""The rooms keep to one direction, and each library to its room."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted((ROOT / "bot").rglob("*.py")) + sorted((ROOT / "retrieval").rglob("*.py"))

# The only modules, or folders of them, that import these libraries.
HOMES = {
    "rank_bm25": {"retrieval/index/bm25.py"},
    "sentencex": {"retrieval/text/sentences.py"},
    "Stemmer": {"retrieval/text/analysis.py"},
    "rapidfuzz": {"retrieval/questions/spelling.py"},
    "py3langid": {"retrieval/text/detection.py"},
    "yaml": {"retrieval/sources/header.py"},
    "markdown_it": {"retrieval/sources/markdown.py"},
    "pydantic_settings": {"bot/settings/settings.py"},
    "jinja2": {"bot/composing/wording.py"},
    "click": {"bot/cli.py", "bot/program.py"},
    "rich": {"bot/rendering/terminal.py", "bot/commands/ask_and_brief.py", "bot/console/", "bot/doctor/report.py"},
    "prompt_toolkit": {"bot/console/prompt.py"},
    "tenacity": {"bot/delivery/retry_policy.py", "bot/handlers/command_menu.py"},
    "cachetools": {
        "bot/handlers/access/user_limits.py", "bot/delivery/rate_limits.py", "bot/delivery/trail.py", "bot/handlers/access/admission.py",
        "bot/storage/answer_store.py", "bot/storage/receipts.py",
    },
    "alembic": {"bot/storage/database/engine.py", "bot/storage/database/migrations/"},
    "sqlalchemy": {
        "bot/storage/", "bot/handlers/application.py", "bot/doctor/kept.py", "bot/intake/inbox.py",
        "bot/handlers/dependencies.py", "bot/lifecycle.py", "bot/intake/attempts.py",
    },
    "psycopg": {"bot/storage/database/postgres.py"},
    "filelock": {"bot/storage/folder_lock.py"},
    "httpx": {"bot/lifecycle.py", "bot/delivery/retry_policy.py", "bot/doctor/server.py"},
    "telegram": {
        "bot/handlers/application.py", "bot/rendering/briefing_message.py", "bot/delivery/footnote_bot.py",
        "bot/console/bot_api/transport.py", "bot/intake/chat_lanes.py",
        "bot/delivery/rate_limiter.py", "bot/handlers/", "bot/intake/inbox.py", "bot/rendering/markup.py", "bot/handlers/command_menu.py",
        "bot/intake/polling.py", "bot/handlers/conversation/incoming_text.py", "bot/delivery/retry_policy.py", "bot/delivery/search.py", "bot/delivery/messages.py",
        "bot/lifecycle.py",
        "bot/intake/webhook_registration.py", "bot/intake/attempts.py", "bot/delivery/wire.py",
    },
    "prometheus_client": {"bot/monitoring/metrics.py"},
    "starlette": {"bot/monitoring/health_endpoints.py", "bot/intake/webhook.py"},
    "structlog": {"bot/monitoring/logs.py"},
    "h11": {"bot/http/connection_limits.py"},
    "uvicorn": {"bot/http/connection_limits.py", "bot/http/server.py"},
}  # fmt: skip


def imported(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield str(node.module)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_only_what_its_room_may(path):
    """`retrieval` knows nothing of `bot`; libraries are wrapped once; telegram is far away."""
    name = path.relative_to(ROOT).as_posix()
    for module in imported(path):
        package = module.split(".")[0]
        homes = tuple(HOMES.get(package, {name}))
        assert name.startswith(homes), f"{name} imports {package}"
        assert not (name.startswith("retrieval/") and package == "bot")


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
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, **settings},
    )
    loaded = set(done.stderr.split())
    assert "jinja2" in loaded
    assert not loaded & unneeded
