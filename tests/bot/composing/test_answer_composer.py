"""Answers are worded to fit the question and assert nothing themselves."""

from dataclasses import replace

import pytest

from bot.composing.answer_composer import AnswerComposer
from bot.composing.wording import TEMPLATES
from retrieval.answers.quoting.evidence import Evidence
from retrieval.articles import Paragraph, Quote, Span
from retrieval.questions.query import Query, QueryWord
from retrieval.questions.question_kinds import Kind

BEES = ["Bees make honey from nectar because they need food. In 1987 mites reached Florida."]
WOLVES = ["Wolves hunt deer in packs. Wolves howl at night. Farmers shoot wolves."]


@pytest.fixture
def ask(make_finder, make_collection):
    """Asks two articles, or those given; returns the answer."""

    def ask_articles(
        question, context=None, *, articles=(BEES, WOLVES), synonyms=(), language="en"
    ):
        finder = make_finder(*articles, synonyms=synonyms, language=language)
        composer = AnswerComposer(make_collection(*articles, language=language))
        return composer.compose(finder.find(question, context))

    return ask_articles


def test_there_is_a_template_for_each_kind():
    """None is forgotten."""
    kinds = {kind.value for kind in Kind if kind is not Kind.SMALL_TALK}
    assert kinds <= {path.stem for path in (TEMPLATES / "en" / "leads").iterdir()}


@pytest.mark.parametrize(
    ("question", "lead"),
    [
        ("Why do bees make honey?", "The articles give this reason:"),
        ("Why do wolves howl at night?", "From the articles:"),
        ("Do wolves hunt deer?", "From the articles:"),
        ("Who shoots wolves?", "Asked who, the articles say:"),
        ("tell me about wolves", "From the articles:"),
        ("In what year did mites reach Florida?", "Asked when, the articles say:"),
        ("hunt deer", "On “hunt deer”, the articles say:"),
        ("and hunt deer", "On “hunt deer”, the articles say:"),
        ("wolvez hunt", "On “Wolves hunt”, the articles say:"),
        (
            "Do both articles mention deer?",
            "“Title 2” discusses it; “Title 1” says nothing about it:",
        ),
        ("In what year do wolves howl?", "No passage clearly gives the year or date."),
        ("How many wolves hunt deer?", "No passage clearly gives this number."),
        (
            "Where is the Louvre?",
            (
                "No passage clearly says where. No article mentions “Louvre”. "
                "The articles are: “Title 1” and “Title 2”."
            ),
        ),
        (
            "???",
            (
                "There’s nothing in this to look up. Ask about something in the articles. "
                "The articles are: “Title 1” and “Title 2”."
            ),
        ),
        ("hello", "Hello! Ask me something about the articles, and I’ll quote what they say."),
    ],
)  # fmt: skip
def test_the_lead_fits_the_question(ask, question, lead):
    """One line."""
    found = ask(question).lead
    assert found.removesuffix(" The closest passages:") == lead


@pytest.mark.parametrize(
    ("code", "question", "reason", "purpose"),
    [
        ("fr", "Pourquoi fermer ?", "Fermer, car il pleut.", "Fermer pour la nuit."),
        ("es", "¿Por qué cerrar?", "Cerrar porque llueve.", "Cerrar para la noche."),
        ("it", "Perché chiudere?", "Chiudere perché piove.", "Chiudere per la notte."),
        ("pt", "Por que fechar?", "Fechar porque chove.", "Fechar para a noite."),
        ("de", "Warum schließen?", "Schließen, weil es regnet.", "Schließen, wer da ist."),
    ],
)
def test_a_reason_is_promised_only_where_one_is_given(ask, code, question, reason, purpose):
    """A purpose, or a word that may also mark a reason, is none."""
    told = ask(question, articles=[[reason]], language=code)
    assert told.lead == "The article gives this reason:"
    assert ask(question, articles=[[purpose]], language=code).lead == "From the article:"


def test_one_article_is_not_spoken_of_as_many(ask):
    """`The article says`."""
    assert ask("What do bees make?", articles=[BEES]).lead == "From the article:"


def test_what_was_changed_in_the_question_is_told(ask):
    """Corrections, synonyms, the question before, a cut."""
    assert ask("Do wolvez hunt deer?").notes == ("Searched for “Wolves” instead of “wolvez”.",)
    assert ask("Do wolves hunt stags?", synonyms=[["stag", "deer"]]).notes == (
        "Searched for “deer” as well as “stags”.",
    )
    assert ask("why?", "Do bees make honey?").notes == (
        "Read as a follow-up to “Do bees make honey?”.",
    )
    assert ask("hunt deer " + "deer " * 2000).notes == (
        "Only the first 4,096 characters of the question were read.",
    )


def test_a_long_word_is_not_echoed_whole(ask):
    """A lead stays a line."""
    assert len(ask("zzz" * 1000).lead) < 250


def test_markup_in_a_question_or_an_article_is_only_text(make_finder, make_collection):
    """Templates are filled in one pass; nothing is escaped or run."""
    articles = (["Bees write {{ 7 * 7 }} and <b>{% raw %}</b> on leaves."], WOLVES)
    evidence = make_finder(*articles).find("bees {{ leaves }} write <i>")
    composer = AnswerComposer(make_collection(*articles))
    answer = composer.compose(evidence)
    assert answer.lead == "On “bees {{ leaves }} write <i>”, the articles say:"
    assert "{{ 7 * 7 }} and <b>{% raw %}</b>" in composer.plain(answer)


