"""What is asked decides what is shown: amounts, denials, subjects, and what was shown before."""

import pytest
from listed_articles import collection_of, finder_of

from bot.composing.answer_composer import AnswerComposer, footnote_lines, footnote_place
from retrieval.answers.finder import Finder
from retrieval.answers.question_types.polarity import with_other_side
from retrieval.answers.quoting.passages import passage_of
from retrieval.answers.quoting.quotes import Quoter
from retrieval.answers.ranking.scoring import WordScores
from retrieval.articles import Place
from retrieval.index.memory_engine import memory_index
from retrieval.questions.question_reader import QuestionReader
from retrieval.text.numbers import without_labels

FERRY = [
    ("Rules", "Bicycles are allowed on the ferry. Motorboats are not allowed on the ferry."),
    ("Trips", "A trip with the ferry lasts half an hour. The ferry was built in 1931."),
    ("Fares", "Children travel free of charge. Grown-ups pay three euros for the ferry."),
    ("Rules of § 7", "The ferry obeys the captain under § 7 (3)."),
]


@pytest.fixture
def finder(make_collection):
    """Of one article on a ferry."""
    texts = [text for _, text in FERRY]
    return Finder(memory_index(make_collection(texts, ["Herons sleep in the reeds by the lake."])))


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("How long is a trip with the ferry?", "half an hour"),
        ("How old is the ferry?", "1931"),
        ("How much do grown-ups pay?", "three euros"),
    ],
)
def test_an_amount_in_words_and_a_year_answer(finder, question, part):
    """As people ask for them and write them."""
    evidence = finder.find(question)
    assert evidence.answered
    assert part in evidence.quotes[0].text


def test_what_is_not_so_is_answered_with_denials_alone(finder):
    """Though the affirming sentence has the same words."""
    texts = [quote.text for quote in finder.find("What is not allowed on the ferry?").quotes]
    assert texts == ["Motorboats are not allowed on the ferry."]


def test_the_other_side_is_not_quoted_twice():
    """Not by itself, and once more above its list."""
    closed = "Sauna\n\nGuests may not use the sauna of the house."
    opened = (
        "House\n\nlist\nGuests may use the sauna in August.\n"
        "1. The sauna is not cleaned for guests.\n2. Guests of the sauna get money back."
    )
    index = memory_index(collection_of(closed, opened, "Towels\n\nThe sauna lends no towels."))
    query = QuestionReader(index, ()).read("May guests use the sauna?")
    quoter, found = Quoter(index), WordScores(index, query).candidates()
    listed = index.sentences_of(1)
    first, last = (quoter.passage(index.first_sentence(n)) for n in (0, 2))
    passages = [first, passage_of(1, listed), last]
    shown = with_other_side(index, query, found, passages, quoter)
    assert shown == [first, quoter.passage(listed[0]), last]


@pytest.mark.parametrize(
    "question",
    ["Are submarines allowed on the ferry?", 'Is the "Queen of the Lake" the ferry?'],
)
def test_without_the_subject_nothing_is_an_answer(finder, question):
    """What is shown is the closest."""
    evidence = finder.find(question)
    assert not evidence.answered
    assert evidence.related


@pytest.mark.parametrize(
    ("question", "answered"),
    [
        ("Which port may the HM of Linden close in a storm?", True),
        ("Which port may the ZQ of Linden close in a storm?", False),
        ("What was shut after WW-II in the port of Linden?", True),
        ('Which gates of the port count as "flood gates?"', True),
        ('Which gates of the port count as "moon gates?"', False),
    ],
)
def test_a_subject_may_be_spelt_out_or_end_with_a_mark(make_collection, question, answered):
    """An acronym means its words; a question mark inside the quotation marks is not meant."""
    article = [
        "The Harbour Master may close the port of Linden in a storm.",
        "The lock in the port of Linden was shut after World War II.",
        "All gates of the port of Linden that face the sea count as flood gates.",
    ]
    index = memory_index(make_collection(article, ["Herons sleep in the reeds by the lake."]))
    assert Finder(index).find(question).answered is answered


@pytest.mark.parametrize(
    ("question", "answered"),
    [
        ("Who designed the lighthouse of Linden?", True),
        ("When was the lighthouse of Linden built?", True),
        ("Who invented the foghorn of Linden?", False),
        ("Who sounds the foghorn of Linden?", True),
        ("Who founded the museum?", False),
    ],
)
def test_where_something_comes_from_is_answered_by_an_origin_alone(question, answered):
    """Whoever sounds a foghorn need not have invented it."""
    lights = "Lights\n\nThe engineer Mary Pole planned and built the lighthouse of Linden in 1872."
    horns = "Horns\n\nThe keeper Tom Brand sounds the foghorn of Linden at every hour in fog."
    herons = [f"Herons {n}\n\nHerons invented by poets sleep in the reeds." for n in range(9)]
    gifts = "Gifts\n\nTom Brand says that gifts are the foundation of what the museum does."
    assert finder_of(lights, horns, gifts, *herons).find(question).answered is answered


