"""The catalogue of all that the bot says: templates and phrases, a folder for each language.

The language is a context variable, like the locale of a request in a web framework: it is set
while an update is handled, and goes along into the worker's thread.
"""

import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from bot.composing.heading_path import heading_path
from bot.composing.locale_rules import LocaleRules
from bot.composing.printable import printable

if TYPE_CHECKING:
    from retrieval.sources.documents.cautions import SourceWarning
    from retrieval.sources.documents.document import SourceRefusal

TEMPLATES = Path(__file__).parent / "templates"
FIRST_LANGUAGE = "en"
PHRASES = "phrases"
REFUSALS = "refusals"
CAUTIONS = "cautions"

_spoken: ContextVar[str] = ContextVar("_spoken", default=FIRST_LANGUAGE)


@cache
def catalogue_languages() -> tuple[str, ...]:
    """The codes of the catalogue's languages, the default first."""
    found = sorted(path.parent.name for path in TEMPLATES.glob(f"*/{PHRASES}.toml"))
    return FIRST_LANGUAGE, *(code for code in found if code != FIRST_LANGUAGE)


def catalogue_language(code: str | None) -> str | None:
    """The language of the catalogue that a code such as "de-AT" names; None if it has none."""
    base = (code or "").replace("_", "-").partition("-")[0].casefold()
    return base if base in catalogue_languages() else None


def language_named(words: str) -> str | None:
    """The language of the catalogue that the words name, by its code or by a name of it."""
    wanted = words.strip(" .!").casefold()
    for code in catalogue_languages():
        names = {templates_in(c).filters["language_name"](code) for c in catalogue_languages()}
        if wanted in {code, *(name.casefold() for name in names)}:
            return code
    return None


def spoken_language() -> str:
    """The code of the language that is spoken in this context."""
    return _spoken.get()


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak that language of the catalogue until the end of the block."""
    token = _spoken.set(code)
    try:
        yield
    finally:
        _spoken.reset(token)


def text(name: str, /, **values: object) -> str:
    """The text of the template of that name, filled in."""
    return templates().get_template(f"{name}.txt").render(values).strip()


def html(name: str, /, **values: object) -> str:
    """The HTML of the template of that name, filled in; all values are escaped."""
    return _pages(spoken_language()).get_template(f"{name}.html").render(values)


def phrase(key: str, /, **values: object) -> str:
    """A short text: the label of a button, a line, or what pops up when a button is pressed."""
    return _phrase(spoken_language(), key).render(values)


def refusal_text(refusal: "SourceRefusal") -> str:
    """Why a source gives no article, and what to do about it."""
    code = spoken_language()
    decimal = LocaleRules(code).decimal
    values = {
        name: decimal(value) if isinstance(value, int) else value
        for name, value in refusal.values.items()
    }
    template = _table(code, REFUSALS)[refusal.reason.name.lower()]
    return templates_in(code).from_string(template).render(values)


def caution_text(warning: "SourceWarning") -> str:
    """What may be wrong with a text that was read."""
    code = spoken_language()
    template = _table(code, CAUTIONS)[warning.caution.name.lower()]
    return templates_in(code).from_string(template).render(warning.values)


def small_talk_line(kind: str, language: str, /, **values: object) -> str:
    """What is said to that kind of message, in the language of that code or else in English."""
    code = language if language in _small_talk_replies() else FIRST_LANGUAGE
    return templates_in(code).from_string(_small_talk_replies()[code][kind]).render(values)


def has_small_talk(code: str) -> bool:
    """Whether there is something to say in that language to small talk."""
    return code in _small_talk_replies()


def menu_texts(code: str) -> Mapping[str, Any]:
    """The commands of each menu and the bot's descriptions, in that language."""
    return _table(code, "menu")


def templates() -> Environment:
    """The templates of the language in which things are said here."""
    return templates_in(spoken_language())


@cache
def templates_in(code: str) -> Environment:
    """The templates of a language; they give plain text.

    That is marked up or escaped by whoever shows it. What has no words is the same in all
    languages and stands beside their folders.
    """
    environment = Environment(
        loader=FileSystemLoader([TEMPLATES / code, TEMPLATES]),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701  # plain text: markup comes last, from entities
        auto_reload=False,  # they change with the program only
        optimized=False,  # which takes longer than it saves in texts so short
        trim_blocks=True,
        lstrip_blocks=True,
    )
    rules = LocaleRules(code)
    environment.filters["heading_path"] = heading_path
    environment.globals |= {
        "spoken": code,
        "plural": rules.plural,
        "decimal": rules.decimal,
        "moment": rules.moment,
        "day": rules.day,
        "weekday": rules.weekday,
    }
    environment.filters["language_name"] = rules.language_name
    return environment


@cache
def _pages(code: str) -> Environment:
    """The templates of HTML pages: every value is made printable and escaped."""
    return templates_in(code).overlay(autoescape=True, finalize=_printable)


def _printable(value: object) -> object:
    """What is shown for a value of a page; what a macro has made is markup already."""
    if isinstance(value, str) and not hasattr(value, "__html__"):
        return printable(value)
    return value


@cache
def _phrase(code: str, name: str) -> Template:
    return templates_in(code).from_string(_table(code, PHRASES)[name])


@cache
def _table(code: str, name: str) -> Mapping[str, Any]:
    return tomllib.loads((TEMPLATES / code / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def _small_talk_replies() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads((TEMPLATES / "small_talk_replies.toml").read_text(encoding="utf-8"))
