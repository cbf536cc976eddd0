"""Somebody wants to be forgotten."""

import pytest
from conversations import ADA, BEN

from bot.storage.database.tables import metadata
from bot.storage.update_store import UpdateStore

FILES = "footnote.sqlite3*"


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def kind(request):
    return request.param


@pytest.fixture
def kept(tmp_path, url, request):
    """All that is kept: what is in the files, or in the tables of a server."""

    def read():
        if url:
            server = request.getfixturevalue("postgres")
            tables = [table.name for table in metadata.sorted_tables]
            rows = [server.do(f"SELECT t::text FROM {name} t", url) for name in tables]  # noqa: S608
            return str(rows).encode()
        return b"".join(path.read_bytes() for path in (tmp_path / "state").glob(FILES))

    return read


def test_who_is_forgotten_leaves_no_word(talk, kept):
    """Nor a button that works; it is said what was deleted."""
    answer = talk("What is BRICS in Zanzibar?")
    talk("Why does Russia need China?")
    talk.press(answer, "👎" if "👎" in answer.buttons else answer.buttons[0])
    assert b"Zanzibar" in kept()
    assert "2 questions with their answers" in talk("/forget").text
    assert b"Zanzibar" not in kept()
    talk.press(answer, answer.buttons[0])
    assert talk.notices == ("This answer has expired. Please ask again.",)
    assert "Read as a follow-up" not in talk("and why?").text


def test_who_has_nothing_kept_is_told_so(talk):
    """In one line."""
    assert talk("/forget").text.startswith("I keep nothing about you")


def test_others_are_not_forgotten(group):
    """But what they asked further no longer says what that was."""
    answer = group("/ask Which military exercises did they hold?")
    following = group("and why?", person=BEN, reply_to=answer.id)
    assert "Which military exercises" in following.text
    rated = group("/ask Why does Russia need China?", person=BEN)
    group.press(rated, "👍", person=ADA)
    said = group("/forget").text
    assert "1 question with its answer, 1 rating" in said
    group.press(rated, "📖 1", person=BEN)
    assert group.notices == ()
    assert "2 questions" in group("/forget", person=BEN).text


def test_what_was_scheduled_in_a_group_goes_on_without_a_name(group):
    """In private it ends, with the time zone."""
    group("/brief daily 08:00")
    group.chat, chat = group.api.private(ADA), group.chat
    group("/timezone Berlin")
    group("/brief daily 09:00")
    said = group("/forget").text
    assert "scheduled in our private chat is deleted" in said
    assert "1 schedule you set goes on" in said
    assert "UTC" in group("/timezone").text
    assert "No briefing is scheduled here" in group("/brief off").text
    group.chat = chat
    assert "Stopped" in group("/brief off").text


def test_what_waits_is_forgotten(talk, kept):
    """But not what others wait for."""
    updates = UpdateStore(talk.session._database)
    sender = {"id": ADA.id, "is_bot": False, "first_name": "Ada"}
    waiting = [
        {"update_id": 10**6, "message": {"from": sender, "text": "Zanzibar"}},
        {"update_id": 10**6 + 1, "message": {"from": {**sender, "id": 9}, "text": "Peru"}},
    ]
    updates.put(waiting, 0.0)
    assert "1 message still waiting" in talk("/forget").text
    assert [one.number for one in updates.waiting()] == [10**6 + 1]
    assert b"Zanzibar" not in kept()


def test_what_waits_elsewhere_is_answered_and_not_kept(converse, kept):
    """It was asked before; what is asked after it is kept again."""
    now = [1_700_000_000.0]
    talk = converse(clock=lambda: now[0])
    group = talk.api.group("Friends", [ADA, BEN])
    for chat, text in ((group, "/ask What is BRICS in Zanzibar?"), (talk.chat, "/forget")):
        talk.api.say(chat, ADA, text)
        now[0] += 1
    session, updates = talk.session, talk.api.take_updates()
    session._run(session._handle(session._application, updates[::-1]))
    assert {message.chat.id for message in talk.all()} == {group.id, talk.chat.id}
    assert b"Zanzibar" not in kept()
    assert talk("What is BRICS in Peru?").quotes
    assert b"Peru" in kept()


@pytest.mark.parametrize("how", ["forwarded", "edited"])
def test_only_what_somebody_writes_themselves_counts(talk, how):
    """Neither what is forwarded nor what is edited into the command."""
    talk("What is BRICS?")
    if how == "forwarded":
        origin = {"type": "hidden_user", "date": 0, "sender_user_name": "Eve"}
        assert "write it yourself" in talk("/forget", forward_origin=origin).text
    else:
        talk.edit("/forget")
    assert "deleted" in talk("/forget").text


def test_who_speaks_for_a_group_does_not_end_its_schedule(group):
    """Its number is forgotten as that of who set it."""
    group.anonymously("/brief daily 08:00")
    group.anonymously("/ask What is BRICS?")
    said = group.anonymously("/forget").text
    assert "1 question" in said
    assert "1 schedule you set goes on" in said
    assert "Stopped" in group.anonymously("/brief off").text
