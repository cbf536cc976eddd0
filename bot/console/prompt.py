"""`footnote console`: what is typed becomes what people do in Telegram."""

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import WordCompleter
from prompt_toolkit.history import FileHistory
from rich.console import Console

from bot.console.chats import Chat, Person
from bot.console.drawing import Drawing, span
from bot.console.session import Session
from bot.console.wire import JsonObject
from bot.menu import commands
from bot.wording import phrase, text

PRESS = re.compile(r"#(\d{1,3})")
FOOTNOTE = re.compile(r"\[(\d{1,3})\]")
GROUP = "Group"
YOU = Person(1, "You", "you")


class Prompt:
    """Reads lines, does what they say as a person in a chat, and draws what the bot does."""

    def __init__(self, session: Session, drawing: Drawing, *, in_group: bool) -> None:
        self._session = session
        self._api = session.api
        self._drawing = drawing
        self._person = YOU
        self._people = {YOU.first_name.casefold(): YOU}
        self._chat = (
            self._api.group(GROUP, [YOU], bot=False) if in_group else self._api.private(YOU)
        )
        self._said: JsonObject | None = None
        self._shown: tuple[Chat, JsonObject] | None = None
        self._buttons: list[tuple[Chat, int, str]] = []
        self._cards = 0
        self._own: dict[str, Callable[[str], None]] = {
            "/as": self._speak_as,
            "/edit": self._edit,
            "/reply": self._reply,
            "/inline": self._inline,
        }

    @property
    def name(self) -> str:
        """Who speaks, as the prompt shows it."""
        return "" if self._chat.private else self._person.first_name

    @property
    def words(self) -> list[str]:
        """The commands that can be completed."""
        of_bot = commands("private" if self._chat.private else "groups")
        return [*(f"/{name}" for name in of_bot), *self._own, "/quit"]

    def begin(self) -> None:
        """Open the chat: press Start, or add the bot to the group."""
        self._drawing.note(text("console/hello", group=not self._chat.private))
        if self._chat.private:
            self._said = self._api.say(self._chat, YOU, "/start")
        else:
            self._api.add_bot(self._chat, YOU)
        self._draw()

    def take(self, line: str) -> bool:
        """Do what a line says; False if it says to end."""
        command, _, rest = line.strip().partition(" ")
        if command == "/quit":
            return False
        if line.strip():
            try:
                self._do(line.strip(), command, rest.strip())
            except (ValueError, LookupError) as problem:
                self._drawing.note(phrase("console_refused", problem=str(problem).strip("'\"")))
            self._draw()
        return True

    def _do(self, line: str, command: str, rest: str) -> None:
        if match := PRESS.fullmatch(line):
            self._press(int(match[1]))
        elif match := FOOTNOTE.fullmatch(line):
            self._follow(match[0])
        elif command in self._own:
            self._own[command](rest)
        else:
            self._said = self._api.say(self._chat, self._person, line)

    def _press(self, number: int) -> None:
        """Press a button, or send a card, by its number."""
        if self._cards:
            if not 1 <= number <= self._cards:
                raise ValueError(phrase("console_no_button", count=self._cards))
            self._api.choose(self._person, number - 1, self._chat)
            return
        if not 1 <= number <= len(self._buttons):
            raise ValueError(phrase("console_no_button", count=len(self._buttons)))
        chat, message, callback = self._buttons[number - 1]
        self._api.press(chat, self._person, message, callback)

    def _follow(self, label: str) -> None:
        """Tap the first link of the last message that is written so."""
        message = self._shown[1] if self._shown else {}
        for entity in message.get("entities", ()):
            start, end = span(message["text"], entity)
            if "url" in entity and message["text"][start:end].startswith(label):
                if f"/{self._api.me['username']}?" in entity["url"]:
                    self._api.tap_link(self._person, entity["url"])
                else:
                    self._drawing.note(entity["url"])
                return
        raise ValueError(phrase("console_no_link", label=label))

    def _speak_as(self, name: str) -> None:
        if not name:
            raise ValueError(phrase("console_as"))
        new = Person(100 + len(self._people), name[:64])
        self._person = self._people.setdefault(name.casefold(), new)
        if self._chat.private:
            self._chat = self._api.private(self._person)

    def _edit(self, words: str) -> None:
        if self._said is None or not words:
            raise ValueError(phrase("console_edit"))
        self._said = self._api.edit(self._chat, self._said["message_id"], words)

    def _reply(self, words: str) -> None:
        if self._shown is None or self._shown[0] is not self._chat or not words:
            raise ValueError(phrase("console_reply"))
        replied = self._shown[1]["message_id"]
        self._said = self._api.say(self._chat, self._person, words, reply_to=replied)

    def _inline(self, words: str) -> None:
        query = self._api.inline(self._person, words)
        self._draw()
        answer = self._api.inline_answers.get(query, {"results": [], "button": None})
        self._cards, self._buttons = len(answer["results"]), []
        for number, card in enumerate(answer["results"], start=1):
            self._drawing.card(number, card)
        if answer["button"]:
            self._drawing.note(answer["button"]["text"])

    def _draw(self) -> None:
        heard = self._session.deliver()
        for chat, message in heard.messages:
            buttons = list(_callbacks(message))
            self._cards = 0
            self._buttons = [(chat, message["message_id"], data) for _, data in buttons]
            self._shown = chat, message
            place = "" if chat is self._chat else f" {phrase('console_elsewhere')}"
            self._drawing.message(message, place, [label for label, _ in buttons])
        for notice in heard.notices:
            self._drawing.notice(notice)


def _callbacks(message: JsonObject) -> Iterator[tuple[str, str]]:
    for row in message.get("reply_markup", {}).get("inline_keyboard", ()):
        for button in row:
            yield button["text"], button["callback_data"]


def converse(session: Session, history: Path, *, in_group: bool) -> None:
    """Talk with a person at the terminal until the end of input, `/quit` or Ctrl-C."""
    prompt = Prompt(session, Drawing(Console(highlight=False)), in_group=in_group)
    prompt.begin()
    with suppress(OSError):
        history.parent.mkdir(parents=True, exist_ok=True)
    reader: PromptSession[str] = PromptSession(
        history=FileHistory(str(history)) if history.parent.is_dir() else None,
        completer=WordCompleter(lambda: prompt.words, sentence=True),
    )
    with suppress(EOFError, KeyboardInterrupt):
        while prompt.take(reader.prompt(f"{prompt.name}> ")):
            pass


def replay(session: Session, lines: Iterable[str], *, in_group: bool) -> None:
    """Do what the lines say and print the conversation plainly."""
    plain = Console(file=sys.stdout, color_system=None, highlight=False, width=88)
    drawing = Drawing(plain)
    prompt = Prompt(session, drawing, in_group=in_group)
    prompt.begin()
    for line in lines:
        if line.strip():
            drawing.echo(f"{prompt.name} {line.strip()}".strip())
            if not prompt.take(line):
                return
