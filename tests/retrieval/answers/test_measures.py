"""What is to be measured wants its unit in the answer."""

import pytest

from retrieval.answers.finder import Finder
from retrieval.answers.ranking.missing_subject import asks_whether_unknown
from retrieval.answers.ranking.needs import measures_what_is_asked
from retrieval.articles import Article, Collection, Paragraph
from retrieval.index.memory_engine import memory_index
from retrieval.questions.question_kinds import Need, wanted_answer
from retrieval.questions.question_reader import QuestionReader
from retrieval.text.languages import language

TOWER = [
    "The tower is 41 metres high and has 212 steps. It was built in 1680 of red stone.",
    "The bell of the tower weighs three tonnes. Entrance to the tower costs four crowns.",
    "A tour of the tower lasts half an hour. Children from the age of six may climb it.",
]
OTHER = ["Herons sleep in the reeds by the lake, 12 of them in the last winter but one."]


@pytest.fixture
def finder(make_collection):
    return Finder(memory_index(make_collection(TOWER, OTHER)))


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("How high is the tower?", "41 metres"),
        ("How heavy is the bell?", "three tonnes"),
        ("How much do I pay for the tower?", "four crowns"),
        ("how much is it for the tower", "four crowns"),
        ("How long does a tour take?", "half an hour"),
        ("How old must children be to climb the tower?", "age of six"),
        ("How old is the tower?", "1680"),
    ],
)
def test_the_unit_tells_what_answers(finder, question, part):
    """Though the question's own verb may be missing."""
    assert part in finder.find(question).quotes[0].text


@pytest.mark.parametrize(
    ("question", "text", "part"),
    [
        ("how long can a review be", "A review shows 2 names.", "at most 900 characters"),
        ("how long is the bridge", "The bridge took 2 carts at once.", "some 80 metres"),
    ],
)
def test_what_is_long_has_a_length_a_duration_or_a_count_of_characters(
    make_finder, question, text, part
):
    """Another number of it does not answer."""
    assert not make_finder([text], OTHER).find(question).quotes
    told = text.rstrip(".") + f" {part}."
    assert part in make_finder([told], OTHER).find(question).quotes[0].text


def test_a_price_may_be_in_any_currency_and_is_no_nothing_in_passing(make_finder):
    """What is better than nothing costs something."""
    finder = make_finder(
        [
            "Keep the mailbox locked: a mailbox with 1 bad lock is better than nothing.",
            "All mail goes by boat. A mailbox costs 80 NZD a year, and the key is the tenant's.",
        ],
        OTHER,
    )
    assert "80 NZD" in finder.find("What does a mailbox cost?").quotes[0].text


def test_a_measure_that_only_names_what_is_asked_about_wants_no_number():
    """Not where it goes on with what it does not do."""
    english = language("en")
    assert wanted_answer("What is the travel budget?", english).need is Need.NUMBER
    assert (
        wanted_answer("What is the travel budget not able to pay?", english).need
        is not Need.NUMBER
    )


@pytest.mark.parametrize(
    "question", ["How heavy is the tower?", "How warm is the tower?", "How fast is the bell?"]
)
def test_an_amount_of_something_else_is_no_answer(finder, question):
    """There are numbers enough beside the subject."""
    evidence = finder.find(question)
    weights = [quote for quote in evidence.quotes if "tonnes" in quote.text]
    assert not evidence.answered or weights


