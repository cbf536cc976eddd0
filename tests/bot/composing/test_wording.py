"""The short texts and templates: each is used, and a footnote is worded once."""

import re
import tomllib
from pathlib import Path

import pytest

import bot
from bot.composing.answer_composer import footnote_place
from bot.composing.wording import TEMPLATES, templates
from retrieval.articles import Article, Paragraph

SOURCE = "\n".join(
    path.read_text(encoding="utf-8") for path in Path(bot.__file__).parent.rglob("*.py")
)
STARTS = re.findall(r'f"([a-z_]+_)\{', SOURCE)


@pytest.mark.parametrize(
    "name", tomllib.loads((TEMPLATES / "en" / "phrases.toml").read_text(encoding="utf-8"))
)
def test_every_phrase_is_said_somewhere(name):
    """By its whole name, or by the part of it that does not change."""
    assert re.search(rf"""["']{name}["']""", SOURCE) or name.startswith(tuple(STARTS))


@pytest.mark.parametrize("heading", ["", "Wax & “wings”"])
def test_a_footnote_ends_as_a_place_is_worded(heading):
    """In an answer with the article in front, in a briefing below the article."""
    paragraph = Paragraph("bees", 3, heading, "Bees dance.")
    place = footnote_place(paragraph)
    assert place == f"{heading}, paragraph 3".removeprefix(", ")
    article = Article("bees", "Bees", "en", (paragraph,))
    footnote = templates().get_template("footnote.txt")
    said = footnote.render(article=article, paragraph=paragraph)
    assert said == f"Bees{' › ' if heading else ', '}{place}"
