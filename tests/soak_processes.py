"""Do processes that share a bot keep its promises when they, or their database, die?

    python tests/soak_processes.py [--processes N] [--chats N] [--questions N] [--kills N]
                                   [--restarts N] [--failovers 0|1] [--stops N] [--rate N]
                                   [--seed N] [--rolling N]

So many `footnote telegram` share a PostgreSQL server, which has a standby that confirms whatever
it confirms. A server plays the Bot API over loopback HTTP; what people say is posted to the
processes in turns, as Telegram does through a load balancer: the updates of a chat one after the
other, each again until it is confirmed, and none for a while to a process that does not answer.

At moments that nothing in them chooses, processes are killed (SIGKILL) and started again, the
server is stopped at once (`immediate`) and started again, it is stopped for good and the standby
is promoted, and a process is stopped (SIGSTOP) for longer than its lease and continued. With
--rolling, each process is told to end (SIGTERM) and started again, one after the other, so many
times around; nothing else happens then, unless it is asked for.

*Repeated* is each answer to a message that was answered before, *unanswered* and *out of order*
are as in `tests/soak.py`. Times are from when a question is asked until its answer is there;
*outside* are those that meet no restart of the server, failover or stop, nor the six seconds of
the lease after it. The exit status is 1 if a promise is broken: every question is answered, in
order; a kill or a stop repeats at most one answer in each chat, and a rolling restart none;
99 of 100 are answered within a second outside; the webhook is set once.
"""

import argparse
import asyncio
import json
import os
import random
import signal
import socket
import statistics
import sys
import tempfile
import threading
import time
from collections import defaultdict
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import httpx  # noqa: E402
import postgres_server  # noqa: E402
from soak import (  # noqa: E402
    ERROR,
    LIMITS,
    TOKEN,
    Begin,
    Heard,
    People,
    Process,
    Report,
    Stormy,
    Talk,
    chance,
    ended,
    from_nothing,
    table,
)

PROCESSES, CHATS, QUESTIONS, KILLS, RATE = 3, 60, 3_000, 20, 20
LEASE_SECONDS = 6.0
STOP_SECONDS = 9.0
DOWN_SECONDS = 3.0  # in which a load balancer leaves a server alone that did not answer
POST_SECONDS = 2.0
P99_SECONDS = 1.0
MANY = "100000"  # a minute: so limits are counted, and nobody is too fast
SETTLING_SECONDS = 8
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  # its name only


@dataclass(slots=True)
class SharedReport(Report):
    """What became of it all, and when the database or a process was away."""

    restarts: int = 0
    failovers: int = 0
    stops: int = 0
    ends: int = 0
    set_webhooks: int = 0
    away: list[tuple[float, float]] = field(default_factory=list)

    @property
    def outside(self) -> list[float]:
        """The seconds of those answers that met none of this."""
        return [
            answered - asked
            for asked, answered in self.waits
            if not any(asked < end and begin < answered for begin, end in self.away)
        ]

    @property
    def broken(self) -> list[str]:
        """The promises that were not kept."""
        promises = {
            "a question is unanswered": self.unanswered == 0,
            "answers are out of order": self.out_of_order == 0,
            "a kill repeated two answers in a chat": self.most_repeated <= 1,
            "a rolling restart repeated an answer": self.kills or not self.repeated,
            "answers take too long": percentile(self.outside, 99) < P99_SECONDS,
            "the webhook was set more than once": self.set_webhooks == 1,
            "a process did not end when told to": self.status == 0,
        }
        return [problem for problem, is_kept in promises.items() if not is_kept]

    def __str__(self) -> str:
        everything = [answered - asked for asked, answered in self.waits]
        times = {
            f"{name}, ms: median, p99, most": " / ".join(
                f"{1000 * value:,.0f}"
                for value in (statistics.median(some), percentile(some, 99), max(some))
            )
            for name, some in (("outside", self.outside), ("all", everything))
            if some
        }
        rows = {
            "questions, follow-ups and briefings": f"{self.questions:,}",
            "kills": f"{self.kills - self.stops:,}",
            "restarts of the server, failovers": f"{self.restarts:,}, {self.failovers:,}",
            "processes stopped beyond their lease": f"{self.stops:,}",
            "processes told to end": f"{self.ends:,}",
            "unanswered": f"{self.unanswered:,}",
            "out of order": f"{self.out_of_order:,}",
            "repeated": f"{self.repeated:,}",
            "most of them in a chat and for a kill": f"{self.most_repeated:,}",
            "calls of setWebhook": f"{self.set_webhooks:,}",
            **times,
            "minutes": f"{self.seconds / 60:.1f}",
        }
        return table(rows, 24)


