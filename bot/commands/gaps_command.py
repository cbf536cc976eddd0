"""`footnote gaps`: prints which questions the articles leave open."""

import time
from datetime import UTC, datetime

from bot.composing.pipeline import Pipeline
from bot.composing.printable import printable
from bot.handlers.conversation.gap_report import Gap, GapReport, GapReporter, gaps_text
from bot.http.json_object import JsonObject
from bot.rendering.json_output import json_line
from bot.settings.settings import Settings
from bot.storage.database.engine import look


def print_gaps(pipeline: Pipeline, settings: Settings, days: int, *, as_json: bool) -> None:
    """Print what was left open in the last days, as text or as one JSON object.

    Raises StorageError or AddressError if what is kept cannot be read.
    """
    with look(settings.data, settings.database_url) as connection:
        report = GapReporter(pipeline).report(connection, time.time(), days)
    if as_json:
        print(json_line(_report_object(report)))
    else:
        print(printable(gaps_text(report, len(report.gaps))))


def _report_object(report: GapReport) -> JsonObject:
    gaps = [_gap_object(gap) for gap in report.gaps]
    return {"days": report.days, "asked": report.asked, "gaps": gaps}


def _gap_object(gap: Gap) -> JsonObject:
    closest = {"title": gap.title, "heading": gap.heading} if gap.title else None
    return {
        "question": gap.question,
        "count": gap.count,
        "unanswered": gap.unanswered,
        "unhelpful": gap.unhelpful,
        "told": gap.told,
        "last": datetime.fromtimestamp(gap.last_at, UTC).isoformat(timespec="seconds"),
        "closest": closest,
    }
