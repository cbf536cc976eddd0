"""Answers and articles as JSON objects: the interface that other programs build on."""

import json
import re
from typing import TYPE_CHECKING

from bot.composing.answer_composer import Answer, Citation
from bot.http.json_object import JsonObject
from retrieval.articles import HEADER_FIELDS, Article, Place, header_values

if TYPE_CHECKING:
    from bot.composing.briefing_composer import CitedPoint, WordedBriefing

UNSHOWN = r"[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"


def json_line(fields: object) -> str:
    """The fields as one line of JSON; characters that would steer a terminal are escaped."""
    text = json.dumps(fields, ensure_ascii=False)
    return re.sub(UNSHOWN, lambda match: f"\\u{ord(match.group()):04x}", text)


def answer_object(answer: Answer, question: str, identity: object = None) -> JsonObject:
    """An answer; `question` is as it was asked, `identity` whatever the asker calls it by."""
    query = answer.evidence.query
    return {
        "id": identity,
        "question": question,
        "answered": answer.evidence.answered,
        "kind": query.kind.value,
        "lead": answer.lead,
        "notes": list(answer.notes),
        "quotes": [_quote_object(citation) for citation in answer.quotes],
        "related": [_quote_object(citation) for citation in answer.related],
        "by_meaning": answer.evidence.by_meaning,
        "corrections": query.corrections,
        "unmatched": query.unmatched,
        "synonyms": {word: list(found) for word, found in answer.evidence.synonyms},
        "context": query.context,
        "silent": list(answer.evidence.silent),
        "speaking": list(answer.evidence.speaking),
    }


def briefing_object(worded: "WordedBriefing", topic: str) -> JsonObject:
    """A briefing; `topic` is as it was asked for."""
    briefing = worded.briefing
    query = briefing.query
    return {
        "topic": topic,
        "found": briefing.found,
        "sections": [
            {
                "heading": section.heading,
                "role": section.role.value,
                "quotes": [_point_object(point) for point in section.points],
            }
            for section in worded.sections
        ],
        "speaking": list(briefing.speaking),
        "near": [
            {"heading": heading, "article": place.article, "paragraph": place.number}
            for heading, place in worded.near
        ],
        "corrections": query.corrections if query else {},
        "unmatched": query.unmatched if query else [],
    }


def _point_object(point: "CitedPoint") -> JsonObject:
    """A quote and, where other articles say the same, theirs in `also`."""
    fields = _quote_object(point.citation)
    if point.also:
        fields["also"] = [_quote_object(citation) for citation in point.also]
    return fields


def _quote_object(citation: Citation) -> JsonObject:
    quote = citation.quote
    fields: JsonObject = {
        "number": citation.number,
        "text": quote.text,
        "article": quote.paragraph.article,
        "title": citation.article.title,
        "heading": quote.paragraph.heading,
        "paragraph": quote.paragraph.number,
        "start": quote.start,
        "end": quote.end,
    }
    if len(quote.spans) > 1:
        fields["spans"] = [[span.start, span.end] for span in quote.spans]
    return fields


def article_object(article: Article) -> JsonObject:
    """An article with the text of its paragraphs, so that anyone can check a quote."""
    return {
        "id": article.id,
        "title": article.title,
        "language": article.language,
        **dict(zip(HEADER_FIELDS, header_values(article), strict=True)),
        "paragraphs": [
            {
                "number": p.number,
                "heading": p.heading,
                "ancestors": list(p.ancestors),
                "kind": p.kind.value,
                "text": p.text,
                **_place_fields(p.place),
            }
            for p in article.paragraphs
        ],
    }


def _place_fields(place: Place | None) -> JsonObject:
    """The page of a PDF or a printed book, and the anchor on a page of the web or in a book."""
    if place is None:
        return {}
    fields = {"page": place.page, "page_label": place.label, "anchor": place.anchor}
    return {name: value for name, value in fields.items() if value}
