"""A question that sets two things side by side is answered with what is said of each."""

import pytest
from listed_articles import BREAD, finder_of

from retrieval.answers.finder import Finder
from retrieval.index.memory_engine import memory_index
from retrieval.questions.two_sides import two_sides
from retrieval.text.languages import language

BOATS = [
    "The rowing boat costs 12 crowns an hour. It is painted green and was built by the warden.",
    "The sailing boat costs 30 crowns an hour. Nobody may take it out without a licence.",
    "A crane stands by the quay. A heron may live for fifteen years, a duck for hardly five.",
    "A heron weighs two kilograms. Ducks eat water plants, snails and, in winter, old bread.",
]


@pytest.fixture
def finder(make_collection):
    return Finder(memory_index(make_collection(BOATS, ["Wolves hunt deer in packs by the lake."])))


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("Which is cheaper, the rowing boat or the sailing boat?", {"12 crowns", "30 crowns"}),
        ("Is the rowing boat cheaper than the sailing boat?", {"12 crowns", "30 crowns"}),
        ("Does the sailing boat or the rowing boat cost more?", {"12 crowns", "30 crowns"}),
        ("The rowing boat or the sailing boat: which costs less?", {"12 crowns", "30 crowns"}),
        ("Do I pay more for the rowing boat or for the sailing boat?", {"12 crowns", "30 crowns"}),
        ("Who lives longer, a heron or a duck?", {"fifteen years", "hardly five"}),
        ("which lives longest, a heron or a duck", {"fifteen years", "hardly five"}),
    ],
)
def test_both_amounts_are_shown(finder, question, parts):
    """Whatever the words that compare; no lead says which is more."""
    evidence = finder.find(question)
    shown = " ".join(quote.text for quote in evidence.quotes)
    assert {part for part in parts if part in shown} == parts


def test_one_side_alone_is_no_comparison(finder):
    """Then the question is answered like any other."""
    evidence = finder.find("Which is heavier, a heron or an ostrich?")
    assert "ostrich" in evidence.query.unmatched
    assert not evidence.answered


@pytest.mark.parametrize(
    ("code", "question", "names"),
    [
        ("en", "What is better, the train or the car?", ("the train", "the car")),
        ("en", "difference between tea and coffee", ("tea", "coffee")),
        ("de", "Was ist länger offen, das Bad oder der Hof?", ("das Bad", "der Hof")),
        ("de", "Ist Tee billiger als Kaffee?", ("Tee", "Kaffee")),
        ("ru", "Что дороже, чай или кофе?", ("чай", "кофе")),
        ("de", "Tee vs Kaffee", ("Tee", "Kaffee")),
        ("fr", "thé ou café, lequel est plus cher", ("thé", "café")),
        ("es", "té o café, cuál cuesta más", ("té", "café")),
        ("es", "que diferencia hay entre té y café", ("té", "café")),
        ("it", "che differenza ce tra tè e caffè", ("tè", "caffè")),
        ("pt", "que diferença há entre chá e café", ("chá", "café")),
        ("fr", "quelle difference il y a entre thé et café", ("thé", "café")),
        ("ru", "чем отличается чай от кофе", ("чай", "кофе")),
        ("fr", "Qu’est-ce qui est plus cher, le thé ou le café ?", ("le thé", "le café")),
        ("zh", "茶和咖啡哪个更贵？", ("茶", "咖啡")),
        ("zh", "茶跟咖啡有什么区别", ("茶", "咖啡")),
        ("ja", "お茶とコーヒーはどちらが高いですか", ("お茶", "コーヒー")),
        ("ja", "お茶とコーヒーの違いは？", ("お茶", "コーヒー")),
        ("ko", "차와 커피 중에 어느 것이 더 비싸요?", ("차", "커피")),
    ],
)
def test_the_two_sides_of_a_question_are_told_apart(code, question, names):
    """In each language that has words for it."""
    sides = two_sides(question, [language(code)])
    assert sides is not None
    assert sides.names == names


@pytest.mark.parametrize(
    ("code", "question"),
    [
        ("en", "May I bring tea or coffee?"),
        ("en", "Who paints boats?"),
        ("en", "more"),
        ("en", "Is it more than that"),
        ("en", "Can I bring more than one guest?"),
        ("en", "Does the ferry take longer than 20 minutes?"),
        ("de", "Darf ich länger als zwei Tage bleiben?"),
    ],
)
def test_a_question_that_compares_nothing_has_no_sides(code, question):
    """Two things may be named for other reasons; an amount is no second thing."""
    assert two_sides(question, [language(code)]) is None


def test_the_difference_is_told_by_what_names_both(make_finder):
    """It is no worse for naming the other as well."""
    told = "Guards may do all that guests may, with one exception: guards may open the gate."
    other = "Guards wear a green coat. Guests sleep in the tower and eat with the miller."
    finder = make_finder([told, other], ["Herons sleep in the reeds by the lake."])
    quotes = finder.find("What is the difference between guards and guests?").quotes
    assert any("with one exception" in quote.text for quote in quotes)


@pytest.mark.parametrize("sides", [("a punt", "a raft"), ("a raft", "a punt")])
def test_without_a_sentence_on_both_each_is_told_in_the_order_of_the_question(make_finder, sides):
    """Whichever is told more of."""
    punt = "A punt is a boat with a flat bottom. A punt is moved with a pole, as punts are."
    raft = "The children of the warden built it. A raft is a floor of logs."
    finder = make_finder([punt], [raft], ["Herons sleep in the reeds by the lake."])
    evidence = finder.find(f"What is the difference between {sides[0]} and {sides[1]}?")
    assert evidence.uncompared
    assert [sides[0] in quote.text.lower() for quote in evidence.quotes] == [True, False]


@pytest.mark.parametrize(
    "question", ["Is a punt cheaper than a raft?", "Do children pay less than adults for a punt?"]
)
def test_rows_and_columns_of_one_table_are_sides(question):
    """Two rows share their header, and of two columns it is the header that names them."""
    rows = [
        "Craft | Adults | Children",
        "Punt | 9 crowns | 4 crowns",
        "Raft | 7 crowns | 2 crowns",
    ]
    finder = finder_of("\n".join(["Boats", "", "# Fees", "table", *rows]), BREAD)
    shown = " ".join(quote.text for quote in finder.find(question).quotes)
    assert set(rows[: 3 if "raft" in question else 2]) <= {row for row in rows if row in shown}


CLUB = """
The boat club

The club is older than its boats. Ask for the full list of members at the bar.

# Full membership
list
• Years: from the age of 18
• Fee: 90 crowns a year
• Keys: a key of your own

# Student membership
list
• Years: from the age of 16
• Fee: 40 crowns a year
• Keys: none
"""


@pytest.mark.parametrize(
    "question", ["full vs student membership", "is full or student membership cheaper"]
)
def test_what_stands_behind_the_second_side_belongs_to_the_first_as_well(question):
    """So “full” means no list of members; of amounts nothing else is shown."""
    quotes = [quote.text for quote in finder_of(CLUB, BREAD).find(question).quotes]
    assert len(quotes) == 2
    assert all("Fee: " in text and ("Keys" in text) == ("vs" in question) for text in quotes)
