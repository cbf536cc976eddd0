"""Briefings in other languages know what frames a text, what lies ahead and what says little."""

import pytest

from retrieval.briefing.briefer import Briefer
from retrieval.briefing.briefing import Length, SectionRole
from retrieval.briefing.differences import Differences
from retrieval.briefing.likeness.concepts import Concepts
from retrieval.index.memory_engine import memory_index
from retrieval.questions.question_reader import QuestionReader
from retrieval.text.languages import language

FERRIES = [
    (
        "Einleitung",
        "Die Fähren von Osterhavn fahren seit 1890 zu den drei äußeren Inseln im Fjord.",
    ),
    (
        "Fahrplan",
        ("Die Fähren von Osterhavn befördern jeden Morgen neunzig Autos auf die Inseln."),
    ),
    (
        "Herausforderungen",
        "Eisgang im Fjord zwingt die Fähren von Osterhavn an manchen Tagen zur Umkehr.",
    ),
]
MARKET = [("Markt", "Auf dem Markt werden Heringe, Brot und Wolle aus den Dörfern verkauft.")]


def brief(make_collection, topic, length, *articles):
    index = memory_index(make_collection(*articles, language="de"))
    return Briefer(index, QuestionReader(index, ())).brief(topic, length)


def test_german_sections(make_collection):
    """What frames the text is no heading, and what lies ahead stands last."""
    reordered = [FERRIES[2], *FERRIES[:2]]
    found = brief(make_collection, "Fähren", Length(120, 6), reordered, MARKET)
    sections = {section.heading: section for section in found.sections}
    assert "Einleitung" not in sections
    assert "seit 1890" in " ".join(point.quote.text for point in sections[""].points)
    assert sections["Fahrplan"].role is SectionRole.DETAIL
    assert found.sections[-1].heading == "Herausforderungen"
    assert found.sections[-1].role is SectionRole.OUTLOOK
    assert "Einleitung" not in {paragraph.heading for paragraph in found.near}


def test_german_outlook_without_a_heading(make_collection):
    """The sentence itself speaks of what is to come."""
    texts = [text for _, text in FERRIES]
    ahead = "Künftig fahren die Fähren von Osterhavn mit Strom aus Windrädern."
    found = brief(make_collection, "Fähren", Length(120, 6), [ahead, *texts], MARKET)
    [outlook] = [section for section in found.sections if section.role is SectionRole.OUTLOOK]
    assert outlook is found.sections[-1]
    assert ahead in {point.quote.text for point in outlook.points}


def test_a_german_sentence_that_says_little_gives_way(make_collection):
    """Only one fits, and the first has more words of its own."""
    hollow = "Wir wissen, dass die Fähren von Osterhavn Wolle, Salz, Holz und Käse befördern."
    telling = "Nachts befördern die Fähren von Osterhavn im Winter auch noch Post und Kohle."
    found = brief(make_collection, "Fähren", Length(15, 1), [f"{hollow} {telling}"], MARKET)
    assert [point.quote.text for point in found.points] == [telling]
    assert language("de").briefing.hollow.search("Die Fähren sind für alle enorm wichtig.")


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("1.200 Kronen", "1200 Kronen", False),
        ("8,7 Kilometer", "8,70 Kilometer", False),
        ("8,7 Kilometer", "87 Kilometer", True),
        ("1.200 Kronen", "1.300 Kronen", True),
    ],
)
def test_german_numbers(make_collection, one, other, differ):
    """A comma comes before the decimals, a full stop between thousands."""
    texts = [
        f"Die neue Brücke von Osterhavn misst oder kostet {n} je Pfeiler." for n in (one, other)
    ]
    index = memory_index(make_collection(*([text] for text in texts), language="de"))
    first, second = index.first_sentence(0), index.first_sentence(1)
    assert Differences(index, Concepts(index, ())).disagree(first, second) is differ


@pytest.mark.parametrize(
    ("code", "framing", "ahead", "aspect"),
    [
        ("de", "Fazit", "Risiken und Ausblick", "Streitkräfte und Schlussverkauf"),
        ("fr", "Conclusion", "Les défis à venir", "Introductionnisme et pas"),
        ("es", "Introducción", "Los retos del futuro", "El comercio de la sal"),
        ("it", "Conclusioni", "Le sfide future", "Il commercio del sale"),
        ("pt", "Conclusão", "Os desafios do futuro", "O comércio do sal"),
        ("ru", "Заключение", "Проблемы и перспективы", "Планеты и заключённые"),
        ("zh", "结论", "挑战与展望", "背景音乐的历史"),
        ("ja", "はじめに", "今後の課題", "背景音楽の歴史"),
        ("ko", "맺음말", "과제와 전망", "배경 음악의 역사"),
    ],
)
def test_headings_in_other_languages(code, framing, ahead, aspect):
    """What frames, what lies ahead, and what is neither."""
    words = language(code).briefing
    assert words.framing.match(framing)
    assert words.outlook.search(ahead)
    assert not words.framing.match(ahead)
    assert not words.framing.match(aspect)
    assert not words.outlook.search(aspect)
    assert not words.planned.search(aspect)
