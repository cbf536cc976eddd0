"""The templates and phrases of all that a user reads, rendered as plain text or HTML."""

import tomllib
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from bot.composing.heading_path import heading_path
from bot.composing.printable import printable

TEMPLATES = Path(__file__).parent / "templates"


def text(name: str, /, **values: object) -> str:
    """What the template of that name says."""
    return templates().get_template(f"{name}.txt").render(values).strip()


def html(name: str, /, **values: object) -> str:
    """The page that the template of that name makes; no value can be markup in it."""
    return _pages().get_template(f"{name}.html").render(values)


def phrase(key: str, /, **values: object) -> str:
    """One of the short texts: a button, a line, what pops up when a button is pressed."""
    return _phrase(key).render(values)


def small_talk_line(kind: str, language: str) -> str:
    """What is said to small talk of that kind, in the language of that code or else in English."""
    return (_small_talk().get(language) or _small_talk()["en"])[kind]


@cache
def templates() -> Environment:
    """The templates; they give plain text, which is marked up or escaped by whoever shows it."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701  # plain text: markup comes last, from entities
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["heading_path"] = heading_path
    return environment


@cache
def _pages() -> Environment:
    """The same templates, in which every value is made printable and escaped."""
    return templates().overlay(autoescape=True, finalize=_printable)


def _printable(value: object) -> object:
    """What is shown for a value of a page; what a macro has made is markup already."""
    if isinstance(value, str) and not hasattr(value, "__html__"):
        return printable(value)
    return value


@cache
def _phrase(name: str) -> Template:
    return templates().from_string(_phrases()[name])


@cache
def _phrases() -> dict[str, str]:
    return tomllib.loads((TEMPLATES / "phrases.toml").read_text(encoding="utf-8"))


@cache
def _small_talk() -> dict[str, dict[str, str]]:
    return tomllib.loads((TEMPLATES / "small_talk.toml").read_text(encoding="utf-8"))
