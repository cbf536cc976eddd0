"""Questions find the sentences that answer them, or nothing."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from listed_articles import finder_of

from retrieval.answers.finder import Finder
from retrieval.answers.ranking.needs import fits_need
from retrieval.answers.ranking.scoring import WordScores
from retrieval.articles import OMISSION, Collection
from retrieval.index.memory_engine import memory_index
from retrieval.questions.question_kinds import Kind
from retrieval.questions.question_reader import QuestionReader

BEES = [
    "Bees are insects that make honey. They live in hives of wood. Each hive has one queen.",
    ("The dance", "A bee that finds flowers dances. The dance tells the others the way."),
    (
        "Dangers",
        (
            "Mites harm bees because they carry viruses. Moreover, pesticides weaken whole hives. "
            "In 1987 mites reached Florida. Some 40 percent of the hives were lost."
        ),
    ),
]  # fmt: skip
WOLVES = [
    "Wolves hunt deer in packs. A pack has up to twelve members. Wolves howl at night.",
    ("Danger", "Farmers shoot wolves since they take sheep. Honey does not interest a wolf."),
]


@pytest.fixture
def finder(make_finder):
    return make_finder(BEES, WOLVES)


def first(finder, question, context=None):
    evidence = finder.find(question, context)
    assert evidence.answered, question
    return evidence.quotes[0].text


def test_the_sentence_that_answers_comes_first(finder):
    """Out of the right paragraph."""
    assert first(finder, "What tells the others the way?") == "The dance tells the others the way."
    assert first(finder, "Who shoots wolves?").startswith("Farmers shoot wolves")


def test_a_sentence_that_leans_is_quoted_with_the_one_before(finder):
    """`They live …` does not stand alone."""
    quote = first(finder, "Where do bees live in hives of wood?")
    assert quote == "Bees are insects that make honey. They live in hives of wood."


def test_a_question_for_a_number_gets_one_or_none(finder):
    """Digits or number words near what is counted."""
    assert "40 percent" in first(finder, "How many of the hives were lost?")
    assert "twelve members" in first(finder, "How many members does a pack have?")
    assert not finder.find("How many sheep do wolves take?").answered


def test_a_question_for_a_year_gets_one_or_none(finder):
    """The closest passages are shown as just that."""
    assert "1987" in first(finder, "In what year did mites reach Florida?")
    evidence = finder.find("In what year do wolves howl?")
    assert not evidence.answered
    assert evidence.related


@pytest.mark.parametrize(
    ("question", "text", "is_there"),
    [
        ("When did the mill burn?", "The mill burnt in the 1050s.", True),
        ("When did the mill burn?", "It was in 911 that the mill burnt.", True),
        ("When did the mill burn?", "The mill burnt in 911 places.", False),
        ("Wann brannte die Mühle?", "Die Mühle brannte in den 1950er Jahren.", True),
        ("Wann mahlt die Mühle?", "Die Mühle mahlt im Spätsommer.", True),
        ("Wann steht die Mühle still?", "Die Mühle steht still, wenn der Bach gefriert.", True),
        ("When did the mill burn?", "The mill burnt in May.", True),
        ("When did the mill burn?", "The mill may have burnt.", False),
        ("When does the mill stop?", "The mill stops when the stream freezes.", True),
        ("In which century was it built?", "It goes back to the first century.", True),
        ("How many horses drive it?", "It had the strength of a ten-horse team.", True),
        ("How many wheels does it need?", "It needs a single wheel.", True),
        ("How much coal does it burn?", "It burns half as much coal as the old one.", True),
        ("What proportion of them can read?", "One-eighth of them can read.", True),
        ("How many wheels does it need?", "It needs a well-made wheel.", False),
        ("How long did it last?", "It lasted until 1796.", True),
        ("How many rooms did it have?", "It had rooms until 1796.", False),
    ],
)
def test_a_number_or_a_time_counts_however_it_is_written(
    make_collection, question, text, is_there
):
    """In digits, in words, joined to what is counted, or as a fraction."""
    language = "de" if "Mühle" in text else "en"
    index = memory_index(make_collection([text], language=language))
    assert fits_need(index, QuestionReader(index, ()).read(question), 0) is is_there


@pytest.mark.parametrize(
    "question",
    [
        "What is the capital of France?",
        "How do I bake bread?",
        "Who wrote Hamlet?",
        "Which dance did Nureyev make famous in Paris?",
        "What is the price of gold?",
        "",
        "?!",
    ],
)
def test_foreign_questions_are_not_answered(finder, question):
    """Also if they share a word with an article."""
    assert not finder.find(question).answered


def test_sentences_of_one_paragraph_that_are_one_quote_leave_room_for_another(make_finder):
    """Of three passages two are shown as one, so the next best is shown, too."""
    sails = "A red sail needs rest. The mast is of pine. A red sail needs mending in winter."
    sewn = "The boat of the miller has a red sail that his daughter sewed."
    feast = "At the feast, each guest hoists a red sail and sings."
    quotes = make_finder([sails, sewn, feast], ["Herons sleep by the lake."]).find("red sail")
    assert [quote.paragraph.text for quote in quotes.quotes] == [sails, sewn, feast]


def test_no_two_quotes_say_the_same(make_finder):
    """A sentence that stands in both articles is quoted once."""
    same = "Honey is made by bees from the nectar of flowers."
    finder = make_finder([same, "Bees sleep."], [f"{same} Wolves do not care.", "Deer run."])
    quotes = [quote.text for quote in finder.find("What is honey made from?").quotes]
    assert sum("nectar" in quote for quote in quotes) == 1


def test_a_list_gets_up_to_six_points(make_finder):
    """Other questions three."""
    points = [f"Another danger to hives is the {name} of the north." for name in
              ["hornet", "badger", "winter", "drought", "wasp", "moth", "mouse"]]  # fmt: skip
    finder = make_finder([("Dangers to hives", " ".join(points)), "Bees sleep."], WOLVES)
    assert len(finder.find("What are the dangers to hives?").quotes) == 6
    assert len(finder.find("What endangers hives?", limit=2).quotes) <= 2


def test_a_comparison_is_answered_article_by_article(finder):
    """And says which article has nothing on it."""
    both = finder.find("Do both articles mention honey?")
    assert both.query.kind is Kind.COMPARISON
    assert {quote.paragraph.article for quote in both.quotes} == {"article-1", "article-2"}
    one = finder.find("Which article mentions pesticides?")
    assert {quote.paragraph.article for quote in one.quotes} == {"article-1"}
    assert one.silent == ("article-2",)
    assert not finder.find("Do both articles mention submarines?").answered


def test_a_comparison_of_many_articles_claims_nothing_of_those_not_shown(make_finder):
    """All that speak are counted, the one with most on it comes first."""
    articles = [["Bees make honey."] for _ in range(8)] + [["Wolves hunt."] for _ in range(4)]
    evidence = make_finder(*articles).find("Which articles mention honey?", limit=3)
    assert len(evidence.speaking) == 8
    assert evidence.silent == tuple(f"article-{n}" for n in range(9, 13))
    assert len(evidence.quotes) == 3


def test_a_comparison_that_wants_a_year_gets_one_or_none(finder):
    """Like every other question."""
    assert not finder.find("In what year do both articles say wolves howl?").answered


def test_the_articles_of_two_languages_are_asked_in_either(make_collection):
    """The question's language is that of its stop words or its script."""
    from retrieval.articles import Collection
    from retrieval.index.memory_engine import memory_index

    english = make_collection(["Bees make honey from nectar.", "Wolves hunt deer."])
    german = make_collection(["Wespen jagen Fliegen im Garten."], language="de").articles[0]
    mixed = Collection([*english.articles, replace(german, id="wespen")])
    finder = Finder(memory_index(mixed))
    assert "Wespen jagen" in first(finder, "Was jagen die Wespen im Garten?")
    assert "Bees make" in first(finder, "What do bees make from nectar?")


