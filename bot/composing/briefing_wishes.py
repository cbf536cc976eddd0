"""Wishes for a briefing in other words: on all articles, on a topic, or a short one."""

import re
import tomllib
from functools import cache
from pathlib import Path

REQUESTS = Path(__file__).parent / "templates" / "briefing_requests.toml"

ON_ALL = re.compile(
    r"(?:(?:please|give me|show me|the|a|an|of|on|about|quick|short) )*"
    r"(?:all|everything|every ?thing|anything|all (?:of )?(?:it|them|this|that|articles)|overview"
    r"|(?:the |your |these |all )?(?:articles|collection|documents|texts)"
    r"|whole(?: (?:thing|collection))?"
    r"|summar(?:y|ies|i[sz]e)"
    r"(?: (?:of )?(?:it|all|them|this|that|everything|(?:all |the |these )*articles))?"
    r"|sum(?: it| them| all| this)? up|tl ?[;,:/]? ?dr|in (?:short|brief)|recap|gist|digest"
    r"|main points|key points"
    r"|alles|zusammenfassung|(?:ein )?überblick|kurz|kurzfassung|übersicht"
    r"|tout|résumé|aperçu|en bref|todo|resumen|en resumen|tutto|riassunto|in breve|sintesi"
    r"|tudo|resumo|em resumo|вс[её]|кратко"
    r"|сводка|обзор|резюме|hepsi|özet|全部|总结|總結|概要|まとめ|ملخص|सारांश"
    r")(?: please)?[ .!?]*",
    re.IGNORECASE,
)
ASKED_FOR_NEWS = (
    r"(?:so )?(?:what is|what.?s|whats|(?:is there |are there |got )?any(?:thing)?) "
    r"(?:new|news|updates)(?: (?:here|today|please|since (?:yesterday|last time)))?"
    r"|was (?:ist|gibt es|gibt.?s)(?: (?:hier|heute|denn))? neues"
    r"|(?:gibt es|gibt.?s) (?:etwas |was )?(?:neues|neuigkeiten)"
    r"|что (?:у вас |тут )?нового|есть (?:ли )?(?:что[ -](?:нибудь|то) новое|новости)"
    r"|quoi de (?:neuf|nouveau)|qu[ée] hay de nuevo|che novità ci sono|o que há de novo"
    r"|yeni ne var|有什么新(?:内容|消息|的)|何か新しい(?:こと|もの)(?:は|が)?(?:ある|あります)か?"
    r"|ما الجديد|क्या नया है"
)
NEWS_REQUEST = re.compile(rf"(?:{ASKED_FOR_NEWS})[ ?.!？؟]*", re.IGNORECASE)
ON_NEWS = re.compile(
    rf"(?:{ASKED_FOR_NEWS}|(?:only |the )?(?:new|news|latest|updates?)(?: please)?"
    r"|(?:nur )?(?:neue[sm]|neuigkeiten)(?: bitte)?"
    r"|(?:только )?(?:нового|новое|новости)(?: пожалуйста)?)[ ?.!？؟]*",
    re.IGNORECASE,
)
SHORT = re.compile(
    r"(?:short|shorter|kurz|court|corto|breve|кратко)\b[:,]?\s+(?:on |about )?", re.IGNORECASE
)
# "Brief me on …", "a briefing about …", "briefing: …".
BRIEF_REQUEST = re.compile(
    r"(?:(?:please|can you|could you|would you|hey|hi|hello),? )*"
    r"(?:brief (?:me|us)\b(?: please)?(?:,? (?:on|about|in on)\b)?:?"
    r"|(?:(?:give|send|show) (?:me|us) |(?:i|we)(?: would|.d)? (?:want|like|need) )"
    r"(?:a |the |your )?(?:short |quick |long )?briefing\b(?:,? (?:on|about|of|for)\b|:)?"
    r"|(?:a |the )?(?:short |quick |long )?briefing(?: (?:on|about|of)\b|:|$)"
    r"|brief:"
    r"|(?:give (?:me|us) )?(?:a |the )?(?:short |quick |brief )?"
    r"(?:summary|overview) (?:of|on|about)\b"
    r"|summari[sz]e\b(?: for (?:me|us)\b)?|sum up\b|tl;?dr\b(?: (?:of|on|about|for)\b|:)?)",
    re.IGNORECASE,
)
PLEASE = re.compile(
    r"(?:^|(?<![\s,])[\s,]{1,5})(?:please|bitte|пожалуйста|stp|svp|s.il (?:te|vous) pla[iî]t"
    r"|por favor|per favore|будь ласка|proszę|lütfen|من فضلك)$",
    re.IGNORECASE,
)
LONGEST_WISH = 80  # characters
LONGEST_REQUEST = 400


def asks_for_news(words: str) -> bool:
    """Whether the words wish for what is new, and name no topic."""
    return len(words) <= LONGEST_WISH and ON_NEWS.fullmatch(words.strip()) is not None


def asks_what_is_new(message: str) -> bool:
    """Whether a message without a command asks what is new, and not about something new."""
    return len(message) <= LONGEST_WISH and NEWS_REQUEST.fullmatch(message.strip()) is not None


def asks_for_all(words: str) -> bool:
    """Whether the words wish for a briefing on all articles and name no topic."""
    return len(words) <= LONGEST_WISH and ON_ALL.fullmatch(words.strip()) is not None


def without_short(words: str) -> tuple[str, bool]:
    """The words without "short" in front of them, and whether that was there."""
    if words.strip().casefold() == "short":
        return "", True
    found = SHORT.match(words)
    return (words[found.end() :], True) if found else (words, False)


def requested_topic(words: str) -> str | None:
    """The topic of a briefing that a message asks for, empty for all; None if it asks for none."""
    request = BRIEF_REQUEST.match(words)
    lower = words.lower()
    if request is None and len(lower) == len(words) <= LONGEST_REQUEST:
        request = next(filter(None, (pattern.match(lower) for pattern in _requests())), None)
    if request is None:
        return None
    inside = request.groupdict().get("topic")
    topic = words[slice(*request.span("topic"))] if inside else words[request.end() :]
    return PLEASE.sub("", topic.strip(" .,!?")).strip(" .,!?")


@cache
def _requests() -> tuple[re.Pattern[str], ...]:
    """The requests in other languages than English."""
    found = tomllib.loads(REQUESTS.read_text(encoding="utf-8"))
    return tuple(re.compile(text) for texts in found.values() for text in texts)
