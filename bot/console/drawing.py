"""Messages drawn on a terminal: their entities and buttons."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from bot.composing.printable import printable
from bot.composing.wording import phrase
from bot.console.world.call_values import JsonObject

WIDEST = 96
BAR = "▌ "
GAP = "   "
QUOTES = ("blockquote", "expandable_blockquote")
STYLES = {
    "bold": "bold",
    "italic": "italic",
    "underline": "underline",
    "text_link": "cyan",
    "bot_command": "cyan",
}


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a message's text; `quoted` is a block quotation with what stands behind it."""

    text: Text
    quoted: bool


class Drawing:
    """Draws on a console, no wider than can be read."""

    def __init__(self, console: Console) -> None:
        self._console = console

    @property
    def _width(self) -> int:
        return min(self._console.width, WIDEST)

    def message(self, message: JsonObject, place: str, buttons: Sequence[Sequence[str]]) -> None:
        """Draw a message with its rows of buttons; `place` says where it is, if not here."""
        edited = f", {phrase('console_edited')}" if "edit_date" in message else ""
        self._print(Text(f"{message['from']['first_name']}{place}{edited}", style="bold green"))
        shown = message if self._console.color_system else starred(message)
        for number, part in enumerate(parts(shown)):
            if number:
                self._console.print()
            self._part(part)
        for row in buttons:
            for line in _lines(row, self._width):
                self._print(Text(line, style="yellow"))
        self._console.print()

    def card(self, number: int, card: JsonObject) -> None:
        """Draw a card of an inline answer."""
        self._print(Text(f"#{number} {printable(card['title'])}", style="yellow"))
        self._print(Text(f"   {printable(card.get('description', ''))}", style="dim"))

    def notice(self, text: str) -> None:
        """Draw what pops up over the chat."""
        self._print(Text(f"( {printable(text)} )", style="magenta"))

    def note(self, text: str) -> None:
        """Draw what is said by the console itself."""
        self._print(Text(printable(text), style="dim"))

    def echo(self, text: str) -> None:
        """Repeat what was typed."""
        self._print(Text(f"> {printable(text)}"))

    def _part(self, part: Part) -> None:
        if not part.quoted:
            self._print(part.text)
            return
        for line in part.text.wrap(self._console, max(1, self._width - len(BAR))):
            self._print(Text.assemble((BAR, "cyan"), line))

    def _print(self, text: Text) -> None:
        self._console.print(text, width=self._width, soft_wrap=False)


def _lines(labels: Sequence[str], width: int) -> list[str]:
    """The labels side by side, in as many lines as they need."""
    lines: list[str] = []
    for label in labels:
        if lines and cell_len(lines[-1]) + len(GAP) + cell_len(label) <= width:
            lines[-1] += GAP + label
        else:
            lines.append(label)
    return lines


def parts(message: JsonObject) -> Iterator[Part]:
    """The message in pieces: plain ones, and block quotations to the end of their line."""
    text = _styled(message)
    done = 0
    for entity in message.get("entities", ()):
        if entity["type"] not in QUOTES:
            continue
        start, end = span(message["text"], entity)
        line_end = message["text"].find("\n", end)
        end = len(text) if line_end < 0 else line_end
        if before := text[done:start].plain.strip("\n"):
            yield Part(_trimmed(text[done:start], before), quoted=False)
        yield Part(text[start:end], quoted=True)
        done = end
    if rest := text[done:].plain.strip("\n"):
        yield Part(_trimmed(text[done:], rest), quoted=False)


def starred(message: JsonObject) -> JsonObject:
    """The message with stars around what is bold, for a console that shows no styles."""
    text: str = message["text"]
    bold = [span(text, e) for e in message.get("entities", ()) if e["type"] == "bold"]
    if not bold:
        return message
    for place in sorted((place for pair in bold for place in pair), reverse=True):
        text = f"{text[:place]}*{text[place:]}"
    return {**message, "text": text, "entities": []}


def span(text: str, entity: JsonObject) -> tuple[int, int]:
    """Where an entity begins and ends, in code points instead of UTF-16 units."""
    units = text.encode("utf-16-le")
    start = entity["offset"] * 2
    end = start + entity["length"] * 2
    before = len(units[:start].decode("utf-16-le"))
    return before, before + len(units[start:end].decode("utf-16-le"))


def _styled(message: JsonObject) -> Text:
    shown = "".join(char if printable(char) else " " for char in message["text"])
    text = Text(shown)
    for entity in message.get("entities", ()):
        style = STYLES.get(entity["type"])
        if style:
            link = f" link {entity['url']}" if "url" in entity else ""
            text.stylize(style + link, *span(message["text"], entity))
    return text


def _trimmed(text: Text, wanted: str) -> Text:
    """The text without the empty lines at its ends."""
    start = text.plain.index(wanted)
    return text[start : start + len(wanted)]