def test_a_name_of_the_question_that_no_article_knows_speaks_against(make_finder):
    """The same question with a known name is answered."""
    finder = make_finder(["Trade between China and Russia grows every year."], WOLVES)
    assert finder.find("Does trade between China and Russia grow?").answered
    assert not finder.find("Does trade between Peru and Chile grow?").answered


def test_the_title_finds_but_is_never_quoted(make_collection):
    """It counts as words of its paragraphs."""
    from retrieval.articles import Article, Paragraph
    from retrieval.index.memory_engine import memory_index

    paragraph = Paragraph("volcano", 1, "", "It erupted last in 1986.")
    article = Article("volcano", "Mount Etna", "en", (paragraph,))
    other = make_collection(["Bees make honey.", "Wolves hunt deer."]).articles[0]
    evidence = Finder(memory_index(Collection([article, other]))).find(
        "When did Mount Etna erupt?"
    )
    assert [quote.text for quote in evidence.quotes] == ["It erupted last in 1986."]


ORDERED = [
    "What are the key areas of cooperation between China and Russia?",
    "Why does Russia need China?",
    "How much did trade grow, and who helped?",
    "Compare the articles on sanctions",
]


def test_the_order_of_sets_makes_no_difference():
    """The same answers under another hash seed."""
    asked = "\n".join(json.dumps({"question": question}) for question in ORDERED)
    outputs = {
        subprocess.run(
            [sys.executable, "-m", "bot", "ask", "--jsonl"],
            input=asked.encode(),
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[3],
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
    assert outputs.pop().count(b"\n") == len(ORDERED)


def test_filler_is_never_quoted_for_its_own_sake(make_finder):
    """An announcement names its subject best and says nothing of it."""
    filler = "Let's talk about the honey of wild bees!"
    finder = make_finder([f"{filler} Wild bees make little honey.", "Bears eat."], WOLVES)
    assert first(finder, "What do wild bees make?") == "Wild bees make little honey."


def test_a_synonym_is_told_only_where_it_was_needed(make_finder):
    """Not where the word itself is in the passages."""
    groups = (("pesticide", "poison"),)
    finder = make_finder(BEES, WOLVES, synonyms=groups)
    needed = finder.find("What does poison weaken?")
    assert needed.answered
    assert needed.synonyms == (("poison", ("pesticide",)),)
    assert finder.find("What do pesticides weaken?").synonyms == ()


def test_the_other_way_round_prefers_the_other_direction(make_finder):
    """It asks the same again, and what was shown is not shown twice."""
    finder = make_finder(
        ["Russia sells oil to China. China sells machines to Russia. Trade between them grows."],
        WOLVES,
    )
    question = "What does Russia sell to China?"
    assert first(finder, question) == "Russia sells oil to China."
    assert first(finder, "and the other way round?", question).startswith("China sells machines")


def test_an_empty_collection_answers_nothing():
    """And nothing crashes."""
    from retrieval.index.memory_engine import memory_index

    evidence = Finder(memory_index(Collection([]))).find("What is honey?")
    assert not evidence.answered
    assert evidence.query.unmatched == ["honey"]


def test_other_languages_are_answered_too(make_finder):
    """German by its stems and question words, Chinese by bigrams."""
    german = make_finder(
        ["Bienen sammeln Nektar, weil sie daraus Honig machen. Ein Stock hat eine Königin."],
        ["Wölfe jagen Rehe im Rudel. Sie heulen in der Nacht."],
        language="de",
    )
    assert "Honig" in first(german, "Warum sammelt eine Biene den Nektar?")
    chinese = make_finder(["蜜蜂采集花蜜。它们住在蜂巢里。"], ["狼在夜里嚎叫。"], language="zh")
    assert "花蜜" in first(chinese, "蜜蜂采集什么？")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # it has no state
@given(
    question=st.text(max_size=60)
    | st.lists(st.sampled_from(" ".join(map(str, BEES)).split()), max_size=8).map(" ".join),
    context=st.none() | st.just("Why do bees dance?"),
)
def test_every_quote_is_a_slice_of_its_paragraph(finder, question, context):
    """And the same question gives the same evidence, always."""
    evidence = finder.find(question, context)
    assert evidence == finder.find(question, context)
    for quote in (*evidence.quotes, *evidence.related):
        spans = [quote.paragraph.text[span.start : span.end] for span in quote.spans]
        assert quote.text == OMISSION.join(spans)
        assert [s.start for s in quote.spans] == sorted(s.start for s in quote.spans)
        assert quote.text == quote.text.strip() != ""
    assert not (evidence.quotes and evidence.related)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Who cleans the lantern?", "The keeper cleans the lantern"),
        ("Who may climb the stairs?", "Children with a guide may climb the stairs."),
        ("whos painting the stairs", "painted white by the smith"),
        ("When is the lantern cleaned?", "on Tuesdays at 4 p.m."),
        ("What time does the horn sound?", "at 05:30"),
        ("When do seals come?", "in autumn"),
        ("What is written in C?", "written in C by"),
        ("What is written in C++?", "written in C++ by"),
        ("How much does the lens weigh?", "12 500 kg"),
        ("12500 kg", "12 500 kg"),
        ("Where are OLeary's tools?", "O'Leary"),
    ],
)
def test_names_numbers_times_and_common_nouns_answer(make_finder, question, answer):
    """Who does it need not have a name, and a time need not be a date."""
    finder = make_finder(
        ["The keeper cleans the lantern on Tuesdays at 4 p.m. Two doors lead to the gallery.",
         "Children with a guide may climb the stairs. The stairs were painted white by the smith.",
         "The horn sounds at 05:30 in fog. Seals come to the rocks in autumn.",
         "The clock is written in C by a firm in Kiel. The lens weighs 12 500 kg.",
         "The map is written in C++ by a firm in Oslo. Mr. O'Leary keeps his tools in the shed."],
        ["Bread is baked before sunrise. The oven is old.", "Rye is dark, and wheat is light."],
    )  # fmt: skip
    assert answer in finder.find(question).quotes[0].text


