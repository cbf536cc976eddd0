"""Questions are understood: spelling, synonyms, spellings of one word, follow-ups."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retrieval.index.memory_engine import memory_index
from retrieval.questions.question_kinds import Kind
from retrieval.questions.question_reader import QuestionReader
from retrieval.questions.question_text import clean

TEXT = (
    "China sells multipolar goods to Russia. The military cooperates with the US by "
    "de-dollarization. "
    "They trade oil for dollars. The economy grows. In Beijing the leaders met."
)


@pytest.fixture
def reader(make_collection):
    groups = [["dollar", "greenback"], ["US", "United States"], ["China", "Beijing"]]
    return QuestionReader(memory_index(make_collection([TEXT])), groups)


def found(query):
    return {word.text: word.known for word in query.words}


def test_misspelt_words_are_corrected_and_told(reader):
    """In the words to look up and in what is told of it."""
    query = reader.read("Does the milatary coperate?")
    assert query.corrections == {"milatary": "military", "coperate": "cooperates"}
    assert all(word.known for word in query.words)
    assert query.kind is Kind.YES_NO


def test_a_misspelt_small_word_is_corrected_silently(reader):
    """Nothing is searched for it."""
    query = reader.read("Wiht whom does Russia coperate?")
    assert query.corrections == {"coperate": "cooperates"}


def test_a_misspelt_part_of_a_compound_is_corrected(reader):
    """The other part is left alone."""
    query = reader.read("Why de-dolarization?")
    assert query.corrections == {"de-dolarization": "de-dollarization"}
    assert query.unmatched == []


@pytest.mark.parametrize(
    ("asked", "searched"),
    [
        ("Is glass in the lunchbox?", ["glass", "lunch", "box"]),
        ("lunchboxes", ["lunch", "boxes"]),
        ("boxlunch", ["boxlunch"]),  # which the articles never write so
        ("Who fills the toolbox?", ["fills", "toolbox"]),
    ],
)
def test_a_word_that_the_articles_write_as_two_is_searched_so(make_collection, asked, searched):
    """But not one that they write so themselves, nor two that only stand somewhere in them."""
    texts = ["No glass goes into a lunch box. She fills the toolbox, and her lunch is cold."]
    query = QuestionReader(memory_index(make_collection(texts)), []).read(asked)
    assert [word.text for word in query.words] == searched


def test_a_letter_of_an_abbreviation_is_no_short_form(reader):
    """`u` is `you`, but not in `U.N.`, of which no article speaks."""
    assert reader.read("Did the U.N. meet there?").unmatched == ["U.N."]


def test_a_misspelt_question_word_still_asks(reader):
    """`whay` and `thier` are words, too."""
    assert reader.read("Waht do China and Russia sell?").kind is Kind.WHAT


def test_words_that_no_article_holds_are_named(reader):
    """As they were written, once each, in their order."""
    assert reader.read("Do zebras like oil? Zebras, yaks!").unmatched == ["zebras", "yaks"]


@pytest.mark.parametrize(
    "question",
    ["greenback", "the greenback's", "de-dollarisation", "dedollarization", "multi-polar",
     "multi polar", "the US", "U.S.", "USA", "United States", "economic", "economically"],
)  # fmt: skip
def test_other_spellings_and_expressions_are_found(reader, question):
    """Synonyms, British spellings, hyphens, acronyms, words of one family."""
    assert reader.read(question).unmatched == []


@pytest.mark.parametrize("question", ["How is it lit?", "Who spins?", "The sails were torn"])
def test_irregular_verbs_are_found_in_each_form(make_collection, question):
    """The past is asked for, or told."""
    index = memory_index(make_collection(["Light the lamp, then tear the sails. The wheel spun."]))
    assert QuestionReader(index, []).read(question).unmatched == []


def test_numbers_and_words_that_hardly_tell_are_not_said_to_be_missing(reader):
    """Nobody misses the word "old" in an article."""
    query = reader.read("Is a zebra of 10 years old?")
    assert (query.unmatched, query.missing) == (["zebra", "10", "years", "old"], ["zebra"])


def test_what_is_asked_of_something_else_takes_its_place(reader):
    """All of it, behind the same small word."""
    query = reader.read("and for a zebra?", "What do they trade for the oil leaders?")
    assert found(query) == {"zebra": False, "trade": True}


@pytest.mark.parametrize("question", ["How long is the oil?", "How long does the oil last?"])
def test_what_only_asks_how_long_counts_for_little(make_collection, question):
    """Also where it may be a time or a length."""
    index = memory_index(make_collection(["The long oil lasts."]))
    weights = {w.text: w.weight for w in QuestionReader(index, []).read(question).words}
    assert weights["long"] < 0.5 < weights["oil"]


def test_a_question_that_stands_alone_ignores_the_one_before(reader):
    """Its subject is named."""
    assert reader.read("Why does the military cooperate?", "What is oil?").context is None


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("why?", Kind.WHY),
        ("and the military?", Kind.HOW),
        ("what about the economy?", Kind.HOW),
        ("When did they meet?", Kind.WHEN),
        ("And Russia?", Kind.HOW),
    ],
)
def test_a_follow_up_is_read_with_the_question_before(reader, message, kind):
    """The words of both; what kind of answer is asked for goes on unless the message says."""
    query = reader.read(message, "How does China trade oil?")
    assert query.context == "How does China trade oil?"
    assert query.kind is kind
    assert {"China", "oil"} <= set(found(query))
    assert query.unmatched == []


def test_the_other_way_round_asks_the_question_before_again(reader):
    """With all of its words."""
    query = reader.read("and the other way round?", "Does China sell goods to Russia?")
    assert query.wants_more
    assert {"China", "sell", "goods", "Russia"} == set(found(query))


@pytest.mark.parametrize(
    ("code", "text", "message", "before"),
    [
        ("en", "China sells oil to Russia.", "and vice versa?", "Does China sell oil to Russia?"),
        ("de", "Bienen helfen Blumen.", "und umgekehrt?", "Helfen Bienen den Blumen?"),
        ("fr", "Les abeilles aident les fleurs.", "et inversement ?", "Qui aide les fleurs ?"),
        ("es", "Las abejas ayudan a las flores.", "¿y al revés?", "¿Quién ayuda a las flores?"),
        ("it", "Le api aiutano i fiori.", "e viceversa?", "Chi aiuta i fiori?"),
        ("pt", "As abelhas ajudam as flores.", "e vice-versa?", "Quem ajuda as flores?"),
        ("ru", "Пчёлы помогают цветам.", "а наоборот?", "Кто помогает цветам?"),
    ],
)
def test_a_question_is_turned_round_in_each_language(make_collection, code, text, message, before):
    """The words are those of the question before; those that turn it are not looked up."""
    collection = make_collection([text], language=code)
    reader = QuestionReader(memory_index(collection), [])
    query = reader.read(message, before)
    assert query.context == before
    assert query.unmatched == []
    assert [word.text for word in query.words] == [word.text for word in reader.read(before).words]


def test_a_question_with_words_of_its_own_is_not_the_one_before_turned_round(reader):
    """`the opposite` in a whole question turns nothing."""
    query = reader.read("Does oil have the opposite effect on the economy?", "What is Beijing?")
    assert query.context is None
    assert "oil" in found(query)


def test_a_question_in_capitals_is_a_question(reader):
    """Its stop words are no acronyms."""
    query = reader.read("WHY DOES RUSSIA NEED CHINA?")
    assert query.kind is Kind.WHY
    assert list(found(query)) == ["russia", "need", "china"]


@pytest.mark.parametrize(
    ("code", "text", "message", "before"),
    [
        ("de", "Bienen sammeln Nektar im Stock.", "und der Nektar?", "Wo leben die Bienen?"),
        ("fr", "Les abeilles vivent dans la ruche.", "et la ruche ?", "Où vivent les abeilles ?"),
        ("es", "Las abejas viven en la colmena.", "¿y la colmena?", "¿Dónde viven las abejas?"),
        ("it", "Le api vivono nel favo.", "e il favo?", "Dove vivono le api?"),
        ("pt", "As abelhas vivem na colmeia.", "e a colmeia?", "Onde vivem as abelhas?"),
        ("ru", "Пчёлы живут в улье.", "а улей?", "Где живут пчёлы?"),
    ],
)
def test_follow_ups_in_other_languages(make_collection, code, text, message, before):
    """By their own connectives; the kind of the question before goes on."""
    collection = make_collection([text], language=code)
    query = QuestionReader(memory_index(collection), []).read(message, before)
    assert query.context == before
    assert query.kind is Kind.WHERE


def test_a_follow_up_to_nothing_is_a_question_of_its_own(reader):
    """An empty question before, or one without a word, is none."""
    assert reader.read("why?", "").context is None
    assert reader.read("why?", "???").context is None


def test_small_talk_is_recognised(reader):
    """With a question behind it, it is a question."""
    assert reader.read("Hello!").small_talk == "greeting"
    assert reader.read("Hello, who sells goods?").kind is Kind.WHO


@pytest.mark.parametrize("question", ["", "???", "😀😀", "the of and", "\u202e", "\ud800"])
def test_a_message_without_words_asks_nothing(reader, question):
    """And is no error."""
    assert reader.read(question, "Does China sell oil?").unmatched == []


def test_only_so_much_of_a_question_is_read(reader):
    """A long one is cut, and that is told."""
    query = reader.read("oil " * 200_000)
    assert query.is_shortened
    assert len(query.question) == 4096
    assert found(query) == {"oil": True}


def test_a_question_in_another_language_of_the_collection(make_collection):
    """Its stop words and stems are those of its language."""
    collection = make_collection(["Die wirtschaftlichen Beziehungen wachsen."], language="de")
    query = QuestionReader(memory_index(collection), []).read(
        "Warum wachsen wirtschaftliche Beziehungen?"
    )
    assert query.kind is Kind.WHY
    assert query.unmatched == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # it has no state
@given(question=st.text(max_size=200), context=st.none() | st.text(max_size=50))
def test_anything_is_a_question(reader, question, context):
    """No text crashes; what is kept of it is printable on one line."""
    query = reader.read(question, context)
    assert query.question == clean(question)
    assert query.question.isprintable() or not query.question.isascii()
    assert "\n" not in query.question


def test_small_words_of_another_language_are_no_names(make_collection):
    """The "I" of a question in English is no numeral of the German articles."""
    articles = make_collection(
        ["Der Urlaub steht in Anlage I.", "Siehe Anlage I und Köln."], language="de"
    )
    reader = QuestionReader(memory_index(articles), ())
    query = reader.read("How many days may I stay in Köln?", across_languages=True)
    assert [word.text for word in query.words] == ["Köln"]


@pytest.mark.parametrize(
    ("question", "leans"),
    [
        ("Und warum?", True),
        ("А почему?", True),
        ("为什么？", True),
        ("Und die Königin?", True),
        ("Und wie viel Honig braucht man dafür?", True),
        ("Gibt es etwas mit Honig?", False),
        ("क्यों?", True),
        ("Was ist BRICS?", False),
        ("Habt ihr Honig?", False),
        ("Что такое ШОС?", False),
        ("金砖国家是什么？", False),
        ("BRICSとは何ですか？", False),
        ("Varroa akarı nedir?", False),
    ],
)
def test_a_short_question_in_another_language_leans_only_without_a_subject(
    make_collection, question, leans
):
    """A question that names what it is about stands for itself, however short it is."""
    reader = QuestionReader(memory_index(make_collection(["The queen lives for years."])), ())
    query = reader.read(question, "How long does a queen live?", across_languages=True)
    assert (query.context is not None) == leans


@pytest.mark.parametrize(
    ("question", "known"),
    [
        ("Wie melde ich mich zum Kurs an?", {"melde", "Kurs"}),
        ("melde ich mich da an, und wo zahle ich", {"melde"}),
        ("Wo hole ich die Kiste ab?", {"hole"}),
        ("Wie melde ich mich zum Kurs ab?", {"Kurs"}),
        ("Was melde ich an der Kasse?", set()),
    ],
)
def test_a_verb_is_found_with_the_prefix_that_ends_its_clause(make_collection, question, known):
    """In German; a prefix that makes no verb of the articles changes nothing."""
    text = "Die Anmeldung zum Kurs eilt. Das Rad wurde abgeholt."
    reader = QuestionReader(memory_index(make_collection([text], language="de")), [])
    assert {word.text for word in reader.read(question).words if word.known} == known


def test_short_forms_of_phones_are_read_as_the_words_that_they_stand_for(make_collection):
    """Unless the articles have them as they stand."""
    club = make_collection(
        ["Le club est ouvert le samedi.", "La pagaie DS coûte 20 euros."], language="fr"
    )
    reader = QuestionReader(memory_index(club), ())
    assert reader.read("c koi le club").kind is Kind.DEFINITION
    assert reader.read("c quand le samedi").kind is Kind.WHEN
    assert reader.read("pk le club?").kind is Kind.WHY
    assert [word.text for word in reader.read("la pagaie ds").words] == ["pagaie", "ds"]
    assert reader.parts("ca coute cb").questions == ("ca coute combien",)
    assert reader.parts("vous prenez la cb").questions == ("vous prenez la carte bancaire",)
    assert reader.parts("ur useless").questions == ("ur useless",)  # as small talk has it


def test_a_part_of_a_word_with_a_hyphen_is_no_short_form(make_collection):
    """In "U-Bahn" the "u" is no "und"; by itself it is, and begins a second question."""
    hut = make_collection(["Der Bus fährt bis zur Hütte."], language="de")
    reader = QuestionReader(memory_index(hut), ())
    asked = reader.parts("wann fährt die u-bahn u was kostet n bett")
    assert asked.questions == ("wann fährt die u-bahn?", "was kostet ein bett")


def test_a_verb_of_needing_is_looked_up_if_nothing_else_is_named(make_collection):
    """The headings of such lists hold it: "What to bring"."""
    reader = QuestionReader(memory_index(make_collection(["Guests bring towels and soap."])), ())
    assert [word.text for word in reader.read("What should I bring?").words] == ["bring"]
    assert [word.text for word in reader.read("What should I bring for soap?").words] == ["soap"]


def test_short_forms_abroad_are_spelt_out(reader):
    """For what is asked and meant; the question itself stays as it was typed."""
    query = reader.read("qdo cai o salário e pq", across_languages=True)
    assert (query.foreign, query.kind) == ("pt", Kind.WHEN)
    assert query.meant == "quando cai o salário e por que"
    assert query.question == "qdo cai o salário e pq"


def test_small_words_of_other_languages_are_not_looked_up(reader):
    """They join what is asked for; words that the articles' language has are looked up."""
    assert found(reader.read("und China?")) == {"China": True}
    assert found(reader.read("China dove?")) == {"China": True, "dove": False}
