"""An article that the operator added, with where it is from, as one file of JSON."""

import hashlib
import json
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from retrieval.articles import Article
from retrieval.sources.article_json import article_fields, article_of
from retrieval.sources.documents.cautions import SourceWarning, warning_of

FORMAT = 1
UPLOAD = "upload:"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an article is from, and in which state it was found there.

    `source` is its address, its absolute path, or `upload:` and the name of a file that was sent;
    it identifies the article, whatever its text becomes. `aliases` are other addresses that led
    to it. `text_digest` is that of its text, `file_digest` that of the bytes it was read from.
    `etag` and `modified` are what its server calls its state. `title` and `language` are what the
    operator said, `feed` is the address of the feed that brought it; `is_entry` tells that its
    text stood there, and not on its page. Moments are in Unix time.
    """

    source: str
    text_digest: str
    file_digest: str = ""
    aliases: tuple[str, ...] = ()
    etag: str = ""
    modified: str = ""
    title: str = ""
    language: str = ""
    feed: str = ""
    is_entry: bool = False
    reader: int = 0
    added: float = 0.0
    changed: float = 0.0
    failures: int = 0

    @property
    def is_web(self) -> bool:
        """Whether it is fetched from the web."""
        return self.source.startswith(("http://", "https://"))

    @property
    def is_upload(self) -> bool:
        """Whether somebody sent it, so that there is nowhere to look for a newer one."""
        return self.source.startswith(UPLOAD)

    def names(self) -> set[str]:
        """All that it is known by."""
        return {self.source, *self.aliases}


@dataclass(frozen=True, slots=True)
class AddedArticle:
    """An article and its origin; `pages` counts those of its file, `warnings` are about it."""

    article: Article
    origin: Origin
    pages: int = 0
    warnings: tuple[SourceWarning, ...] = ()


def text_digest(article: Article) -> str:
    """What is the same for the same texts, under whatever title."""
    texts = "\n\n".join(paragraph.text for paragraph in article.paragraphs)
    return hashlib.sha256(texts.encode("utf-8", "replace")).hexdigest()


def with_id(article: Article, identity: str) -> Article:
    """This article under another id."""
    if article.id == identity:
        return article
    paragraphs = tuple(p._replace(article=identity) for p in article.paragraphs)
    return replace(article, id=identity, paragraphs=paragraphs)


def encoded(added: AddedArticle) -> bytes:
    """The article as the content of its file."""
    stored = {
        "format": FORMAT,
        "origin": asdict(added.origin),
        "pages": added.pages,
        "warnings": [warning.fields for warning in added.warnings],
        **article_fields(added.article),
    }
    return json.dumps(stored, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def decoded_article(content: bytes) -> AddedArticle:
    """The article in such a file; raises ValueError for what is none."""
    try:
        stored = json.loads(content)
        if stored["format"] != FORMAT:
            raise ValueError("it is of another version")
        article = article_of(stored)
        origin = _origin(stored["origin"])
        warnings = tuple(map(warning_of, stored["warnings"]))
        return AddedArticle(article, origin, int(stored["pages"]), warnings)
    except (KeyError, TypeError, RecursionError, UnicodeDecodeError) as error:
        raise ValueError("it is no article") from error


def _origin(stored: dict[str, Any]) -> Origin:
    known = {field.name for field in fields(Origin)}
    found = {name: value for name, value in stored.items() if name in known}
    return Origin(**found | {"aliases": tuple(found.get("aliases", ()))})