def test_equal_scores_keep_the_collections_order(make_collection):
    """Ranking is total."""
    texts = ["A bee.", "A wolf.", "A bee. A bee hive.", "A bee.", "A bee. A bee hive."]
    index = memory_index(make_collection(texts))
    query = QuestionReader(index, ()).read("bee")
    assert WordScores(index, query).ranked() == [2, 4, 0, 3]


def test_what_a_heading_asks_is_answered_by_what_stands_under_it(make_finder):
    """As in an FAQ, where the answer seldom says the words again."""
    finder = make_finder(
        [
            ("What is a hackerspace?", "A place where people with common interests meet."),
            ("Membership", "The tools of the hackerspace are lent. The hackerspace gives a key."),
            ("Later", "After a year, the accounts of the hackerspace are open to them."),
        ],
        ["The boat is green and was built by the warden of the lake."],
    )
    evidence = finder.find("what is a hackerspace")
    assert evidence.quotes[0].text == "A place where people with common interests meet."


def test_what_a_word_means_is_found_where_many_passages_have_it_more_often(make_finder):
    """A word of one's own collection is on every page."""
    often = [f"Punt {n} lies in the punt shed, a punt of the miller." for n in range(60)]
    told = "Long ago, the lake had no bridge. A punt is a boat with a flat bottom. It is old."
    finder = make_finder([*often, told], ["Herons sleep in the reeds by the lake."])
    quote = finder.find("What is a punt?").quotes[0].text
    assert quote.startswith("A punt is a boat with a flat bottom.")


