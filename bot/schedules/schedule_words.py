"""Schedules in other words: "every morning at 8" is put as "daily 8:00 am"."""

import re

NAMES = (
    "mon(?:day)?|tue(?:s|sday)?|wed(?:s|nesday)?|thu(?:r|rs|rsday)?|fri(?:day)?|sat(?:urday)?"
    "|sun(?:day)?"
)
FULL_NAMES = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
WORKING_DAYS = (
    r"week ?days?|work(?:ing)? ?days?|business days?"
    r"|mon?(?:day)?s? ?(?:-|\u2013|to|through|till|until) ?fri?(?:day)?s?"
)
EACH_DAY = r"daily|everyday|(?<=every )day|(?<=each )day"
DAYS = (
    rf"(?:(?P<working>{WORKING_DAYS})|(?P<weekend>weekends?)|(?P<day>{EACH_DAY})"
    rf"|(?:(?:weekly|week|once a week),? (?:on )?)?(?P<name>(?:{NAMES})s?))"
)
PART = r"(?P<part>morning|noon|midday|afternoon|evening|night|midnight)s?"
CLOCK = (
    r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d\d))?"
    r"(?: ?(?P<half>[ap])\.?m\b\.?|\s?o['\u2019]?clock\b)?"
)
# How a schedule in other words begins: which days, what part of the day, and the rest.
OPENING = re.compile(
    rf"(?:(?P<every>on|every|each) )?(?:{DAYS}(?!\w)(?: (?:in the |at )?{PART})?"
    rf"|{PART.replace('part', 'only_part')})(?!\w),?(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
TIME = re.compile(
    rf" ?(?:at )?{CLOCK}(?! ?%)(?![\w:.]\w)"
    r"(?: in the (?P<part>morning|afternoon|evening)| at (?P<night>night))?",
    re.IGNORECASE,
)
NAMED_TIME = re.compile(r" ?(?:at )(noon|midday|midnight)\b", re.IGNORECASE)
LEADING_TIME = re.compile(
    rf"(?=at |\d{{1,2}}(?:[:.h]\d| ?[ap]\.?m\b| ?o['\u2019]?clock| (?:{EACH_DAY})$))"
    rf"(?P<time>(?:at )?{CLOCK}),? (?P<days>(?:(?:on|every|each) )?(?:{WORKING_DAYS}|weekends?"
    rf"|{EACH_DAY}|weekly(?: on)? (?:{NAMES})s?|(?:{FULL_NAMES})s?))(?!\w)(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
TIMES_OF_DAY = {"morning": "8:00", "noon": "12:00", "midday": "12:00", "afternoon": "15:00",
         "evening": "18:00", "night": "21:00", "midnight": "0:00"}  # fmt: skip


def canonical(words: str) -> str:
    """The words as "daily TIME …", "weekdays TIME …" or "weekly DAY TIME …" where they mean that.

    Any others are returned as they are.
    """
    if found := LEADING_TIME.fullmatch(words):
        words = f"{found['days']} {found['time']}{found['rest']}"
    found = OPENING.fullmatch(words)
    if found is None:
        return words
    days = _days(found)
    part = (found["part"] or found["only_part"] or "").casefold()
    if days is None or (found["only_part"] and not found["every"]):
        return words
    timed = _timed(found["rest"], part)
    if timed is not None:
        return f"{days} {timed}"
    is_asked = bool(found["every"]) or bool(part)
    if part and is_asked:
        return f"{days} {TIMES_OF_DAY[part]}{found['rest']}"
    is_alone = not found["rest"].strip()
    is_each_week = bool(found["name"]) and found["name"].casefold().endswith("days")
    is_often = found["working"] or found["weekend"] or is_each_week or is_asked
    return f"{days}" if is_alone and is_often else words


def _days(found: re.Match[str]) -> str | None:
    if found["working"]:
        return "weekdays"
    if found["weekend"]:
        return "weekends"
    if found["name"]:
        return f"weekly {found['name']}"
    return "daily"


def _timed(rest: str, part: str) -> str | None:
    """The time at the start of the rest, in hours and minutes, and what stands behind it.

    None if there is no time. A number alone is one only at the end, or before what belongs to a
    schedule, which is for the reader of the whole to say: it is left as it is.
    """
    if found := NAMED_TIME.match(rest):
        return f"{TIMES_OF_DAY[found[1].casefold()]}{rest[found.end() :]}"
    found = TIME.match(rest)
    if found is None:
        return None
    part = (found["part"] or found["night"] or part).casefold()
    if not part or found["half"] or int(found["hour"]) > 12:
        return rest.strip()
    is_early = part == "night" and int(found["hour"]) % 12 < 6
    half = "am" if part in {"morning", "midnight"} or is_early else "pm"
    return f"{found['hour']}:{found['minute'] or '00'} {half}{rest[found.end() :]}"
