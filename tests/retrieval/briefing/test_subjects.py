"""A topic may be the title of an article, or name several things."""

import pytest

from retrieval.articles import Article, Collection, Paragraph, ParagraphKind
from retrieval.briefing.briefer import Briefer
from retrieval.briefing.briefing import Length, SectionRole
from retrieval.index.memory_engine import memory_index
from retrieval.questions.question_reader import QuestionReader

LENGTH = Length(words=150, points=8)
FERRY = (
    "The ferry to Skarn",
    "2024-03-01",
    ("", "The ferry leaves the quay of Velden at seven every morning."),
    ("1. Tickets", "Its tickets are sold by the harbour master in a wooden hut."),
    ("2. The crossing", "Passengers see the seals of Skarn after forty minutes on deck."),
)
MILL = (
    "Windmill",
    None,
    ("", "Four sails of canvas turn the stones from October to April."),
    ("Grain", "Farmers of Velden bring rye and oats on market days."),
)
TOWN = (
    "Velden: a small town by the sea",
    "2025-08-15",
    ("", "Velden has two bakers, one smith and a school for ninety children."),
    ("Work", "Tickets for the theatre are printed by the smith in the evening."),
)


def collection(*articles, kind=ParagraphKind.TEXT):
    made = []
    for number, (title, published, *texts) in enumerate(articles, start=1):
        paragraphs = tuple(
            Paragraph(f"a{number}", place, heading, text, kind=kind)
            for place, (heading, text) in enumerate(texts, start=1)
        )
        made.append(Article(f"a{number}", title, "en", paragraphs, published=published))
    return Collection(made)


def brief(topic, *articles, length=LENGTH, **options):
    index = memory_index(collection(*(articles or (FERRY, MILL, TOWN)), **options))
    return Briefer(index, QuestionReader(index, ())).brief(topic, length)


def cited(briefing):
    return {point.quote.paragraph.article for point in briefing.points}


def all_text(briefing):
    return " ".join(point.quote.text for point in briefing.points)


@pytest.mark.parametrize(
    ("topic", "article"),
    [("The ferry to Skarn", "a1"), ("the FERRY to skarn?", "a1"), ("ferries to Skarn", "a1"),
     ("Windmill", "a2"), ("windmills", "a2"), ("Velden", "a3"),
     ("Velden: a small town by the sea", "a3")],
)  # fmt: skip
def test_a_topic_that_is_a_title_is_that_article(topic, article):
    """With its subtitle or without, in whatever form, though no sentence holds the words."""
    found = brief(topic)
    assert cited(found) == {article}
    assert found.speaking == (article,)
    assert found.is_title


def test_a_short_article_is_told_with_what_others_say_on_its_title():
    """Where they say more on it."""
    storms = ("Storms", None, ("", "A guide on the desk of the harbour master lists what to do."))
    quay = ("The quay", None, ("", "Storms flood the quay of Velden. Storms tear off its lamps."))
    found = brief("storms", storms, quay, FERRY)
    assert cited(found) == {"a1", "a2"}
    assert not found.is_title


@pytest.mark.parametrize("topic", ["history of the guild", "the guild's history"])
def test_a_topic_that_is_most_of_a_title_is_that_article(topic):
    """As "CCTV" is with "CCTV policy": all on it stands there, in whatever words."""
    history = (
        "History of the Velden Guild",
        None,
        ("", "Three rowers met in the back room of a bakery in 1904."),
        ("The boathouse", "A boathouse of oak was built beside the lock four years later."),
    )
    guild = ("Joining", None, ("", "Members of the guild pay ten crowns in the autumn."))
    found = brief(topic, history, guild, TOWN)
    assert found.is_title
    assert "bakery in 1904" in all_text(found)
    assert "boathouse of oak" in all_text(found)


def test_a_topic_that_others_speak_of_is_not_the_article_with_most_of_it_for_its_title():
    """Nor is one that the title only joins with something else."""
    seals = ("Seals of Skarn", None, ("", "The seals of Skarn sleep on the northern rocks."))
    boats = (
        "Boats and seals",
        None,
        ("", "No boat comes closer to the seals than fifty metres."),
        ("Paint", "Boats are painted in the spring with tar from the forest."),
    )
    assert not brief("seals", seals, boats).is_title
    assert not brief("seals", boats, TOWN).is_title


