"""Headers answer who wrote the articles, when they were published and how many there are."""

from dataclasses import replace

import pytest
from listed_articles import BREAD, HARBOUR, article, renamed

from bot.composing.answer_composer import AnswerComposer
from retrieval.answers.finder import Finder
from retrieval.articles import Collection
from retrieval.index.memory_engine import memory_index
from retrieval.questions.article_questions import Fact
from retrieval.questions.question_kinds import Kind

HAMLET = """
Hamlet

Around the year 1600, William Shakespeare wrote Hamlet. The play is long.
"""


def finder_of_headed(*articles):
    return Finder(memory_index(Collection(articles)))


@pytest.fixture(scope="module")
def finder():
    return finder_of_headed(
        article(BREAD, "bread", author="Maren Holt", published="2023-04-12"),
        article(HARBOUR, "harbour", author="Ida Lund", published="2024-09-01"),
        article(HAMLET, "hamlet", author="Jo Reed"),
    )


def told(finder, question, context=None):
    """The articles whose headers say it, and those whose headers do not."""
    evidence = finder.find(question, context)
    assert evidence.query.kind is Kind.ABOUT_ARTICLES
    assert evidence.quotes == evidence.related == ()
    return evidence.speaking, evidence.silent


def test_without_a_subject_all_articles_are_meant(finder):
    """In their order, or the newest first where dates are asked for."""
    assert told(finder, "Who wrote this?") == (("bread", "harbour", "hamlet"), ())
    assert told(finder, "When was this published?") == (("harbour", "bread"), ("hamlet",))
    assert told(finder, "How many articles are there?") == (("bread", "harbour", "hamlet"), ())
    assert finder.find("Who wrote this?").answered


def test_after_a_question_its_articles_are_meant(finder):
    """Unless another one is named, or they are counted."""
    baking = "How do I bake a loaf?"
    assert told(finder, "Who wrote this?", baking) == (("bread",), ())
    assert told(finder, "How new is it?", baking) == (("bread",), ())
    assert told(finder, "Who wrote the article about the harbour?", baking) == (("harbour",), ())
    assert len(told(finder, "How many articles are there?", baking)[0]) == 3
    assert finder.find("How new is it?", baking).query.context == baking
    counted = "How many articles are there?"
    assert len(told(finder, "How new are the articles?", counted)[0]) == 2
    assert finder.find("How new are the articles?", counted).query.context is None
    assert told(finder, "When was it published?", "Who wrote the bread article?") == (
        ("bread",),
        (),
    )


@pytest.mark.parametrize(
    "question",
    [
        "What is the newest article?",
        "which posts are the most recent",
        "What's your latest blog post?",
        "Welcher Artikel ist der neueste?",
        "Was ist der neueste Beitrag?",
        "Какая статья самая новая?",
        "Последние статьи",
    ],
)
def test_the_newest_are_told_by_their_dates(finder, question):
    """Of all articles, whatever was asked before."""
    for before in (None, "How do I bake a loaf?"):
        assert told(finder, question, before) == (("harbour", "bread"), ("hamlet",))


@pytest.mark.parametrize(
    ("question", "identity"),
    [
        ("Who wrote the article about bread?", "bread"),
        ("Who is the author of the article about opening hours?", "harbour"),
        ("Who wrote the article about rye?", "bread"),
        ("Who wrote “The Harbour Office”?", "harbour"),
        ("Who is the author of bread at home?", "bread"),
        ("who made the bread recipe", "bread"),
        ("who's the author of bread", "bread"),
        ("Wann erschien der Artikel The harbour office?", "harbour"),
        ("Quand l'article « The harbour office » a-t-il été publié ?", "harbour"),
        ("Кто автор статьи «The harbour office»?", "harbour"),
    ],
)
def test_an_article_is_found_by_its_subject_or_title(finder, question, identity):
    """A subject in the title, a heading or the text."""
    assert told(finder, question) == ((identity,), ())


