"""`footnote doctor`: prints the findings as they are made, or as JSON."""

import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.commands.doctor.checkup import check_up
from bot.commands.doctor.findings import Finding, Status
from bot.composing.printable import printable
from bot.monitoring import logs
from bot.rendering.json_output import json_line
from bot.settings.settings import find_settings

MARKS = {Status.OK: ("✓", "green"), Status.WARNING: ("!", "yellow"), Status.FAILURE: ("✗", "red")}
NAME_WIDTH = 17
EXITS = {Status.OK: 0, Status.WARNING: 1, Status.FAILURE: 2}


def print_checkup(folder: Path | None, *, as_json: bool) -> Status:
    """Check all and print what is found; returns how the worst of it stands.

    No secret is printed, wherever it comes from.
    """
    settings = find_settings().settings
    logs.set_up("ERROR", settings.secrets)
    hidden = logs.forms(settings.secrets)
    console = Console(highlight=False)
    found: dict[str, Finding] = {}
    for name, finding in check_up(folder):
        said, remedy = (_clean(text, hidden) for text in (finding.said, finding.remedy))
        found[name] = replace(finding, said=said, remedy=remedy)
        if not as_json:
            _show(name, found[name], console)
    counts = Counter(finding.status for finding in found.values())
    worst = next(status for status in reversed(Status) if counts[status])
    if as_json:
        is_well = worst == Status.OK
        print(json_line({"well": is_well, "checks": [_object(n, f) for n, f in found.items()]}))
    else:
        print(_summary(counts))
    return worst


def _clean(text: str, hidden: tuple[str, ...]) -> str:
    return printable(logs.redact(" ".join(text.split()), hidden))


def _object(name: str, finding: Finding) -> dict[str, object]:
    return {
        "name": name,
        "status": finding.status.value,
        "finding": finding.said,
        "remedy": finding.remedy,
    }


def _show(name: str, finding: Finding, console: Console) -> None:
    """Set in columns on a terminal, a line each where it is piped."""
    if not sys.stdout.isatty():
        remedy = f" -> {finding.remedy}" if finding.remedy else ""
        print(f"{finding.status.value:<7}  {name}: {finding.said}{remedy}", flush=True)
        return
    mark, colour = MARKS[finding.status]
    text = Text(finding.said)
    if finding.remedy:
        text.append(f"\n→ {finding.remedy}", style="bold")
    table = Table.grid(padding=(0, 1))
    table.add_column(width=1)
    table.add_column(width=NAME_WIDTH)
    table.add_row(Text(mark, style=colour), Text(name), text)
    console.print(table)


def _summary(counts: Counter[Status]) -> str:
    failures, warnings = counts[Status.FAILURE], counts[Status.WARNING]
    if not failures and not warnings:
        return "All is well."
    parts = [
        f"{failures} failed" if failures else "",
        f"{warnings} to look at" if warnings else "",
    ]
    return f"{', '.join(filter(None, parts))}."
