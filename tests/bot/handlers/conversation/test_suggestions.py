"""Questions are offered at the start, and each is answered by a button."""

from listed_articles import collection_of

BEES = (
    "The queen",
    None,
    [
        ("How long she lives", "A queen lives three to four years. A worker lives for less."),
        ("What is it like?", "The queen is the mother of all bees in her hive. She is long."),
    ],
)
CLUB = ("The club", None, [("Fees", "The fee is 20 euros. The course costs 60 euros in all.")])
NOTES = ("Notes", None, [("It", "They did it. This was so.")])
READ = (
    "Books",
    None,
    [
        ("Novels", "The hero of the story is a baker who learns to sail a boat."),
        ("Bakers", "Who Pays Bakers is a list of bakeries. It is long."),
        ("Dough", "Because Yeast Dough is a living thing, it rises slowly in winter."),
        ("Want to read on?", "Read on in the library of the town, which opens at nine."),
        ("Are you a printer?", "Printers are paid by the page in the harbour of Velden."),
        ("First time?", "Printers of the harbour of Velden meet you the first time at nine."),
        ("Ink and paper", "Ink and paper are sold to printers in the harbour of Velden!"),
        ("max_ink_per_page", "The max ink per page is limited by the harbour of Velden itself."),
        ("Glue and thread", "See the book of the harbour of Velden for glue and thread."),
    ],
)


def test_what_the_articles_answer_is_offered(converse, collection):
    """As buttons, one of each article in turn, what most is said of first; each is answered."""
    talk = converse(collection=collection(BEES, CLUB))
    hello = talk("/start")
    assert "You can ask, for example:" in hello.text
    assert hello.buttons == [
        "What is the queen?", "How much does the course cost?", "How long does a queen live?",
    ]  # fmt: skip
    answer = talk.press(hello, "How much does the course cost?")
    assert answer.text.startswith("“How much does the course cost?” Asked for a number,")
    assert "60 euros" in answer.quotes[0]
    assert "queen" in talk("and a queen?").quotes[0]


def test_headings_are_offered_where_no_question_is_found(converse, collection):
    """Without their numbers and subtitles, behind the questions that sentences answer."""
    boats = "Every boat is washed and put under its cover once nobody rows it any more."
    shed = (
        "The shed",
        None,
        [("2. Winter storage: from May", f"Winter storage begins in May. {boats}")],
    )
    hello = converse(collection=collection(shed, CLUB))("/start")
    assert hello.buttons == ["How much does the course cost?", "Winter storage"]


def test_what_the_articles_speak_of_more_than_others_do_is_offered_first(converse, collection):
    """Not what is said often anywhere."""
    people = " ".join(f"Many people have time for it in week {n} of the year." for n in range(5))
    rows = [("Time and people", f"People of the club have time for rowing in winter. {people}")]
    varnish = "The varnish of oars is renewed in May. All varnish peels off the oars in time."
    hello = converse(
        collection=collection(
            ("Rowing", None, rows), ("Oars", None, [("Varnish of oars", varnish)])
        )
    )("/start")
    assert hello.buttons[:2] == ["Varnish of oars", "Time and people"]


def test_a_statute_offers_the_headings_of_its_clauses(converse):
    """It has nothing but numbered entries; and its title, as of any article."""
    bylaw = "# Winter storage\nlist\n1. Boats stand in the shed of the club in winter storage."
    hello = converse(collection=collection_of(f"Bylaw of the club\n\n{bylaw}"))("/start")
    assert hello.buttons == ["Winter storage", "Bylaw of the club"]


def test_the_articles_named_are_the_front_page_and_those_on_what_most_is_said_of(converse):
    """Not the first ones by their ids."""
    recipes = {
        f"dish {n}": f"A dish of number {n} with butter, bread and leek." for n in range(20)
    }
    said = [f"{title.title()}\n\n{text}" for title, text in recipes.items()]
    said += ["Bread\n\nBread is baked at six.", "Leek\n\nLeek grows in sand."]
    hello = converse(collection=collection_of(*said))("/start")
    assert "\n• Bread\n• Leek\n" in hello.text


def test_nothing_is_offered_where_nothing_is_answered_well(converse, collection):
    """And nothing is said of it."""
    hello = converse(collection=collection(NOTES, READ))("/start")
    assert hello.buttons == []
    assert "for example" not in hello.text


def test_a_question_of_other_articles_is_not_answered(converse, collection):
    """A button may be older than the articles."""
    talk = converse(collection=collection(BEES, CLUB))
    hello = talk("/start")
    later = converse(collection=collection(CLUB), api=talk.api)
    assert later.press(hello, "How long does a queen live?") is None
    assert later.notices[0].startswith("The article has changed")


def test_a_group_is_offered_none(group):
    """There everybody would press."""
    assert group("/start").buttons == []
