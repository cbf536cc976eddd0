"""Does the bot keep its promises when everything fails at once? One command says so.

    python tests/soak.py [--chats N] [--questions N] [--kills N] [--rate N] [--seed N]
                         [--failing PERCENT] [--lost PERCENT] [--latency MILLISECONDS]
                         [--postgres]

`footnote telegram` answers people in private chats and groups over loopback HTTP, from a server
that plays the Bot API. They ask, ask on, want briefings, correct what they asked, and press
buttons, as soon as they are answered, all together --rate times a second: as many messages as
Telegram lets a bot send (0: as many as the machine can take). So many calls of a hundred fail,
and none of those is carried out: 429, 500 or 502, a dropped connection, or no answer at all until
the bot gives up waiting. And the process is killed (SIGKILL) at moments that nothing in it
chooses, and started again.

*Unanswered* is a question to which no message replies in the end, or that was corrected while its
answer was not. *Repeated* is each answer that replies to a message that was answered before. With
--lost, so many messages of a hundred are taken by the server without saying so, which a bot cannot
tell from a failure: each of them may be repeated, too. *Out of order* is a first answer to a
question that was asked before one that had its answer already, in the same chat. *Ready* is the
time from the start of the process to the first time it asks for updates, the shortest of three:
what else runs on the machine only makes it longer. Memory is what is resident of the process
(VmRSS), idle before anything is asked; and the most that it ever was. With --latency each call
takes so long from then on, and is carried out after half of that. With --postgres what is kept is
in a PostgreSQL server, which is started for it, and otherwise in SQLite.

The exit status is 1 if a promise is broken: every question is answered, in order; a kill
repeats at most one answer in each chat; idle in under 150 MB; ready within 2 seconds.
"""

import argparse
import asyncio
import os
import queue
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import postgres_server  # noqa: E402
from benchmark import QUESTIONS  # noqa: E402
from bot_api_server import BotApiServer  # noqa: E402
from forked_program import ForkedProgram  # noqa: E402

from bot.console.bot_api.api import BotApi  # noqa: E402
from bot.console.world.call_values import JsonObject, JsonValue  # noqa: E402
from bot.console.world.chats import Chat, Person  # noqa: E402

Process = subprocess.Popen[bytes] | ForkedProgram
Begin = Callable[..., Process]
TOKEN = "1:console"  # noqa: S105  # none of Telegram's
FOLLOW_UPS = ["and why?", "What about China?", "and Russia?"]
TOPICS = ["military cooperation", "BRICS", "trade", "", "sanctions"]
# These people ask as fast as they are answered.
LIMITS = [
    f"FOOTNOTE_{whose}{what}_A_MINUTE"
    for what in ("QUESTIONS", "BRIEFINGS", "PRESSES")
    for whose in ("", "GROUP_")
]
EVERY_FIFTH = 5  # chat is a group
AHEAD = 2  # questions that somebody has open at most
STANDSTILL_SECONDS = 150
RATE = 30  # questions a second
STARTS = 3
READY_SECONDS = 2.0
IDLE_MEGABYTES = 150
ERROR = '"level": "error"'
SETTLING_SECONDS = 2
# How a call fails, and how often in comparison; the bot waits for 20 seconds for what hangs.
FAILURES: dict[int | str, float] = {429: 6, 500: 6, 502: 6, "drop": 6, "hang": 0.3}


class Stormy(BotApiServer):
    """A Bot API server that fails so many calls in a hundred, once it is told to."""

    def __init__(
        self,
        api: "Heard",
        chance: random.Random,
        failing: float,
        losing: float,
        latency: float,
    ) -> None:
        super().__init__(api)
        self.failed = self.lost = 0
        self.latency = latency
        self.losing = losing
        self.failing = failing
        self.is_stormy = False
        self._chance = chance

    async def _played(
        self, token: str, method: str, parameters: Mapping[str, object]
    ) -> tuple[int, bytes]:
        seconds = self.latency / 2 if self.is_stormy else 0
        await asyncio.sleep(seconds)
        played = await super()._played(token, method, parameters)
        await asyncio.sleep(seconds)
        return played

    def _next_failure(self, method: str) -> int | str | None:
        self.requests += 1
        if not self.is_stormy:
            return None
        drawn = 100 * self._chance.random()
        if drawn < self.losing:
            is_message = method == "sendMessage"
            self.lost += is_message
            return "lose" if is_message else None
        if drawn >= self.losing + self.failing:
            return None
        self.failed += 1
        [how] = self._chance.choices(list(FAILURES), list(FAILURES.values()))
        # A poll that hangs holds up all chats for half a minute: that is no storm but a calm.
        return "drop" if how == "hang" and method == "getUpdates" else how


