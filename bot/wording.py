"""Where are the words that a user reads? Templates in files, rendered as plain text."""

import tomllib
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

TEMPLATES = Path(__file__).parent / "templates"


def text(name: str, /, **values: object) -> str:
    """What the template of that name says."""
    return templates().get_template(f"{name}.txt").render(values).strip()


def phrase(key: str, /, **values: object) -> str:
    """One of the short texts: a button, a line, what pops up when a button is pressed."""
    return _phrase(key).render(values)


@cache
def templates() -> Environment:
    """The templates; they give plain text, which is marked up or escaped by whoever shows it."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701  # plain text: markup comes last, from entities
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _phrase(name: str) -> Template:
    return templates().from_string(_phrases()[name])


@cache
def _phrases() -> dict[str, str]:
    return tomllib.loads((TEMPLATES / "phrases.toml").read_text(encoding="utf-8"))
