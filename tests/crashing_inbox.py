"""A process that recovers what waits in its inbox, and is ended by the second of them."""

import asyncio
import os
from pathlib import Path

from bot.console.bot_api.api import BotApi
from bot.console.bot_api.transport import ConsoleRequest
from bot.delivery.footnote_bot import FootnoteBot
from bot.intake.inbox import Inbox
from bot.monitoring.metrics import Metrics
from bot.storage.data_folder.crash_suspect import CrashSuspect
from bot.storage.database.engine import open_database
from bot.storage.receipts import Receipts
from bot.storage.update_store import UpdateStore
from bot.storage.worker_thread import WorkerThread


def recover_and_crash(folder: Path, url: str) -> None:
    """Handle what waits, noting each in the file `done`; status 9 at the second."""
    asyncio.run(_recover(folder, url))
    os._exit(0)


async def _recover(folder: Path, url: str) -> None:
    worker = WorkerThread(CrashSuspect(folder))
    request = ConsoleRequest(BotApi())
    bot = FootnoteBot("1:console", request=request, get_updates_request=request)

    def work(number):
        if number == 2:
            os._exit(9)
        with (folder / "done").open("a") as done:
            print(number, file=done)

    async def handle(update):
        await worker.run(work, update.update_id)

    kept = UpdateStore(open_database(folder, url))
    inbox = Inbox(bot, kept, Receipts(folder), worker, lambda _: True, handle, Metrics())
    await inbox.recover()
    await inbox.finish(5)
