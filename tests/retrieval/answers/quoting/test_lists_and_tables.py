"""Lists and tables are quoted as units: never an entry without what leads in to it."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from listed_articles import BREAD, HARBOUR, article, collection_of, finder_of

from retrieval.answers.quoting.list_table_passages import (
    LONGEST_LIST_QUOTE,
    LONGEST_WHOLE_LIST,
    MOST_LIST_PARTS,
)
from retrieval.answers.quoting.quotes import LONGEST_QUOTES_TOGETHER
from retrieval.articles import Collection, ParagraphKind
from retrieval.index.memory_engine import memory_index

GARTEN = """
Der Garten

Im März beginnt die Arbeit.

# Einen Baum pflanzen
list
So pflanzen Sie einen Baum:
1. Graben Sie ein tiefes Loch.
2. Lockern Sie die Erde am Grund.
3. Gießen Sie ihn mit zwei Eimern Wasser.

# Pflanzzeiten
table
Gemüse | Aussaat | Ernte
Radieschen | März | Mai
Kürbis | Mai | Oktober
"""
JARDIN = """
Le jardin

Le jardin dort en hiver.

# Outils
list
Pour le potager, il faut ces outils
• une bêche
• un râteau
• deux seaux
"""
HUERTO = """
El huerto

El huerto descansa en invierno.

# Precios
table
Planta | Precio | Altura
Tomate | 3 euros | 90 cm
Pimiento | 2 euros | 60 cm
"""
OFFICE = """
办公室

办公室在二楼。

