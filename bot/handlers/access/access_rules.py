"""Access rules: who may use the bot, and how often (rate limits of users), as the settings say."""

from dataclasses import dataclass, field
from typing import Self

from bot.settings.settings import KEEP_DAYS, Settings


@dataclass(frozen=True, slots=True)
class UserLimit:
    """How much of something is done in a minute by a person, and in a group; 0 is any number."""

    what: str
    person: int = 0
    group: int = 0


@dataclass(frozen=True, slots=True)
class AccessRules:
    """What those who run the bot allow; without any settings of theirs, everything.

    `allowed` are the numbers of groups and persons, all if there are none; `admins` are allowed
    anyway and have no limits. Questions in groups that waited longer than `stale_seconds`, if that
    is not 0, get no answer any more.
    """

    allowed: frozenset[int] = frozenset()
    admins: frozenset[int] = frozenset()
    questions: UserLimit = field(default=UserLimit("questions"))
    briefings: UserLimit = field(default=UserLimit("briefings"))
    presses: UserLimit = field(default=UserLimit("presses"))
    searches: UserLimit = field(default=UserLimit("searches"))
    stale_seconds: float = 0
    keep_days: int = KEEP_DAYS

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """The rules that the settings make."""
        return cls(
            allowed=settings.allowed_chats,
            admins=settings.admins,
            questions=UserLimit(
                "questions", settings.questions_a_minute, settings.group_questions_a_minute
            ),
            briefings=UserLimit(
                "briefings", settings.briefings_a_minute, settings.group_briefings_a_minute
            ),
            presses=UserLimit(
                "presses", settings.presses_a_minute, settings.group_presses_a_minute
            ),
            searches=UserLimit("searches", settings.searches_a_minute),
            stale_seconds=60 * settings.stale_after,
            keep_days=settings.keep_days,
        )
