"""Questions about the articles themselves, such as who wrote them: what their headers answer."""

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from retrieval.text.analysis import plain_lower
from retrieval.text.languages import Language

LONGEST_ARTICLE_QUESTION = 250
AROUND = " \t?!.,;:…。？！、，¿¡\"'“”„«»"
QUOTATION_MARKS = "\"'“”„«»‘’《》「」『』 "
SPACES = re.compile(r"\s+")


class Fact(StrEnum):
    """What a header says of its article, or the collection of its articles."""

    AUTHOR = "author"
    PUBLISHED = "published"
    UPDATED = "updated"
    COUNT = "count"
    TOPICS = "topics"


class ArticleQuestion(NamedTuple):
    """A question about articles: which fact of them, and which ones are meant.

    They are those about `subject`, or the one with that `title`; where both are empty, all or
    those spoken of before. `is_vague` tells that no word says that articles are meant at all
    ("Who wrote it?"), and `of_all` that the newest of all are.
    """

    fact: Fact
    subject: str = ""
    title: str = ""
    is_vague: bool = False
    of_all: bool = False

    @property
    def means_those_before(self) -> bool:
        """Whether it is about the articles spoken of before, if any were."""
        names_them = self.subject or self.title or self.of_all
        return self.fact not in (Fact.COUNT, Fact.TOPICS) and not names_them


def article_question(text: str, languages: Iterable[Language]) -> ArticleQuestion | None:
    """The question about articles that the text is as a whole; None if it asks anything else."""
    asked = SPACES.sub(" ", plain_lower(text)).strip(AROUND)
    if not asked or len(asked) > LONGEST_ARTICLE_QUESTION:
        return None
    for language in languages:
        rest = language.follow_up.greeting_first.remove(asked)
        rest = language.follow_up.connectives.remove(rest).strip(AROUND)
        for fact, patterns in language.about_articles.items():
            for pattern in patterns:
                if found := pattern.fullmatch(rest):
                    return _question(Fact(fact), found.groupdict())
    return None


def _question(fact: Fact, groups: dict[str, str | None]) -> ArticleQuestion:
    subject = groups.get("about") or groups.get("named") or ""
    title = (groups.get("title") or "").strip(QUOTATION_MARKS)
    of_all = bool(groups.get("newest"))
    names_none = not (groups.get("articles") or of_all) or bool(groups.get("pronoun"))
    is_vague = fact is not Fact.COUNT and names_none and not subject
    return ArticleQuestion(fact, subject.strip(QUOTATION_MARKS), title, is_vague, of_all)