# 安装打印机
list
请按下列顺序操作：
1. 打开打印机的电源。
2. 连接网络。
3. 装入纸张。
"""


@pytest.fixture(scope="module")
def finder():
    return finder_of(BREAD, HARBOUR)


def texts(finder, question, context=None):
    evidence = finder.find(question, context)
    assert evidence.answered, question
    return [quote.text for quote in evidence.quotes]


def first(finder, question, context=None):
    return texts(finder, question, context)[0]


def whole(heading, *articles):
    """The paragraph under that heading."""
    paragraphs = collection_of(*articles).paragraphs
    return next(p.text for p in paragraphs if p.heading == heading)


@pytest.mark.parametrize(
    ("question", "heading"),
    [
        ("What do I need to bake a loaf of bread?", "What you need"),
        ("what do i need for the loaf", "What you need"),
        ("How do I bake a loaf?", "Baking a loaf"),
        ("What are the steps of baking a loaf?", "Baking a loaf"),
        ("steps to bake a loaf", "Baking a loaf"),
        ("Which flours are there?", "Flours"),
        ("What are the fees?", "Fees"),
        ("opening hours", "Opening hours"),
    ],
)
def test_a_question_for_several_things_or_steps_gets_the_whole_list(finder, question, heading):
    """As one quote under its lead-in, with or without a colon, in its own lines."""
    assert first(finder, question) == whole(heading, BREAD, HARBOUR)


@pytest.mark.parametrize(
    ("text", "language", "question", "heading"),
    [
        (GARTEN, "de", "Wie pflanze ich einen Baum?", "Einen Baum pflanzen"),
        (JARDIN, "fr", "Quels outils faut-il pour le potager ?", "Outils"),
        (JARDIN, "fr", "il faut quoi pour le potager", "Outils"),
        (HUERTO, "es", "¿Cuáles son los precios?", "Precios"),
        (OFFICE, "zh", "安装打印机的步骤是什么？", "安装打印机"),
        (OFFICE, "zh", "怎么安装打印机？", "安装打印机"),
    ],
)
def test_lists_are_whole_in_other_languages_too(text, language, question, heading):
    """By the question words of the language."""
    finder = finder_of(text, HARBOUR, language=language)
    assert first(finder, question) == whole(heading, text)


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        (
            "How hot should the oven be?",
            "Follow these steps and do not hurry. […] 5. Heat the oven to 240 degrees.",
        ),
        ("What is the price of emmer?", "Flour | Protein | Price […] Emmer | 13 % | 4.00"),
        ("What is the price of spelt?", "Flour | Protein | Price\nSpelt | 12 % | 3.20"),
        (
            "What is the fee for a catamaran in winter?",
            "Boat | Summer | Winter […] catamaran | 55 | 27",
        ),
        ("When is the office open on Saturday?", "• Saturday\n  • 9 to 11"),
    ],
)
def test_an_entry_or_row_that_is_asked_about_comes_under_what_leads_in(finder, question, quote):
    """What lies between is omitted; entries below it belong to it."""
    assert first(finder, question) == quote


def test_a_number_that_is_asked_for_is_told_by_the_entries_that_hold_one():
    """Where no entry holds a word of the question."""
    steps = ["1. Wash the rice.", "2. Boil it for nine minutes.", "3. Stir.", "4. Wait an hour."]
    finder = finder_of("\n".join(["Rice", "", "# Directions", "list", *steps]), HARBOUR)
    assert first(finder, "How long does rice take?") == f"{steps[1]} […] {steps[3]}"


def test_a_long_list_of_sentences_that_nothing_leads_in_to_is_read_as_a_text():
    """Under a heading that holds the word of the question, the sentence that was found answers."""
    paths = f"• Keep to the paths{', and to the boards that lie on wet ground' * 16}."
    rules = [paths, "• Open fires are forbidden.", "• Take nothing home."]
    finder = finder_of("\n".join(["The wood", "", "# Paths and fires", "list", *rules]), HARBOUR)
    assert first(finder, "fires") == rules[1]


def test_rows_of_other_languages_come_under_their_header():
    """German and Spanish."""
    german = finder_of(GARTEN, HARBOUR, language="de")
    assert first(german, "Wann erntet man Kürbis?") == (
        "Gemüse | Aussaat | Ernte […] Kürbis | Mai | Oktober"
    )
    spanish = finder_of(HUERTO, HARBOUR, language="es")
    assert first(spanish, "¿Cuál es el precio del pimiento?") == (
        "Planta | Precio | Altura […] Pimiento | 2 euros | 60 cm"
    )


def test_several_rows_that_are_asked_about_stand_under_one_header(finder):
    """In one quote, in the order of the table."""
    assert texts(finder, "What do a trimaran and a catamaran pay in fees?")[0] == (
        "Boat | Summer | Winter […] catamaran | 55 | 27\ntrimaran | 60 | 30"
    )


def test_an_entry_below_another_comes_with_that_one(finder):
    """It says nothing without it."""
    quote = first(finder, "What hours is the office open on Friday in the afternoon?")
    assert quote.startswith("• Monday to Friday")
    assert "14 to 17 in the afternoon" in quote


def test_of_a_long_entry_its_opening_and_the_sentence_that_answers_are_quoted():
    """With the mark, under the lead-in."""
    filling = "It has been like this for as long as anybody in the town can remember. " * 8
    text = (
        "Museums\n\n# Museums of the town\nlist\nThe town has these museums:\n• Toys are kept by "
        f"the river. {filling}A wooden elephant from 1820 is the oldest piece.\n• Ships."
    )
    assert first(finder_of(text, BREAD), "What about the wooden elephant?") == (
        "The town has these museums:\n• Toys are kept by the river. […] "
        "A wooden elephant from 1820 is the oldest piece."
    )


def test_a_header_row_alone_is_no_answer():
    """A table without a row that fits shows rows or nothing."""
    table = "Prices\n\n# Prices of cheese\ntable\nCheese | Price\nBrie | 4\nGouda | 5"
    finder = finder_of(table, HARBOUR)
    for quote in finder.find("What is the price of cheese?").quotes:
        assert quote.text != "Cheese | Price"
        assert "\n" in quote.text


@pytest.mark.parametrize(
    ("question", "context", "entry"),
    [
        ("What is the third step of baking a loaf?", None, "3. Knead the dough"),
        ("What does the third step say?", "How do I bake a loaf?", "3. Knead the dough"),
        ("What does the third step say?", None, "3. Knead the dough"),
        ("What is step 2 of baking a loaf?", None, "2. Add the yeast"),
        ("And the last step?", "How do I bake a loaf?", "6. Bake the loaf"),
    ],
)
def test_an_entry_is_found_by_its_number(finder, question, context, entry):
    """Alone or after a question about the list."""
    quote = first(finder, question, context)
    assert quote.startswith("Follow these steps and do not hurry. […] ")
    assert entry in quote
    assert quote.count("\n") == (2 if "3." in entry else 0)


def test_a_long_list_is_cut_between_entries():
    """It shows its first entries and the last one, and what is asked for if it is among them."""
    entries = [f"• Rule {n} forbids the crews to make any noise of kind {n}." for n in range(90)]
    entries[50] = "• Parrots are fed by their owners."
    rules = "\n".join(["Port\n\n# Rules of the port\nlist\nAll crews keep these rules:", *entries])
    finder = finder_of(rules, BREAD)
    (quote,) = finder.find("What are the rules of the port?").quotes
    assert quote.text.startswith("All crews keep these rules:\n• Rule 0 forbids")
    assert quote.text.endswith("noise of kind 89.")
    assert len(quote.spans) == 2
    assert len(quote.text) <= LONGEST_LIST_QUOTE + 10
    assert "Parrots" in finder.find("Which rules are there for parrots?").quotes[0].text


def test_of_a_list_in_several_paragraphs_the_first_is_shown():
    """They have the same lead-in."""
    parts = [
        "\n".join(["list", "Ships carry:", *(f"• cargo number {n}" for n in range(k, k + size))])
        for k, size in ((0, 60), (60, 60), (120, 20))
    ]
    finder = finder_of("Ships\n\n# Cargo of ships\n" + "\n\n".join(parts), BREAD)
    quotes = finder.find("What do ships carry?").quotes
    assert [quote.paragraph.number for quote in quotes] == [1]
    assert quotes[0].text.startswith("Ships carry:\n• cargo number 0\n")


def test_of_a_long_text_before_a_list_only_its_end_leads_in():
    """The rest of it is text like any other."""
    before = "Moths eat wool. " + "The museum has watched them for many a year in its halls. " * 5
    text = f"Moths\n\n# Moths\nlist\n{before}Against moths, these help:\n• cedar wood\n• cold"
    finder = finder_of(text, HARBOUR)
    assert first(finder, "What helps against moths?") == (
        "Against moths, these help:\n• cedar wood\n• cold"
    )
    assert first(finder, "Do moths eat wool?") == "Moths eat wool."


def test_a_sentence_that_the_lead_in_leans_on_leads_in_too():
    """A sentence such as "They are:" says nothing of what they are."""
    text = "Radio\n\nlist\nThe old radio supports a few wave bands. They are:\n• long\n• short"
    finder = finder_of(text, BREAD)
    assert first(finder, "Which wave bands does the old radio support?").endswith(
        "They are:\n• long\n• short"
    )


def test_long_lists_are_not_piled_up():
    """Three of them would be a wall of text on a phone; the others are a press away."""
    duties = {
        "bakers": ("ovens close", "dough rests", "crusts cool", "loaves wait", "mills stop"),
        "sailors": ("boats moor", "tides turn", "pilots rest", "ropes dry", "gulls land"),
        "rangers": ("deer hide", "trees drip", "saws cool", "paths freeze", "owls call"),
    }
    lists = (
        f"{who}\n\n# Holidays of {who}\nlist\nHolidays in winter for {who} are given when:\n"
        + "\n".join(
            f"• {event} in week {n} of a season that nobody else in the whole country, whatever "
            "they may think of the weather there, would ever call by that name"
            for n, event in enumerate(events, start=2)
        )
        for who, events in duties.items()
    )
    evidence = finder_of(*lists, BREAD).find("When are holidays in winter given?", further=3)
    assert sum(len(quote.text) for quote in evidence.quotes) <= LONGEST_QUOTES_TOGETHER
    assert evidence.further


def test_behind_a_list_only_what_is_about_as_close_follows():
    """One that is asked for says it all."""
    other = "Cats\n\n" + "\n\n".join(
        f"A cat takes {n} steps when it {verb} a mouse." for n, verb in
        enumerate(["sees", "hears", "smells", "hunts", "fears"], start=2))  # fmt: skip
    quotes = finder_of(BREAD, other).find("What are the steps of baking a loaf?").quotes
    assert quotes[0].text.startswith("Follow these steps")
    assert all(quote.paragraph.article == "article-1" for quote in quotes)


def test_code_is_quoted_only_for_the_words_that_are_in_it(finder):
    """An identifier, or most of the question as it is written there."""
    assert 'scale.set_unit("gram")' in first(finder, "What does scale.tare do?")
    assert "scale.weigh()" in first(finder, "What is BOWL_WEIGHT?")
    for question in (
        "How do I use the scale?",
        "Is there a loaf of bread on the scale?",
        "Is there a scale?",
        "What is a bowl weight?",
        "When is the scale ready to weigh?",
    ):
        evidence = finder.find(question)
        quotes = (*evidence.quotes, *evidence.related, *evidence.further)
        assert all(quote.paragraph.kind is not ParagraphKind.CODE for quote in quotes)


def test_looking_for_identifiers_takes_no_quadratic_time():
    """A quadratic step would take many minutes here, so this test fails by not ending."""
    code = "\n".join(f"engine.start_number_{n}(oil)" for n in range(3000))
    finder = finder_of(f"Engine\n\n# Engine\ncode\n{code}", BREAD)
    question = f"What does engine.start_number_7 do with {'a' * 3000}?"
    assert "engine.start_number_7(oil)" in first(finder, question).split("\n")


def test_of_long_code_a_line_is_quoted():
    """And no part of one."""
    code = "\n".join(f"engine.start_number_{n}(oil=True). Then(rest)" for n in range(60))
    finder = finder_of(f"Engine\n\n# Engine\ncode\n{code}", BREAD)
    quote = first(finder, "What does engine.start_number_7 do?")
    assert "engine.start_number_7(oil=True). Then(rest)" in quote.split("\n")
    assert len(quote) < 200


def test_names_are_not_learnt_from_code():
    """What is capitalised there may be anything."""
    collection = Collection([article("A\n\ncode\nprint( Hello, Berlin, Hello, Berlin)")])
    names = memory_index(collection).names
    assert not any(word in names for word in ("a", "code", "print", "hello", "berlin"))


WORDS = "bread loaf step third salt fee price flour Saturday open scale the of 240 and which how"


@given(
    st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=6).map(" ".join),
    st.sampled_from(["", "?"]),
)
def test_every_quote_keeps_the_promise(finder, question, end):
    """Whatever is asked: spans in order and apart, and as many as a link can hold."""
    evidence = finder.find(question + end, further=4)
    for quote in (*evidence.quotes, *evidence.related, *evidence.further):
        spans = quote.spans
        assert 0 < len(spans) <= MOST_LIST_PARTS
        assert all(one.end < two.start for one, two in pairwise(spans))
        assert all(quote.paragraph.text[s.start : s.end].strip() for s in spans)
        lead = quote.paragraph.text.split("\n")[0]
        if quote.paragraph.kind is ParagraphKind.TABLE:
            assert quote.text.startswith(lead)
            assert quote.text != lead


def test_ways_to_do_something_are_shown_together():
    """Whichever of them holds a word of the question."""
    ways = """
