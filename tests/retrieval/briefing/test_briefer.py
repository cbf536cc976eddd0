"""A topic becomes a briefing: points in the articles' words, each once, in a readable order."""

from collections.abc import Callable
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retrieval.articles import Article, Collection, Paragraph, Quote
from retrieval.briefing.briefer import Briefer
from retrieval.briefing.briefing import Briefing, Length, SectionRole
from retrieval.index.collection_index import Index
from retrieval.index.memory_engine import memory_index
from retrieval.questions.question_reader import QuestionReader
from retrieval.text.discourse import leans
from retrieval.text.languages import language as language_of

LENGTH = Length(words=120, points=6)
LIGHTHOUSE = [
    (
        "The lamp",
        (
            "The lighthouse at Rune Point burns whale oil in a lamp of copper. "
            "Its beam reaches eighteen miles on a clear night. "
            "A clockwork of brass weights turns the lens once a minute. "
            "Isn't that a marvellous machine?"
        ),
    ),
    (
        "The keepers",
        (
            "Two keepers live in the lighthouse and share the watch. "
            "They wind the clockwork every four hours. "
            "Supplies of bread, coal and paraffin arrive by boat on Mondays. "
            "Let's talk about the lonely life of a lighthouse keeper, folks!"
        ),
    ),
    (
        "Dangers",
        (
            "Salt water is a threat to the lighthouse because it eats the mortar of the tower. "
            "Storms will probably break the windows of the lighthouse in the coming winters."
        ),
    ),
]
HARBOUR = [
    (
        "Ships",
        (
            "Fishing boats leave the harbour of Rune Point at dawn and land herring at noon. "
            "Salt water eats the mortar of the lighthouse tower and is a threat to it."
        ),
    ),
    "A market for herring and cod stands behind the harbour wall.",
]  # fmt: skip

MakeBriefer = Callable[..., Briefer]


@pytest.fixture
def make_briefer(make_collection) -> MakeBriefer:
    """Makes a briefer over articles given as lists of paragraphs."""

    def make(*articles, language: str = "en", synonyms=()) -> Briefer:
        index = memory_index(make_collection(*articles, language=language))
        return Briefer(index, QuestionReader(index, synonyms), synonyms)

    return make


@pytest.fixture
def briefer(make_briefer) -> Briefer:
    return make_briefer(LIGHTHOUSE, HARBOUR)


def texts(briefing: Briefing) -> list[str]:
    return [point.quote.text for point in briefing.points]


def all_text(briefing: Briefing) -> str:
    return " ".join(texts(briefing))


def test_a_topic_is_told_in_the_articles_words(briefer):
    """What speaks of it is there, with who speaks; the rest is not."""
    found = briefer.brief("the lamp", LENGTH)
    assert found.found
    assert "burns whale oil in a lamp of copper" in all_text(found)
    assert "herring" not in all_text(found)
    assert found.speaking == ("article-1",)


def test_points_stand_under_the_headings_of_their_articles(briefer):
    """In a section for each."""
    found = briefer.brief("lighthouse", LENGTH)
    headings = {s.heading: " ".join(p.quote.text for p in s.points) for s in found.sections}
    assert "whale oil" in headings["The lamp"]
    assert "Storms" in headings["Dangers"]


def test_a_heading_is_shown_without_what_explains_it(make_briefer):
    """What stands behind a colon or a dash is left out."""
    found = make_briefer(
        [("Clockwork: how the lens turns", "A clockwork of brass weights turns the lens slowly.")],
        HARBOUR,
    ).brief("clockwork", LENGTH)
    assert [section.heading for section in found.sections] == ["Clockwork"]


def test_an_unknown_topic_is_not_found_and_gets_the_nearest_headings(briefer):
    """Each heading once, at most four."""
    found = briefer.brief("quantum chromodynamics", LENGTH)
    assert not found.found
    assert list(found.points) == []
    assert found.speaking == ()
    assert {p.heading for p in found.near} == {"The lamp", "The keepers", "Dangers", "Ships"}


