"""How much time does an update take, of the clock and of the processor? Beside bare bots.

    python tests/benchmark.py [--questions N]

Over HTTP each bot is a process of its own, which fetches its updates from a loopback server that
plays the Bot API and sends its answers there; one person asks and waits for the answer before the
next question, then fifty ask at once. The echo bot says what is said to it; the canned one sends
a prepared message with as many words, entities and buttons as an answer has. The processor's time
is that of the bot's process alone, so other programs on the machine change it little. Over the
console's transport there is no network.
"""

import argparse
import asyncio
import logging
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bot_api_server import BotApiServer, serve

from bot.console.bot_api.api import BotApi
from bot.console.world.call_values import JsonValue
from bot.console.world.chats import Person

QUESTIONS = [
    "Why does Russia need China?",
    "What is BRICS?",
    "Which military exercises did they hold?",
    "How do the two countries trade?",
    "What challenges does the partnership face?",
    "What is the capital of Peru?",
    "What does Russia export to China?",
    "How did relations change after the collapse of the Soviet Union?",
]
WARM_UP = 20
AT_ONCE = 50
ROUNDS = 3


async def run_echo(url: str) -> None:
    """A bare python-telegram-bot that says what is said to it."""
    await run_bare(url, lambda message: message.reply_text(message.text))


async def run_canned(url: str) -> None:
    """A bare python-telegram-bot that sends one prepared answer, as long as Footnote's are."""
    from telegram import InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity

    link = "https://t.me/footnote_bot?start=c_" + 35 * "A"
    quote = "Russia and China trade oil, gas and technology with each other. " * 4
    text = "The articles say:\n\n" + 3 * (quote + "[1]\n\n") + 3 * ("[1] " + 110 * "T" + "\n")
    entities, start = [], text.index(quote)
    for _ in range(3):
        entities.append(MessageEntity("blockquote", start, len(quote)))
        entities.append(MessageEntity("text_link", start + len(quote), 3, url=link))
        start += len(quote) + 5
    entities += [MessageEntity("text_link", start + n * 115, 114, url=link) for n in range(3)]
    row = [InlineKeyboardButton(f"{n}", callback_data=f"r:AAAAAAAAAAA:{n}") for n in range(6)]
    answer = {"entities": entities, "reply_markup": InlineKeyboardMarkup([row]), "do_quote": True}
    await run_bare(url, lambda message: message.reply_text(text, **answer))


