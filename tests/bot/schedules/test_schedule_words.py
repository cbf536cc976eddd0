"""Schedules are understood in other words, and topics are not taken for them."""

from datetime import UTC, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.schedules.recurrence import (
    Cadence,
    Defect,
    Problem,
    Schedule,
    is_off,
    next_slot,
    read_schedule,
)
from bot.schedules.schedule_words import canonical


@pytest.mark.parametrize(
    ("words", "cadence", "at", "weekday"),
    [
        ("weekdays 9am", Cadence.WEEKDAYS, time(9), None),
        ("every weekday at 9", Cadence.WEEKDAYS, time(9), None),
        ("on working days at 8:30", Cadence.WEEKDAYS, time(8, 30), None),
        ("mon-fri 9:00", Cadence.WEEKDAYS, time(9), None),
        ("mon-fr 9", Cadence.WEEKDAYS, time(9), None),
        ("Monday to Friday 07:15", Cadence.WEEKDAYS, time(7, 15), None),
        ("9am weekdays", Cadence.WEEKDAYS, time(9), None),
        ("weekends 10:00", Cadence.WEEKENDS, time(10), None),
        ("mondays 9", Cadence.WEEKLY, time(9), 0),
        ("on Thursdays at 5 pm", Cadence.WEEKLY, time(17), 3),
        ("every friday afternoon", Cadence.WEEKLY, time(15), 4),
        ("8:30 every monday", Cadence.WEEKLY, time(8, 30), 0),
        ("every morning at 8", Cadence.DAILY, time(8), None),
        ("every evening at 7", Cadence.DAILY, time(19), None),
        ("every night at 1", Cadence.DAILY, time(1), None),
        ("every morning", Cadence.DAILY, time(8), None),
        ("each day at noon", Cadence.DAILY, time(12), None),
        ("daily at 8 in the evening", Cadence.DAILY, time(20), None),
        ("at 8:00 every day", Cadence.DAILY, time(8), None),
    ],
)
def test_a_schedule_in_other_words(words, cadence, at, weekday):
    """With a topic behind "on", and without."""
    assert read_schedule(words) == Schedule(cadence, at, weekday)
    assert read_schedule(f"{words} on BRICS") == Schedule(cadence, at, weekday, "BRICS")


@pytest.mark.parametrize(
    "words",
    ["monday", "friday prayers", "sun and moon", "weekday pricing", "morning routine",
     "night shift", "day 1", "24 day challenge", "12 days of Christmas", "monthly rent",
     "every child", "on day 3", "the weekend"],
)  # fmt: skip
def test_what_only_sounds_like_a_schedule_is_a_topic(words):
    """It names no time."""
    assert read_schedule(words) is None


@pytest.mark.parametrize(
    "words",
    ["hourly", "every 2 hours", "monthly 9:00", "every other day", "every 2 days at 9", "at 9",
     "9am", "tomorrow", "tomorrow at 9", "um 9", "morgen um 9 Uhr", "heute abend", "в 9",
     "завтра в 9"],
)  # fmt: skip
def test_what_there_is_not_is_named(words):
    """So that it is not taken for a topic of which the articles say nothing."""
    assert isinstance(read_schedule(words), Problem)
    assert read_schedule(words).defect is Defect.BAD_CADENCE


@pytest.mark.parametrize(
    ("words", "topic"),
    [
        ("short BRICS", "BRICS"),
        ("short", ""),
        ("short: BRICS", "BRICS"),
        ("short on BRICS", "BRICS"),
    ],
)
def test_a_short_one_can_be_scheduled(words, topic):
    """With three points each time."""
    assert read_schedule(f"daily 8:00 {words}") == Schedule(
        Cadence.DAILY, time(8), topic=topic, is_short=True
    )


def test_short_may_begin_another_word():
    """That is a topic."""
    assert read_schedule("daily 8:00 shorthand").topic == "shorthand"


@pytest.mark.parametrize(
    "words", ["stop", "Stop!", "please stop", "stop it", "cancel my daily briefing", "unsubscribe",
              "no more briefings", "turn off"],
)  # fmt: skip
def test_stop_in_other_words(words):
    """Each ends what is scheduled."""
    assert is_off(words)


