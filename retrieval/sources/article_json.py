"""Articles as JSON: in files of their own, and on their way between processes."""

from typing import Any

from retrieval.articles import HEADER_FIELDS, Article, Paragraph, ParagraphKind, Place

HEADER = ("id", "title", "language", *HEADER_FIELDS)


def article_fields(article: Article) -> dict[str, object]:
    """The article as an object of JSON."""
    return {
        **{name: getattr(article, name) for name in HEADER},
        "paragraphs": [_paragraph_fields(paragraph) for paragraph in article.paragraphs],
    }


def article_of(fields: dict[str, Any]) -> Article:
    """The article of such an object; raises KeyError, TypeError or ValueError."""
    identity = str(fields["id"])
    paragraphs = tuple(
        _paragraph(identity, number, one)
        for number, one in enumerate(fields["paragraphs"], start=1)
    )
    header = [fields[name] for name in HEADER_FIELDS]
    return Article(identity, str(fields["title"]), str(fields["language"]), paragraphs, *header)


def _paragraph_fields(paragraph: Paragraph) -> dict[str, object]:
    shown: dict[str, object] = {
        "heading": paragraph.heading,
        "ancestors": list(paragraph.ancestors),
        "kind": paragraph.kind.value,
        "text": paragraph.text,
    }
    return shown | ({"place": paragraph.place._asdict()} if paragraph.place else {})


def _paragraph(identity: str, number: int, stored: dict[str, Any]) -> Paragraph:
    return Paragraph(
        identity,
        number,
        str(stored["heading"]),
        str(stored["text"]),
        tuple(stored["ancestors"]),
        ParagraphKind(stored["kind"]),
        Place(**stored["place"]) if "place" in stored else None,
    )
