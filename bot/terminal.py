"""How does an answer look on a terminal? Set by rich, no wider than the window."""

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.answer import Answer, Citation
from bot.printable import printable

WIDEST = 96
BAR = "▌ "


def show(answer: Answer, console: Console) -> None:
    """Print the answer: lead, quotes with a bar, footnotes, notes."""
    width = min(console.width, WIDEST)
    console.print(_lead(answer), width=width)
    for citation in answer.shown:
        console.print()
        for line in _quote(citation).wrap(console, max(1, width - len(BAR))):
            console.print(Text.assemble((BAR, "cyan"), line), width=width)
    if answer.shown:
        console.print(Padding(_footnotes(answer), (1, 0, 0, 0)), width=width)
    if answer.notes:
        notes = Group(*(Text(printable(note), style="italic dim") for note in answer.notes))
        console.print(Padding(notes, (1, 0, 0, 0)), width=width)


def _lead(answer: Answer) -> RenderableType:
    return Text(printable(answer.lead), style="bold" if answer.quotes else "")


def _quote(citation: Citation) -> Text:
    """The quote with its footnote's number at the end."""
    text = Text(printable(citation.quote.text))
    text.append(f" [{citation.number}]", style="cyan")
    return text


def _footnotes(answer: Answer) -> RenderableType:
    table = Table.grid(padding=(0, 1))
    table.add_column(style="cyan", no_wrap=True)
    table.add_column(style="dim")
    for citation in answer.shown:
        table.add_row(Text(f"[{citation.number}]"), _footnote(citation))
    return table


def _footnote(citation: Citation) -> Text:
    text = Text(printable(citation.footnote))
    if citation.article.url:
        text.stylize(f"link {citation.article.url}")
    return text