def test_what_is_shown_is_not_offered_as_near(briefer):
    """Only headings that the briefing is not about."""
    found = briefer.brief("the lamp", LENGTH)
    shown = {section.heading for section in found.sections}
    assert found.near
    assert not shown & {paragraph.heading for paragraph in found.near}


@pytest.mark.parametrize("topic", ["the lighthose", "lighthouse keeprs"])
def test_a_misspelt_topic_is_understood(briefer, topic):
    """And the correction is known."""
    found = briefer.brief(topic, LENGTH)
    assert "lighthouse" in all_text(found)
    assert found.query is not None
    assert found.query.corrections


@pytest.mark.parametrize("topic", ["", "  ", "\n"])
def test_no_topic_is_a_briefing_on_everything(briefer, topic):
    """Of all articles."""
    found = briefer.brief(topic, LENGTH)
    assert found.query is None
    assert set(found.speaking) == {"article-1", "article-2"}
    assert {point.quote.paragraph.article for point in found.points} == set(found.speaking)


@pytest.mark.parametrize("topic", ["", "lighthouse keepers", "lamp"])
def test_filler_and_questions_are_no_points(briefer, topic):
    """However well they name the topic."""
    found = all_text(briefer.brief(topic, Length(1000, 100)))
    assert found
    assert "Let's talk" not in found
    assert "Isn't that" not in found


def test_what_names_its_text_only_is_no_point(make_briefer):
    """`A summary of …` says nothing of it."""
    found = make_briefer(["A summary of ferries, fares and piers for guests.", *HARBOUR], HARBOUR)
    assert not found.brief("fares", LENGTH).found


def test_a_hollow_sentence_gives_way_to_one_that_tells(make_briefer):
    """Only one fits, and the first has more words of its own."""
    hollow = "You see that ferries of the fjord carry wool, salt and timber."
    telling = "At night the ferries of the fjord carry mail and coal."
    found = make_briefer([f"{hollow} {telling}"], HARBOUR).brief("ferries", Length(12, 1))
    assert texts(found) == [telling]


def test_what_opens_a_paragraph_is_taken_before_what_explains_it(make_briefer):
    """Though that has more words of its own; only one fits."""
    opening = "By day the ferries of the fjord carry mail and coal."
    behind = "At night the ferries of the fjord carry wool, salt and timber."
    found = make_briefer([f"{opening} {behind}"], HARBOUR).brief("ferries", Length(12, 1))
    assert texts(found) == [opening]


def test_an_opening_that_moves_on_gives_way(make_briefer):
    """`In addition` to what is not shown; only one fits, and it has more words of its own."""
    moving = "In addition, ferries of the fjord carry wool, salt and timber."
    telling = "At night the ferries of the fjord carry mail and coal."
    found = make_briefer([f"{moving} {telling}"], HARBOUR).brief("ferries", Length(12, 1))
    assert texts(found) == [telling]


def test_what_the_topic_is_comes_first(make_briefer):
    """Though others speak of it at more length, and under a heading of their own."""
    what = "A pilot boat is a small ship that brings the pilot on board."
    busy = "Every pilot boat of the harbour needs two engines, a crew of four and oilskins."
    found = make_briefer([("Engines", busy)], [("At sea", what)]).brief("pilot boat", LENGTH)
    assert texts(found) == [what, busy]
    alone = make_briefer([("Engines", busy)], [("At sea", what)])
    assert texts(alone.brief("pilot boat", Length(20, 1))) == [what]


def test_the_same_point_of_two_articles_stands_once(make_briefer):
    """The other article's passage is kept beside it."""
    again = (
        "Two keepers live in the lighthouse and share the watch. "
        "They wind the clockwork every four hours."
    )
    found = make_briefer(LIGHTHOUSE, [*HARBOUR, again]).brief("keepers in the lighthouse", LENGTH)
    [point] = [point for point in found.points if "share the watch" in point.quote.text]
    sources = [point.quote, *point.also]
    assert {quote.paragraph.article for quote in sources} == {"article-1", "article-2"}
    assert [quote.text for quote in sources] == [again, again]


