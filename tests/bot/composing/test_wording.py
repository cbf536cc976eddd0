"""The short texts and templates: each is used, and a footnote is worded once."""

import re
import tomllib
from pathlib import Path

import pytest

import bot
from bot.composing.answer_composer import footnote_place
from bot.composing.wording import (
    FIRST_LANGUAGE,
    TEMPLATES,
    catalogue_languages,
    refusal_text,
    speaking,
    templates,
)
from retrieval.articles import Article, Paragraph
from retrieval.sources.documents.document import SourceRefusal
from retrieval.sources.documents.refusal_reasons import Reason

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


@pytest.mark.parametrize("code", catalogue_languages())
def test_every_reason_to_refuse_a_source_is_said_in_each_language(code):
    """With no other values than on the command line, whose words are those in English."""
    for reason in Reason:
        names = re.findall(r"{(\w+)}", " ".join(reason.value))
        refusal = SourceRefusal(reason, {name: f"<{name}>" for name in names})
        with speaking(code):
            said = refusal_text(refusal)
        assert "{" not in said
        if reason is not Reason.DEFECT:
            assert (said == str(refusal)) is (code == FIRST_LANGUAGE)


def test_a_number_in_a_refusal_is_written_as_in_the_language():
    """Five thousand has a comma in English and a full stop in German."""
    refusal = SourceRefusal(Reason.PDF_PAGES, {"pages": 6000, "most": 5000})
    assert "6,000 pages, more than 5,000" in refusal_text(refusal)
    with speaking("de"):
        assert "6.000 Seiten; mehr als 5.000" in refusal_text(refusal)