class Heard(BotApi):
    """The played Bot API, which tells what the bot says, and when it first asks for updates."""

    def __init__(self) -> None:
        super().__init__(token=TOKEN)
        self.said: queue.SimpleQueue[tuple[str, JsonObject]] = queue.SimpleQueue()
        self.asked_for_updates = threading.Event()
        self.set_webhooks = 0

    def call(self, method: str, parameters: Mapping[str, object]) -> JsonValue:
        if method == "getUpdates":
            self.asked_for_updates.set()
        self.set_webhooks += method == "setWebhook"
        found = super().call(method, parameters)
        if method in {"sendMessage", "editMessageText"} and isinstance(found, dict):
            self.said.put((method, found))
        return found


def from_nothing(
    arguments: Sequence[str], folder: Path, environment: Mapping[str, str], out: Path, err: Path
) -> "subprocess.Popen[bytes]":
    """The program as it is started by hand, with the seconds in which it is loaded."""
    with out.open("ab") as said, err.open("ab") as complained:
        return subprocess.Popen(
            [sys.executable, "-m", "bot", *arguments],
            stdout=said,
            stderr=complained,
            cwd=folder,
            env=environment,
        )


class Program:
    """`footnote telegram`, started again and again on the same state."""

    def __init__(self, url: str, folder: Path, api: Heard, database: str, begin: Begin) -> None:
        kept = {k: v for k, v in os.environ.items() if not k.startswith("FOOTNOTE_")}
        self._environment = {
            **kept,
            "PYTHONPATH": str(ROOT),
            "FOOTNOTE_DATA": str(folder / "state"),
            "FOOTNOTE_HEALTH_LISTEN": "127.0.0.1:0",
            "FOOTNOTE_TELEGRAM_TOKEN": TOKEN,
            "FOOTNOTE_TELEGRAM_API_URL": url,
            "FOOTNOTE_DATABASE_URL": database,
            "FOOTNOTE_MEANING": "off",
            **dict.fromkeys(LIMITS, "0"),
        }
        self._folder = folder
        self._api = api
        self._begin = begin
        self._process: Process | None = None
        self.most_memory = 0.0

    def start(self) -> float:
        """The seconds until it is ready."""
        begun = time.perf_counter()
        self._api.asked_for_updates.clear()
        log = self._folder / "log"
        self._process = self._begin(["telegram"], self._folder, self._environment, log, log)
        assert self._api.asked_for_updates.wait(60), "it does not start"
        return time.perf_counter() - begun

    def start_at_best(self) -> float:
        """The fewest seconds of some starts, the last of which goes on."""
        seconds = [self.start()]
        while len(seconds) < STARTS:
            self.end(signal.SIGTERM)
            seconds.append(self.start())
        return min(seconds)

    def memory(self) -> float:
        """The megabytes that are resident; 0 where the system does not tell."""
        assert self._process
        now, most = 0.0, 0.0
        with suppress(OSError):
            for line in Path(f"/proc/{self._process.pid}/status").read_text().splitlines():
                name, _, value = line.partition(":")
                if name == "VmRSS":
                    now = int(value.split()[0]) / 1024
                elif name == "VmHWM":
                    most = int(value.split()[0]) / 1024
        self.most_memory = max(self.most_memory, most)
        return now

    def end(self, how: signal.Signals) -> int:
        """End it with that signal; the exit status."""
        assert self._process
        self.memory()
        self._process.send_signal(how)
        return self._process.wait(30)

    def log(self) -> str:
        """All that it logged."""
        return (self._folder / "log").read_text(errors="replace")


