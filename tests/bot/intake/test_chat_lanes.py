"""Updates of one chat wait for each other, those of different chats do not."""

import asyncio

from telegram import Update

from bot.intake.chat_lanes import MOST_AT_ONCE_IN_CHAT, ChatLanes


def update(number, chat, topic=None):
    message = {"message_id": number, "date": 0, "chat": {"id": chat, "type": "supergroup"}}
    if topic:
        message |= {"message_thread_id": topic, "is_topic_message": True}
    return Update.de_json({"update_id": number, "message": message}, None)


def run(updates, handle, seconds=5.0):
    async def drive():
        dispatcher = ChatLanes(handle)
        for one in updates:
            dispatcher.submit(one)
        return await dispatcher.finish(seconds)

    return asyncio.run(drive())


def test_one_chat_and_topic_are_handled_in_order():
    """However long each takes."""
    done = []

    async def handle(one):
        await asyncio.sleep(0.02 / one.update_id)
        done.append(one.update_id)

    assert run([update(n, -1) for n in range(1, 9)], handle) == 0
    assert done == list(range(1, 9))


def test_a_slow_chat_holds_no_other_back():
    """Nor another topic of the same chat."""
    done = []
    release = asyncio.Event()

    async def handle(one):
        if one.update_id == 1:
            await release.wait()
        done.append(one.update_id)
        if len(done) == 3:
            release.set()

    assert run([update(1, -1), update(2, -1), update(3, -2), update(4, -1, 9), update(5, -2)],
               handle) == 0  # fmt: skip
    assert set(done[:3]) == {3, 4, 5}
    assert done[3:] == [1, 2]


def test_a_slow_forum_holds_no_other_back():
    """However many topics it has; of those some are handled side by side."""
    begun = []

    async def handle(one):
        begun.append(one.message.chat.id)
        if one.message.chat.id == -1:
            await asyncio.Event().wait()

    forum = [update(n, -1, n) for n in range(1, 1000)]
    assert run([*forum, update(1000, -2)], handle, 0.5) == len(forum)
    assert begun == [-1] * MOST_AT_ONCE_IN_CHAT + [-2]


def test_what_is_not_finished_in_time_is_counted():
    """The one that hangs and the one behind it."""

    async def handle(_):
        await asyncio.sleep(5)

    assert run([update(1, -1), update(2, -1)], handle, seconds=0.05) == 2
