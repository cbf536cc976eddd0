"""The optional YAML header of an article: between a first line `---` and the next one."""

import re
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from retrieval.errors import ArticleError
from retrieval.sources.web_address import remedy_for

FENCE = "---"
LONGEST_LINES = 100
LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9]+)*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Header:
    """What a header says; None where it does not. `lines` is how many lines it takes up."""

    lines: int = 0
    title: str | None = None
    language: str | None = None
    url: str | None = None
    published: str | None = None
    author: str | None = None


def split_header(path: Path, lines: list[str]) -> tuple[Header, list[str]]:
    """The header of an article's lines and the lines behind it; ArticleError if it is broken."""
    if not lines or lines[0].rstrip() != FENCE:
        return Header(), lines
    for number, line in enumerate(lines[1 : LONGEST_LINES + 1], start=2):
        if line.rstrip() in (FENCE, "..."):
            fields = _fields(path, lines[1 : number - 1])
            return replace(_checked(path, fields), lines=number), lines[number:]
    problem = f"the header that begins here does not end within {LONGEST_LINES} lines"
    raise ArticleError(path, problem, f"close it with a line {FENCE!r}", line=1)


def _fields(path: Path, lines: list[str]) -> dict[str, tuple[str, int]]:
    """Each field's text and its line in the file; every scalar is text, also `no` and `2024`."""
    import yaml  # only articles with a header need it, and it takes its time

    try:
        node = yaml.compose("\n".join(lines), Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = 2 + (mark.line if mark else 0)
        problem = f"the header is no valid YAML ({error.problem or 'it cannot be read'})"
        raise ArticleError(path, problem, "put the value in quotation marks", line) from error
    except yaml.reader.ReaderError as error:
        line = 2 + "\n".join(lines).count("\n", 0, error.position)
        problem = "the header holds a character that cannot be shown"
        raise ArticleError(path, problem, "remove it", line) from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        remedy = "write it as lines such as 'title: The title'"
        raise ArticleError(path, "the header is no valid YAML", remedy, line=2) from error
    if node is None:
        return {}
    if not isinstance(node, yaml.MappingNode):
        remedy = "write it as lines such as 'title: The title'"
        raise ArticleError(path, "the header holds no fields", remedy, line=2)
    fields = {}
    for key, value in node.value:
        if isinstance(key, yaml.ScalarNode) and isinstance(value, yaml.ScalarNode):
            fields[key.value.casefold()] = (value.value.strip(), key.start_mark.line + 2)
        elif isinstance(key, yaml.ScalarNode) and key.value.casefold() in Header.__slots__:
            line = key.start_mark.line + 2
            raise ArticleError(path, f"{key.value!r} is not one text", "write one value", line)
    return fields


def _checked(path: Path, fields: dict[str, tuple[str, int]]) -> Header:
    texts = {name: text for name, (text, _) in fields.items() if text}
    language = texts.get("language")
    if language is not None:
        match = LANGUAGE.fullmatch(language)
        if match is None:
            _reject(path, fields, "language", "write a code such as 'en' or 'pt-BR'")
        else:
            language = match[1].lower()
    if "url" in texts and (remedy := remedy_for(texts["url"])):
        _reject(path, fields, "url", remedy)
    if "published" in texts and not _is_date(texts["published"]):
        _reject(path, fields, "published", "write a date such as 2024-05-31, 2024-05 or 2024")
    return Header(
        title=_line(texts.get("title")),
        language=language,
        url=texts.get("url"),
        published=texts.get("published"),
        author=_line(texts.get("author")),
    )


def _reject(path: Path, fields: dict[str, tuple[str, int]], name: str, remedy: str) -> None:
    text, line = fields[name]
    raise ArticleError(path, f"{name} {text[:80]!r} is not valid", remedy, line)


def _line(text: str | None) -> str | None:
    return " ".join(text.split()) if text is not None else None


def _is_date(text: str) -> bool:
    if not re.fullmatch(r"\d{4}(-\d{2}){0,2}", text):
        return False
    try:
        date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        return False
    return True