def percentile(values: list[float], percent: float) -> float:
    """That percentile; 0 of nothing."""
    return sorted(values)[int(len(values) * percent / 100)] if values else 0.0


class Bots:
    """The processes of a bot, each with a folder and a port of its own."""

    def __init__(
        self, count: int, folder: Path, api_url: str, database: str, begin: Begin
    ) -> None:
        kept = {k: v for k, v in os.environ.items() if not k.startswith("FOOTNOTE_")}
        self.ports = [_free_port() for _ in range(count)]
        self._folder = folder
        self._begin = begin
        self._processes: dict[int, Process] = {}
        self._environment = {
            **kept,
            "PYTHONPATH": str(ROOT),
            "FOOTNOTE_SHARED": "true",
            "FOOTNOTE_DATABASE_URL": database,
            "FOOTNOTE_HEALTH_LISTEN": "",
            "FOOTNOTE_TELEGRAM_TOKEN": TOKEN,
            "FOOTNOTE_TELEGRAM_API_URL": api_url,
            "FOOTNOTE_WEBHOOK_URL": "https://bot.example.org/footnote",
            "FOOTNOTE_MEANING": "off",
            **dict.fromkeys(LIMITS, MANY),
        }

    def start(self, number: int) -> None:
        """Start a process; it takes updates soon."""
        own = self._folder / f"process-{number}"
        listen = f"127.0.0.1:{self.ports[number]}"
        own.mkdir(exist_ok=True)
        settings = {"FOOTNOTE_DATA": str(own / "data"), "FOOTNOTE_LISTEN": listen}
        log = own / "log"
        self._processes[number] = self._begin(
            ["telegram"], own, self._environment | settings, log, log
        )

    def wait_for(self, number: int) -> None:
        """Wait until it takes updates; it may have to wait for the database first."""
        end = time.monotonic() + 60
        with httpx.Client(timeout=1) as client:
            while time.monotonic() < end:
                self.revive()
                with suppress(httpx.HTTPError):
                    posted = client.post(f"http://127.0.0.1:{self.ports[number]}/footnote")
                    if posted.status_code == httpx.codes.UNAUTHORIZED:
                        return
                time.sleep(0.05)
        raise AssertionError("it does not start")

    def revive(self) -> None:
        """Start what has ended by itself, as where the database was away at its start."""
        for number, process in list(self._processes.items()):
            if process.poll() is not None:
                self.start(number)

    def send(self, number: int, how: signal.Signals) -> None:
        """Send it that signal."""
        self._processes[number].send_signal(how)

    def end(self, number: int, how: signal.Signals) -> int:
        """End it with that signal; the exit status."""
        self.send(number, how)
        return self._processes.pop(number).wait(30)

    def errors(self) -> list[str]:
        """What they logged as errors."""
        logs = sorted(self._folder.glob("process-*/log"))
        lines = (line for log in logs for line in log.read_text(errors="replace").splitlines())
        return [line for line in lines if ERROR in line]


class Askers(People):
    """People who press no buttons: what a press sends would hold up an answer for a second."""

    def _go_on(self, talk: Talk) -> None:
        self._ask(talk)


