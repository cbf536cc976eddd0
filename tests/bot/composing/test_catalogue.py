"""All that the bot says is there in each language, with the same placeholders."""

import tomllib

import pytest
from jinja2 import meta

from bot.composing.wording import (
    FIRST_LANGUAGE,
    TEMPLATES,
    catalogue_language,
    catalogue_languages,
    caution_text,
    menu_texts,
    phrase,
    speaking,
    templates_in,
    text,
)
from retrieval.sources.documents.cautions import Caution, SourceWarning

OTHERS = [code for code in catalogue_languages() if code != FIRST_LANGUAGE]
FILES = sorted(
    path.relative_to(TEMPLATES / FIRST_LANGUAGE).as_posix()
    for path in (TEMPLATES / FIRST_LANGUAGE).rglob("*.*")
)
PAGES = [name for name in FILES if name.endswith(".txt")]


def table(code, name):
    return tomllib.loads((TEMPLATES / code / f"{name}.toml").read_text(encoding="utf-8"))


def placeholders(source, code):
    """The values that a template needs from those who use it."""
    environment = templates_in(code)
    return meta.find_undeclared_variables(environment.parse(source)) - set(environment.globals)


def test_there_are_three_languages():
    """English is what everybody else gets."""
    assert catalogue_languages() == ("en", "de", "ru")


@pytest.mark.parametrize("code", OTHERS)
def test_each_language_has_the_same_files(code):
    """No text is missing, and none is left over."""
    root = TEMPLATES / code
    assert sorted(p.relative_to(root).as_posix() for p in root.rglob("*.*")) == FILES


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("name", PAGES)
def test_each_template_has_the_same_placeholders(code, name):
    """What is told in one language is told in the others."""
    said, first = (
        (TEMPLATES / language / name).read_text(encoding="utf-8")
        for language in (code, FIRST_LANGUAGE)
    )
    assert placeholders(said, code) == placeholders(first, FIRST_LANGUAGE)


@pytest.mark.parametrize("code", OTHERS)
def test_each_short_text_has_the_same_placeholders(code):
    """Buttons, lines and what pops up."""
    wanted = {
        key: placeholders(said, FIRST_LANGUAGE)
        for key, said in table(FIRST_LANGUAGE, "phrases").items()
    }
    assert {k: placeholders(said, code) for k, said in table(code, "phrases").items()} == wanted


@pytest.mark.parametrize("code", catalogue_languages())
def test_each_language_says_what_may_be_wrong_with_a_text(code):
    """Of one page, and of several."""
    with speaking(code):
        for caution in Caution:
            for count, pages in ((1, "7"), (5, "7, 8, 9, 10, 11")):
                values = {"text": "Look.", "pages": pages, "count": count}
                values |= {
                    "line": 3,
                    "said": "date: x",
                    "problem": "no date",
                    "remedy": "write one",
                }
                assert caution_text(SourceWarning(caution, values)).endswith(".")
        assert {*table(code, "cautions")} == {caution.name.lower() for caution in Caution}


@pytest.mark.parametrize("code", OTHERS)
def test_each_menu_has_the_same_commands(code):
    """In the same order, each within what Telegram takes."""
    for scope, commands in menu_texts(FIRST_LANGUAGE).items():
        translated = menu_texts(code)[scope]
        if isinstance(commands, dict):
            assert list(translated) == list(commands)
            assert all(3 <= len(said) <= 256 for said in translated.values())
    assert len(menu_texts(code)["description"]) <= 512
    assert len(menu_texts(code)["short_description"]) <= 120


@pytest.mark.parametrize("code", OTHERS)
def test_nothing_is_left_in_english(code):
    """But for what has no words."""
    first, said = table(FIRST_LANGUAGE, "phrases"), table(code, "phrases")
    same = {key for key in first if said[key] == first[key]}
    assert same <= {
        "read", "good", "bad", "briefing_card", "console_document", "too_many_searches",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("count", "said"),
    [(1, "1 минуту назад"), (3, "3 минуты назад"), (5, "5 минут назад"), (21, "21 минуту назад")],
)
def test_russian_counts_in_three_forms(count, said):
    """By the last digits."""
    with speaking("ru"):
        assert said in phrase("briefing_given", minutes=count)


def test_a_language_is_named_by_its_code_with_or_without_a_region():
    """As Telegram's clients do; what has no texts here is none."""
    assert catalogue_language("de-AT") == "de"
    assert catalogue_language("RU") == "ru"
    assert catalogue_language("fr") is None
    assert catalogue_language(None) is None


def test_what_is_said_in_a_block_is_in_its_language():
    """And in the one before after it."""
    with speaking("de"):
        assert phrase("more") == "Weitere Zitate"
        with speaking("ru"):
            assert phrase("more") == "Ещё цитаты"
        assert text("pages/start", count=1, titles=["Bienen"], has_questions=False).startswith(
            "Hallo!"
        )
    assert phrase("more") == "More quotes"
