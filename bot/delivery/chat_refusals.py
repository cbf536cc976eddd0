"""Refusals of Telegram in its own words: what is closed for now, what is gone for good."""

from telegram.error import ChatMigrated, Forbidden

# In the words of the Bot API: what is so for good, of the chat as a whole and of a topic of it.
CHAT_GONE = (
    "bot was kicked", "bot was blocked", "bot is not a member", "initiate conversation",
    "chat not found", "chat was deactivated", "chat was deleted", "user is deactivated",
    "user_is_blocked", "peer_id_invalid",
)  # fmt: skip
THREAD_GONE = ("thread not found", "topic_deleted")
# What a chat may refuse at any time.
UNWRITABLE = (
    *CHAT_GONE, *THREAD_GONE, "not enough rights", "topic_closed", "have no rights",
    "chat_write_forbidden", "need administrator rights", "to edit not found", "can't be edited",
    "message_id_invalid", "chat_send_plain_forbidden", "chat_restricted",
    "chat_guest_send_forbidden", "chat_admin_required", "user_banned_in_channel", "slowmode_wait",
)  # fmt: skip
SAME = "message is not modified"
TOO_OLD = "query is too old"


def is_chat_unwritable(refusal: Exception) -> bool:
    """Whether the chat does not take the message, whatever that says."""
    return isinstance(refusal, Forbidden | ChatMigrated) or _says(refusal, UNWRITABLE)


def is_chat_gone(refusal: Exception) -> bool:
    """Whether nothing can be said in the chat any more."""
    return _says(refusal, CHAT_GONE)


def is_thread_gone(refusal: Exception) -> bool:
    """Whether the forum topic was deleted."""
    return _says(refusal, THREAD_GONE)


def is_unchanged(refusal: Exception) -> bool:
    """Whether a message was not edited because it is as it should be."""
    return _says(refusal, (SAME,))


def is_too_old(refusal: Exception) -> bool:
    """Whether a query waits for its answer no longer: more was typed, or a minute is over."""
    return _says(refusal, (TOO_OLD,))


def _says(refusal: Exception, phrases: tuple[str, ...]) -> bool:
    said = str(refusal).casefold()
    return any(phrase in said for phrase in phrases)
