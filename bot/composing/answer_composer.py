"""Words an answer: a lead, the quotes with their citations, and notes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.composing.omitted_entries import entries_shown, is_cut_list
from bot.composing.wording import (
    FIRST_LANGUAGE,
    catalogue_language,
    has_small_talk,
    small_talk_line,
    speaking,
    spoken_language,
    text,
)
from retrieval.answers.question_types.article_facts import MOST_ARTICLES_SHOWN
from retrieval.answers.question_types.collection_overview import (
    structural_headings,
    title_subjects,
)
from retrieval.answers.quoting.evidence import Evidence
from retrieval.articles import OMISSION, Article, Articles, Paragraph, Quote
from retrieval.questions.article_questions import Fact
from retrieval.questions.query import Query
from retrieval.questions.question_kinds import Kind
from retrieval.questions.question_language import foreign_language
from retrieval.questions.small_talk import small_talk
from retrieval.text.languages import language

# What a sentence holds in front of the part of it that is quoted.
LEADING_IN = (":", "–", "—", " -")
OMITTED_LINE = "[…]"


class Citation(NamedTuple):
    """A quote, the number and the text of its footnote, and the article that it is from."""

    number: int
    quote: Quote
    article: Article
    footnote: str

    @property
    def text(self) -> str:
        """The quote as it is read: what is omitted between lines has a line of its own."""
        whole = self.quote.paragraph.text
        parts: list[str] = []
        end = self.quote.start
        for span in self.quote.spans:
            if span.start > end:
                gap = whole[end : span.start]
                indent = gap.rpartition("\n")[2]
                parts.append(f"\n{OMITTED_LINE}\n{indent}" if "\n" in gap else OMISSION)
            parts.append(whole[span.start : span.end])
            end = span.end
        return "".join(parts)

    @property
    def opening(self) -> str:
        """What marks that the quote begins inside of a sentence; empty if it does not."""
        before = self.quote.paragraph.text[: self.quote.start].rstrip()
        return OMISSION.lstrip() if before.endswith(LEADING_IN) else ""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer before any markup: a line that leads in, the quotes, and what to know of it."""

    evidence: Evidence
    lead: str
    notes: tuple[str, ...]
    quotes: tuple[Citation, ...]
    related: tuple[Citation, ...]

    @property
    def shown(self) -> tuple[Citation, ...]:
        """The quotes, or the closest passages where there are none."""
        return self.quotes or self.related


class AnswerComposer:
    """Words answers from one collection."""

    def __init__(self, articles: Articles) -> None:
        self._articles = articles

    def compose(self, evidence: Evidence) -> Answer:
        """The answer that the evidence gives; its wording asserts nothing itself.

        A question in a language that no article is in is told so in its own, where that is known.
        """
        asked = self._foreign_language(evidence.query)
        with speaking(catalogue_language(asked) or spoken_language()):
            return self._composed(evidence, asked)

    def _foreign_language(self, query: Query) -> str | None:
        if query.foreign or not query.is_foreign:
            return query.foreign
        return foreign_language(query.question, self._articles.languages)

    def _composed(self, evidence: Evidence, asked: str | None) -> Answer:
        values = self._values(evidence)
        query = evidence.query
        if evidence.second_answered:
            lead = text("leads/both", several=values["several"])
        elif query.small_talk:
            lead = small_talk_line(query.small_talk, _talk_language(query))
        elif asked and not catalogue_language(asked) and has_small_talk(asked):
            found = bool(evidence.quotes or evidence.related)
            lead = small_talk_line("foreign", asked, languages=values["languages"], found=found)
        else:
            lead = text(f"leads/{_lead_of(evidence)}", **values)
        lines = lead.splitlines() if query.kind is Kind.ABOUT_ARTICLES else [lead]
        notes = text("notes", **values)
        return Answer(
            evidence=evidence,
            lead="\n".join(" ".join(line.split()) for line in lines if line.strip()),
            notes=tuple(line.strip() for line in notes.splitlines() if line.strip()),
            quotes=self.cited(evidence.quotes),
            related=self.cited(evidence.related),
        )

    def plain(self, answer: Answer) -> str:
        """The answer as plain text, without any width."""
        return text("answer", answer=answer, footnotes=footnote_lines(answer.shown))

    def cited(self, quotes: Sequence[Quote]) -> tuple[Citation, ...]:
        """The quotes with their footnotes, numbered from 1."""
        cited = []
        for number, quote in enumerate(quotes, start=1):
            article = self._articles[quote.paragraph.article]
            footnote = text("footnote", article=article, paragraph=quote.paragraph)
            cited.append(Citation(number, quote, article, footnote))
        return tuple(cited)

    def _values(self, evidence: Evidence) -> dict[str, object]:
        headers = [self._articles[article] for article in evidence.speaking]
        is_overview = evidence.query.fact is Fact.TOPICS
        spoken = dict.fromkeys(quote.paragraph.article for quote in evidence.quotes)
        entries = [entries_shown(q, self._articles[q.paragraph.article]) for q in evidence.quotes]
        cut = [(n, *of) for n, of in enumerate(entries, start=1) if is_cut_list(*of)]
        return {
            "query": evidence.query,
            "subject": self._subject(evidence.query),
            "evidence": evidence,
            "points": max([len(entries), *(shown for shown, _ in entries)]),
            "cut": [(*of, evidence.quotes[of[0] - 1].paragraph.kind) for of in cut],
            "marked": sum(self._is_marked(evidence, quote) for quote in evidence.quotes),
            "several": len(self._articles) > 1,
            "spoken": spoken,
            "count": len(self._articles),
            "headers": headers,
            "shown": headers[:MOST_ARTICLES_SHOWN],
            "subjects": _counted_subjects(headers) if is_overview else [],
            "structural": structural_headings(headers[:MOST_ARTICLES_SHOWN])
            if is_overview
            else (),
            "languages": self._articles.languages[:3],
            "speaking_count": len(evidence.speaking) + evidence.more_speaking,
            "silent_count": len(evidence.silent) + evidence.more_silent,
            "speaking": [self._articles[article].title for article in evidence.speaking],
            "silent": [self._articles[article].title for article in evidence.silent],
        }

    def _subject(self, query: Query) -> str:
        """What is asked about in a few words, without what they go on with: "and on Sunday"."""
        text = query.corrected
        for code in self._articles.languages:
            text = language(code).follow_up.connectives.remove(text).strip() or text
        return text

    def _is_marked(self, evidence: Evidence, quote: Quote) -> bool:
        """Whether the quote holds a word that marks this kind of answer, such as "because"."""
        tongue = language(self._articles[quote.paragraph.article].language)
        kind = evidence.query.kind
        cue = tongue.claims.get(kind) or tongue.cues.get(kind)
        return cue is not None and cue.search(quote.text) is not None


