"""Checks of the processes that share a bot."""

from sqlalchemy import inspect

from bot.commands.doctor.findings import Finding, doubtful, well, wrong
from bot.settings.settings import Settings
from bot.storage.database.engine import look

NONE = doubtful("none runs", "start `footnote telegram`")


def processes(settings: Settings) -> Finding:
    """Which processes share the bot, and does one lead?"""
    if not settings.shared:
        return well("one at a time")
    if not settings.database_url:
        return wrong("processes share a database, and none is named", "set FOOTNOTE_DATABASE_URL")
    return _found(settings)


def _found(settings: Settings) -> Finding:
    from bot.cluster.roster import roster  # it needs the driver of PostgreSQL

    with look(settings.data, settings.database_url) as connection:
        if connection is None or not inspect(connection).has_table("workers"):
            return NONE
        found = roster(connection)
    living = [one for one in found.members if one.lives]
    if not living:
        return NONE
    leaders = [one.name for one in living if one.leads]
    chats = sum(one.lanes for one in living)
    said = f"{len(living)} run, with {chats} chats in hand; {', '.join(leaders) or 'none'} leads"
    if found.unclaimed:
        return doubtful(f"{said}; {found.unclaimed} chats wait for one", "look into their logs")
    return well(said) if leaders else doubtful(said, "look into their logs if it stays so")
