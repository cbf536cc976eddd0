"""Lanes: the updates of a chat belong to one process at a time, in their order."""

from contextlib import closing

import pytest
from bot_process import until
from cluster_member import Member
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cluster.lane_store import IDLE_LANE_SECONDS
from bot.storage.personal_data import PersonalData
from bot.storage.receipts import Sent


def update(number, chat):
    place = {"id": chat, "type": "private", "first_name": "Ada"}
    fields = {"message_id": number, "date": 0, "chat": place, "from": place, "text": "Zanzibar"}
    return {"update_id": number, "message": fields}


@pytest.fixture
def state(postgres, url):
    """What became of an update."""
    return lambda n: postgres.do("SELECT state, body, lane FROM updates WHERE id = %s", url, n)[0]


def test_a_chat_belongs_to_one_process(join):
    """Whoever took the update in; the later ones come to it as well, in their order."""
    first, second = join(), join()
    first.lanes.put([update(2, 7)], 0.0)
    assert second.claim() == [2]
    assert first.claim() == []
    first.lanes.put([update(4, 7), update(3, 7)], 0.0)
    assert first.claim() == []
    assert second.claim(handed_on=[2]) == [3, 4]


def test_whoever_owns_a_chat_is_called(join):
    """By its number; where nobody does, all are."""
    first, second = join(), join()
    first.lanes.put([update(1, 7)], 0.0)
    assert first.lease.tick().calls == second.lease.tick().calls == ("",)
    first.claim()
    second.lanes.put([update(2, 7)], 0.0)
    assert second.lease.tick().calls == (str(first.number),)
    second.lanes.put([update(2, 7)], 0.0)  # the same again
    assert second.lease.tick().calls == ()


def test_what_a_dead_process_had_goes_on_elsewhere(join):
    """With what it has sent for it."""
    first, second = join(), join()
    first.lanes.put([update(1, 7), update(2, 7)], 0.0)
    first.claim()
    assert first.lanes.note_sent(1, Sent(7, 100))
    assert first.lanes.note_sent(1, Sent(7, 101, 5))
    first.die()
    until(lambda: second.lease.tick().dead)
    claimed = second.lanes.claim(100, ()).updates
    assert [one.update.number for one in claimed] == [1, 2]
    assert claimed[0].sent == (Sent(7, 100), Sent(7, 101, 5))


def test_who_has_lost_a_chat_notes_nothing_there(join, postgres, url, state):
    """Neither what it sent, nor that it is done; nor does it delete what the other noted."""
    stopped, other = join(), join()
    stopped.lanes.put([update(1, 7)], 0.0)
    assert stopped.claim() == [1]
    postgres.do("DELETE FROM workers WHERE id = %s", url, stopped.number)
    assert other.claim() == [1]
    assert other.lanes.note_sent(1, Sent(7, 100))
    assert not stopped.lanes.note_sent(1, Sent(7, 101))
    stopped.lanes.done({1: None})
    assert state(1)[0] == "waiting"
    assert postgres.do("SELECT message FROM receipts", url) == [(100,)]
    other.lanes.done({1: None})
    assert state(1) == ("done", "", None)
    assert postgres.do("SELECT * FROM receipts", url) == []
    assert stopped.claim() == []


def test_who_ends_hands_over_what_it_has_not_begun(join):
    """At once, and the rest when it is done."""
    first, second = join(), join()
    first.lanes.put([update(1, 7), update(2, 8)], 0.0)
    assert first.claim() == [1, 2]
    first.lanes.put([update(3, 7)], 0.0)
    first.lanes.hand_over([1])
    assert second.claim() == [2]
    first.lanes.done({1: None})
    first.lanes.hand_over([])
    assert second.claim(handed_on=[2]) == [3]


