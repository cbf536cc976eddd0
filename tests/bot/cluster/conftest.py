"""Processes that share a bot, on a real PostgreSQL server."""

import pytest
from cluster_member import Member

from bot.storage.database.engine import open_database


@pytest.fixture
def kind():
    return "PostgreSQL"


@pytest.fixture
def database(url):
    engine = open_database(None, url, shared=True)
    yield engine
    engine.dispose()


@pytest.fixture
def join(url, database):  # its tables are made
    """Makes members; their connections are closed at the end."""
    members = []

    def make(clock=None):
        members.append(Member(url, clock))
        return members[-1]

    yield make
    for member in members:
        member.close()
