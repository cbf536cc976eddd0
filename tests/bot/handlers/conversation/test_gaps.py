"""Admins see which questions the articles leave open."""

from datetime import timedelta

import pytest
from conversations import ADA, BEN

from bot.handlers.access.access_rules import AccessRules
from bot.handlers.conversation.gap_report import Gap, GapReport, GapReporter, gaps_text

ADMIN = AccessRules(admins=frozenset({ADA.id}))
OPEN = "What is the population of Peru?"
WHY = "Why does Russia need China?"


@pytest.fixture
def talk(converse):
    """A private chat with an admin."""
    return converse(rules=ADMIN)


def test_the_same_question_is_counted_once_however_it_is_put(talk):
    """The most frequent first, each with how often; what was answered is not there."""
    for question in ("What is a unicorn?", OPEN, "the population of peru", WHY):
        talk(question)
    said = talk("/gaps").text
    assert said.index("peru”: 2×") < said.index("unicorn?”: 1×")
    assert "of 4 questions" in said
    assert WHY not in said


def test_what_got_a_thumb_down_is_open_as_well(talk):
    """With how many there were, and the passage that was shown."""
    talk.press(talk(WHY), "👎")
    said = talk("/gaps").text
    assert f"“{WHY}”: 1×, 1 👎\nclosest: Xi Jinping" in said


def test_small_talk_is_no_gap(talk):
    """Nor is a question that was answered."""
    talk("thanks")
    talk(WHY)
    assert talk("/gaps").text == "1 question in the last 7 days, and none was left open."


def test_a_briefing_on_what_no_article_says_is_a_gap(talk):
    """Its topic stands there."""
    talk("/brief unicorns")
    assert "“unicorns”: 1×" in talk("/gaps").text


def test_only_admins_are_told_and_only_in_private(converse):
    """For others there is no such command, and in a group it is ignored."""
    talk = converse(rules=AccessRules(admins=frozenset({BEN.id})))
    assert talk("/gaps").text.startswith("I don’t know this command")
    talk.chat = talk.api.group("Friends", [ADA, BEN])
    talk.all()
    assert talk("/gaps", person=BEN) is None


@pytest.mark.parametrize(
    ("words", "days"),
    [("", "7 days"), ("1", "day"), ("30", "30 days"), ("0", "day"), ("x", "7 days"),
     ("99999999999999999999", "7 days"), ("²", "7 days")],
)  # fmt: skip
def test_the_command_says_of_how_many_days(talk, words, days):
    """Anything else is a week."""
    assert talk(f"/gaps {words}").text == f"Nothing was asked in the last {days}."


def test_what_is_older_is_left_out(converse):
    """By the time at which it was asked."""
    now = [1_800_000_000.0]
    talk = converse(rules=ADMIN, clock=lambda: now[0])
    talk(OPEN)
    now[0] += timedelta(days=3).total_seconds()
    assert "Nothing was asked" in talk("/gaps 2").text
    assert "Peru" in talk("/gaps 4").text


def test_what_is_forgotten_is_no_gap_any_more(talk):
    """Nothing is kept beside the questions themselves."""
    talk(OPEN)
    talk("/forget")
    assert talk("/gaps").text.startswith("Nothing was asked")


def test_at_most_ten_are_shown_in_a_message(talk):
    """How many more there are is said."""
    for number in range(12):
        talk(f"What is a {'abcdefghijkl'[number] * 3}corn?")
    said = talk("/gaps").text
    assert said.count("•") == 10
    assert said.endswith("2 more: footnote gaps lists them all.")


def test_nothing_is_kept_yet(shipped_pipeline):
    """Where there is no database there are no gaps."""
    report = GapReporter(shipped_pipeline).report(None, 0.0, 7)
    assert (report.asked, report.gaps) == (0, ())


def test_a_person_asks_for_the_owner_to_be_told(talk):
    """Once; the gap says how many did, and comes before one that as many asked."""
    missing = talk("What is a unicorn?")
    assert "Tell the owner" in missing.buttons
    talk(OPEN)
    assert talk.press(missing, "Tell the owner") is None
    assert talk.notices == ("Thanks, the owner will see that this is missing.",)
    talk.press(missing, "Tell the owner")
    assert talk.notices == ("That’s already noted.",)
    said = talk("/gaps").text
    assert "unicorn?”: 1×, 1 person asked me to tell you" in said
    assert said.index("unicorn") < said.index("Peru")


def test_what_is_answered_or_asks_nothing_is_not_told(talk):
    """There is nothing to be added to the articles."""
    assert "Tell the owner" not in talk(WHY).buttons
    assert "Tell the owner" not in talk("thanks").buttons


def test_an_admin_is_told_each_week(converse):
    """From the button under /gaps on, until the same button ends it."""
    now = [1_777_800_000.0]  # a Sunday
    talk = converse(rules=ADMIN, clock=lambda: now[0])
    talk(WHY)
    for question in ("What is a unicorn?", OPEN, OPEN):
        talk(question)
    below = talk("/gaps")
    assert below.buttons == ["📬 Tell me every Monday"]
    ended = talk.press(below, "📬 Tell me every Monday")
    assert talk.notices[0].startswith("Every Monday at 08:00")
    assert ended.buttons == ["No more weekly notes"]
    now[0] += timedelta(days=1).total_seconds()
    note = talk.due()
    assert note.text.splitlines()[0] == "4 questions last week, 1 answered."
    assert note.text.index("Peru?”: 2×") < note.text.index("unicorn?”: 1×")
    talk.press(note, "No more weekly notes")
    now[0] += timedelta(days=7).total_seconds()
    assert talk.due() is None


def test_a_weekly_note_is_no_briefing(converse):
    """Nor stopped like one, nor told with the time zone; it is forgotten with its chat."""
    talk = converse(rules=ADMIN)
    talk.press(talk("/gaps"), "📬 Tell me every Monday")
    assert talk("/brief off").text.startswith("No briefing is scheduled here.")
    assert "next scheduled briefing" not in talk("/timezone").text
    assert talk("/gaps").buttons == ["No more weekly notes"]
    talk("/forget")
    assert talk("/gaps").buttons == ["📬 Tell me every Monday"]


def test_what_a_message_cannot_hold_is_counted_and_not_cut():
    """Each gap is there whole, and the rest are said to be more."""
    gaps = tuple(Gap(f"What is a unicorn of kind {n}?", 1, 1, 0, 0.0) for n in range(60))
    said = gaps_text(GapReport(7, 60, gaps), 50, longest=1000)
    assert len(said) <= 1000
    shown = said.count("unicorn")
    assert 5 < shown < 50
    assert f"{60 - shown} more: footnote gaps lists them all." in said
