"""Briefings are short with all that they show, and wishes for them are understood."""

import pytest
from conversations import make_pipeline

from bot.composing.briefing_lengths import BriefingLength
from bot.composing.briefing_wishes import (
    asks_for_all,
    asks_for_news,
    requested_topic,
    without_asking,
    without_short,
)
from retrieval.articles import Article, Collection, Paragraph

TITLE = "Xi Jinping And Russia: The Ties That Bind Two Nations"


@pytest.fixture(scope="module")
def pipeline(shipped_pipeline):
    return shipped_pipeline


@pytest.fixture(scope="module")
def bees():
    """A pipeline on one article, where what is said of it doesn't matter."""
    paragraph = Paragraph("bees", 1, "", "Bees live in hives. A worker bee cleans the combs.")
    return make_pipeline(Collection([Article("bees", "Of bees", "en", (paragraph,))]))


@pytest.mark.parametrize("topic", ["", "energy", "sanctions", "military technology", TITLE])
def test_all_that_is_read_is_within_the_words(pipeline, topic):
    """Title, lead and headings included; footnotes aside."""
    worded = pipeline.brief(topic, BriefingLength.USUAL.limits)
    shown = [worded.title, worded.lead, *(section.heading for section in worded.sections)]
    shown += [point.citation.quote.text for point in worded.points]
    assert list(worded.points)
    assert sum(len(text.split()) for text in shown) <= BriefingLength.USUAL.limits.words


def test_the_short_one_has_three_points_and_no_headings(pipeline):
    """It is read at a glance."""
    worded = pipeline.brief("energy", BriefingLength.SHORT.limits)
    assert 1 < len(list(worded.points)) <= 3
    assert worded.words <= BriefingLength.SHORT.limits.words
    assert all(not section.heading for section in worded.sections)


def test_an_article_is_called_by_its_title(pipeline):
    """As it is written, and the lead says where it is from."""
    worded = pipeline.brief(TITLE.lower(), BriefingLength.USUAL.limits)
    assert worded.title == TITLE
    assert worded.lead == "From the article of that title, in its own words:"


@pytest.mark.parametrize(
    "words",
    ["all", "everything", "Summary", "tl;dr", "TLDR", "the articles", "summarise everything",
     "sum it up", "overview please", "main points", "alles", "Überblick", "résumé", "всё",
     "总结", "all articles"],
)  # fmt: skip
def test_a_wish_for_all_articles(words, bees):
    """In whatever words it comes."""
    assert asks_for_all(words)
    assert bees.brief(words, BriefingLength.USUAL.limits).briefing.query is None


@pytest.mark.parametrize(
    "words",
    ["all-weather friendship", "everything about energy", "summary of sanctions", "", "allies"],
)
def test_a_topic_is_no_such_wish(words):
    """Though it begins with the same words."""
    assert not asks_for_all(words)


@pytest.mark.parametrize(
    ("words", "left", "is_short"),
    [("short BRICS", "BRICS", True), ("short", "", True), ("Short: BRICS", "BRICS", True),
     ("shortage", "shortage", False), ("BRICS", "BRICS", False)],
)  # fmt: skip
def test_short_is_told_from_a_topic(words, left, is_short):
    """By the word in front."""
    assert without_short(words) == (left, is_short)


@pytest.mark.parametrize(
    ("words", "topic"),
    [
        ("Gib mir bitte ein Briefing zu BRICS", "BRICS"),
        ("Zusammenfassung über BRICS, bitte", "BRICS"),
        ("Fass die Sanktionen zusammen!", "die Sanktionen"),
        ("Überblick", ""),
        ("дай краткий обзор по BRICS", "BRICS"),
        ("обзор, пожалуйста", ""),
        ("Überblickswissen", None),
        ("Wie ist die Zusammenfassung?", None),
        ("Обзорная площадка", None),
        ("fass mal zusammen, was neu ist", "was neu ist"),
        ("kannst du mir kurz das Bußgeld zusammenfassen?", "das Bußgeld"),
        ("кратко перескажи правила проката", "правила проката"),
        ("résume-moi la grève stp", "grève"),
        ("Fais-moi un résumé des sanctions", "sanctions"),
        ("resumeme las sanciones por favor", "sanciones"),
        ("un resumen de BRICS", "BRICS"),
        ("riassumi le sanzioni", "sanzioni"),
        ("um resumo das sanções", "sanções"),
        ("vat even de sancties samen", "de sancties"),
        ("streść sankcje", "sankcje"),
        ("короткий огляд про санкції", "санкції"),
        ("yaptırımları özetle", "yaptırımları"),
        ("İthalatı özetle", "İthalatı"),
        ("请总结一下制裁", "制裁"),
        ("制裁について要約してください", "制裁"),
        ("제재를 요약해 줘", "제재"),
        ("لخص لي العقوبات", "العقوبات"),
        ("प्रतिबंधों का सारांश दो", "प्रतिबंधों"),
        ("resume a download", None),
        ("总结会是什么时候", None),
        ("Wer fasst das zusammen?", None),
    ],
)
def test_a_request_in_other_languages(words, topic):
    """The topic stands behind it, or in its middle."""
    assert requested_topic(words) == topic


@pytest.mark.parametrize("words", ["new", "What's new?", "any news", "nur Neues", "что нового?"])
def test_a_wish_for_news(words):
    """In the languages that the bot speaks."""
    assert asks_for_news(words)
    assert not asks_for_news(f"{words} Delhi")


def test_a_topic_is_named_without_what_asks_for_it(bees):
    """In the title, and where nothing is said on it."""
    worded = bees.brief("Was sagen die Artikel zu den Steuern?", BriefingLength.USUAL.limits)
    assert worded.title == "Steuern"
    assert "“Steuern”" in worded.lead


@pytest.mark.parametrize(
    ("words", "topic"),
    [
        ("Tell me about taxes", "taxes"), ("erzähl mir was über die Bienen", "Bienen"),
        ("parle-moi des abeilles", "abeilles"), ("¿qué dicen de la cuota?", "cuota"),
        ("dimmi di più sui gatti", "gatti"), ("me fala sobre as férias", "férias"),
        ("vertel iets over de hond", "hond"), ("co wiesz o psach", "psach"),
        ("расскажи мне про налоги", "налоги"), ("что известно о налогах?", "налогах"),
        ("розкажи про бджіл", "бджіл"), ("vergi hakkında ne diyor", "vergi"),
        ("介绍一下鸟的情况", "鸟"), ("税金について教えて", "税金"), ("세금에 대해 알려줘", "세금"),
        ("أخبرني عن النحل", "النحل"), ("कर के बारे में बताओ", "कर"),
        ("military cooperation", "military cooperation"), ("tell me about", "tell me about"),
    ],
)  # fmt: skip
def test_what_asks_for_a_topic_is_no_part_of_it(words, topic):
    """In sixteen languages; where nothing else is there, the words stay."""
    assert without_asking(words) == topic