@dataclass(slots=True)
class Report:
    """What became of it all."""

    questions: int = 0
    answered: int = 0
    unanswered: int = 0
    repeated: int = 0
    most_repeated: int = 0  # in one chat between two kills
    lost: int = 0
    out_of_order: int = 0
    corrected: int = 0
    presses: int = 0
    calls: int = 0
    failed: int = 0
    kills: int = 0
    seconds: float = 0.0
    ready_seconds: float = 0.0
    ready_again_seconds: float = 0.0
    idle_megabytes: float = 0.0
    most_megabytes: float = 0.0
    status: int | None = None
    errors: list[str] = field(default_factory=list)
    waits: list[tuple[float, float]] = field(default_factory=list)  # asked when, answered when

    @property
    def broken(self) -> list[str]:
        """The promises that were not kept."""
        promises = {
            "a question is unanswered": self.unanswered == 0,
            "a kill repeated two answers in a chat": self.lost or self.most_repeated <= 1,
            "answers are out of order": self.out_of_order == 0,
            "it takes too long to start": self.ready_seconds <= READY_SECONDS,
            "it takes too much memory": self.idle_megabytes < IDLE_MEGABYTES,
            "it did not end when told to": self.status == 0,
            "an error was logged": not self.errors,
        }
        return [problem for problem, is_kept in promises.items() if not is_kept]

    def __str__(self) -> str:
        rows = {
            "questions, follow-ups and briefings": f"{self.questions:,}",
            "answered": f"{self.answered:,}",
            "unanswered": f"{self.unanswered:,}",
            "repeated": f"{self.repeated:,}",
            "most of them in a chat and for a kill": f"{self.most_repeated:,}",
            "sent, but the bot did not hear of it": f"{self.lost:,}",
            "out of order": f"{self.out_of_order:,}",
            "corrections that the answer followed": f"{self.corrected:,}",
            "buttons pressed": f"{self.presses:,}",
            "calls": f"{self.calls:,}",
            "calls that failed": f"{self.failed:,}",
            "kills": f"{self.kills:,}",
            "minutes": f"{self.seconds / 60:.1f}",
            "seconds until ready": f"{self.ready_seconds:.2f}",
            "the same after a kill, at most": f"{self.ready_again_seconds:.2f}",
            "idle, MB": f"{self.idle_megabytes:.0f}",
            "at most, MB": f"{self.most_megabytes:.0f}",
        }
        return table(rows, 10)


class Talk:
    """One person in one chat, who asks on as soon as they are answered."""

    def __init__(self, chat: Chat, person: Person) -> None:
        self.chat = chat
        self.person = person
        self.open: dict[int, float] = {}  # when each question was asked that has no answer
        self.answers: dict[int, int] = {}  # the message that answers, by the one that asks
        self.corrected: set[int] = set()  # questions whose answers are to follow
        self.last_answered = 0
        self.is_eager = False

    @property
    def has_time(self) -> bool:
        """Whether this person waits for less than they would."""
        return len(self.open) + len(self.corrected) < AHEAD

    @property
    def is_group(self) -> bool:
        """Whether the bot has to be addressed."""
        return not self.chat.private