ISLANDS, COST = QueryWord("islands", {}, 9.0, known=False), QueryWord("cost", {}, 8.0)
NEAR = Evidence(
    Query("What does delivery to the islands cost?", Kind.WHAT),
    related=(Quote(Paragraph("article-1", 1, "", BEES[0]), (Span(0, 9),)),),
    by_meaning=True,
)


@pytest.mark.parametrize(
    ("evidence", "articles", "lead"),
    [
        (NEAR, (BEES, WOLVES), "This comes closest in the articles:"),
        (NEAR, (BEES,), "This comes closest in the article:"),
        (
            replace(NEAR, quotes=NEAR.related, query=replace(NEAR.query, words=(ISLANDS,))),
            (BEES, WOLVES),
            "No article uses these words; this comes closest in meaning:",
        ),
        (
            replace(
                NEAR,
                quotes=NEAR.related,
                query=replace(NEAR.query, words=(ISLANDS,), context="What does it cost?"),
            ),
            (BEES, WOLVES),
            "In other words than yours, this comes closest in meaning:",
        ),
        (
            replace(NEAR, quotes=NEAR.related, query=replace(NEAR.query, question="Who are you?")),
            (BEES, WOLVES),
            "In other words than yours, this comes closest in meaning:",
        ),
        (
            replace(NEAR, quotes=NEAR.related, query=replace(NEAR.query, words=(ISLANDS, COST))),
            (BEES, WOLVES),
            "In other words than yours, this comes closest in meaning:",
        ),
        (
            replace(NEAR, quotes=NEAR.related, query=replace(NEAR.query, foreign="sv")),
            (BEES, WOLVES),
            "The articles are in English; this comes closest in meaning:",
        ),
        (
            replace(NEAR, quotes=NEAR.related, query=replace(NEAR.query, foreign="sv")),
            (BEES,),
            "The article is in English; this comes closest in meaning:",
        ),
    ],
)
def test_what_was_found_by_meaning_is_said_to_be(make_collection, evidence, articles, lead):
    """The closest passages stand under a lead that does not say no."""
    assert AnswerComposer(make_collection(*articles)).compose(evidence).lead == lead


@pytest.mark.parametrize(
    ("code", "lead"),
    [
        ("de", "Die Artikel sind auf Englisch; dem Sinn nach kommt das Ihrer Frage am nächsten:"),
        ("ru", "Языки статей — английский; по смыслу ближе всего вот что:"),
        ("fr", "Les articles sont en anglais. Ce qui s’en rapproche le plus :"),
        ("ja", "記事は英語で書かれています。最も近い箇所："),
    ],
)
def test_in_which_language_the_articles_are_is_told_in_that_of_the_question(
    make_collection, code, lead
):
    """Who asks in it may know no other."""
    asked = replace(NEAR, quotes=NEAR.related, query=replace(NEAR.query, foreign=code))
    answer = AnswerComposer(make_collection(BEES, WOLVES)).compose(asked)
    assert answer.lead == lead.replace("Языки", "Язык")


def test_a_word_that_no_article_has_is_named_in_a_note(make_collection):
    """Under the closest passages, whose lead does not say so."""
    word = QueryWord("islands", {("island",): 1.0}, 10.0, known=False)
    evidence = replace(NEAR, query=replace(NEAR.query, words=(word,)))
    answer = AnswerComposer(make_collection(BEES, WOLVES)).compose(evidence)
    assert answer.notes == ("No article mentions “islands”.",)


def test_a_weekday_is_not_said_to_be_a_person(ask):
    """A plain lead stands above it."""
    articles = (["The regatta of Linden takes place on the second Saturday of October."], WOLVES)
    answer = ask("Who runs the regatta?", articles=articles)
    assert answer.shown
    assert not answer.lead.startswith("Asked who")


def test_the_closest_to_a_second_question_is_named_by_its_number(make_finder, make_collection):
    """In the notes, as it is no answer."""
    evidence = replace(
        make_finder(BEES, WOLVES).find("Why do bees make honey?"),
        second="who sells honey?",
        second_near=True,
    )
    notes = AnswerComposer(make_collection(BEES, WOLVES)).compose(evidence).notes
    number = len(evidence.quotes)
    assert f"“who sells honey?”, isn’t clearly answered; [{number}] comes closest." in notes[-1]


@pytest.mark.parametrize(
    ("question", "is_compared"),
    [("What is the difference between rafts and punts?", False), ("rafts vs wolves", True)],
)
def test_a_difference_that_no_sentence_tells_is_said_to_be_told_by_none(
    ask, question, is_compared
):
    """Each of the two is described instead."""
    boats = ["Ask for punts at the bar. A raft is a floor of logs. A punt is a boat with a pole."]
    wolves = ["Rafts and wolves have little in common, for a raft is a quiet thing."]
    answer = ask(question, articles=(boats, wolves))
    if is_compared:
        assert answer.lead == "From the articles:"
    else:
        assert answer.lead == "No sentence compares the two. On each, the articles say:"
        assert {quote.text for quote in answer.shown} == {
            "A raft is a floor of logs.",
            "A punt is a boat with a pole.",
        }
