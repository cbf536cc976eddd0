"""`footnote console`: what is typed becomes what people do in Telegram."""

import re
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import WordCompleter
from prompt_toolkit.history import FileHistory
from rich.console import Console

from bot.composing.wording import FIRST_LANGUAGE, catalogue_language, phrase, speaking, text
from bot.console.drawing import Drawing, span
from bot.console.session import Session
from bot.console.world.call_values import JsonObject, Upload
from bot.console.world.chats import Chat, Person
from bot.handlers.command_menu import commands
from bot.rendering.telegram.text_length import cut
from bot.storage.data_folder.permissions import create_private, make_private

PRESS = re.compile(r"#\s*(\d{1,6})")
FOOTNOTE = re.compile(r"\[\s*(\d{1,3})\s*\]")
LONGEST_ECHO = 200
GROUP = "Group"
YOU = Person(1, "You", "you")


class Prompt:
    """Reads lines, does what they say as a person in a chat, and draws what the bot does."""

    def __init__(
        self, session: Session, drawing: Drawing, *, in_group: bool, language: str
    ) -> None:
        you = replace(YOU, language_code=language)
        self._language = catalogue_language(language) or FIRST_LANGUAGE
        self._session = session
        self._api = session.api
        self._drawing = drawing
        self._person = self._you = you
        self._people = {you.first_name.casefold(): you}
        self._chat = (
            self._api.group(GROUP, [you], bot=False) if in_group else self._api.private(you)
        )
        self._said: JsonObject | None = None
        self._shown: list[tuple[Chat, int]] = []
        self._buttons = Numbered()
        self._own: dict[str, Callable[[str], None]] = {
            "/as": self._speak_as,
            "/edit": self._edit,
            "/reply": self._reply,
            "/inline": self._inline,
            "/attach": self._attach,
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
        username = self._api.me["username"]
        with speaking(self._language):
            said = text("console/hello", group=not self._chat.private, username=username)
        self._drawing.note(said)
        if self._chat.private:
            self._said = self._api.say(self._chat, self._you, "/start")
        else:
            self._api.add_bot(self._chat, self._you)
        with speaking(self._language):
            self._draw()

    def take(self, line: str) -> bool:
        """Do what a line says; False if it says to end."""
        command, _, rest = line.strip().partition(" ")
        if command.casefold() == "/quit":
            return False
        if line.strip():
            with speaking(self._language):
                try:
                    self._do(line.strip(), command.casefold(), rest.strip())
                except ValueError as problem:
                    self._drawing.note(phrase("console_refused", problem=problem))
                self._draw()
        return True

    def _do(self, line: str, command: str, rest: str) -> None:
        if match := PRESS.fullmatch(line):
            self._press(int(match[1]))
        elif match := FOOTNOTE.fullmatch(line):
            self._follow(f"[{match[1]}]")
        elif command in self._own:
            self._own[command](rest)
        else:
            self._said = self._api.say(self._chat, self._person, line)

    def _press(self, number: int) -> None:
        """Press a button, or send a card, by its number."""
        pressed = self._buttons.of(number)
        if pressed is None:
            count = self._buttons.count
            raise ValueError(phrase("console_no_button", number=number, count=count))
        chat, message, data = pressed
        if chat is not None:
            self._api.press(chat, self._person, message, data)
            return
        sent = self._api.choose(self._person, message, self._chat)
        self._shown.append((self._chat, sent["message_id"]))
        via = phrase("console_via", name=self._api.me["first_name"])
        self._drawing.message(sent, f" {via}", [])

    def _follow(self, label: str) -> None:
        """Tap the last link that is written so."""
        for chat, number in reversed(self._shown):
            message = chat.messages.get(number, {})
            for entity in message.get("entities", ()):
                start, end = span(message["text"], entity)
                if "url" in entity and message["text"][start:end].startswith(label):
                    self._open(entity["url"])
                    return
        raise ValueError(phrase("console_no_link", label=label))

    def _open(self, url: str) -> None:
        if f"/{self._api.me['username']}?" in url:
            self._api.tap_link(self._person, url)
        else:
            self._drawing.note(url)

    def _speak_as(self, name: str) -> None:
        if self._chat.private:
            raise ValueError(phrase("console_as_in_group"))
        if not name:
            raise ValueError(phrase("console_as"))
        new = Person(100 + len(self._people), name[:64])
        self._person = self._people.setdefault(name.casefold(), new)
        self._said = None

    def _edit(self, words: str) -> None:
        if self._said is None or not words:
            raise ValueError(phrase("console_edit"))
        self._said = self._api.edit(self._chat, self._said["message_id"], words)

    def _reply(self, words: str) -> None:
        if not words:
            raise ValueError(phrase("console_reply"))
        last = max(self._chat.messages)
        self._said = self._api.say(self._chat, self._person, words, reply_to=last)

    def _attach(self, words: str) -> None:
        """Send a file of this machine."""
        path = Path(words).expanduser()
        try:
            content = path.read_bytes()
        except (OSError, ValueError) as error:
            raise ValueError(phrase("console_attach", name=words)) from error
        upload = Upload(path.name, content)
        self._said = self._api.send_file(self._chat, self._person, upload)

    def _inline(self, words: str) -> None:
        query = self._api.inline(self._person, words)
        self._draw()
        answer = self._api.inline_answers.get(query, {"results": [], "button": None})
        for number, card in enumerate(answer["results"]):
            self._drawing.card(self._buttons.add(None, number, ""), card)
        if answer["button"]:
            self._drawing.note(answer["button"]["text"])

    def _draw(self) -> None:
        heard = self._session.deliver()
        for chat, message in heard.messages:
            self._shown.append((chat, message["message_id"]))
            place = "" if chat is self._chat else f" {phrase('console_elsewhere')}"
            shown = self._with_file(message)
            self._drawing.message(shown, place, self._buttons.under(chat, message))
        for notice in heard.notices:
            self._drawing.notice(notice)

    def _with_file(self, message: JsonObject) -> JsonObject:
        """The message; a file that it holds is saved, and where is its text."""
        if "document" not in message:
            return message
        document = message["document"]
        path = Path(mkdtemp(prefix="footnote-"), document["file_name"])
        path.write_bytes(self._api.file(document["file_id"]).content)
        return {**message, "text": phrase("console_document", path=path), "entities": []}


class Numbered:
    """The buttons and cards that were drawn, each with a number that stays."""

    def __init__(self) -> None:
        self._all: list[tuple[Chat | None, int, str]] = []

    @property
    def count(self) -> int:
        """The highest number."""
        return len(self._all)

    def of(self, number: int) -> tuple[Chat | None, int, str] | None:
        """Chat, message and callback data of a button; no chat and the place of a card."""
        return self._all[number - 1] if 1 <= number <= len(self._all) else None

    def add(self, chat: Chat | None, message: int, data: str) -> int:
        """The number of a button or card: a new one, unless that has one."""
        button = chat, message, data
        if chat is None or button not in self._all:
            self._all.append(button)
            return len(self._all)
        return self._all.index(button) + 1

    def under(self, chat: Chat, message: JsonObject) -> list[list[str]]:
        """The labels of a message's rows of buttons, numbered."""
        rows = message.get("reply_markup", {}).get("inline_keyboard", ())
        number = message["message_id"]
        return [
            [f"#{self.add(chat, number, b['callback_data'])} {b['text']}" for b in row]
            for row in rows
        ]


def converse(session: Session, history: Path, *, in_group: bool, language: str) -> None:
    """Talk with a person at the terminal until the end of input, `/quit` or Ctrl-C."""
    drawing = Drawing(Console(highlight=False))
    prompt = Prompt(session, drawing, in_group=in_group, language=language)
    prompt.begin()
    with suppress(OSError):
        make_private(history.parent)
        create_private(history)
    reader: PromptSession[str] = PromptSession(
        history=FileHistory(str(history)) if history.parent.is_dir() else None,
        completer=WordCompleter(lambda: prompt.words, sentence=True),
    )
    with suppress(EOFError, KeyboardInterrupt):
        while prompt.take(reader.prompt(f"{prompt.name}> ")):
            pass


def replay(session: Session, lines: Iterable[str], *, in_group: bool, language: str) -> None:
    """Do what the lines say and print the conversation plainly."""
    plain = Console(file=sys.stdout, color_system=None, highlight=False, width=88)
    drawing = Drawing(plain)
    prompt = Prompt(session, drawing, in_group=in_group, language=language)
    prompt.begin()
    for line in lines:
        if line.strip():
            drawing.echo(cut(f"{prompt.name} {line.strip()}".strip(), LONGEST_ECHO))
            if not prompt.take(line):
                return
