"""The optional header of an article: title, language, address, date and author."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from retrieval.sources.headers.header_syntax import (
    HeaderProblem,
    RawHeader,
    Value,
    read_raw_header,
)
from retrieval.sources.headers.written_dates import iso_date
from retrieval.sources.markdown.markers.template_tags import without_tags
from retrieval.sources.web.web_address import NOT_WHOLE, remedy_for

# The names that people give to a field, without what parts their words (`last_modified`,
# `last-modified`, `lastModified`); the first one that says something counts.
NAMES = {
    "title": ("title",),
    "language": ("language", "lang", "locale"),
    "url": ("url", "canonical", "canonicalurl", "link", "permalink"),
    "published": (
        "published", "date", "publishdate", "pubdate", "publishedat", "created", "createdat",
    ),
    "updated": (
        "updated", "lastmod", "lastmodified", "lastmodifiedat", "lastupdated", "lastupdate",
        "updatedat", "updatedate", "modified", "datemodified", "dateupdated",
    ),
    "author": ("author", "authors", "by", "byline"),
}  # fmt: skip
NAMES_OF_PEOPLE = ("name", "title", "key")
LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9]+)*", re.IGNORECASE)
PARTING = re.compile(r"[-_ ]")
NO_PATH = re.compile(r"[^/]*:|www\.|\S+\s")  # nor the name of a page
NO_DATES = ("true", "false", "")  # `published: true` says that a page is shown


@dataclass(frozen=True, slots=True)
class Header:
    """What a header says; None where it does not. `lines` is how many lines it takes up.

    `language` is a code of two or three letters, `url` a whole web address, `published` and
    `updated` are dates such as 2024-05-31, 2024-05 or 2024. What only says when it was updated is
    published then.
    """

    lines: int = 0
    title: str | None = None
    language: str | None = None
    url: str | None = None
    published: str | None = None
    author: str | None = None
    updated: str | None = None
    problems: tuple[HeaderProblem, ...] = ()


def read_header(lines: list[str]) -> Header:
    """The header of an article's lines; a field that cannot be used is left out and named."""
    raw = read_raw_header(lines)
    reader = _FieldReader(raw)
    published, updated = reader.date("published"), reader.date("updated")
    return Header(
        lines=raw.lines,
        title=reader.title(),
        language=reader.language(),
        url=reader.url(),
        published=published or updated,
        author=reader.author(),
        updated=updated,
        problems=tuple(raw.problems),
    )


class _FieldReader:
    """Reads the fields of one header and adds what is wrong with them to its problems."""

    def __init__(self, raw: RawHeader) -> None:
        self._raw = raw
        inner = {
            f"{name} {part}": (name, text)
            for name, value in raw.fields.items()
            if isinstance(value, dict)
            for part, text in value.items()
        }
        given = inner | {name: (name, value) for name, value in raw.fields.items()}
        self._fields = {PARTING.sub("", key): field for key, field in given.items()}

    def title(self) -> str | None:
        for name, value in self._given("title"):
            if isinstance(value, str) and without_tags(value) != value:
                continue  # which the generator fills in
            if isinstance(value, str):
                return " ".join(value.split())
            self._reject(name, value, "write one text")
        return None

    def language(self) -> str | None:
        for name, value in self._given("language"):
            match = LANGUAGE.fullmatch(value) if isinstance(value, str) else None
            if match is not None:
                return match[1].lower()
            self._reject(name, value, "write a code such as 'en' or 'pt-BR'")
        return None

    def url(self) -> str | None:
        for name, value in self._given("url"):
            remedy = remedy_for(value) if isinstance(value, str) else NOT_WHOLE
            if remedy is None and isinstance(value, str):
                return value
            if remedy and (not isinstance(value, str) or NO_PATH.match(value)):
                self._reject(name, value, remedy)
        return None  # a path below the site's own address leads nowhere from here

    def date(self, field: str) -> str | None:
        for name, value in self._given(field):
            if isinstance(value, str) and value.casefold() in NO_DATES:
                continue
            found = next(filter(None, map(iso_date, _texts(value))), None)
            if found is not None:
                return found
            self._reject(name, value, "write a date such as 2024-05-31, 2024-05 or 2024")
        return None

    def author(self) -> str | None:
        for _, value in self._given("author"):
            if people := ", ".join(dict.fromkeys(_people(value))):
                return people
        return None

    def _given(self, field: str) -> Iterator[tuple[str, Value]]:
        for key in NAMES[field]:
            name, value = self._fields.get(key, (key, ""))
            if value:
                yield name, value

    def _reject(self, name: str, value: Value, remedy: str) -> None:
        shown = value[:80] if isinstance(value, str) else "with several values"
        said = f"{name} {shown!r} is not valid" if isinstance(value, str) else f"{name} {shown}"
        self._raw.problems.append(HeaderProblem(said, remedy, self._raw.places.get(name, 1)))


def _people(value: Value) -> Iterator[str]:
    """The names of a text, of a list, or of fields about a person."""
    if isinstance(value, str):
        if value:
            yield " ".join(value.split())
    elif isinstance(value, list):
        for one in value:
            yield from _people(one)
    else:
        named = (value.get(key) for key in NAMES_OF_PEOPLE)
        yield from _people(next((one for one in named if isinstance(one, str) and one), ""))


def _texts(value: Value) -> Iterator[str]:
    """A text, or those of a list or of fields, such as a page's dates."""
    if isinstance(value, str):
        yield value
    else:
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts(one)