@pytest.mark.parametrize(
    ("code", "question", "measure"),
    [
        ("en", "How much does a worker weigh?", "weight"),
        ("en", "How far is it to the lake?", "distance"),
        ("en", "How far ahead do I have to book?", ""),
        ("en", "what does the ferry cost", "money"),
        ("de", "Was kostet der Eintritt?", "money"),
        ("fr", "ca coute combien", "money"),
        ("es", "que cuesta la entrada", "money"),
        ("pt", "quanto fica a entrada", "money"),
        ("de", "Wie alt ist der Turm?", "age"),
        ("ru", "Сколько стоит билет?", "money"),
        ("en", "how long is it kept", "duration"),
        ("en", "How long is the bridge?", "extent"),
        ("de", "Wie lang darf eine Rezension sein?", "extent"),
        ("fr", "Combien de temps dure la visite ?", "duration"),
        ("fr", "à quelle distance est la gare", "distance"),
        ("es", "¿Cuántos años hay que tener?", "age"),
        ("es", "que altura tiene la torre", "length"),
        ("it", "quanto e alta la torre", "length"),
        ("it", "a che temperatura si serve", "temperature"),
        ("pt", "qual a altura da torre", "length"),
        ("ru", "сколько лет башне", "age"),
        ("ru", "сколько лет длилась стройка", ""),
        ("zh", "票多少钱？", "money"),
        ("zh", "参观要多长时间", "duration"),
        ("zh", "塔有多高", "length"),
        ("ja", "見学は何時間かかりますか", "duration"),
        ("ja", "鐘の重さはどれくらい", "weight"),
        ("ko", "관람은 몇 시간 걸리나요?", "duration"),
        ("ko", "몇 살부터 들어갈 수 있나요?", "age"),
        ("nl", "hoe lang duurt het", "duration"),
        ("pl", "ile kosztuje bilet", "money"),
        ("uk", "скільки хвилин варити яйця", "duration"),
        ("tr", "bilet ne kadar", "money"),
    ],
)
def test_what_is_measured_is_read_from_the_question(code, question, measure):
    """In each language that has words for it."""
    assert wanted_answer(question, language(code)).measure == measure


def test_how_fast_something_is_wants_a_speed(make_finder):
    """For how long it does something is none."""
    finder = make_finder(
        ["A swift lives only nine years.", "A swift flies at 110 kilometres an hour in a race."],
        OTHER,
    )
    evidence = finder.find("How fast is a swift?")
    assert "kilometres an hour" in evidence.quotes[0].text
    assert not any("nine years" in quote.text for quote in evidence.quotes)


FAIR = [
    Paragraph(
        "fair", 1, "The fair", "The ground of the fair lies by the river. All may come to it."
    ),
    Paragraph("fair", 2, "Last year", "Children found nine crowns on the ground of the fair."),
    Paragraph(
        "fair", 3, "Prices", "Adults give six crowns, children four. Stalls are let by the day."
    ),
    Paragraph("fair", 4, "Opening", "From noon until 8 pm the gate stands wide open on all days."),
    Paragraph("fair", 5, "Helpers", "They may come to the fair at 7 am. Their badges are of tin."),
    Paragraph("fair", 6, "Cleaning", "Volunteers sweep it with brooms. Rain helps, too."),
]


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("How much is the fair for children?", "children four"),
        ("May we come to the fair at 9 pm?", "until 8 pm"),
        ("how is the ground cleaned", "Volunteers sweep"),
    ],
)
def test_what_stands_above_an_answer_finds_it(question, quote):
    """The question says neither "price" nor "open", and the answer hardly a word of it."""
    article = Article("fair", "The fair of Upton", "en", tuple(FAIR))
    evidence = Finder(memory_index(Collection([article]))).find(question)
    assert quote in (evidence.quotes + evidence.related)[0].text


@pytest.mark.parametrize(
    ("question", "tells"),
    [
        ("How many people look after the tower?", [True, False, False]),
        ("How heavy is the bell?", [False, False, True]),
    ],
)
def test_a_number_of_something_else_does_not_count_what_is_asked(make_collection, question, tells):
    """Nor is it of the measure."""
    texts = [
        "Nine people look after the tower.",
        "In 5 years the stairs are mended.",
        "It weighs 3 tonnes.",
    ]
    index = memory_index(make_collection(texts))
    query = QuestionReader(index, ()).read(question)
    assert [
        measures_what_is_asked(index, query, index.first_sentence(n)) for n in range(3)
    ] == tells


