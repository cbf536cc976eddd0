"""SQuAD 2.0 (Rajpurkar et al. 2018): its paragraphs as a collection, its questions as cases."""

from collections.abc import Callable
from typing import Any, TypeVar

from retrieval.articles import Article, Paragraph

Case = TypeVar("Case")


def squad_articles(
    content: Any,  # noqa: ANN401  # JSON
    make_case: Callable[[tuple[str, int], dict[str, Any]], Case],
) -> tuple[tuple[Article, ...], dict[str, list[Case]]]:
    """The articles and, by article id, a case for each question with its paragraph's place.

    Raises KeyError, TypeError or AttributeError if the content is not in SQuAD's format.
    """
    articles, cases = [], {}
    for number, entry in enumerate(content["data"], start=1):
        identity = f"{number:03d}-{entry['title']}"
        paragraphs = [
            Paragraph(identity, position, "", _text(paragraph["context"]))
            for position, paragraph in enumerate(entry["paragraphs"], start=1)
        ]
        title = entry["title"].replace("_", " ")
        articles.append(Article(identity, title, "en", tuple(paragraphs)))
        cases[identity] = [
            make_case((identity, position), question)
            for position, paragraph in enumerate(entry["paragraphs"], start=1)
            for question in paragraph["qas"]
        ]
    return tuple(articles), cases


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("a paragraph's context is no text")
    return value