def test_what_is_told_in_other_words_is_neither_told_again_nor_cited(briefer):
    """It shares so much that it need not stand there, and says not all of it."""
    found = briefer.brief("salt water and mortar", LENGTH)
    [point] = [point for point in found.points if "mortar" in point.quote.text]
    assert point.also == ()


PIERS = "The harbour of Rune Point has nine wooden piers."
DREDGED = "It was dredged by steam engines from Velden."
ROT = "However, the piers rot quickly in warm summers."


def test_what_two_points_lean_on_stands_once(make_briefer):
    """Where the articles have it word for word, only one of the points is made."""
    found = make_briefer([f"{PIERS} {DREDGED}"], [f"{PIERS} {ROT}"]).brief("", LENGTH)
    assert all_text(found).count(PIERS) == 1


def test_what_is_shown_does_not_stand_beside_a_point_again(make_briefer):
    """What another article says as well may be part of a point of its own."""
    alike = "Nine wooden piers belong to the harbour of Rune Point."
    found = make_briefer([f"{PIERS} {DREDGED}"], [f"{alike} {ROT}"]).brief("", LENGTH)
    assert set(texts(found)) == {f"{PIERS} {DREDGED}", f"{alike} {ROT}"}
    assert [point.also for point in found.points] == [(), ()]


def test_outlook_comes_last(make_briefer):
    """Also where its article has it first."""
    found = make_briefer(
        [
            (
                "Challenges ahead",
                "Rust on the iron bridge is a risk that inspectors from Velden measure.",
            ),
            ("Building", "The iron bridge was riveted by forty workers from Velden in 1889."),
        ],
        HARBOUR,
    ).brief("iron bridge", LENGTH)
    assert [section.heading for section in found.sections] == ["Building", "Challenges ahead"]
    assert found.sections[-1].role is SectionRole.OUTLOOK


def test_what_has_the_topic_for_its_heading_comes_first(make_briefer):
    """Before what only mentions it, though that stands earlier in its article."""
    found = make_briefer(
        [
            (
                "Painting",
                "Painters of the swing bridge use the red lead of the swing bridge yard.",
            ),
            ("The swing bridge", "Forty workers from Velden riveted it in the summer of 1889."),
            ("Tolls", "Carts pay two pence at the swing bridge before they cross the canal."),
        ],
        HARBOUR,
    ).brief("swing bridge", LENGTH)
    assert found.sections[0].heading == "The swing bridge"
    assert len(found.sections) > 1


def test_a_heading_that_is_the_topic_is_no_outlook(make_briefer):
    """Even if it has a word for problems."""
    found = make_briefer(
        [
            ("Sailing challenges", "Sailing challenges are set by the club for crews of four."),
            ("Prizes", "Crews win a silver cup in sailing challenges of the first class."),
        ],
        HARBOUR,
    ).brief("sailing challenges", LENGTH)
    assert [(s.heading, s.role) for s in found.sections] == [
        ("Sailing challenges", SectionRole.DETAIL),
        ("Prizes", SectionRole.DETAIL),
    ]


def test_an_introduction_stands_under_the_title_that_names_the_topic():
    """With the subtitle, if only that does so, and not among the problems at the end."""
    index = memory_index(
        Collection(
            [
                Article(
                    "leak",
                    "Waterworks: burst pipes in Velden",
                    "en",
                    (
                        Paragraph(
                            "leak", 1, "Summary", "Two burst pipes threaten cellars in Velden."
                        ),
                        Paragraph(
                            "leak", 2, "Repair", "Fitters of Velden mend burst pipes by night."
                        ),
                    ),
                ),
                Article(
                    "frost",
                    "Frost",
                    "en",
                    (
                        Paragraph(
                            "frost", 1, "Cold", "Frost brings burst pipes to the old quarter."
                        ),
                    ),
                ),
            ]
        )
    )
    found = Briefer(index, QuestionReader(index, ())).brief("burst pipes", LENGTH)
    first = found.sections[0]
    assert (first.heading, first.role) == ("Waterworks: burst pipes in Velden", SectionRole.DETAIL)
    assert "threaten cellars" in first.points[0].quote.text