class Telegram(threading.Thread):
    """Posts updates to the processes in turns; those of a chat one after the other."""

    def __init__(self, server: Stormy, ports: list[int]) -> None:
        super().__init__(daemon=True)
        self._server = server
        self._ports = ports
        self._down = dict.fromkeys(ports, 0.0)
        self._turn = 0
        self.ended = threading.Event()

    def run(self) -> None:
        asyncio.run(self._post_all())

    async def _post_all(self) -> None:
        chats: dict[int, asyncio.Queue[dict]] = defaultdict(asyncio.Queue)
        tasks = []
        async with httpx.AsyncClient(timeout=POST_SECONDS) as client:
            while not self.ended.is_set():
                with self._server.lock:
                    taken = self._server.api.updates.take()
                for update in taken:
                    chat = _chat_of(update)
                    if chat not in chats:
                        tasks.append(asyncio.create_task(self._post_in(client, chats[chat])))
                    chats[chat].put_nowait(update)
                await asyncio.sleep(0.005)
            for task in tasks:
                task.cancel()

    async def _post_in(self, client: httpx.AsyncClient, updates: "asyncio.Queue[dict]") -> None:
        while True:
            update = await updates.get()
            while not await self._is_taken(client, update):  # noqa: ASYNC110
                await asyncio.sleep(0.05)  # as Telegram does, though sooner

    async def _is_taken(self, client: httpx.AsyncClient, update: dict) -> bool:
        """Post it to one process after the other until one takes it."""
        now = time.monotonic()
        for _ in self._ports:
            self._turn += 1
            port = self._ports[self._turn % len(self._ports)]
            if self._down[port] > now:
                continue
            try:
                posted = await client.post(
                    f"http://127.0.0.1:{port}/footnote",
                    content=json.dumps(update),
                    headers={SECRET_HEADER: self._server.api.webhook_secret},
                )
            except httpx.HTTPError as error:
                is_silent = isinstance(error, httpx.TimeoutException)
                self._down[port] = time.monotonic() + (DOWN_SECONDS if is_silent else 0.2)
                continue
            if posted.status_code == httpx.codes.OK:
                return True
        return False


class Fate(threading.Thread):
    """Lets things happen at moments after so many answers."""

    def __init__(  # noqa: PLR0913, PLR0917  # all that it meddles with
        self,
        bots: Bots,
        report: SharedReport,
        primary: postgres_server.Server,
        standby: postgres_server.Server | None,
        events: list[tuple[int, str]],
        drawn: random.Random,
    ) -> None:
        super().__init__(daemon=True)
        self._bots = bots
        self._report = report
        self._primary, self._standby = primary, standby
        self._events = sorted(events)
        self._chance = drawn
        self.ended = threading.Event()
        self.failed: BaseException | None = None

    def run(self) -> None:
        try:
            for moment, what in self._events:
                while self._report.answered < moment and not self.ended.is_set():
                    self._bots.revive()
                    time.sleep(0.01)
                time.sleep(self._chance.uniform(0, 0.2))
                if self._report.answered < moment:
                    return
                getattr(self, f"do_{what}")()
        except BaseException as error:  # noqa: BLE001  # told when all is over
            self.failed = error

    def do_kill(self) -> None:
        number = self._chance.randrange(len(self._bots.ports))
        self._bots.end(number, signal.SIGKILL)
        self._report.kills += 1
        self._bots.start(number)
        self._bots.wait_for(number)

    def do_end(self) -> None:
        number = self._report.ends % len(self._bots.ports)
        self._bots.end(number, signal.SIGTERM)
        self._report.ends += 1
        self._bots.start(number)
        self._bots.wait_for(number)

    def do_restart(self) -> None:
        with self._away():
            self._primary.stop("immediate")
            self._primary.start()
        self._report.restarts += 1

    def do_failover(self) -> None:
        assert self._standby
        with self._away():
            self._primary.stop("immediate")
            self._standby.control("promote")
        self._primary, self._standby = self._standby, None
        self._report.failovers += 1

    def do_stop(self) -> None:
        number = self._chance.randrange(len(self._bots.ports))
        self._report.kills += 1  # what it has under way may be repeated
        self._report.stops += 1
        with self._away():
            self._bots.send(number, signal.SIGSTOP)
            time.sleep(STOP_SECONDS)
            self._bots.send(number, signal.SIGCONT)

    @contextmanager
    def _away(self):
        begin = time.monotonic()
        window = len(self._report.away)
        self._report.away.append((begin, float("inf")))
        yield
        self._report.away[window] = begin, time.monotonic() + LEASE_SECONDS


