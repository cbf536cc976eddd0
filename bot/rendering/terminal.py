"""Answers and briefings on a terminal, set by rich."""

from collections.abc import Iterable, Sequence

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.composing.answer_composer import Answer, Citation, footnote_lines, footnote_place
from bot.composing.briefing_composer import CitedPoint, WordedBriefing
from bot.composing.printable import printable
from retrieval.articles import Paragraph

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
        console.print(_notes(answer.notes), width=width)


def show_briefing(worded: WordedBriefing, console: Console) -> None:
    """Print a briefing: title, points under their headings, footnotes, notes."""
    width = min(console.width, WIDEST)
    console.print(Text(printable(worded.title), style="bold"), width=width)
    console.print(Text(printable(worded.lead)), width=width)
    for section in worded.sections:
        console.print()
        if section.heading:
            console.print(Text(printable(section.heading), style="bold cyan"), width=width)
        console.print(_points(section.points), width=width)
    if not worded.sections:
        console.print(_points_of(heading for heading, _ in worded.near), width=width)
    for article, places in worded.footnotes:
        console.print()
        console.print(Text(printable(article.title), style="dim"), width=width)
        console.print(_places(places), width=width)
    if worded.notes:
        console.print(_notes(worded.notes), width=width)


def _points(points: Iterable[CitedPoint]) -> RenderableType:
    texts = []
    for point in points:
        text = Text(printable(point.citation.opening))
        text.append(_marked(point))
        text.append(" ")
        text.append("".join(f"[{c.number}]" for c in point.citations), style="cyan")
        texts.append(text)
    return _points_of(texts)


def _marked(point: CitedPoint) -> Text:
    """The quote, with the words in bold by which it differs from another one."""
    text, said, done = Text(), point.citation.quote.text, 0
    for span in point.marked:
        text.append(printable(said[done : span.start]))
        text.append(printable(said[span.start : span.end]), style="bold")
        done = span.end
    return text.append(printable(said[done:]))


def _points_of(texts: Iterable[Text | str]) -> RenderableType:
    table = Table.grid(padding=(0, 1))
    for text in texts:
        table.add_row(
            Text("•", style="cyan"), text if isinstance(text, Text) else Text(printable(text))
        )
    return table


def _places(places: Iterable[tuple[Paragraph, Sequence[Citation]]]) -> RenderableType:
    table = Table.grid(padding=(0, 1))
    for paragraph, citations in places:
        numbers = "".join(f"[{citation.number}]" for citation in citations)
        place = Text(printable(footnote_place(paragraph)), style="dim")
        table.add_row(Text(numbers, style="cyan"), place)
    return table


def _notes(notes: Sequence[str]) -> RenderableType:
    texts = Group(*(Text(printable(note), style="italic dim") for note in notes))
    return Padding(texts, (1, 0, 0, 0))


def _lead(answer: Answer) -> RenderableType:
    return Text(printable(answer.lead), style="bold" if answer.quotes else "")


def _quote(citation: Citation) -> Text:
    """The quote with its footnote's number at the end."""
    text = Text(printable(citation.text))
    text.append(f" [{citation.number}]", style="cyan")
    return text


def _footnotes(answer: Answer) -> RenderableType:
    table = Table.grid(padding=(0, 1))
    table.add_column(style="cyan", no_wrap=True)
    table.add_column(style="dim")
    for citations, footnote in footnote_lines(answer.shown):
        numbers = "".join(f"[{citation.number}]" for citation in citations)
        table.add_row(Text(numbers), _footnote(citations[0], footnote))
    return table


def _footnote(citation: Citation, footnote: str) -> Text:
    text = Text(printable(footnote))
    if citation.article.url:
        text.stylize(f"link {citation.article.url}")
    return text