class People:
    """All who talk with the bot: they ask, and count what they hear."""

    def __init__(  # noqa: PLR0913, PLR0917  # what is asked, of whom, and how fast
        self,
        server: Stormy,
        heard: Heard,
        chance: random.Random,
        chats: int,
        questions: int,
        rate: float,
        report: Report | None = None,
        groups: int = EVERY_FIFTH,
    ) -> None:
        self.report = report or Report()
        self._groups = groups
        self._repeated: Counter[tuple[int, int]] = Counter()
        self._api = server.api
        self._heard = heard
        self._chance = chance
        self._left = questions
        self._pause = 1 / rate if rate else 0
        self._next = 0.0
        self._eager: deque[Talk] = deque()
        self._talks = {talk.chat.id: talk for talk in map(self._talk, range(1, chats + 1))}

    def talk_until_all_is_answered(self) -> None:
        """Ask all there is to ask, and listen."""
        for talk in self._talks.values():
            self._let_speak(talk)
        heard = self._next = time.monotonic()
        while (self._left or self._is_waiting) and time.monotonic() - heard < STANDSTILL_SECONDS:
            self._speak()
            if self._listen(0.01):
                heard = time.monotonic()
        self.report.unanswered = sum(
            len(t.open.keys() | t.corrected) for t in self._talks.values()
        )

    def listen_on(self, seconds: float) -> None:
        """Hear what is still said."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self._listen(0.1)

    def _let_speak(self, talk: Talk) -> None:
        if talk.has_time and not talk.is_eager:
            talk.is_eager = True
            self._eager.append(talk)

    def _speak(self) -> None:
        """Let as many speak as may by now."""
        while self._left and self._eager and time.monotonic() >= self._next:
            self._next = max(self._next + self._pause, time.monotonic() - 1)
            talk = self._eager.popleft()
            talk.is_eager = False
            self._go_on(talk)
            self._let_speak(talk)

    @property
    def _is_waiting(self) -> bool:
        return any(talk.open or talk.corrected for talk in self._talks.values())

    def _talk(self, number: int) -> Talk:
        person = Person(number, f"Ada {number}")
        if not self._groups or number % self._groups:
            return Talk(self._api.private(person), person)
        return Talk(self._api.group(f"Friends {number}", [person]), person)

    def _listen(self, seconds: float) -> bool:
        """Hear one thing that the bot says; False if it keeps silent for so long."""
        try:
            method, message = self._heard.said.get(timeout=seconds)
        except queue.Empty:
            return False
        talk = self._talks[message["chat"]["id"]]
        if method == "editMessageText":
            asked = [q for q in talk.corrected if talk.answers.get(q) == message["message_id"]]
            self._note_corrected(talk, asked)
        else:
            replied = message.get("reply_to_message", {})
            if not replied.get("from", {}).get("is_bot", True):
                self._note_answer(talk, replied["message_id"], message)
        self._let_speak(talk)
        return True

    def _note_answer(self, talk: Talk, asked: int, message: JsonObject) -> None:
        if asked in talk.open:
            self.report.waits.append((talk.open.pop(asked), time.monotonic()))
            self.report.answered += 1
            self.report.out_of_order += asked < talk.last_answered
            talk.last_answered = max(asked, talk.last_answered)
        elif asked in talk.corrected:  # the answer was not kept, so it is given anew
            self._note_corrected(talk, [asked])
        else:
            self.report.repeated += 1
            since_kill = talk.chat.id, self.report.kills
            self._repeated[since_kill] += 1
            self.report.most_repeated = max(self.report.most_repeated, self._repeated[since_kill])
        talk.answers[asked] = message["message_id"]

    def _note_corrected(self, talk: Talk, asked: list[int]) -> None:
        talk.corrected.difference_update(asked)
        self.report.corrected += len(asked)

    def _go_on(self, talk: Talk) -> None:
        drawn = self._chance.random()
        if talk.answers and drawn < 0.05 and self._correct(talk):
            return
        if talk.answers and drawn < 0.20:
            self._press(talk)
        self._ask(talk)

    def _ask(self, talk: Talk) -> None:
        drawn = self._chance.random()
        reply: int | None = None
        if drawn < 0.1 and not talk.is_group:
            text = f"/brief {self._chance.choice(TOPICS)}".strip()
        elif drawn < 0.25 and talk.answers:
            text = self._chance.choice(FOLLOW_UPS)
            reply = talk.answers[next(reversed(talk.answers))] if talk.is_group else None
        else:
            text = self._chance.choice(QUESTIONS)
        if talk.is_group and reply is None:
            text = f"/ask {text}"
        self._left -= 1
        self.report.questions += 1
        said = self._api.say(talk.chat, talk.person, text, reply_to=reply)
        talk.open[said["message_id"]] = time.monotonic()

    def _correct(self, talk: Talk) -> bool:
        """Ask something else instead, in the same message; whether there is one to correct."""
        asked = next(reversed(talk.answers))
        said = self._api.message(talk.chat, asked)
        words = said["text"].removeprefix("/ask ")
        if words not in QUESTIONS or asked in talk.corrected:
            return False
        other = self._chance.choice([q for q in QUESTIONS[:5] if q != words])
        talk.corrected.add(asked)
        self._api.edit(talk.chat, asked, f"/ask {other}" if talk.is_group else other)
        return True

    def _press(self, talk: Talk) -> None:
        number = talk.answers[next(reversed(talk.answers))]
        message = self._api.message(talk.chat, number)
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        known = [b["callback_data"] for row in rows for b in row if "callback_data" in b]
        if known:
            self.report.presses += 1
            self._api.press(talk.chat, talk.person, number, self._chance.choice(known))


class Killer(threading.Thread):
    """Kills the program at a moment after each of so many answers, and starts it again."""

    def __init__(
        self, program: Program, report: Report, moments: list[int], chance: random.Random
    ) -> None:
        super().__init__(daemon=True)
        self._program = program
        self._report = report
        self._moments = moments
        self._chance = chance
        self.ended = threading.Event()

    def run(self) -> None:
        for moment in self._moments:
            while self._report.answered < moment and not self.ended.is_set():
                time.sleep(0.01)
            time.sleep(self._chance.uniform(0, 0.2))
            if self.ended.is_set():
                return
            self._program.end(signal.SIGKILL)
            self._report.kills += 1
            seconds = self._program.start()
            self._report.ready_again_seconds = max(seconds, self._report.ready_again_seconds)


def table(rows: Mapping[str, str], width: int) -> str:
    """A line for each name, with its value at the right of a column so wide."""
    return "\n".join(f"{name:<44}{value:>{width}}" for name, value in rows.items())


def ended(report: "Report") -> int:
    """Print what became of it all; the exit status, 1 if a promise is broken."""
    print(report)
    for problem in report.broken:
        print(f"Broken: {problem}")
    for line in report.errors[:5]:
        print(line)
    return 1 if report.broken else 0


def chance(seed: int) -> random.Random:
    """The same course of events for the same seed, as far as the network's timing allows."""
    return random.Random(seed)  # noqa: S311  # no secrets