def soak(  # noqa: PLR0913  # a call reads as a sentence: each is named
    folder: Path,
    *,
    processes: int = PROCESSES,
    chats: int = CHATS,
    questions: int = QUESTIONS,
    kills: int = KILLS,
    restarts: int = 2,
    failovers: int = 1,
    stops: int = 1,
    rolling: int = 0,
    rate: float = RATE,
    seed: int = 1,
    begin: Begin = from_nothing,
) -> SharedReport:
    """What becomes of so many questions in so many private chats; logs are in that folder.

    `begin` starts a process.
    """
    counts = {"kill": kills, "restart": restarts, "stop": stops, "end": rolling * processes}
    events = [
        (questions * (n + 1) // (count + 1), what)
        for what, count in counts.items()
        for n in range(count)
    ] + [(questions * 4 // 5, "failover")] * failovers
    heard = Heard()
    server = Stormy(heard, chance(seed), 0, 0, 0)
    report = SharedReport()
    with server.running(), postgres_server.serve_pair() as (primary, standby, databases):
        bots = Bots(processes, folder, server.url, databases.make(), begin)
        people = Askers(server, heard, chance(seed + 1), chats, questions, rate, report, groups=0)
        telegram = Telegram(server, bots.ports)
        fate = Fate(bots, report, primary, standby, events, chance(seed + 2))
        statuses = []
        try:
            for number in range(processes):
                bots.start(number)
            for number in range(processes):
                bots.wait_for(number)
            telegram.start()
            fate.start()
            begun = time.perf_counter()
            people.talk_until_all_is_answered()
            report.seconds = time.perf_counter() - begun
            fate.ended.set()
            fate.join()
            people.listen_on(SETTLING_SECONDS)
        finally:
            telegram.ended.set()
            statuses = [bots.end(number, signal.SIGTERM) for number in range(processes)]
    report.status = max(statuses, key=abs)
    report.set_webhooks = heard.set_webhooks
    report.errors = bots.errors()
    if fate.failed:
        raise fate.failed
    return report


def _chat_of(update: dict) -> int:
    part = next(part for part in update.values() if isinstance(part, dict))
    return int((part.get("message") or part)["chat"]["id"])


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def main() -> int:
    """Print what became of it; 1 if a promise is broken."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--processes", type=int, default=PROCESSES)
    parser.add_argument("--chats", type=int, default=CHATS)
    parser.add_argument("--questions", type=int, default=QUESTIONS)
    parser.add_argument("--kills", type=int)
    parser.add_argument("--restarts", type=int)
    parser.add_argument("--failovers", type=int, choices=(0, 1))
    parser.add_argument("--stops", type=int)
    parser.add_argument("--rolling", type=int, default=0)
    parser.add_argument("--rate", type=float, default=RATE)
    parser.add_argument("--seed", type=int, default=1)
    given = vars(parser.parse_args())
    usual = {"kills": KILLS, "restarts": 2, "failovers": 1, "stops": 1}
    for name, count in usual.items():
        if given[name] is None:
            given[name] = 0 if given["rolling"] else count
    with tempfile.TemporaryDirectory() as folder:
        report = soak(Path(folder), **given)
    return ended(report)


if __name__ == "__main__":
    sys.exit(main())
