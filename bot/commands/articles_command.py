"""`footnote articles`: lists, shows and checks the articles."""

import sys
from collections.abc import Iterator
from pathlib import Path

from bot.commands.counted import counted
from bot.composing.heading_path import heading_path
from bot.composing.printable import printable
from bot.http.json_object import JsonObject
from bot.indexing.article_loading import load_articles
from bot.rendering.json_output import article_object, json_line
from bot.settings.settings import load_settings
from retrieval.articles import Article, Articles
from retrieval.errors import ArticleError, where
from retrieval.questions.vocabulary.synonyms import read_synonyms
from retrieval.sources.file_kinds import FileKind
from retrieval.sources.folders.folder import Loaded

ARTICLES_AT_ONCE = 1000


def print_list(articles: Articles, *, as_json: bool) -> None:
    """Print a line for each article: id, paragraphs, language, title."""
    if as_json:
        fields = ("id", "title", "language", "url")
        rows = [
            {name: getattr(a, name) for name in fields} | {"paragraphs": len(a.paragraphs)}
            for a in _all(articles)
        ]
        print(json_line(rows))
        return
    width = max(len(article.id) for article in _all(articles))
    for article in _all(articles):
        number, _, noun = counted(len(article.paragraphs), "paragraph").partition(" ")
        columns = f"{article.id:<{width}}  {number:>4} {noun:<10}  {article.language}"
        print(printable(f"{columns}  {article.title}"))


def _all(articles: Articles) -> Iterator[Article]:
    for start in range(0, len(articles), ARTICLES_AT_ONCE):
        yield from articles.page(start, ARTICLES_AT_ONCE)


def print_article(article: Article, *, as_json: bool) -> None:
    """Print an article with the numbers that footnotes cite."""
    if as_json:
        print(json_line(article_object(article)))
        return
    print(printable(article.title))
    headings = ""
    for paragraph in article.paragraphs:
        if heading_path(paragraph) != headings:
            headings = heading_path(paragraph)
            print(printable(f"\n## {headings}"))
        print(printable(f"\n[{paragraph.number}] {paragraph.text}"))


def print_check(folder: Path | None, *, as_json: bool) -> bool:
    """Print what is wrong with the articles and the synonym file; returns whether all is well.

    Names defects, places to look at, where markup is left or a page has no text, and, once each
    with their number and an example, the kinds of files that are not read and those that are. Only
    a defect means that something is not well: markup may be meant, and pictures may lie beside
    articles. Raises FolderError or SynonymError if there is nothing to check.
    """
    settings = load_settings()
    loaded = load_articles(folder, settings, check=True)
    read_synonyms(settings.synonyms)
    unread = [kind for kind in loaded.unread if kind.example != settings.synonyms]
    if as_json:
        print(json_line(_check_object(loaded)))
        return not loaded.defects
    for finding in (*loaded.defects, *loaded.leftovers, *unread):
        print(printable(str(finding)), file=sys.stderr)
    articles = counted(len(loaded.collection.articles), "article")
    paragraphs = counted(len(loaded.collection.paragraphs), "paragraph")
    counts = [counted(len(loaded.defects), "defect")]
    if loaded.leftovers:
        counts.append(f"{counted(len(loaded.leftovers), 'place')} to look at")
    if count := sum(kind.count for kind in unread):
        counts.append(f"{counted(count, 'file')} of other kinds")
    print(f"{articles} with {paragraphs}; {', '.join(counts)}")
    kinds = (f"{kind.count} {kind.ending} (such as {where(kind.example)})" for kind in loaded.read)
    print(printable(f"files read: {', '.join(kinds)}"))
    return not loaded.defects


def _check_object(loaded: Loaded) -> JsonObject:
    return {
        "articles": len(loaded.collection.articles),
        "paragraphs": len(loaded.collection.paragraphs),
        "defects": [_finding_object(defect) for defect in loaded.defects],
        "leftovers": [_finding_object(leftover) for leftover in loaded.leftovers],
        "read": [_kind_object(kind) for kind in loaded.read],
        "unread": [_kind_object(kind) for kind in loaded.unread],
    }


def _finding_object(found: ArticleError) -> JsonObject:
    return {
        "file": str(found.path),
        "line": found.line,
        "problem": found.problem,
        "remedy": found.remedy,
    }


def _kind_object(kind: FileKind) -> JsonObject:
    return {"ending": kind.ending, "count": kind.count, "example": str(kind.example)}
