"""A second footnote stands only where the other passage says all of what is quoted."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.briefing.briefer import Briefer
from retrieval.briefing.briefing import Length
from retrieval.briefing.likeness.restatements import canonical_tokens
from retrieval.index.collection_index import Index
from retrieval.index.memory_engine import memory_index
from retrieval.questions.question_reader import QuestionReader
from retrieval.text.languages import language

TWINS = tomllib.loads(Path(__file__).with_name("twins.toml").read_text(encoding="utf-8"))
EVERYTHING = Length(words=1000, points=100)
LANGUAGES = ["en", "de", "fr", "es", "it", "pt", "ru", "zh", "ja", "ko"]
# A sentence with a place for a number, and one with a place for a negation.
COUNTED = {
    "en": "The {} masons of the quarry rest at noon.",
    "de": "Die {} Maurer im Steinbruch ruhen am Mittag.",
    "fr": "Les {} maçons de la carrière dorment à midi.",
    "es": "Los {} albañiles de la cantera duermen al mediodía.",
    "it": "I {} muratori della cava dormono a mezzogiorno.",
    "pt": "Os {} pedreiros da pedreira dormem ao meio-dia.",
    "ru": "Все {} каменщиков карьера спят в полдень.",
    "zh": "采石场的{}名石匠中午休息。",
    "ja": "採石場の{}人の石工は正午に休む。",
    "ko": "채석장의 석공 {}명은 정오에 쉰다.",
}
NEGATIONS = {
    "en": ["not", "never", "no", "hardly", "without"],
    "de": ["nicht", "nie", "keine", "kaum", "ohne"],
    "fr": ["pas", "jamais", "aucun", "sans", "ni"],
    "es": ["no", "nunca", "jamás", "sin", "ni"],
    "it": ["non", "mai", "nessuno", "senza", "né"],
    "pt": ["não", "nunca", "jamais", "sem", "nem"],
    "ru": ["не", "ни", "никогда", "без", "нельзя"],
    "zh": ["不", "没有", "从未", "无", "未"],
    "ja": ["ない", "決して", "無", "未", "ず"],
    "ko": ["안", "못", "않는", "결코", "없이"],
}


@pytest.fixture
def cited(make_collection):
    """Whether a briefing on two articles, a sentence each, cites both for one point."""

    def tell(code: str, one: str, other: str) -> bool:
        index = memory_index(make_collection([one], [other], language=code))
        found = Briefer(index, QuestionReader(index, ())).brief("", EVERYTHING)
        assert found.found
        return any(point.also for point in found.points)

    return tell


def are_same(code: str, *texts: str) -> bool:
    """Whether all texts have the same words."""
    comma = language(code).decimal_comma
    return len({canonical_tokens(text, comma) for text in texts}) == 1


@pytest.mark.parametrize(("code", "kind", "one", "other"), TWINS["near"])
def test_near_twins_are_not_cited_together(cited, code, kind, one, other):
    """One word, number or mark makes another statement of it."""
    assert one != other, kind
    assert not cited(code, one, other)
    assert not are_same(code, one, other)
    assert not are_same(code, other, one)


@pytest.mark.parametrize(("code", "kind", "one", "other"), TWINS["true"])
def test_true_twins_are_cited_together(cited, code, kind, one, other):
    """They are the same words, differently written."""
    assert cited(code, one, other), kind
    assert cited(code, other, one), kind


def test_there_are_twins_of_each_language():
    """A hundred near-twins and more, thirty true ones and more."""
    assert len(TWINS["near"]) >= 100
    assert len(TWINS["true"]) >= 30
    assert {code for code, *_ in TWINS["near"]}.issuperset(LANGUAGES)
    assert {code for code, *_ in TWINS["true"]}.issuperset(LANGUAGES)


@given(st.sampled_from(LANGUAGES), st.integers(0, 10**7), st.integers(0, 10**7), st.data())
def test_another_number_is_another_statement(code, one, other, data):
    """However the two are written."""
    separator = "." if language(code).decimal_comma else ","

    def written(number: int) -> str:
        grouped = f"{number:,}".replace(",", separator)
        return data.draw(st.sampled_from([str(number), grouped]))

    sentences = [COUNTED[code].format(written(number)) for number in (one, other)]
    assert are_same(code, *sentences) == (one == other)


@given(st.sampled_from(TWINS["true"]), st.data())
def test_a_changed_digit_is_another_statement(twin, data):
    """Wherever a number stands in a sentence."""
    code, _, one, other = twin
    places = [place for place, char in enumerate(one) if char.isdecimal()]
    if places:
        place = data.draw(st.sampled_from(places))
        digit = data.draw(st.sampled_from([d for d in "0123456789" if int(d) != int(one[place])]))
        changed = one[:place] + digit + one[place + 1 :]
        assert not are_same(code, one, changed)
        assert not are_same(code, other, changed)


@given(st.sampled_from(TWINS["true"]), st.data())
def test_a_negation_is_another_statement(twin, data):
    """Wherever it is put into one of the sentences."""
    code, _, one, other = twin
    negation = data.draw(st.sampled_from(NEGATIONS[code]))
    if code in {"zh", "ja"}:
        place = data.draw(st.integers(1, len(one) - 1))
        denied = one[:place] + negation + one[place:]
    else:
        words = one.split(" ")
        place = data.draw(st.integers(0, len(words)))
        denied = " ".join([*words[:place], negation, *words[place:]])
    for said in (one, other):
        assert not are_same(code, said, denied)
        assert not are_same(code, denied, said)


@given(st.sampled_from(["en", "de", "zz"]), st.text(), st.text())
def test_any_two_texts_are_compared_alike_both_ways(code, one, other):
    """Whatever they hold, and each says what it says itself if it says anything."""
    assert are_same(code, one, other) == are_same(code, other, one)
    assert are_same(code, one, one)


LEANING = "It shelters the sailors of the whole bay in heavy storms."
MOLE = "The mole of Brasko was piled up from black lava by convicts."


def test_all_sentences_of_a_passage_count(make_collection):
    """Another article that says one of them is no second source."""
    whole = [f"{MOLE} {LEANING}"]
    for other, expected in ((MOLE, []), (f"{MOLE} {LEANING}", ["article-2"])):
        index = memory_index(make_collection(whole, [other]))
        found = Briefer(index, QuestionReader(index, ())).brief("", Length(60, 1))
        also = [
            quote.paragraph.article
            for point in found.points
            if point.quote.text == whole[0]
            for quote in point.also
        ]
        assert also == expected


def test_articles_of_two_languages_do_not_cite_each_other(make_article_pair):
    """The same letters may be other words."""
    index = make_article_pair("en", "de")
    found = Briefer(index, QuestionReader(index, ())).brief("", EVERYTHING)
    assert not any(point.also for point in found.points)
    index = make_article_pair("en", "en")
    found = Briefer(index, QuestionReader(index, ())).brief("", EVERYTHING)
    assert any(point.also for point in found.points)


@pytest.fixture
def make_article_pair():
    """Makes the index of two articles with one and the same sentence, in two languages."""
    from retrieval.articles import Article, Collection, Paragraph

    def make(*codes: str) -> Index:
        names = [f"article-{number}" for number in range(1, len(codes) + 1)]
        return memory_index(
            Collection(
                [
                    Article(name, f"Title {name}", code, (Paragraph(name, 1, "", MOLE),))
                    for name, code in zip(names, codes, strict=True)
                ]
            )
        )

    return make


def test_a_long_text_is_compared_in_proportion_to_its_length():
    """Words that come again do not multiply the work."""
    text = "im mai " * 10_000
    assert are_same("de", text, text)
    assert not are_same("de", text, f"mai {text}"[: len(text)])
