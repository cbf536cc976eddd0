"""Retention: purges the answers and updates that are older than FOOTNOTE_KEEP_DAYS."""

from bot.storage.answer_store import AnswerStore
from bot.storage.update_store import DEDUPLICATED_SECONDS, UpdateStore

A_DAY = 24 * 3600


def forget_expired(answers: AnswerStore, updates: UpdateStore, keep_days: int, now: float) -> None:
    """Delete what is older than `keep_days`; `now` is in seconds of the epoch.

    Updates that are done go sooner, as soon as Telegram cannot send them again.
    """
    kept_since = now - keep_days * A_DAY
    answers.forget_before(kept_since, now + A_DAY)
    updates.forget_before(now - DEDUPLICATED_SECONDS, kept_since)