async def run_bare(url: str, reply: Callable) -> None:
    """A bare python-telegram-bot that replies so."""
    from telegram import Update
    from telegram.ext import Application, ContextTypes, MessageHandler, filters

    async def handle(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        await reply(update.message)

    application = Application.builder().token("1:console").base_url(f"{url}/bot").build()
    application.add_handler(MessageHandler(filters.TEXT, handle))
    async with application:
        await application.start()
        await application.updater.start_polling()
        await asyncio.Event().wait()


async def run_footnote(url: str) -> None:
    """The bot, its state in a folder of its own."""
    from bot.handlers.access.access_rules import AccessRules
    from bot.handlers.application import TelegramEndpoint, build
    from bot.handlers.dependencies import Collaborators, own_state
    from bot.handlers.update_dispatcher import UpdateDispatcher
    from bot.http.telegram_request import telegram_request
    from bot.intake.connection import TelegramConnection
    from bot.intake.inbox import Inbox
    from bot.intake.polling import poll
    from bot.monitoring.metrics import Metrics
    from bot.storage.data_folder.crash_suspect import CrashSuspect
    from bot.storage.database.engine import open_database
    from bot.storage.receipts import Receipts
    from bot.storage.update_store import UpdateStore
    from bot.storage.worker_thread import WorkerThread

    with tempfile.TemporaryDirectory() as folder:
        database = open_database(Path(folder))
        sends, fetches = telegram_request(100, 20), telegram_request(1, 10)
        reached = TelegramEndpoint("1:console", sends, fetches, f"{url}/bot")
        worker = WorkerThread(CrashSuspect(Path(folder)))
        state = own_state(database)
        given = Collaborators(shipped_pipeline(), worker, database, AccessRules(), state)
        application, _ = build(reached, given)
        async with application:
            kept, stop = UpdateStore(database), asyncio.Event()
            metrics = Metrics()
            failures = UpdateDispatcher(application, metrics.failed)
            receipts = Receipts(Path(folder))
            heard = failures.has_handler, failures.handle
            inbox = Inbox(application.bot, kept, receipts, worker, *heard, metrics)
            await poll(application.bot, TelegramConnection("the server", stop), stop, inbox.take)


def shipped_pipeline():
    from bot.composing.pipeline_source import open_pipeline

    return open_pipeline(None, print)


class Counting(BotApi):
    """The played Bot API, which lets wait for the bot's messages."""

    def __init__(self) -> None:
        super().__init__()
        self._sent = threading.Semaphore(0)

    def call(self, method: str, parameters: Mapping[str, object]) -> JsonValue:
        found = super().call(method, parameters)
        if method == "sendMessage":
            self._sent.release()
        return found

    def wait(self, count: int) -> None:
        """Until the bot has sent so many messages more."""
        for _ in range(count):
            assert self._sent.acquire(timeout=30), "no answer"


def measure_http(name: str, questions: int) -> dict[str, float]:
    """Milliseconds an update: one at a time (the median), and fifty at once; CPU likewise."""
    api = Counting()
    with serve(api) as server:
        command = [sys.executable, __file__, "--run", name, "--url", server.url]
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )
        try:
            for number in range(WARM_UP):
                ask(server, api, [number])
            began = cpu_seconds(process)
            singly = [ask(server, api, [number]) for number in range(questions)]
            between = cpu_seconds(process)
            rounds = max(3, questions // AT_ONCE)
            at_once = [ask(server, api, range(AT_ONCE)) / AT_ONCE for _ in range(rounds)]
            ended = cpu_seconds(process)
        finally:
            process.kill()
            process.wait()
    return {
        "one at a time": 1000 * statistics.median(singly),
        "one at a time, CPU": 1000 * (between - began) / questions,
        "fifty at once": 1000 * statistics.median(at_once),
        "fifty at once, CPU": 1000 * (ended - between) / (rounds * AT_ONCE),
    }


def cpu_seconds(process: subprocess.Popen) -> float:
    """The processor's time that a bot has taken by now; it settles first."""
    time.sleep(0.5)
    process.stdin.write("\n")
    return float(process.stdout.readline())


def tell_cpu_seconds() -> None:
    """Print the processor's time of this process for each line that comes in."""
    for _ in sys.stdin:
        print(time.process_time(), flush=True)


def ask(server: BotApiServer, api: Counting, numbers: Sequence[int]) -> float:
    """Seconds until each of these questions, of another person each, has its answer."""
    start = time.perf_counter()
    for number in numbers:
        person = Person(1 + number % AT_ONCE, "Ada")
        chat = server.api.private(person)
        server.api.say(chat, person, QUESTIONS[number % len(QUESTIONS)])
    api.wait(len(numbers))
    return time.perf_counter() - start


def measure_console(questions: int) -> float:
    """Milliseconds an update of the bot without a network."""
    from bot.console.session import Session

    person = Person(1, "Ada")
    pipeline = shipped_pipeline()
    with tempfile.TemporaryDirectory() as folder, Session(pipeline, Path(folder)) as session:
        chat = session.api.private(person)
        times = []
        for number in range(WARM_UP + questions):
            session.api.say(chat, person, QUESTIONS[number % len(QUESTIONS)])
            start = time.perf_counter()
            session.deliver()
            times.append(time.perf_counter() - start)
    return 1000 * statistics.median(times[WARM_UP:])


def longest_hold(questions: int) -> float:
    """Milliseconds for which the event loop was held at most while questions were answered."""
    from bot.console.session import Session

    async def watched(work) -> float:
        longest, before = 0.0, time.perf_counter()
        task = asyncio.ensure_future(work)
        while not task.done():
            await asyncio.sleep(0.0005)
            now = time.perf_counter()
            longest, before = max(longest, now - before), now
        return longest

    person = Person(1, "Ada")
    pipeline = shipped_pipeline()
    with tempfile.TemporaryDirectory() as folder, Session(pipeline, Path(folder)) as session:
        chat = session.api.private(person)
        holds = []
        for number in range(questions):
            session.api.say(chat, person, QUESTIONS[number % len(QUESTIONS)])
            updates = session.api.take_updates()
            holds.append(session._run(watched(session._handle(session._application, updates))))
    return 1000 * max(holds)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--run", choices=["echo", "canned", "footnote"], help=argparse.SUPPRESS)
    parser.add_argument("--url", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    logging.disable(logging.CRITICAL)
    runs: dict[str, Callable] = {
        "echo": run_echo,
        "canned": run_canned,
        "footnote": run_footnote,
    }
    if arguments.run:
        threading.Thread(target=tell_cpu_seconds, daemon=True).start()
        asyncio.run(runs[arguments.run](arguments.url))
        return
    with tempfile.TemporaryDirectory() as folder:
        os.environ["FOOTNOTE_DATA"] = folder  # words alone: nobody's vectors are in it
        compare(runs, arguments.questions)


def compare(runs: dict[str, Callable], questions: int) -> None:
    """Print what an update costs each of them."""
    rows = {name: [] for name in runs}
    for _ in range(ROUNDS):
        for name in runs:
            rows[name].append(measure_http(name, questions))
    print(f"{'ms an update':<26}{'echo bot':>10}{'canned':>10}{'Footnote':>10}{'ratio':>8}")
    for label in rows["echo"][0]:
        times = [min(row[label] for row in rows[name]) for name in runs]
        figures = "".join(f"{figure:>10.2f}" for figure in times)
        print(f"{label:<26}{figures}{times[-1] / times[0]:>8.2f}")
    print(f"{'in the console':<26}{'':>20}{measure_console(questions):>10.2f}")
    print(f"{'event loop held at most':<26}{'':>20}{longest_hold(questions):>10.2f}")


if __name__ == "__main__":
    main()
