"""Who lives, who is dead, and who leads."""

import pytest
from bot_process import until

from bot.cluster import process_lease as module
from bot.cluster.process_lease import LEASE_SECONDS, MARGIN_SECONDS, ProcessLease
from bot.cluster.roster import roster
from bot.storage.database.postgres import ConnectionLostError


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def numbers(postgres, url):
    """The numbers of all processes that count as living."""
    return lambda: [n for (n,) in postgres.do("SELECT id FROM workers ORDER BY id", url)]


def test_each_has_a_number_and_one_leads(join, numbers, database):
    """As anyone can look up."""
    first, second, third = join(), join(), join()
    assert numbers() == sorted({first.number, second.number, third.number})
    assert [one.lease.is_leader for one in (first, second, third)] == [True, False, False]
    with database.connect() as connection:
        found = roster(connection)
    assert [(one.lives, one.leads, one.lanes) for one in found.members] == [
        (True, True, 0),
        (True, False, 0),
        (True, False, 0),
    ]


def test_a_death_is_noticed_at_once_and_another_leads(join, numbers):
    """By the next tick, long before the lease is over; a number is never given again."""
    first, second = join(), join()
    dead = first.number
    first.die()
    assert until(lambda: second.lease.tick().dead) == (dead,)
    until(lambda: second.lease.tick() and second.lease.is_leader)
    assert numbers() == [second.number]
    assert join().number > second.number > dead


def test_who_leaves_gives_all_up(join, numbers):
    """Nobody has to notice it."""
    first, second = join(), join()
    first.lease.leave()
    assert numbers() == [second.number]
    assert second.lease.tick().dead == ()
    until(lambda: second.lease.tick() and second.lease.is_leader)


def test_who_was_stopped_beyond_its_lease_starts_anew(join, postgres, url, monkeypatch):
    """Others take its number though its connection lives; it hears so, and gets another one."""
    monkeypatch.setattr(module, "GRACE_SECONDS", -1.0)
    stopped, other = join(), join()
    before = stopped.number
    postgres.do("UPDATE workers SET lease_until = 1 WHERE id = %s", url, before)
    assert other.lease.tick().dead == (before,)
    with pytest.raises(ConnectionLostError):
        stopped.lease.tick()
    news = stopped.lease.tick()
    assert news.is_renumbered
    assert stopped.number > other.number > before
    until(lambda: other.lease.tick() and other.lease.is_leader)


def test_nobody_is_sure_when_the_lease_ends(join):
    """What has to be sent then is another's: half a second before, and until it is renewed."""
    clock = Clock()
    member = join(clock)
    clock.now += LEASE_SECONDS - MARGIN_SECONDS - 0.01
    assert member.lease.is_sure
    clock.now += 0.02
    assert not member.lease.is_sure
    member.lease.tick()
    assert member.lease.is_sure


def test_a_restart_of_the_server_makes_nobody_dead(join, postgres, url, numbers):
    """All connections are lost, and with them the signs of life; the numbers stay."""
    members = join(), join()
    before = numbers()
    postgres.end(url)
    for member in members:
        with pytest.raises(ConnectionLostError):
            member.lease.tick()
    postgres.do("UPDATE workers SET server = 1", url)  # as of another run of the server
    for _ in range(2):
        assert [member.lease.tick().is_renumbered for member in members] == [False, False]
    assert numbers() == before
    assert sum(member.lease.is_leader for member in members) == 1


def test_without_a_server_nobody_is_a_member(postgres, url, join):
    """That is an error of its own; it is tried again with the next tick."""
    member = join()
    postgres.close(url)
    for _ in range(2):
        with pytest.raises(ConnectionLostError):
            member.lease.tick()
    with pytest.raises(ConnectionLostError):
        ProcessLease(url).tick()
    postgres.open(url)