def test_a_chat_is_given_up_after_a_quiet_minute(join, postgres, url):
    """Not while something waits there; its number is kept nowhere then."""
    member = join()
    member.lanes.put([update(1, 7), update(2, 8)], 0.0)
    member.claim()
    member.lanes.done({1: None})
    member.lanes.release_idle()
    assert len(postgres.do("SELECT * FROM lanes", url)) == 2
    postgres.do("UPDATE lanes SET used_at = used_at - %s", url, IDLE_LANE_SECONDS + 1)
    member.lanes.release_idle()
    assert postgres.do("SELECT lane FROM lanes", url) == [(8,)]
    member.lanes.put([update(3, 7)], 0.0)
    assert member.claim(handed_on=[2]) == [3]


def test_what_waits_of_a_person_is_forgotten_with_its_receipts(join, postgres, url):
    """By whichever process they ask; the rest stays."""
    member, other = join(), join()
    member.lanes.put([update(1, 7), update(2, 8), update(3, 7)], 0.0)
    member.claim()
    for number, chat in ((1, 7), (2, 8), (3, 7)):
        member.lanes.note_sent(number, Sent(chat, 100))
    postgres.do("INSERT INTO counts VALUES ('questions', 7, 1, 1), ('questions', 8, 1, 1)", url)
    assert PersonalData(other.engine).forget(7, asking=3).waiting == 1
    assert postgres.do('SELECT "update" FROM receipts ORDER BY 1', url) == [(2,), (3,)]
    assert postgres.do("SELECT who FROM counts", url) == [(8,)]


@settings(max_examples=8)
@given(
    steps=st.lists(
        st.sampled_from(["put", "put", "first", "second", "done", "lose"]), min_size=4, max_size=25
    )
)
def test_whatever_happens_each_is_done_once_and_in_order(postgres, steps):
    """Of two processes that put, claim, finish, and lose their numbers in any order."""
    url = postgres.make(postgres.ready.rpartition("/")[2])
    with closing(Play(url, postgres)) as play:
        for step in steps:
            play.do(step)
        play.finish()
        for chat in (1, 2):
            own = [number for number in play.done if number % 2 + 1 == chat]
            assert own == [n for n in range(1, play.last + 1) if n % 2 + 1 == chat]


class Play:
    """Two processes, whose numbers are taken away while they are at work."""

    def __init__(self, url, postgres):
        self.members = [Member(url), Member(url)]
        self.begun = [[], []]
        self.done, self.last = [], 0
        self._url, self._postgres = url, postgres

    def do(self, step):
        if step == "put":
            self.last += 1
            self.members[self.last % 2].lanes.put([update(self.last, self.last % 2 + 1)], 0.0)
        elif step == "done":
            for which in (0, 1):
                self._finish_first(which)
        elif step == "lose":
            self._lose(self.last % 2)
        else:
            self._claim(["first", "second"].index(step))

    def finish(self):
        for which in (0, 1):
            self._lose(which)
        self._claim(0)
        while self.begun[0]:
            self._finish_first(0)
            self._claim(0)

    def _claim(self, which):
        self.begun[which] += self.members[which].claim(self.begun[which])

    def _finish_first(self, which):
        if self.begun[which]:
            number = self.begun[which].pop(0)
            before = self._is_done(number)
            self.members[which].lanes.done({number: None})
            if self._is_done(number) and not before:
                self.done.append(number)

    def _lose(self, which):
        """Take its number away, let the other go on, and the one finish what it had begun."""
        member = self.members[which]
        self._postgres.do("DELETE FROM workers WHERE id = %s", self._url, member.number)
        self._claim(1 - which)
        for number in self.begun[which]:
            before = self._is_done(number)
            assert not member.lanes.note_sent(number, Sent(1, 1))
            member.lanes.done({number: None})
            assert self._is_done(number) == before
        self.begun[which] = []
        assert member.renumber().is_renumbered

    def _is_done(self, number):
        query = "SELECT state FROM updates WHERE id = %s"
        return self._postgres.do(query, self._url, number) == [("done",)]

    def close(self):
        for member in self.members:
            member.close()