def test_an_article_is_told_in_its_own_order():
    """What opens it comes first and without a heading; headings lose their numbers."""
    found = brief("The ferry to Skarn")
    assert [section.heading for section in found.sections] == ["", "Tickets", "The crossing"]
    assert found.sections[0].role is SectionRole.OPENING


def test_under_its_title_a_point_may_begin_with_its():
    """For the title tells of what."""
    assert "Its tickets are sold" in all_text(brief("The ferry to Skarn"))


@pytest.mark.parametrize(
    "topic",
    [
        "ferry and windmill",
        "ferry, windmill",
        "Ferry & Windmill",
        "windmill versus ferry",
        "windmill as well as ferry",
    ],
)
def test_two_subjects_are_both_told(topic):
    """Though no sentence speaks of both."""
    assert cited(brief(topic)) == {"a1", "a2"}


def test_a_subject_that_no_article_knows_leaves_the_other():
    """What is not there is named by the query."""
    found = brief("ferry and unicorns")
    assert cited(found) == {"a1"}
    assert found.query.unmatched == ["unicorns"]


def test_words_that_belong_together_are_one_topic():
    """Where the sentences that speak of one speak of the other."""
    oats = ("Bread", None, ("", "Rye and oats are milled at Velden and baked with salt."))
    found = brief("rye and oats", oats, TOWN)
    assert cited(found) == {"a1"}
    assert not found.is_title


def test_all_articles_that_speak_of_a_topic_are_counted():
    """However many they are."""
    many = [
        (f"Report {n}", None, ("", f"The guard counted otters near weir number {n} in spring."))
        for n in range(150)
    ]
    assert len(brief("otters", *many).speaking) == 150


def test_an_article_of_nothing_but_a_list_is_told():
    """The title heads it."""
    tides = ("Tides of Skarn", None, ("", "• High tide is at six.\n• Low tide is at noon."))
    assert "at six" in all_text(brief("", tides, kind=ParagraphKind.LIST))


def test_a_briefing_on_everything_has_a_section_for_each_article():
    """Under its title, which makes sense on its own."""
    found = brief("")
    assert {section.heading for section in found.sections} == {
        "The ferry to Skarn", "Windmill", "Velden",
    }  # fmt: skip


def test_of_articles_that_are_alike_the_newest_comes_first():
    """By the date in their headers; one without a date is the oldest."""
    texts = [
        ("", "Nine barges carried gravel to the lock at Tolmar."),
        ("", "Eleven cyclists rode through the forest of Velden."),
        ("", "Seven painters whitewashed the chapel on Skarn."),
    ]
    dates = ["2021-05-01", None, "2025-05-01"]
    found = brief("", *((f"Part {d}", d, t) for d, t in zip(dates, texts, strict=True)))
    assert [s.heading for s in found.sections] == [
        "Part 2025-05-01",
        "Part 2021-05-01",
        "Part None",
    ]


def test_a_short_article_is_told_whole():
    """Also sentences that would say too little among others."""
    found = brief("", ("Lock", None, ("", "The lock was dug in 1790. The gates are oak.")))
    assert "dug in 1790" in all_text(found)
    assert "oak" in all_text(found)


@pytest.mark.parametrize("kind", [ParagraphKind.CODE, ParagraphKind.TABLE])
def test_code_and_table_cells_are_no_points(kind):
    """They are no sentences."""
    assert not list(brief("", FERRY, MILL, kind=kind).points)


def test_a_line_of_data_in_a_text_is_no_point():
    """It is known by its signs."""
    data = ("", '{"ferry": {"harbour": "Velden", "seats": [120, 90], "captain": "Ada Holm"}}.')
    found = brief("ferry", FERRY, ("Settings", None, data))
    assert cited(found) == {"a1"}


def test_what_only_announces_brings_what_it_announces():
    """One point of both."""
    text = (
        "The winter of Velden has highlighted this problem. "
        "The harbour froze for nine weeks and no ferry left the quay."
    )
    found = brief("winter of Velden", FERRY, ("Ice", None, ("", text)))
    assert text in all_text(found)


