"""A small soak of processes that share a bot: the promises that do not depend on time."""

import postgres_server
import pytest
from forked_program import ForkedProgram
from soak_processes import soak


@pytest.fixture(scope="module", autouse=True)
def _server():
    """Without the programs of PostgreSQL's there is nothing to share."""
    try:
        with postgres_server.initialized({}):
            pass
    except postgres_server.Missing as missing:
        pytest.skip(str(missing))


def test_nothing_is_lost_though_processes_and_their_database_die(tmp_path):
    """All is answered once, in order; a kill repeats one answer in each chat at most."""
    amount = {"chats": 20, "questions": 120, "kills": 2, "restarts": 1, "stops": 0, "rate": 15}
    report = soak(tmp_path, **amount, begin=ForkedProgram)
    assert (report.kills, report.restarts, report.failovers) == (2, 1, 1)
    assert (report.answered, report.unanswered) == (120, 0), str(report)
    assert report.out_of_order == 0
    assert report.most_repeated <= 1
    assert report.set_webhooks == 1
    assert report.status == 0
    assert [line for line in report.errors if "cannot be used" not in line] == []


def test_a_rolling_restart_loses_and_repeats_nothing(tmp_path):
    """Each process ends and is started again while people ask."""
    nothing = {"kills": 0, "restarts": 0, "failovers": 0, "stops": 0}
    amount = {"processes": 2, "chats": 20, "questions": 80, "rolling": 1, "rate": 15}
    report = soak(tmp_path, **amount, **nothing, begin=ForkedProgram)
    assert (report.answered, report.unanswered, report.ends) == (80, 0, 2), str(report)
    assert (report.out_of_order, report.repeated) == (0, 0)
    assert (report.status, report.errors, report.set_webhooks) == (0, [], 1)