def test_what_an_article_says_itself_comes_first(finder):
    """It may be about somebody who wrote something of the same title."""
    quote = "Around the year 1600, William Shakespeare wrote Hamlet."
    assert finder.find("Who wrote Hamlet?").quotes[0].text.startswith(quote)
    assert finder.find("Who wrote it?", "How long is Hamlet?").quotes[0].text.startswith(quote)


@pytest.mark.parametrize(
    "question", ["Who wrote the treaty of Utrecht?", "Who wrote the article about submarines?"]
)
def test_what_no_article_is_about_is_a_question_like_any_other(finder, question):
    """It is not answered with whoever wrote something else."""
    evidence = finder.find(question)
    assert evidence.query.kind is not Kind.ABOUT_ARTICLES
    assert not evidence.answered


def test_headers_that_say_nothing_answer_nothing():
    """And the question is still understood."""
    evidence = finder_of_headed(article(HAMLET)).find("When was this published?")
    assert evidence.query.fact is Fact.PUBLISHED
    assert evidence.silent == ("article",)
    assert not evidence.answered


def test_articles_about_a_subject_are_counted_by_their_quotes(finder):
    """As other questions that compare the articles."""
    evidence = finder.find("How many articles are there about bread?")
    assert evidence.query.kind is Kind.COMPARISON
    assert evidence.speaking == ("bread",)


def test_the_first_articles_can_be_opened():
    """At their first sentences, up to eight."""
    made = article(BREAD, author="Maren Holt")
    many = [replace(renamed(made, f"bread-{n}"), title=f"Bread {n}") for n in range(11)]
    evidence = finder_of_headed(*many).find("Who wrote this?")
    assert len(evidence.speaking) == 11
    assert [quote.text for quote in evidence.further] == ["Bread is older than the oven."] * 8


def test_other_languages_ask_too():
    """In their own words."""
    german = article("Brot\n\nBrot ist alt.", "brot", "de", author="Jens Brandt")
    assert told(finder_of_headed(german), "Wer hat das geschrieben?") == (("brot",), ())
    assert told(finder_of_headed(german), "Who wrote this?") == (("brot",), ())


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("Wie viele Artikel hast du?", Fact.COUNT),
        ("сколько у тебя статей?", Fact.COUNT),
        ("combien d’articles as-tu ?", Fact.COUNT),
        ("¿Quién escribió estos textos?", Fact.AUTHOR),
        ("Von wann sind die Artikel?", Fact.PUBLISHED),
        ("насколько это свежее?", Fact.PUBLISHED),
        ("c’est récent ?", Fact.PUBLISHED),
        ("are these articles up to date?", Fact.PUBLISHED),
        ("how big is your library?", Fact.COUNT),
    ],
)
def test_articles_are_asked_about_in_languages_that_they_are_not_in(finder, question, fact):
    """What their headers say needs no search in the language of the question."""
    assert finder.find(question).query.fact == fact


def test_what_all_are_about_is_said_by_the_front_page_first(finder):
    """By its first sentence that does more than greet and ask."""
    told_in_all = "Here you find what the bakers of the harbour know."
    welcome = "Welcome to the bakers! Do you want to bake loaves of dark bread at home, too?"
    page = article(f"Bakers\n\n{welcome} {told_in_all} Ask for more.", "readme")
    evidence = finder_of_headed(article(BREAD, "bread"), page).find("What is this about?")
    assert evidence.speaking == ("readme", "bread")
    assert evidence.introduction.text == told_in_all
    answer = AnswerComposer(Collection((article(BREAD, "bread"), page))).compose(evidence)
    assert f"1. Bakers: “{told_in_all}”" in answer.lead
    assert finder.find("What is this about?").introduction is None


def test_the_age_of_what_an_article_is_about_is_told_by_its_text(finder):
    """Where no header says how old the article is."""
    assert "1600" in finder.find("How old is Hamlet?").quotes[0].text
    assert told(finder, "How old is the article on Hamlet?") == ((), ("hamlet",))