def _counted_subjects(articles: Sequence[Article]) -> list[str]:
    """What many titles name, each with how many do: `Wages (12)`."""
    return [f"{name} ({count})" for name, count in title_subjects(articles)]


def _talk_language(query: Query) -> str:
    """The language in which small talk is answered: its own, or the chat's if it is in both.

    Emoji and words such as "ok" are. English does not count: it is also what is spoken to whoever
    speaks none of the catalogue's languages.
    """
    spoken = spoken_language()
    talk = None if spoken == FIRST_LANGUAGE else small_talk(query.question, (spoken,))
    return spoken if talk is not None and talk.language == spoken else query.talk_language


def _lead_of(evidence: Evidence) -> str:
    """Which lead the answer stands under."""
    if evidence.query.kind in (Kind.SMALL_TALK, Kind.ABOUT_ARTICLES):
        return str(evidence.query.kind)
    if evidence.answered:
        query = evidence.query
        if evidence.uncompared:
            return "uncompared"
        has_words = query.foreign or not query.context or any(word.own for word in query.words)
        return "by_meaning" if evidence.by_meaning and has_words else str(query.kind)
    return "closest" if evidence.by_meaning else "unanswered"


def footnote_lines(citations: Sequence[Citation]) -> list[tuple[tuple[Citation, ...], str]]:
    """The lines of the footnotes: each with the citations that share it, and its text.

    Quotes under one heading, and on one page, share a line, which names each of their paragraphs.
    """
    groups: dict[tuple[str, tuple[str, ...], str], list[Citation]] = {}
    for citation in citations:
        paragraph = citation.quote.paragraph
        page = paragraph.place.printed_page if paragraph.place else ""
        place = paragraph.article, (*paragraph.ancestors, paragraph.heading), page
        groups.setdefault(place, []).append(citation)
    return [(tuple(group), _shared_footnote(group)) for group in groups.values()]


def _shared_footnote(group: Sequence[Citation]) -> str:
    numbers = sorted({citation.quote.paragraph.number for citation in group})
    if len(numbers) == 1:
        return group[0].footnote
    first = group[0]
    paragraph = first.quote.paragraph
    return text("footnote_shared", article=first.article, paragraph=paragraph, numbers=numbers)


def footnote_place(paragraph: Paragraph) -> str:
    """Where a footnote stands in its article: its headings, if there are any, and paragraph."""
    return text("footnote_place", paragraph=paragraph)