The ferry

list
You can cancel your crossing by:
• calling the harbour
• writing a letter about the booked crossing
• asking at the counter
"""
    quotes = finder_of(ways, BREAD).find("How do I cancel a booked crossing?").quotes
    assert "counter" in quotes[0].text
    assert "harbour" in quotes[0].text


def test_a_list_that_goes_very_deep_or_far_is_no_trouble():
    """Hostile input."""
    deep = "\n".join(f"{' ' * n}• bee {n}" for n in range(300))
    far = "\n".join(f"• bee {n} flies" for n in range(3000))
    wide = f"Bee | Size\n{'bee ' * 2000}| 3"
    finder = finder_of(f"Bees\n\nlist\n{deep}\n\nlist\n{far}\n\ntable\n{wide}", HARBOUR)
    assert finder.find("Which bees fly?").quotes
    assert finder.find("What is bee 299?").quotes


def test_a_list_that_is_asked_for_is_shown_whole():
    """Though it is longer than what other questions get of one."""
    duties = [f"• Duty {n}: keep the boats of row {n} clean, dry and ready." for n in range(14)]
    text = "\n".join(["The club\n", "list", "Every member takes one of these duties:", *duties])
    finder = finder_of(text)
    whole = finder.find("Which duties are there?").quotes[0]
    assert LONGEST_LIST_QUOTE < len(whole.text) <= LONGEST_WHOLE_LIST
    assert all(duty in whole.text for duty in duties)
    assert len(finder.find("What does a member take?").quotes[0].text) < len(whole.text)


@pytest.mark.parametrize("question", ["cabin rules", "What are the cabin rules?"])
def test_a_list_under_a_heading_of_the_question_comes_first(question):
    """Its entries leave those words to the heading, and others speak of them more often."""
    text = """
