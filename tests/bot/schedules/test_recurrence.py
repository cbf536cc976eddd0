"""Schedules as people write them, and when their slots are."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.schedules import timezones
from bot.schedules.recurrence import (
    Cadence,
    Defect,
    Problem,
    Schedule,
    is_off,
    next_slot,
    read_schedule,
)

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
# Clocks put forward over midnight, by half an hour, and by a whole day; and none of that.
ZONES = [
    "Europe/Berlin", "America/New_York", "America/Sao_Paulo", "America/Nuuk", "Asia/Kathmandu",
    "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Apia", "Asia/Tehran", "UTC", "UTC+05:30",
]  # fmt: skip
zones = st.sampled_from(ZONES).map(timezones.zone_of)
times = st.times().map(lambda at: at.replace(second=0, microsecond=0))
dates = st.dates(date(1995, 1, 1), date(2036, 1, 1))
daily = st.builds(Schedule, st.just(Cadence.DAILY), times)
weekly = st.builds(Schedule, st.just(Cadence.WEEKLY), times, st.integers(0, 6))
moments = st.datetimes(datetime(1995, 1, 1), datetime(2036, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def first_reached(day, at, zone):
    """The first minute whose wall clock shows that time or a later one: every minute is tried."""
    wanted = datetime.combine(day, at)
    moment = datetime.combine(day, at, UTC) - timedelta(hours=26)
    while moment.astimezone(zone).replace(tzinfo=None) < wanted:
        moment += MINUTE
    return moment


@pytest.mark.parametrize(
    ("words", "at"),
    [("8:00", time(8)), ("08:00", time(8)), ("08.30", time(8, 30)), ("8h30", time(8, 30)),
     ("08", time(8)), ("8,", time(8)), ("at 8", time(8)), ("8 o'clock", time(8)),
     ("8 o\u2019clock,", time(8)), ("8am", time(8)), ("8 pm", time(20)), ("8:30 pm", time(20, 30)),
     ("8:30 P.M.", time(20, 30)), ("12 am", time(0)), ("12pm", time(12)), ("0:00", time(0)),
     ("23:59", time(23, 59)), ("at 8:00", time(8)), ("8:00,", time(8))],
)  # fmt: skip
def test_a_time_may_be_written_in_several_ways(words, at):
    """With a topic behind it and without."""
    assert read_schedule(f"daily {words}") == Schedule(Cadence.DAILY, at)
    there = read_schedule(f"Daily  {words}  China and Russia")
    assert there == Schedule(Cadence.DAILY, at, topic="China and Russia")


@pytest.mark.parametrize(
    ("words", "topic"),
    [("8", ""), ("8 only-new", ""), ("8 only-new BRICS", "BRICS"), ("8 BRICS only new", "BRICS"),
     ("8 on BRICS", "BRICS"), ("8 About BRICS", "BRICS"), ("8 \u2013 BRICS", "BRICS"),
     ("8:00 on BRICS", "BRICS"), ("8:00 once", "once")],
)  # fmt: skip
def test_a_number_alone_is_a_time_where_it_can_be_nothing_else(words, topic):
    """At the end, or with words behind it that belong to a schedule."""
    for beginning in ("daily", "weekly mon"):
        read = read_schedule(f"{beginning} {words}")
        assert (read.at, read.topic) == (time(8), topic)


@pytest.mark.parametrize(
    ("words", "number"),
    [("daily 5 reasons", "5"), ("daily 8 China and Russia", "8"), ("weekly mon 10 facts", "10"),
     ("daily 20 only children", "20")],
)  # fmt: skip
def test_a_number_in_front_of_words_may_be_part_of_a_topic(words, number):
    """Nothing is scheduled then: that is asked back."""
    assert read_schedule(words) == Problem(Defect.UNSURE_TIME, number)


@pytest.mark.parametrize(
    ("words", "weekday"),
    [("mon", 0), ("Monday", 0), ("Mo", 0), ("MONDAYS", 0), ("tues", 1), ("weds.", 2), ("th", 3),
     ("thurs", 3), ("fri,", 4), ("saturday", 5), ("on su", 6)],
)  # fmt: skip
def test_a_day_of_the_week_may_be_shortened(words, weekday):
    """As long as it is clear which one is meant."""
    read = read_schedule(f"weekly {words} 08:00 BRICS")
    assert read == Schedule(Cadence.WEEKLY, time(8), weekday, "BRICS")


@pytest.mark.parametrize(
    ("words", "topic"),
    [("8am only-new", ""), ("8am only-new BRICS", "BRICS"), ("8am BRICS only-new", "BRICS"),
     ("8am Only New BRICS", "BRICS"), ("8am BRICS only new", "BRICS"),
     ("8am the SCO only-new and BRICS", "the SCO and BRICS"), ("8am only\u2011new", "")],
)  # fmt: skip
def test_only_what_is_new_can_be_asked_for(words, topic):
    """Anywhere behind the time."""
    assert read_schedule(f"daily {words}") == Schedule(Cadence.DAILY, time(8), None, topic, True)  # noqa: FBT003


def test_in_two_words_it_may_be_part_of_a_topic():
    """Then it is left there."""
    read = read_schedule("daily 8am the only new member")
    assert read == Schedule(Cadence.DAILY, time(8), topic="the only new member")


@pytest.mark.parametrize(
    "words",
    ["", "BRICS", "daily life in Moscow", "dailies 08:00", "weekly news", "daily at home",
     "weekly top 10 stories", "weekly we eat", "off the coast", "the daily 08:00"],
)  # fmt: skip
def test_what_is_no_schedule_is_a_topic(words):
    """Whatever it begins with."""
    assert read_schedule(words) is None
    assert not is_off(words)


def test_off_stands_alone():
    """In any case."""
    assert is_off(" Off ")


@pytest.mark.parametrize(
    ("words", "problem"),
    [("daily", Problem(Defect.NO_TIME)), ("daily only-new BRICS", Problem(Defect.NO_TIME)),
     ("weekly mon", Problem(Defect.NO_TIME)), ("weekly mon BRICS", Problem(Defect.NO_TIME)),
     ("daily 25:00 BRICS", Problem(Defect.BAD_TIME, "25:00")),
     ("daily 8:75", Problem(Defect.BAD_TIME, "8:75")),
     ("daily 13 pm BRICS", Problem(Defect.BAD_TIME, "13 pm")),
     ("daily 0am", Problem(Defect.BAD_TIME, "0am")),
     ("daily 24:00", Problem(Defect.BAD_TIME, "24:00")),
     ("weekly mon 8:0", Problem(Defect.BAD_TIME, "8:0")),
     ("daily 100 reasons", Problem(Defect.BAD_TIME, "100")),
     ("weekly", Problem(Defect.NO_WEEKDAY)), ("weekly 8", Problem(Defect.NO_WEEKDAY)),
     ("weekly 08:00 BRICS", Problem(Defect.NO_WEEKDAY)),
     ("weekly mno 08:00", Problem(Defect.BAD_WEEKDAY, "mno")),
     ("weekly t 8am", Problem(Defect.BAD_WEEKDAY, "t"))],
)  # fmt: skip
def test_a_defect_is_named(words, problem):
    """With the words to blame."""
    assert read_schedule(words) == problem


@given(
    st.text(max_size=60), st.sampled_from(["", "daily ", "weekly ", "weekly mon ", "daily 8:00 "])
)
def test_anything_can_be_read(words, beginning):
    """And a schedule has a day exactly if it is weekly."""
    read = read_schedule(beginning + words)
    if isinstance(read, Schedule):
        assert (read.weekday is not None) == (read.cadence is Cadence.WEEKLY)


@pytest.mark.parametrize(
    ("zone", "at", "after", "slot"),
    [("Europe/Berlin", "08:00", "2024-03-30T08:00", "2024-03-31T06:00"),
     ("Europe/Berlin", "02:30", "2024-03-30T08:00", "2024-03-31T01:00"),  # there is no 02:30
     ("Europe/Berlin", "02:30", "2024-10-26T08:00", "2024-10-27T00:30"),  # the first of two
     ("Europe/Berlin", "02:30", "2024-10-27T00:30", "2024-10-28T01:30"),  # not the second
     ("America/Nuuk", "23:30", "2024-03-30T12:00", "2024-03-31T01:00"),  # a gap up to midnight
     ("America/Nuuk", "23:30", "2024-03-31T01:00", "2024-04-01T00:30"),
     ("Pacific/Apia", "08:00", "2011-12-29T18:00", "2011-12-30T18:00")],  # a day is left out
)  # fmt: skip
def test_a_slot_follows_the_clocks(zone, at, after, slot):
    """Put forward, put back, or across the date line."""
    schedule = Schedule(Cadence.DAILY, time.fromisoformat(at))
    moment = datetime.fromisoformat(after).replace(tzinfo=UTC)
    expected = datetime.fromisoformat(slot).replace(tzinfo=UTC)
    assert next_slot(schedule, timezones.zone_of(zone), moment) == expected


@given(zones, dates, weekly)
@example(
    timezones.zone_of("Europe/Berlin"), date(2025, 3, 30), Schedule(Cadence.WEEKLY, time(2, 30), 6)
)
@example(
    timezones.zone_of("America/Nuuk"), date(2024, 3, 30), Schedule(Cadence.WEEKLY, time(23, 30), 5)
)
@example(
    timezones.zone_of("Pacific/Apia"), date(2011, 12, 30), Schedule(Cadence.WEEKLY, time(8), 4)
)
def test_a_slot_is_the_first_minute_that_has_reached_its_time(zone, day, schedule):
    """The oracle looks at the wall clock minute by minute."""
    day += timedelta(days=(schedule.weekday - day.weekday()) % 7)
    slot = first_reached(day, schedule.at, zone)
    assert next_slot(schedule, zone, slot - MINUTE) == slot
    assert next_slot(schedule, zone, slot - 5 * DAY) == slot


@given(zones, moments, daily | weekly)
def test_slots_follow_each_other_by_a_day_or_a_week(zone, after, schedule):
    """More or less an hour or two; and the one behind a moment does not depend on the moment."""
    slots = [after]
    for _ in range(5):
        slots.append(next_slot(schedule, zone, slots[-1]))
    length = DAY if schedule.cadence is Cadence.DAILY else 7 * DAY
    assert timedelta() < slots[1] - after <= length + timedelta(hours=25)
    for one, next_one in pairwise(slots[1:]):
        assert abs(next_one - one - length) <= timedelta(hours=2) or str(zone) == "Pacific/Apia"
        assert next_slot(schedule, zone, next_one - MINUTE) == next_one


@given(zones, moments, daily)
def test_a_local_day_has_one_daily_slot(zone, after, schedule):
    """Counted by the dates that the slots are for."""
    meant = []
    for _ in range(5):
        after = next_slot(schedule, zone, after)
        local = after.astimezone(zone)
        moved = local.replace(tzinfo=None, fold=0).time() < schedule.at  # a gap over midnight
        meant.append(local.date() - DAY if moved else local.date())
    assert len(set(meant)) == len(meant)


@pytest.mark.parametrize(
    ("words", "name"),
    [("Europe/Berlin", "Europe/Berlin"), ("europe/berlin", "Europe/Berlin"),
     ("berlin", "Europe/Berlin"), (" New York ", "America/New_York"),
     ("s\u00e3o paulo", "America/Sao_Paulo"), ("port au prince", "America/Port-au-Prince"),
     ("utc", "UTC"), ("UTC+2", "UTC+02:00"), ("gmt -3", "UTC-03:00"), ("+5:30", "UTC+05:30"),
     ("UTC\u22124", "UTC-04:00"), ("UTC+0", "UTC"), ("Etc/GMT+2", "Etc/GMT+2"),
     ("Wien", "Europe/Vienna"), ("москва", "Europe/Moscow")],
)  # fmt: skip
def test_a_time_zone_is_found_as_people_write_it(words, name):
    """And again by its name."""
    assert str(timezones.find(words)) == name
    assert timezones.find(name) == timezones.find(words)


@pytest.mark.parametrize(
    ("words", "first"),
    [("berlni", "Europe/Berlin"), ("Europe/Berln", "Europe/Berlin"), ("york", "America/New_York"),
     ("Istanbul", "Asia/Istanbul"), ("europe berlin", "Europe/Berlin")],
)  # fmt: skip
def test_the_nearest_names_are_suggested(words, first):
    """Also where several places have that name."""
    assert timezones.find(words) is None
    assert timezones.suggestions(words)[0] == first


@pytest.mark.parametrize("words", ["xyzzy", "", "x" * 5000, "../../etc/passwd", "Factory"])
def test_what_is_no_time_zone_is_not_guessed(words):
    """However it is written."""
    assert timezones.find(words) is None
    assert timezones.suggestions("x" * 5000) == []


@pytest.mark.parametrize("words", ["Атлантида", "Narnia", "Nowhere", "UTC+25"])
def test_no_name_is_suggested_that_is_not_near(words):
    """A few letters in common are not enough."""
    assert timezones.suggestions(words) == []


@given(st.text(max_size=70))
def test_any_words_may_be_tried_as_a_time_zone(words):
    """What is found is found again by its name."""
    found = timezones.find(words)
    assert found is None or timezones.find(str(found)) == found


def test_a_name_that_is_gone_is_taken_as_utc():
    """As is none."""
    assert timezones.zone_of("Mars/Olympus") is UTC
    assert timezones.zone_of(None) is UTC