@pytest.mark.parametrize("question", ["what is a regatta", "regatta", "Regattas?"])
def test_a_topic_is_told_by_how_the_section_of_that_name_opens(make_finder, question):
    """And not by what has the word more often, such as a regatta's regatta flag."""
    finder = make_finder(
        [
            ("Flags", "The regatta flag is red. A regatta without a regatta flag is no regatta."),
            ("Regattas", "Twice a summer all boats race to the island. Lunch is at the shed."),
        ],
        ["Herons sleep in the reeds by the lake."],
    )
    opening = "Twice a summer all boats race to the island."
    assert finder.find(question).quotes[0].text.startswith(opening)


def test_how_something_is_done_is_told_in_the_section_of_that_name(make_finder):
    """By the sentence of it that tells the way, wherever it stands there."""
    finder = make_finder(
        [
            ("Fees", "Who wants to rent a boat may rent a boat of the club, or a boat of others."),
            ("Rent a boat", "The sheds are old. To get one, ask the warden for the key."),
        ],
        ["Herons sleep in the reeds by the lake."],
    )
    (quote, *_) = finder.find("How do I rent a boat?").quotes
    assert quote.paragraph.heading == "Rent a boat"


@pytest.mark.parametrize(
    "question", ["What is a punt?", "what is punt", "What does punt mean?", "what are punts"]
)
def test_what_something_is_is_told_by_the_sentence_that_defines_it(make_finder, question):
    """And not by one that has the word more often."""
    told = "In the mud of the lake a punt (or pram) is hard to steer. A punt is left to a guest."
    defining = "A punt (the name is old) is a boat with a flat bottom that one moves with a pole."
    other = "The punt shed is a house of logs. The punt, any punt, is the miller's."
    finder = make_finder([told, other, defining], ["Herons sleep in the reeds by the lake."])
    assert finder.find(question).quotes[0].text == defining


def test_off_says_what_kind_of_days_they_are(make_finder):
    """Nine to five is no holiday."""
    finder = make_finder(
        ["A parcel takes 6 days. A letter takes 2 days. Stamps last 90 days."],
        ["Sorters get 25 days off a year."],
    )
    assert "25 days off" in finder.find("how many days off do i get").quotes[0].text


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Who is the warden?", "Warden: Ada Lund"),
        ("who are the wardens", "Warden: Ada Lund"),
        ("warden", "Warden: Ada Lund"),
        ("Who is the cook?", "Ben Orr"),
        ("Who gets the keys of the warden?", "The warden gives the keys to the cook."),
    ],
)
def test_who_holds_a_post_is_told_by_its_label(question, answer):
    """In front of a colon, or as the heading over a name."""
    text = (
        "Mill\n\n"
        "The deputy warden of the mill helps the warden, and the cook feeds the warden.\n\n"
        "The warden gives the keys to the cook.\n\n"
        "list\nThese people run the mill in the year 2024:\n"
        "Miller: Eva Holm\nWarden: Ada Lund\nDeputy warden: Jo Falk\n\n"
        "# Cook\nBen Orr\n\n# Place\nThe mill stands by the brook.\n"
    )
    assert answer in finder_of(text).find(question).quotes[0].text