def test_what_is_needed_may_stand_in_the_sentence_behind():
    """That leans on the one which the question's words are in."""
    herons = [f"Herons {n}\n\nHerons sleep in the reeds until March." for n in range(60)]
    quays = (f"Quay {n} is kept by a warden who looks after its ropes." for n in range(4))
    sent = "Receipts for their tolls are sent to all those who have moored a boat in the lagoon."
    tolls = " ".join((*quays, sent, "They usually arrive in early March."))
    evidence = finder_of(f"Tolls\n\n{tolls}", *herons).find("When do I get the receipt?")
    assert evidence.answered
    assert evidence.quotes[0].text.endswith("They usually arrive in early March.")


@pytest.mark.parametrize(
    ("question", "answered"),
    [
        ("When am I counted as a guest of the lagoon?", True),
        ("When did the guests of the lagoon count the boats?", False),
    ],
)
def test_a_condition_tells_when_something_is_the_case(question, answered):
    """Not when something happened."""
    herons = [f"Herons {n}\n\nHerons sleep in the reeds of lake {n}." for n in range(20)]
    guests = "Guests\n\nYou are counted as a guest of the lagoon if your boat has no berth."
    assert finder_of(guests, *herons).find(question).answered is answered


@pytest.mark.parametrize(
    ("told", "question", "answered"),
    [
        ("The raft lands wherever eels have been seen.", "When does the raft land?", True),
        ("The raft landed wherever eels had been seen.", "When did the raft land?", False),
        ("The raft lands. Eels are smoked.", "When does the raft land?", False),
        ("Das Floß legt auf Zuruf an.", "Wann legt das Floß an?", True),
        ("Плот причаливает по свистку.", "Когда причаливает плот?", True),
    ],
)
def test_any_circumstance_tells_when_something_is_done(told, question, answered):
    """What happened once needs a time, and a sentence of nothing but the question says none."""
    herons = [f"Herons {n}\n\nHerons sleep in the reeds of lake {n}." for n in range(20)]
    assert finder_of(f"Rafts\n\n{told}", *herons).find(question).answered is answered


def test_two_questions_are_both_answered(finder):
    """The quotes for the first in front."""
    evidence = finder.find("How long is a trip with the ferry and who sleeps in the reeds?")
    assert evidence.second_answered
    texts = " | ".join(quote.text for quote in evidence.quotes)
    assert texts.index("half an hour") < texts.index("Herons")


def test_who_wants_more_is_not_shown_the_same_again(finder):
    """Whatever the words."""
    first = finder.find("What is on the ferry?")
    more = finder.find("anything else?", "What is on the ferry?", shown=first.quotes)
    assert more.query.wants_more
    assert not set(first.quotes) & set(more.quotes + more.related)


def test_no_question_ends_in_nothing(finder):
    """The articles are named where not a word is found."""
    evidence = finder.find("zebra pottery")
    assert not evidence.related
    assert evidence.speaking


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("see § 7", "see  "),
        ("as said (3) here", "as said   here"),
        ("at Oak Street 12", "at Oak  "),
        ("paid on May 1st", "paid on May  "),
        ("Hauptstraße 5", " "),
        ("5. Row home.", " Row home."),
        ("12 boats", "12 boats"),
        ("in 1931", "in 1931"),
    ],
)
def test_labels_are_no_quantities(text, left):
    """Numbers of sections, notes and houses."""
    assert without_labels(text) == left


def test_quotes_under_one_heading_share_a_footnote(make_collection):
    """Which names their paragraphs, and the page of a PDF if they are on one."""
    collection = make_collection(["The ferry leaves at nine.", "Herons eat frogs by the ferry."])
    finder = Finder(memory_index(collection))
    cited = AnswerComposer(collection).cited(finder.find("ferry").quotes)
    lines = footnote_lines(cited)
    assert sum(len(citations) for citations, _ in lines) == len(cited)
    assert len({footnote for _, footnote in lines}) == len(lines)
    for pages, places in (
        ((3, 3), ["page 3, paragraphs 1 and 2"]),
        ((3, 4), ["page 3, ", "page 4, "]),
    ):
        paged = [on_page(citation, page) for citation, page in zip(cited, pages, strict=True)]
        for (_, footnote), place in zip(footnote_lines(paged), places, strict=True):
            assert place in footnote


def on_page(citation, page):
    """The citation as one of a PDF."""
    paragraph = citation.quote.paragraph._replace(place=Place(page))
    footnote = f"{citation.article.title}, {footnote_place(paragraph)}"
    return citation._replace(quote=citation.quote._replace(paragraph=paragraph), footnote=footnote)


def test_what_comes_closest_to_the_other_question_is_behind_the_answer(finder):
    """And is said to be no more than that."""
    evidence = finder.find("How long is a trip with the ferry and who paints the ferry?")
    assert evidence.answered
    assert not evidence.second_answered
    assert evidence.second_near
    assert evidence.second == "who paints the ferry?"
    assert "ferry" in evidence.quotes[-1].text


