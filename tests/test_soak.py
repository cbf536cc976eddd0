"""A small soak: the promises that do not depend on how fast the machine is."""

from forked_program import ForkedProgram
from soak import soak


def test_nothing_is_lost_though_calls_fail_and_the_process_is_killed(tmp_path):
    """All is answered, in order; a kill repeats one answer in each chat at most."""
    report = soak(tmp_path, chats=10, questions=150, kills=2, begin=ForkedProgram)
    assert (report.kills, report.answered, report.unanswered) == (2, 150, 0), str(report)
    assert report.out_of_order == 0
    assert report.most_repeated <= 1
    assert report.failed > 0
    assert report.status == 0
    assert report.errors == []