def test_a_rule_beside_the_one_on_the_topic_is_not_told():
    """It stands in the same paragraph and speaks of something else."""
    text = (
        "Dogs are not allowed on the ferry in summer. "
        "Smokers find an ashtray at the stern. "
        "The captain greets children with a horn."
    )
    found = brief("dogs", ("Rules", None, ("On board", text)), MILL, TOWN)
    assert all_text(found) == "Dogs are not allowed on the ferry in summer."


def test_of_a_topic_that_is_known_in_part_the_closest_is_told():
    """Little of it, and it is known to be no more than that."""
    office = (
        "The office",
        None,
        (
            "Computers",
            "Each computer of the harbour is a computer of the town. It is dear.",
        ),
        *(("", f"Sailor {n} sleeps in cabin {n} of the northern deck.") for n in range(60)),
    )
    found = brief("quantum computing", FERRY, MILL, TOWN, office)
    assert found.is_close
    assert 1 <= len(list(found.points)) <= 3
    assert not brief("computing", FERRY, MILL, TOWN, office).is_close


def test_two_words_that_never_stand_together_are_no_topic():
    """Bakers and seals are far apart, and nothing is said of both."""
    assert not brief("bakers seals", FERRY, MILL, TOWN).found


@pytest.mark.parametrize(
    "announcing",
    ["There are several ways to cross the sound of Velden in winter.",
     "Here are the rules for the ferry of Velden in winter.",
     "The rules for the ferry of Velden in winter are listed below."],
)  # fmt: skip
def test_what_announces_and_has_nothing_behind_it_is_no_point(announcing):
    """What it announces stands elsewhere."""
    found = brief("ferry of Velden", FERRY, ("Winter", None, ("", announcing)))
    assert announcing not in all_text(found)


def test_an_article_that_says_we_all_along_is_told_as_well():
    """It speaks of those who wrote it and does not chat."""
    text = (
        "We sweep the deck before each crossing to the island. "
        "We never decrease the wages of a sailor during a voyage. "
        "We ask our guests to leave their shoes at the gangway."
    )
    found = brief("wages of a sailor", FERRY, ("House rules", None, ("", text)))
    assert "We never decrease the wages" in all_text(found)


def test_a_row_that_is_no_table_is_no_point():
    """As where a cell of a table holds several sentences."""
    row = "| Winter | ferry of Velden | The ferry of Velden rests on the quay from January on."
    found = brief("ferry of Velden", FERRY, ("Seasons", None, ("", row)))
    assert "rests on the quay" not in all_text(found)


def test_what_points_back_behind_a_number_is_not_told_without_what_it_points_to():
    """As in a law: "(3) They …"."""
    texts = (
        "(1) The pilots of Velden are chosen by the council of the town every spring.",
        "(2) They wear a blue cap on the ferry of Velden in winter and at night.",
    )
    found = brief("ferry of Velden", FERRY, ("Rules", None, *(("", t) for t in texts)))
    assert "blue cap" not in all_text(found)


def test_what_opens_an_article_and_begins_with_the_topic_comes_first():
    """It says what that is, in whatever words, also behind sentences that name it more often."""
    ledger = (
        "Ledger overview",
        None,
        ("", "The ledger keeps all orders of the village fair in one place."),
        ("Bar", "Wine and beer of the bar are listed in the order of their prices."),
    )
    mail = (
        "Daily report",
        None,
        ("Sending", "Log in to the ledger, press report in the ledger, and the ledger sends it."),
    )
    found = brief("ledger", ledger, mail)
    assert next(iter(found.points)).quote.text.startswith("The ledger keeps all orders")
    assert found.sections[0].role in (SectionRole.WHAT, SectionRole.OPENING)


def test_what_the_topic_is_comes_first_also_where_it_is_said_which_one():
    """It is called by its last word; what comes before it in the articles comes behind it."""
    rules = (
        "Agreements",
        None,
        ("Rules", "Every lodge sends two rowers to the council of the lodge in the spring."),
        ("Rules", "A lodge with a boathouse keeps the keys of the boats behind the bar."),
    )
    guild = (
        "The guild",
        None,
        ("Parts", "Two coaches of the guild live in the lodge beside the lock in winter."),
        ("Parts", "A rowing lodge is a part of the guild that keeps its own accounts."),
    )
    found = brief("lodge", rules, guild)
    assert next(iter(found.points)).quote.text.startswith("A rowing lodge is a part of the guild")