def test_what_is_shown_may_come_closest_to_the_other_question(make_collection):
    """It is the last one then, and not there twice."""
    texts = [
        "Lunch comes from home in a box. Pack cheese, an apple, and no glass or chocolate bars."
    ]
    finder = Finder(memory_index(make_collection(texts, ["Herons sleep in the reeds."])))
    evidence = finder.find("what do i pack in the lunch box? are chocolate muffins allowed in it?")
    assert evidence.second_near
    assert not evidence.second_answered
    assert "chocolate" in evidence.quotes[-1].text
    assert len({quote.text for quote in evidence.quotes}) == len(evidence.quotes)


def test_only_why_is_answered_by_the_reason_first(make_collection):
    """The one that stands where what was shown does."""
    texts = [
        "The gate is locked at night. The gate is high. It is locked because a boat was stolen.",
        "The mast is painted red. Nobody climbs it.",
    ]
    finder = Finder(memory_index(make_collection(texts)))
    before = "When is the gate locked?"
    evidence = finder.find("why?", before, shown=finder.find(before).quotes)
    assert evidence.answered
    assert "because" in evidence.quotes[0].text
    assert not finder.find("why?", "Which mast is red?").answered


@pytest.mark.parametrize(
    ("question", "answered"),
    [
        ("Does the crane lift boats at 5 am?", False),
        ("Is the harbour open at 5 am?", True),
        ("is the harbour open now", True),
        ("is the crane open today", False),
    ],
)
def test_whether_something_is_so_at_an_hour_is_told_by_a_time(make_collection, question, answered):
    """The hour itself need not stand there."""
    texts = [
        "The crane lifts boats.",
        "The harbour is open from six in the morning until nine in the evening.",
        "Herons sleep in the reeds.",
    ]
    assert Finder(memory_index(make_collection(texts))).find(question).answered is answered


@pytest.mark.parametrize("question", ["When do you open?", "until when are you open"])
def test_who_asks_when_one_opens_is_shown_the_hours_first(question):
    """Not what else is open; "you" names nobody."""
    hours = "Visiting us\n\n# Opening hours\nlist\n• Monday: 8:00 to 17:00\n• Sunday: closed"
    doors = [f"Door {n}\n\nAn open door is left open at night for cat {n}." for n in range(20)]
    found = finder_of(*doors, hours).find(question)
    assert "8:00" in (found.quotes or found.related)[0].text


def test_a_long_story_is_what_its_question_leans_on(finder):
    """The question before it has nothing to do with it."""
    story = (
        "My cousin lives on the other side of the lake and has not seen us for a year, so on "
        "Sunday we take the ferry. How long is the trip?"
    )
    evidence = finder.find(story, "Where do herons sleep?")
    assert "half an hour" in evidence.quotes[0].text
    assert evidence.query.context is None


@pytest.mark.parametrize("question", ["how long?", "how long is it", "and how long is that?"])
def test_how_long_it_is_asks_for_an_amount_of_what_was_before(make_collection, question):
    """No answer has to hold the word "long"."""
    told = "Newcomers begin with a 30-day trial. The trial is free. Long boats are kept outside."
    finder = Finder(memory_index(make_collection([told])))
    assert finder.find(question, "Is the trial free?").quotes[0].text.startswith("Newcomers")


def test_a_question_that_names_only_what_it_counts_is_about_its_story(finder):
    """Whichever sentence of it tells what that is; nothing of it is said to be missing."""
    story = (
        "We want to take the ferry with my aunt, who is afraid of water and has never been on "
        "any. I told her not to worry. How many hours will we be away?"
    )
    evidence = finder.find(story)
    assert any("half an hour" in quote.text for quote in (*evidence.quotes, *evidence.related))
    assert evidence.query.missing == []


def test_behind_what_gives_no_reason_the_text_goes_on(make_collection):
    """What explains it need not say "because"."""
    text = "The sauna closes at noon. No exceptions. The insurance wants it so. Herons like it."
    evidence = Finder(memory_index(make_collection([text]))).find("Why does the sauna close?")
    shown = (*evidence.quotes, *evidence.related)[0].text
    assert shown == "The sauna closes at noon. No exceptions. The insurance wants it so."


def test_a_question_with_nothing_to_look_up_does_not_lead_the_other(finder):
    """Where the articles answer neither."""
    evidence = finder.find("Where are they? And who grows tulips on the ferry?")
    assert evidence.second == "Where are they?"


def test_the_other_side_is_of_the_same_thing(make_collection):
    """A common word such as "need" does not make it so."""
    texts = ["You need to swim 50 metres to join.", "Scratches need not be reported."]
    evidence = Finder(memory_index(make_collection(texts))).find("Do I need to swim to join?")
    assert "swim" in evidence.quotes[0].text
    assert not any("Scratches" in quote.text for quote in evidence.quotes)