@pytest.mark.parametrize(
    ("language", "text", "question", "is_unknown"),
    [
        ("en", "A boat costs 4 euros an hour.", "How much does a boat cost?", False),
        ("en", "A boat costs 4 euros an hour.", "How much does the massage cost?", True),
        ("en", "A boat costs 4 euros an hour.", "How much is a canoe per hour?", False),
        ("de", "Ein Boot kostet 4 Euro.", "was kostet die massage", True),
        ("ru", "Лодка стоит 350 рублей в час.", "сколько стоит лодка", False),
        ("ru", "Лодка стоит 350 рублей в час.", "сколько стоит массаж", True),
        ("uk", "Квиток коштує 50 грн.", "скільки коштує масаж", True),
    ],
)
def test_a_price_of_what_no_article_contains_is_unknown(
    make_collection, language, text, question, is_unknown
):
    """Though the articles have a word for costing: what else costs something is no answer."""
    index = memory_index(make_collection([text], language=language))
    query = QuestionReader(index, ()).read(question)
    assert asks_whether_unknown(index, query, []) is is_unknown


@pytest.mark.parametrize(
    ("language", "text", "question"),
    [
        ("ru", "Дети до семи лет едут бесплатно.", "до какого возраста дети едут бесплатно"),
        ("ru", "Ключ хранят в течение сорока дней.", "сколько хранят ключ"),
        ("it", "La visita dura un'ora.", "quanto dura la visita"),
        ("tr", "Bir ders kırk beş dakika sürer.", "ders kaç dakika sürer"),
        ("tr", "Bone 60 liraya satılır.", "bone kaç lira"),
        ("uk", "У майстерні вісім гончарних кіл.", "скільки в майстерні гончарних кіл"),
        ("pl", "Z parkingu idzie się półtorej godziny.", "ile idzie się z parkingu"),
        ("nl", "De rondleiding duurt twee uur.", "hoe lang duurt de rondleiding"),
        ("ar", "تستغرق الجولة ساعتين.", "كم تستغرق الجولة"),
        ("hi", "एक कक्षा पैंतालीस मिनट की होती है।", "कक्षा कितने मिनट की है"),
    ],
)
def test_a_number_may_be_written_in_words(make_collection, language, text, question):
    """In each language, and in the cases that its words have."""
    finder = Finder(memory_index(make_collection([text, *OTHER], language=language)), ())
    evidence = finder.find(question)
    assert [quote.text for quote in evidence.quotes] == [text]


@pytest.mark.parametrize(
    ("language", "text", "question", "answered"),
    [
        (
            "es",
            "En la torre se usan impresoras 3D.",
            "cuántas impresoras 3D usan en la torre",
            False,
        ),
        (
            "es",
            "En la torre se usan 4 impresoras 3D.",
            "cuántas impresoras 3D usan en la torre",
            True,
        ),
        ("it", "La visita si svolge secondo il regolamento.", "quanto dura la visita", False),
        (
            "it",
            "La torre è tutelata dal decreto n. 297, comma 3.",
            "quante scale ha la torre",
            False,
        ),
        (
            "nl",
            "Een rondleiding is een feest in de toren.",
            "hoeveel rondleidingen zijn er",
            False,
        ),
        ("nl", "De weg leidt tot de toren.", "tot hoe laat is de toren open", False),
    ],
)
def test_what_only_looks_like_a_number_or_a_time_is_none(
    make_collection, language, text, question, answered
):
    """A number of the question, of a law, the article "a", "according to", "up to the tower"."""
    finder = Finder(memory_index(make_collection([text, *OTHER], language=language)), ())
    assert finder.find(question).answered is answered


@pytest.mark.parametrize(
    ("language", "told", "other", "question"),
    [
        (
            "es",
            "Juan Gil inventó la campana.",
            "Ana Gil toca la campana.",
            "quien invento la campana",
        ),
        (
            "it",
            "Ugo Riva inventò la campana.",
            "Ada Riva suona la campana.",
            "chi inventò la campana",
        ),
        ("pt", "Rui Sá inventou o sino.", "Ana Sá toca o sino.", "quem inventou o sino"),
        (
            "fr",
            "Luc Roy a inventé la cloche.",
            "Ève Roy sonne la cloche.",
            "qui a inventé la cloche",
        ),
    ],
)
def test_an_origin_is_told_by_words_for_it_alone(make_collection, language, told, other, question):
    """Whoever rings a bell need not have invented it."""
    for text, answered in ((told, True), (other, False)):
        finder = Finder(memory_index(make_collection([text, *OTHER], language=language)), ())
        assert finder.find(question).answered is answered
