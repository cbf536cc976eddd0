"""`footnote articles`: lists, shows and checks the articles."""

import sys
from pathlib import Path

from bot.composing.pipeline import load
from bot.composing.printable import printable
from bot.rendering.json_output import article_object, json_line
from bot.settings.settings import load_settings
from retrieval.articles import Article, Collection
from retrieval.questions.synonyms import read_synonyms


def print_list(collection: Collection, *, as_json: bool) -> None:
    """Print a line for each article: id, paragraphs, language, title."""
    if as_json:
        fields = ("id", "title", "language", "url")
        rows = [
            {name: getattr(a, name) for name in fields} | {"paragraphs": len(a.paragraphs)}
            for a in collection.articles
        ]
        print(json_line(rows))
        return
    width = max(len(article.id) for article in collection.articles)
    for article in collection.articles:
        count = f"{len(article.paragraphs):>4} paragraphs"
        print(printable(f"{article.id:<{width}}  {count}  {article.language}  {article.title}"))


def print_article(article: Article, *, as_json: bool) -> None:
    """Print an article with the numbers that footnotes cite."""
    if as_json:
        print(json_line(article_object(article)))
        return
    print(printable(article.title))
    heading = ""
    for paragraph in article.paragraphs:
        if paragraph.heading != heading:
            heading = paragraph.heading
            print(printable(f"\n## {heading}"))
        print(printable(f"\n[{paragraph.number}] {paragraph.text}"))


def print_check(folder: Path | None) -> bool:
    """Print every defect of the articles and of the synonym file; returns whether all is well.

    Raises FolderError or SynonymError if there is nothing to check.
    """
    settings = load_settings()
    loaded = load(folder, settings)
    read_synonyms(settings.synonyms)
    for defect in loaded.defects:
        print(defect, file=sys.stderr)
    articles = len(loaded.collection.articles)
    paragraphs = len(loaded.collection.paragraphs)
    print(f"{articles} articles with {paragraphs} paragraphs; {len(loaded.defects)} defects")
    return not loaded.defects