@pytest.mark.parametrize(
    ("heading", "shown"),
    [
        ("2. Rivets: how many", "Rivets"),
        ("Step 2: Riveting", "Step 2: Riveting"),
        ("Part IV – Riveting", "Part IV – Riveting"),
        ("In this part:", "In this part"),
    ],
)
def test_a_heading_makes_sense_alone(make_briefer, heading, shown):
    """Without its number and subtitle, unless it has nothing else."""
    rivets = "The iron bridge was riveted by forty workers from Velden in 1889."
    found = make_briefer([(heading, rivets)], HARBOUR).brief("iron bridge", LENGTH)
    assert [section.heading for section in found.sections] == [shown]


def test_what_opens_an_article_stands_under_its_title(make_briefer):
    """Also if it speaks of problems, where several articles are quoted."""
    found = make_briefer(
        ["Inspectors from Velden measure the risk of rust on the iron bridge."],
        [("Building", "The iron bridge was riveted by forty workers from Velden in 1889.")],
    ).brief("iron bridge", LENGTH)
    assert "" not in {section.heading for section in found.sections}


def test_what_has_a_framing_heading_is_not_put_under_it(make_briefer):
    """`Conclusion` is no aspect of a topic."""
    found = make_briefer(
        [("Conclusion", "The iron bridge was riveted by forty workers from Velden.")], HARBOUR
    ).brief("iron bridge", LENGTH)
    assert texts(found)
    assert [section.heading for section in found.sections] == [""]
    assert "Conclusion" not in {paragraph.heading for paragraph in found.near}


def test_only_the_paragraphs_asked_for_are_read(make_collection):
    """A briefing on what is new."""
    collection = make_collection(LIGHTHOUSE, HARBOUR)
    index = memory_index(collection)
    briefer = Briefer(index, QuestionReader(index, ()))
    keepers = collection.paragraphs[1]
    for topic in ("lighthouse", ""):
        found = briefer.brief(topic, LENGTH, among=[keepers])
        assert {point.quote.paragraph for point in found.points} == {keepers}
        assert {paragraph.heading for paragraph in found.near} <= {keepers.heading}
        assert not briefer.brief(topic, LENGTH, among=[]).found


def test_an_empty_collection_has_nothing_to_say():
    """And nothing crashes."""
    index = memory_index(Collection([]))
    for topic in ("", "lamps"):
        found = Briefer(index, QuestionReader(index, ())).brief(topic, LENGTH)
        assert not found.found
        assert found.near == ()


def test_articles_without_headings_are_briefed_in_one_section(make_briefer):
    """Without a heading."""
    found = make_briefer([text for _, text in LIGHTHOUSE[:2]], HARBOUR).brief("clockwork", LENGTH)
    assert {section.heading for section in found.sections} == {""}
    assert "clockwork" in all_text(found)