def test_a_point_stands_under_no_heading_of_another_article():
    """Its own title tells where it is from, even if another heading has more of its words."""
    press = ("Orchard", None, ("The cider press", "The press of the orchard was built in 1890."))
    shop = ("Village shop", None, ("", "Juice from the cider press costs two crowns a bottle."))
    found = {s.heading: s.points for s in brief("press", press, shop).sections}
    assert [p.quote.paragraph.article for p in found["Village shop"]] == ["a2"]
    assert [p.quote.paragraph.article for p in found["The cider press"]] == ["a1"]


def test_an_article_begins_with_what_its_title_is():
    """Also where that is said to the reader in few words."""
    rest = (
        ("", f"The stones of the mill near Velden grind {grain} for the bakers of the town.")
        for grain in ("rye", "oats", "barley", "wheat", "spelt", "millet", "maize", "peas")
    )
    opening = "Windmills are mills that you see. Their stones are of granite from Skarn."
    windmill = ("Windmills", None, ("", opening), *rest, *MILL[2:], *MILL[2:], *MILL[2:])
    assert all_text(brief("windmills", windmill)).startswith("Windmills are mills that you see.")


def test_headings_that_several_articles_have_give_way_to_titles():
    """They name a part of each; no button offers them either."""
    pumps = ("Pumps", None, ("Context", "The pump of the lock was bought by the town of Velden."))
    gates = (
        "Gates",
        None,
        ("Context", "The gates of the lock were built of oak from Skarn."),
        ("Decision", "Ducks may swim through the gates in the spring."),
    )
    boats = (
        "Boats",
        None,
        ("Decision", "Boats of the guild pay nothing in the port of Skarn."),
    )
    found = brief("lock", pumps, gates, boats)
    assert {section.heading for section in found.sections} == {"Pumps", "Gates"}
    assert "Context" not in [paragraph.heading for paragraph in found.near]


def test_a_briefing_on_everything_begins_with_what_opens_an_article():
    """Rather than with what says more words of its own further down."""
    club = (
        "The rowing club",
        None,
        ("Who we are", "The rowing club of Velden was founded by nine bakers."),
        ("Boats", "Varnish, brass rowlocks and spruce oars for the eights come from Skarn."),
        ("Boats", "Coxes steer the fours round buoys, barges and moored trawlers at dusk."),
    )
    pool = (
        "The pool",
        None,
        ("Water", "The pool of Velden is filled with water of the sea."),
        ("Rules", "Armbands, snorkels, inflatable whales and harpoons are locked in a shed."),
        ("Rules", "Lifeguards blow whistles, wave flags and throw ropes of coconut fibre."),
    )
    found = brief("", club, pool, length=Length(words=60, points=2))
    assert all_text(found) == f"{club[2][1]} {pool[2][1]}"


@pytest.mark.parametrize("name", ["readme", "index"])
@pytest.mark.parametrize(
    "introduction",
    [
        "Lanterns keeps the lamps of all harbours of Velden in one book.",
        "In this handbook you find all rules for the lamps of the harbours.",
        "Welcome to the site of the guild, where you find all rules for the lamps of Velden.",
    ],
)
def test_a_briefing_on_everything_begins_with_what_the_front_page_says_it_is(name, introduction):
    """Though other articles have the more central points, and it has no title above it."""
    others = collection(FERRY, MILL, TOWN)
    asked = "Did you ever wonder who keeps the lamps of the harbours of Velden alight?"
    welcome = f"Welcome to Lanterns! {asked} {introduction} Please ask the guild for a copy of it."
    page = Article(name, "Lanterns", "en", (Paragraph(name, 1, "", welcome),))
    index = memory_index(Collection([*others.articles, page]))
    found = Briefer(index, QuestionReader(index, ())).brief("", LENGTH)
    opening = found.sections[0]
    assert (opening.heading, opening.role) == ("", SectionRole.OPENING)
    assert [point.quote.text for point in opening.points] == [introduction]
    assert cited(found) > {name}


def test_what_calls_the_topic_by_half_its_name_fills_a_short_briefing():
    """Beside a sentence that has all of it, under a heading with that word."""
    rules = (
        "The warden of Skarn gives one pass for the whole summer to each household. "
        "The warden of Velden asks nine coins of silver for a pass in the autumn. "
        "No ships may cast nets near the mole at night. "
        "Each angling pass is stamped by the guild."
    )
    found = all_text(brief("angling pass", ("Rules", None, ("Fishing passes", rules)), MILL))
    assert "whole summer" in found
    assert "nine coins" in found


