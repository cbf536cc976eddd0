"""python-telegram-bot meets the played Bot API in process."""

import asyncio

import pytest
from telegram import Bot, Update
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter

from bot.console.bot_api.transport import ConsoleRequest
from bot.console.world.refusals import too_many_requests


def play(api, token=None):
    """A bot whose every request is played; for one coroutine."""
    request = ConsoleRequest(api)
    assert request.read_timeout is None
    return Bot(token or api.token, request=request, get_updates_request=ConsoleRequest(api))


def run(api, conversation):
    async def main():
        async with play(api) as bot:
            return await conversation(bot)

    return asyncio.run(main())


def test_refusals_arrive_as_errors(api, chat, ann, bob, monkeypatch):
    """Each as its own kind."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")

    async def conversation(bot):
        with pytest.raises(BadRequest, match="Message text is empty"):
            await bot.send_message(1, "")
        api.block(ann)
        with pytest.raises(Forbidden, match="bot was blocked by the user"):
            await bot.send_message(1, "Hi")
        group = api.group("Bees", [bob], supergroup=False)
        new = api.migrate(group)
        with pytest.raises(ChatMigrated) as migrated:
            await bot.send_message(group.id, "Hi")
        assert migrated.value.new_chat_id == new.id
        api.refuse_next(too_many_requests(7))
        with pytest.raises(RetryAfter) as limited:
            await bot.send_message(new.id, "Hi")
        return limited.value.retry_after

    assert run(api, conversation).seconds == 7


def test_a_wrong_token_is_refused(api):
    """As unauthorized."""

    async def main():
        with pytest.raises(InvalidToken):
            await play(api, "2:other").initialize()

    asyncio.run(main())


def test_every_update_and_answer_is_read(api, ann, bob):
    """Nothing that the library needs is missing in chats, members and updates."""

    async def conversation(bot):
        forum = api.group("Bees", [ann], forum=True, administrators=[bob], bot=False)
        api.add_bot(forum, ann)
        topic = api.open_topic(forum, "Honey")
        api.say(forum, ann, "Hello", topic=topic)
        api.close_topic(forum, topic)
        for change in (api.mute_bot, api.unmute_bot, api.promote_bot, api.remove_bot):
            await bot.get_chat_member(forum.id, bot.id)
            change(forum, ann)
        chat = api.private(ann)
        api.tap_link(ann, "t.me/footnote_bot?start=a")
        api.press(chat, ann, 99, "gone")
        api.edit(chat, api.messages(chat)[0]["message_id"], "Hi")
        api.block(ann)
        api.migrate(api.group("Wasps", [bob], supergroup=False))
        assert (await bot.get_webhook_info()).pending_update_count == len(api.updates)
        return [Update.de_json(update, bot) for update in api.take_updates()]

    updates = run(api, conversation)
    assert all(update.effective_chat or update.callback_query for update in updates)
    assert len(updates) == 16
