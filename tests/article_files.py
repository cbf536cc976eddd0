"""Articles read from files, in English."""

from pathlib import Path

from retrieval.sources.article_file import read_article


def english(_: str) -> str:
    return "en"


def read(path: Path):
    """The article of a file that can be used."""
    article = read_article(path, english).article
    assert article is not None
    return article


def texts(article):
    return [paragraph.text for paragraph in article.paragraphs]