The cabin

The cabin rules are strict, and cabin rules are kept. All guests know the rules of the cabin.

# Cabin rules
list
• Sweep the floor.
• Carry in wood.
"""
    assert finder_of(text).find(question).quotes[0].text.startswith("• Sweep the floor.")


BENCHES = " ".join(
    f"Visitor {n} of a day sits on bench {n} and writes down all there is to be seen and heard."
    for n in range(1, 13)
)
RESERVE = f"""
The reserve

# Bird hides
list
{BENCHES} You may book two of the bird hides, or three bird hides in June. Take a coat.
• Reed and rush
• Old oak
• Marsh end

A ranger unlocks the bird hides.

# Chat channels of the wardens
We use a chat channel to keep in touch.

list
• Heron line
• Owl post
"""


@pytest.mark.parametrize(
    ("question", "entries"),
    [
        ("list the bird hides", ["Reed and rush", "Old oak", "Marsh end"]),
        ("what chat channels do you use?", ["Heron line", "Owl post"]),
    ],
)
def test_who_asks_for_several_things_is_shown_the_list(question, entries):
    """Whichever sentence of its lead-in was found, or of the text between it and its heading."""
    shown = " ".join(
        q.text for q in finder_of(RESERVE, "Herons\n\nThey fly.").find(question).quotes
    )
    assert all(entry in shown for entry in entries)