BAKERY = (
    "The bakery",
    None,
    ("Flour and salt", "Flour comes from the windmill of Velden in sacks of jute."),
    ("Flour and salt", "Salt is boiled from the sea by the monks of Skarn."),
    ("Ovens", "Flour dust is swept from under the ovens. Flour is sieved. Flour is stored dry."),
    ("Ships", "Salt eats the hulls of ships. Salt dries on decks. Salt stings the eyes of crews."),
)


def test_two_words_that_a_heading_joins_are_one_topic():
    """What is told under other headings holds only one of them."""
    found = brief("flour and salt", BAKERY, TOWN)
    assert [section.heading for section in found.sections] == ["Flour and salt"]


def test_two_subjects_with_a_heading_each_are_both_told():
    """Though most sentences on one of them speak of the other."""
    guild = (
        "The guild",
        None,
        ("Voyages", "Each voyage takes six weeks and ends in the port of Skarn."),
        ("Repairs", "Between two voyages, repairs of hull and mast take nine days."),
        ("Repairs", "Repairs after a voyage are paid by the guild of Velden."),
    )
    found = brief("voyages and repairs", guild, TOWN)
    assert [section.heading for section in found.sections] == ["Voyages", "Repairs"]


def test_each_of_two_subjects_may_be_most_of_a_title():
    """Their articles hold the rest of what is said on them."""
    mint = ("The old mint", None, ("", "Coins were struck from Zorbian silver in three halls."))
    kiln = ("Kiln rules", None, ("", "Pots of the guild are fired for nine days in beech smoke."))
    texts = all_text(brief("the mint or the kiln", mint, kiln, TOWN))
    assert "struck" in texts
    assert "beech smoke" in texts


def test_an_overview_of_many_articles_opens_those_on_what_most_is_said_of():
    """Whatever their ids; further headings are offered of these as well."""
    herbs = [
        (
            f"Herb {n}",
            None,
            ("", f"Herb number {n} has leaves, roots and seeds for the apothecary."),
        )
        for n in range(40)
    ]
    zinc = "Zinc pots of the harbour of Velden are cast by hand."
    pots = (
        "Zinc pots",
        None,
        ("", zinc),
        ("Care of pots", "Zinc pots of the harbour are rubbed with ash."),
        ("Lids", zinc),
    )
    said = ("Ash", None, ("", "Zinc pots are rubbed with ash."), ("", "Zinc pots shine."))
    found = brief("", *herbs, said, pots)
    assert zinc in all_text(found)
    assert found.near[0].heading == "Care of pots"
    assert len({paragraph.article for paragraph in found.near}) == len(found.near)


def test_of_many_new_articles_the_newest_are_told():
    """As many as an overview has points."""
    fish = ["cod", "eel", "ray", "tuna", "pike", "carp", "bass", "sole", "perch", "trout"]
    told = [
        (f"The {name}", f"2025-01-{day}", ("", f"A {name} of Velden weighs {day} kilos in May."))
        for day, name in enumerate(fish, start=10)
    ]
    news = collection(*told)
    index = memory_index(news)
    found = Briefer(index, QuestionReader(index, ())).brief("", LENGTH, among=news.paragraphs)
    assert cited(found) == {f"a{number}" for number in range(3, 11)}


def test_what_is_small_talk_elsewhere_is_a_topic():
    """As "legal" is, which says in Portuguese that something is great."""
    rules = ("Rules", None, ("", "Legal rules of the harbour forbid bicycles on the ferry."))
    assert "forbid bicycles" in all_text(brief("legal", rules, MILL))


def test_a_heading_is_the_topic_however_that_is_written():
    """It then stands among the details, though it speaks of problems, too."""
    tides = (
        "The quay",
        None,
        ("Risks of spring tides", "Spring tides flood the lower quay of Velden every March."),
        ("Lamps", "A springtide of 1904 tore off all lamps beside the customs house."),
    )
    found = brief("spring tides", tides, MILL)
    roles = {section.heading: section.role for section in found.sections}
    assert roles["Risks of spring tides"] is SectionRole.DETAIL
