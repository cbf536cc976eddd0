"""Groups, supergroups, forums and threads, and how the bot stands in them."""

import pytest

from bot.console.bot_api.api import BotApi
from bot.console.world.chats import Person
from bot.console.world.refusals import Refusal


def statuses(api):
    return [
        (update["my_chat_member"]["old_chat_member"]["status"],
         update["my_chat_member"]["new_chat_member"]["status"])
        for update in api.take_updates()
        if "my_chat_member" in update
    ]  # fmt: skip


def test_the_bot_is_added_to_a_group(api, ann):
    """It hears that it is a member, then the service message; before that, nothing."""
    group = api.group("Bees", [ann], bot=False)
    api.say(group, ann, "Is it here?")
    note = api.add_bot(group, ann)
    member, message = api.take_updates()
    assert member["my_chat_member"]["new_chat_member"] == {"user": api.bot, "status": "member"}
    assert message["message"] == note
    assert note["new_chat_members"] == [api.bot]


@pytest.mark.parametrize(("supergroup", "kind"), [(True, "supergroup"), (False, "group")])
def test_the_bot_is_removed_from_a_group(api, ann, refused, supergroup, kind):
    """Then it hears nothing more and may not write."""
    group = api.group("Bees", [ann], supergroup=supergroup)
    assert group.fields["type"] == kind
    api.remove_bot(group, ann)
    api.say(group, ann, "/ask")
    member, message = api.take_updates()
    assert member["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    assert message["message"]["left_chat_member"] == api.bot
    sent = refused("sendMessage", chat_id=group.id, text="Hi")
    assert sent == f"Forbidden: bot was kicked from the {kind} chat"


def test_the_bot_leaves_a_group(api, group, chat, refused):
    """Only groups can be left."""
    assert api.call("leaveChat", {"chat_id": group.id}) is True
    assert statuses(api) == [("member", "left")]
    assert refused("getChatMember", chat_id=group.id, user_id=1) == (
        "Forbidden: bot is not a member of the supergroup chat"
    )
    sent = refused("leaveChat", chat_id=1)
    assert sent == "Bad Request: chat member status can't be changed in private chats"


def test_a_muted_bot_may_not_write(api, group, ann, refused):
    """Nor send files; it may edit what it wrote."""
    own = api.call("sendMessage", {"chat_id": group.id, "text": "Hi"})["message_id"]
    api.mute_bot(group, ann)
    sent = refused("sendMessage", chat_id=group.id, text="Hi")
    assert sent == "Bad Request: not enough rights to send text messages to the chat"
    assert api.call("editMessageText", {"chat_id": group.id, "message_id": own, "text": "Ho"})
    api.unmute_bot(group, ann)
    assert api.call("sendMessage", {"chat_id": group.id, "text": "Hi"})
    assert statuses(api) == [("member", "restricted"), ("restricted", "member")]


def test_in_a_plain_group_all_are_muted_at_once(api, ann, refused):
    """No update tells of it."""
    group = api.group("Bees", [ann], supergroup=False)
    api.mute_bot(group, ann)
    sent = refused("sendMessage", chat_id=group.id, text="Hi")
    assert sent.startswith("Bad Request: not enough rights")
    api.unmute_bot(group, ann)
    assert api.call("sendMessage", {"chat_id": group.id, "text": "Hi"})
    assert api.take_updates() == []


def test_a_group_becomes_a_supergroup(api, ann, bob):
    """The old one tells where it went, in messages and in refusals."""
    group = api.group("Bees", [ann, bob], supergroup=False)
    new = api.migrate(group)
    old_note, new_note = (update["message"] for update in api.take_updates())
    assert (old_note["chat"]["id"], old_note["migrate_to_chat_id"]) == (group.id, new.id)
    assert (new_note["chat"]["id"], new_note["migrate_from_chat_id"]) == (new.id, group.id)
    with pytest.raises(Refusal) as caught:
        api.call("sendMessage", {"chat_id": group.id, "text": "Hi"})
    assert caught.value.fields["description"] == (
        "Bad Request: group chat was upgraded to a supergroup chat"
    )
    assert caught.value.fields["parameters"] == {"migrate_to_chat_id": new.id}
    assert api.call("sendMessage", {"chat_id": new.id, "text": "Hi"})
    with pytest.raises(ValueError, match="has become"):
        api.say(group, ann, "Hello?")
    for chat in (group, new):
        with pytest.raises(ValueError, match="is no group"):
            api.migrate(chat)


def test_a_reply_in_a_supergroup_stands_in_a_thread(api, group, ann, bob):
    """Of the message that began it; that is no topic."""
    first = api.say(group, ann, "Hello")["message_id"]
    second = api.say(group, bob, "Hi", reply_to=first)
    third = api.say(group, ann, "So?", reply_to=second["message_id"])
    assert second["message_thread_id"] == third["message_thread_id"] == first
    assert "is_topic_message" not in third
    sent = api.call("sendMessage", {"chat_id": group.id, "text": "Hm", "message_thread_id": first})
    assert sent["reply_to_message"]["message_id"] == first


def test_a_plain_group_has_no_threads(api, ann, refused):
    """Nor has a private chat."""
    group = api.group("Bees", [ann], supergroup=False)
    first = api.say(group, ann, "Hello")["message_id"]
    assert "message_thread_id" not in api.say(group, ann, "Hi", reply_to=first)
    sent = refused("sendMessage", chat_id=group.id, text="Hi", message_thread_id=first)
    assert sent == "Bad Request: message thread not found"


def test_a_message_in_a_topic(api, ann):
    """It replies to the message that opened the topic, if to no other."""
    forum = api.group("Bees", [ann], forum=True)
    topic = api.open_topic(forum, "Honey")
    said = api.say(forum, ann, "Hello", topic=topic)
    assert (said["message_thread_id"], said["is_topic_message"]) == (topic, True)
    assert said["reply_to_message"]["forum_topic_created"]["name"] == "Honey"
    reply = {"message_id": said["message_id"]}
    sent = api.call("sendMessage", {"chat_id": forum.id, "text": "Hi", "reply_parameters": reply})
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (topic, True)
    assert sent["reply_to_message"]["text"] == "Hello"
    opened, message = (update["message"] for update in api.take_updates())
    assert (opened["message_id"], message) == (topic, said)


def test_general_has_no_thread_id(api, ann, refused):
    """A message to its id, 1, is refused."""
    forum = api.group("Bees", [ann], forum=True)
    said = api.say(forum, ann, "Hello")
    reply = api.say(forum, ann, "Hi", reply_to=said["message_id"])
    for message in (said, reply):
        assert not {"message_thread_id", "is_topic_message"} & set(message)
    sent = refused("sendMessage", chat_id=forum.id, text="Hi", message_thread_id=1)
    assert sent == "Bad Request: message thread not found"


def test_in_a_closed_topic_only_administrators_write(api, ann, refused):
    """Others are refused, also when they reply there."""
    forum = api.group("Bees", [ann], forum=True)
    topic = api.open_topic(forum, "Honey")
    api.close_topic(forum, topic)
    call = {"chat_id": forum.id, "text": "Hi", "message_thread_id": topic}
    assert refused("sendMessage", **call) == "Bad Request: TOPIC_CLOSED"
    reply = {"message_id": topic}
    sent = refused("sendMessage", chat_id=forum.id, text="Hi", reply_parameters=reply)
    assert sent == "Bad Request: TOPIC_CLOSED"
    api.promote_bot(forum, ann)
    assert api.call("sendMessage", call)
    assert "forum_topic_closed" in api.take_updates()[1]["message"]


def test_topics_are_for_forums(api, group, ann):
    """And messages for topics that there are."""
    with pytest.raises(ValueError, match="is no forum"):
        api.open_topic(group, "Honey")
    with pytest.raises(ValueError, match="no topic 7"):
        api.say(group, ann, "Hello", topic=7)


def test_members_of_a_group(api, group, refused):
    """Its creator, its members, those who are not in it, and the bot."""
    carl = Person(3, "Carl")
    api.private(carl)

    def status(user_id):
        return api.call("getChatMember", {"chat_id": group.id, "user_id": user_id})["status"]

    bot = api.me["id"]
    assert [status(user_id) for user_id in (1, 2, 3, bot)] == [
        "creator", "member", "left", "member",
    ]  # fmt: skip
    sent = refused("getChatMember", chat_id=group.id, user_id=99)
    assert sent == "Bad Request: member not found"


def test_message_ids_count_up_in_a_supergroup_by_itself(api, ann):
    """Private chats and plain groups share theirs."""
    private, plain = api.private(ann), api.group("Bees", [ann], supergroup=False)
    ids = [api.say(chat, ann, "Hi")["message_id"] for chat in (private, plain, private)]
    assert ids == [1, 2, 3]
    one, other = api.group("One", [ann]), api.group("Other", [ann])
    assert [api.say(chat, ann, "Hi")["message_id"] for chat in (one, other, one)] == [2, 2, 3]


def test_privacy_mode_lets_through_what_is_for_the_bot(ann, bob):
    """Commands, replies to it, what is sent by way of it, and service messages."""
    api = BotApi(privacy=True)
    group = api.group("Bees", [ann, bob])
    own = api.call("sendMessage", {"chat_id": group.id, "text": "Hi"})["message_id"]
    other = api.say(group, ann, "Hello @footnote_bot")["message_id"]
    for text, fields in (
        ("/ask why", {}),
        ("/ask@Footnote_Bot why", {}),
        ("/ask@other_bot why", {}),
        ("why /ask", {}),
        ("to the bot", {"reply_to": own}),
        ("to Ann", {"reply_to": other}),
        ("by way of it", {"via_bot": api.bot}),
        ("by way of another", {"via_bot": {"id": 77, "is_bot": True, "first_name": "x"}}),
        (None, {"photo": [], "caption": "/brief"}),
        (None, {"photo": [], "caption": "a photo"}),
        (None, {"new_chat_title": "Wasps"}),
    ):
        api.say(group, bob, text, **fields)
    heard = [update["message"] for update in api.take_updates()]
    assert [message.get("text", message.get("caption")) for message in heard] == [
        "/ask why",
        "/ask@Footnote_Bot why",
        "to the bot",
        "by way of it",
        "/brief",
        None,
    ]
    assert api.me["can_read_all_group_messages"] is False


def test_privacy_mode_is_not_for_administrators_and_private_chats(ann):
    """They hear all."""
    api = BotApi(privacy=True)
    group = api.group("Bees", [ann])
    api.promote_bot(group, ann)
    api.say(group, ann, "Hello")
    api.say(api.private(ann), ann, "Hello")
    assert len(api.take_updates()) == 3