@pytest.mark.parametrize(
    "words", ["stop the war", "end of the war", "cancelled flights", "offers"]
)
def test_a_topic_may_begin_with_such_a_word(words):
    """It goes on with others."""
    assert not is_off(words)


@pytest.mark.parametrize(
    ("cadence", "days"), [("weekdays", [0, 1, 2, 3, 4]), ("weekends", [5, 6])]
)
def test_its_slots_are_on_those_days(cadence, days):
    """One each, week after week."""
    schedule = read_schedule(f"{cadence} 9:00")
    moment, found = datetime(2026, 1, 5, tzinfo=UTC), []
    for _ in range(2 * len(days)):
        moment = next_slot(schedule, UTC, moment)
        found.append(moment.weekday())
    assert found == 2 * days


@pytest.mark.parametrize(
    ("words", "cadence", "at", "weekday"),
    [
        ("täglich 8 Uhr", Cadence.DAILY, time(8), None),
        ("werktags 9 Uhr", Cadence.WEEKDAYS, time(9), None),
        ("Mo-Fr 9:00", Cadence.WEEKDAYS, time(9), None),
        ("am Wochenende um 10", Cadence.WEEKENDS, time(10), None),
        ("jeden Montag um 8 Uhr 30", Cadence.WEEKLY, time(8, 30), 0),
        ("um 7 Uhr jeden Tag", Cadence.DAILY, time(7), None),
        ("freitags um 7 Uhr abends", Cadence.WEEKLY, time(19), 4),
        ("sonntagabends", Cadence.WEEKLY, time(18), 6),
        ("jeden Morgen", Cadence.DAILY, time(8), None),
        ("täglich halb 9", Cadence.DAILY, time(8, 30), None),
        ("montags um halb 7 Uhr abends", Cadence.WEEKLY, time(18, 30), 0),
        ("ежедневно в 8:00", Cadence.DAILY, time(8), None),
        ("по будням в 9", Cadence.WEEKDAYS, time(9), None),
        ("по выходным в 12 часов дня", Cadence.WEEKENDS, time(12), None),
        ("каждую среду в 7 вечера", Cadence.WEEKLY, time(19), 2),
        ("в 9 утра каждый день", Cadence.DAILY, time(9), None),
        ("по понедельникам в 8.30", Cadence.WEEKLY, time(8, 30), 0),
    ],
)
def test_a_schedule_in_german_and_russian(words, cadence, at, weekday):
    """With a topic, and with a wish for a short one, too."""
    assert read_schedule(words) == Schedule(cadence, at, weekday)
    is_german = words.isascii() or "ä" in words
    short, about = ("kurz", "zu") if is_german else ("кратко", "о")
    topical = Schedule(cadence, at, weekday, "BRICS", is_short=True)
    assert read_schedule(f"{words} {short} {about} BRICS") == topical


@pytest.mark.parametrize(
    "words",
    ["täglich Brot", "So 12 Regeln", "Do not disturb", "Nachts im Museum", "Montag", "mi casa",
     "abends 12 Gäste", "по дороге", "утро", "дня нет"],
)  # fmt: skip
def test_what_only_sounds_like_one_there_is_a_topic_as_well(words):
    """Short names of days are other words, too."""
    assert read_schedule(words) is None


@pytest.mark.parametrize("words", ["stündlich", "alle zwei Tage um 9", "каждый час", "через день"])
def test_what_there_is_not_is_named_in_german_and_russian(words):
    """As in English."""
    assert read_schedule(words).defect is Defect.BAD_CADENCE


@pytest.mark.parametrize(
    "words", ["aus", "Stopp!", "bitte beenden", "keine Briefings mehr", "стоп", "больше не надо",
              "отключи обзоры"],
)  # fmt: skip
def test_stop_in_german_and_russian(words):
    """Each ends what is scheduled."""
    assert is_off(words)
    assert not is_off(f"{words} für den Krieg")


@given(
    st.text(max_size=60)
    | st.from_regex(r"(every|on|each|jeden|по)? ?(day|mon|weekdays|montag|будням) .{0,20}")
)
def test_whatever_is_written_is_read(words):
    """Nothing crashes, and what is put in other words stays a line."""
    spaced = " ".join(words.split())
    assert isinstance(canonical(spaced), str)
    assert isinstance(read_schedule(words), Schedule | Problem | None)