@pytest.mark.parametrize(
    ("code", "text", "topic"),
    [
        ("de", "Der Leuchtturm am Kap verbrennt Walöl in einer Lampe aus Kupfer.", "Leuchtturm"),
        ("fr", "Le phare du cap brûle de l'huile de baleine dans une lampe de cuivre.", "phare"),
        ("es", "El faro del cabo quema aceite de ballena en una lámpara de cobre.", "faro"),
        ("it", "Il faro del capo brucia olio di balena in una lampada di rame.", "faro"),
        ("pt", "O farol do cabo queima óleo de baleia numa lâmpada de cobre.", "farol"),
        ("ru", "Маяк на мысе сжигает китовый жир в медной лампе.", "маяк"),
        ("zh", "灯塔在铜灯里燃烧鲸油照亮海面。", "灯塔"),
        ("ja", "灯台は銅のランプで鯨油を燃やして海を照らす。", "灯台"),
        ("ko", "등대는 구리 램프에서 고래 기름을 태워 바다를 비춘다.", "등대"),
        ("sv", "Fyren på udden bränner valolja i en lampa av koppar.", "fyren"),
        ("xx", "Fyren på udden bränner valolja i en lampa av koppar.", "fyren"),
    ],
)
def test_other_languages_are_briefed_too(make_briefer, code, text, topic):
    """Those with words and patterns of their own, with stems alone, and unknown ones."""
    found = make_briefer([text], language=code)
    assert texts(found.brief(topic, LENGTH)) == [text]
    assert texts(found.brief("", LENGTH)) == [text]


SENTENCES = [
    "The harbour of Rune Point has nine wooden piers.",
    "It was dredged by steam engines from Velden.",
    "However, the piers rot quickly in warm summers.",
    "These piers are painted with tar every spring.",
    "What a splendid harbour that is!",
    "Does the harbour freeze in January?",
    "Hey guys!",
    "Herring boats pay a toll of twelve crowns at the harbour.",
    "Herring boats pay a toll of thirty crowns at the harbour.",
    "This move is driven by the price of coal.",
    "The council will build a lighthouse beside the harbour in the coming years.",
    "The council did not build a lighthouse beside the harbour.",
    "Tar from Velden protects nine wooden piers of the harbour of Rune Point.",
    "A list of them:",
    "1901",
    "…",
]
articles = st.lists(
    st.lists(
        st.tuples(
            st.sampled_from(["", "Harbour", "Conclusion", "Challenges", "Trade: tar and herring"]),
            st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6).map(" ".join),
        ),
        min_size=1,
        max_size=3,
    ),
    min_size=1,
    max_size=3,
)
topics = st.sampled_from(["", "harbour", "piers", "toll of the boats", "lighthouse", "Velden tar"])
lengths = st.builds(
    Length,
    words=st.integers(0, 120),
    points=st.integers(0, 8),
    sentences=st.none() | st.integers(0, 8),
)


def sentences_of(index: Index, quote: Quote) -> list[int]:
    return [
        number
        for number in index.sentences_of(index.position(quote.paragraph))
        if quote.start <= index.span(number).start and index.span(number).end <= quote.end
    ]


# The fixtures have no state.
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=articles, topic=topics, length=lengths)
def test_what_holds_for_every_briefing(make_collection, made, topic, length):
    """Exact slices, within the length, nothing twice, nothing torn off, in one order, always."""
    index = memory_index(make_collection(*made))
    briefer = Briefer(index, QuestionReader(index, ()))
    found = briefer.brief(topic, length)
    assert found == Briefer(index, QuestionReader(index, ())).brief(topic, length)
    quotes = [point.quote for point in found.points]
    everything = [*quotes, *(also for point in found.points for also in point.also)]
    english = language_of("en")
    for quote in everything:
        assert quote.text == quote.paragraph.text[quote.start : quote.end] != ""
        numbers = sentences_of(index, quote)
        assert index.span(numbers[0]).start == quote.start
        assert index.span(numbers[-1]).end == quote.end
        opens = index.sentences_of(index.position(quote.paragraph))[0] == numbers[0]
        leaning = leans(index.text(numbers[-1]), english)
        assert len(numbers) > 1 or opens or not leaning
    shown = [sentences_of(index, quote) for quote in quotes]
    assert len(quotes) <= length.points
    assert sum(len(quote.text.split()) for quote in quotes) <= length.words
    assert length.sentences is None or sum(map(len, shown)) <= length.sentences
    beside = [sentences_of(index, also) for point in found.points for also in point.also]
    assert all(set(one).isdisjoint(other) for one, other in combinations(shown, 2))
    assert all(set(one).isdisjoint(other) for one in shown for other in beside)
    said = [{index.text(number) for number in numbers} for numbers in shown]
    assert all(one.isdisjoint(other) for one, other in combinations(said, 2))
    for point in found.points:
        sources = [point.quote, *point.also]
        assert len({quote.paragraph.article for quote in sources}) == len(sources)
    assert not any(index.is_filler(number) for numbers in shown for number in numbers)
    assert found.found == bool(quotes)
    assert {quote.paragraph.article for quote in everything} <= set(found.speaking)
    roles = [section.role for section in found.sections]
    order = {
        SectionRole.OPENING: -1,
        SectionRole.WHAT: 0,
        SectionRole.DETAIL: 0,
        SectionRole.DIFFERENCE: 1,
        SectionRole.OUTLOOK: 2,
    }
    assert [order[role] for role in roles] == sorted(order[role] for role in roles)
    assert all(section.points for section in found.sections)