def soak(  # noqa: PLR0913  # a call reads as a sentence: each is named
    folder: Path,
    *,
    chats: int,
    questions: int,
    kills: int,
    rate: float = RATE,
    seed: int = 1,
    failing: float = 5,
    losing: float = 0,
    latency: float = 0,
    database: str = "",
    begin: Begin = from_nothing,
) -> Report:
    """What becomes of so many questions in so many chats; state and log are in that folder.

    What is kept is in the PostgreSQL database of that address, if there is one. `begin` starts
    a process.
    """
    heard = Heard()
    server = Stormy(heard, chance(seed), failing, losing, latency)
    with server.running():
        program = Program(server.url, folder, heard, database, begin)
        people = People(server, heard, chance(seed + 1), chats, questions, rate)
        report = people.report
        report.ready_seconds = program.start_at_best()
        try:
            time.sleep(SETTLING_SECONDS)
            report.idle_megabytes = program.memory()
            server.is_stormy = True
            moments = [questions * (n + 1) // (kills + 1) for n in range(kills)]
            killer = Killer(program, report, moments, chance(seed + 2))
            begun = time.perf_counter()
            killer.start()
            people.talk_until_all_is_answered()
            report.seconds = time.perf_counter() - begun
            killer.ended.set()
            killer.join()
            server.is_stormy = False
            people.listen_on(SETTLING_SECONDS)
        finally:
            report.status = program.end(signal.SIGTERM)
    report.most_megabytes = program.most_memory
    report.calls, report.failed, report.lost = server.requests, server.failed, server.lost
    report.errors = [x for x in program.log().splitlines() if ERROR in x]
    return report


def main() -> int:
    """Print what became of it; 1 if a promise is broken."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--chats", type=int, default=100)
    parser.add_argument("--questions", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--rate", type=float, default=RATE)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--failing", type=float, default=5, metavar="PERCENT")
    parser.add_argument("--lost", type=float, default=0, metavar="PERCENT")
    parser.add_argument("--latency", type=float, default=0, metavar="MILLISECONDS")
    parser.add_argument("--postgres", action="store_true", help="keep all in PostgreSQL")
    given = parser.parse_args()
    with ExitStack() as opened:
        folder = opened.enter_context(tempfile.TemporaryDirectory())
        server = opened.enter_context(postgres_server.serve()) if given.postgres else None
        report = soak(
            Path(folder),
            database=server.make() if server else "",
            chats=given.chats,
            questions=given.questions,
            kills=given.kills,
            rate=given.rate,
            seed=given.seed,
            failing=given.failing,
            losing=given.lost,
            latency=given.latency / 1000,
        )
    return ended(report)


if __name__ == "__main__":
    sys.exit(main())
