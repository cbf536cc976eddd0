"""Wishes for a briefing in other words: on all articles, or a short one."""

import re

ALL = re.compile(
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
SHORT = re.compile(
    r"(?:short|shorter|kurz|court|corto|breve|кратко)\b[:,]?\s+(?:on |about )?", re.IGNORECASE
)
LONGEST = 80  # characters


def asks_for_all(words: str) -> bool:
    """Whether the words wish for a briefing on all articles and name no topic."""
    return len(words) <= LONGEST and ALL.fullmatch(words.strip()) is not None


def without_short(words: str) -> tuple[str, bool]:
    """The words without "short" in front of them, and whether that was there."""
    if words.strip().casefold() == "short":
        return "", True
    found = SHORT.match(words)
    return (words[found.end() :], True) if found else (words, False)