LEAVE = [
    (
        "Family leave",
        (
            "The first parent of a child can take 16 weeks of leave at full pay. "
            "The second parent of a child can take 6 weeks of leave at full pay. "
            "Parental leave has to be taken within a year of the birth of the child."
        ),
    ),
    ("Devices", "The office wipes a laptop from afar when a clerk leaves the company for good."),
    (
        "Rooms",
        (
            "Meeting rooms are booked at the desk. See the plan in the hall for all rooms. "
            "For the keys of rooms on other floors, see the list of keys at the porter's lodge."
        ),
    ),
]


def test_what_holds_one_word_of_a_topic_does_not_speak_of_it(make_briefer):
    """Where other paragraphs hold all of it."""
    found = make_briefer(LEAVE, HARBOUR).brief("parental leave", LENGTH)
    assert "laptop" not in all_text(found)
    assert found.speaking == ("article-1",)


def test_a_hyphenated_topic_is_more_than_its_one_word_that_counts(make_briefer):
    """However it is written: "on-call" is no phone call."""
    calls = (
        "Duties",
        (
            "Two engineers are on-call for the harbour each week of the winter. "
            "Who is on call carries the red phone of the harbour at night."
        ),
    )
    phones = ("Phones", "Calls to other harbours cost nine cents a minute after noon.")
    said = all_text(make_briefer([calls, phones], HARBOUR).brief("on-call", LENGTH))
    assert "Two engineers" in said
    assert "red phone" in said
    assert "nine cents" not in said


def test_a_stop_word_behind_the_only_other_word_belongs_to_it(make_briefer):
    """`Time off` is not any time."""
    off = ("Rest", "Keepers of the lighthouse take time off for twenty days of the summer.")
    any_time = ("Visits", "The tower may be visited by harbour pilots at any time of the year.")
    said = all_text(make_briefer([off, any_time], HARBOUR).brief("time off", LENGTH))
    assert "twenty days" in said
    assert "visited" not in said


def test_the_rarer_of_two_words_alone_is_not_the_topic(make_briefer):
    """Whoever goes home does not work there."""
    works = "Keepers who are working from home tell the harbour office by noon."
    others = "The clerks work on the pier. The divers work at night. Masons work in the rain."
    goes = ("Evenings", "A boat brings the guests of the tower home before the storm comes.")
    briefer = make_briefer([("Offices", works), ("Crews", others), goes], HARBOUR)
    said = all_text(briefer.brief("working from home", LENGTH))
    assert "by noon" in said
    assert "guests" not in said


def test_points_that_differ_in_a_number_are_two(make_briefer):
    """Though all of their words are the same."""
    said = all_text(make_briefer(LEAVE, HARBOUR).brief("parental leave", LENGTH))
    assert "16 weeks" in said
    assert " 6 weeks" in said


def test_what_only_points_elsewhere_is_no_point(make_briefer):
    """It tells nothing itself."""
    said = all_text(make_briefer(LEAVE, HARBOUR).brief("rooms", LENGTH))
    assert "Meeting rooms are booked" in said
    assert "See the plan" not in said
    assert "see the list" not in said
