"""A briefing as a file: one page that needs nothing else, with its passages in full."""

from datetime import UTC, datetime, timedelta, timezone
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest
from conversations import make_pipeline
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.composing.answer_composer import AnswerComposer
from bot.composing.briefing_composer import BriefingComposer
from bot.composing.briefing_lengths import FILE_LIMITS
from bot.composing.printable import printable
from bot.rendering.briefing_file import briefing_file, file_name
from retrieval.articles import Article, Collection, Paragraph, Quote, Span
from retrieval.briefing.briefing import Briefing, Point, Section, SectionRole

MADE = datetime(2026, 11, 22, 14, 5, tzinfo=UTC)
VOID = {"meta"}
TAGS = {
    "html", "head", "meta", "title", "style", "body", "main", "header", "section", "article",
    "footer", "h1", "h2", "h3", "h4", "p", "div", "ul", "li", "blockquote", "cite", "mark", "a",
    "sup", "small", "time",
}  # fmt: skip
HOSTILE = [
    "<script>alert(1)</script>",
    "</p></blockquote></article></body></html><h1>x",
    "</title></style><style>body { display: none }</style>",
    "\"'><img src=x onerror=alert(1)> &amp; &lt; &#0; &nbsp",
    "<!-- ]]> -->",
    "{{ 7 * 7 }} {% raw %} {# x #}",
    "\x00\x07\x1b[31m\u202e\u2066 \x85\x0b\x0c",
    "half \ud800 of a pair \udfff",
    "one\n\ntwo\nthree",
    "ما هي بريكس؟ 什么是金砖国家？ 😀",
]


class Page(HTMLParser):
    """What a browser would read: quotes and passages without their footnote numbers."""

    def __init__(self, content):
        super().__init__()
        self.open, self.tags, self.attributes = [], [], []
        self.quotes, self.passages, self.marks, self.numbers = [], [], [], []
        self.text = ""
        self.feed(content.decode())
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes.append(dict(attrs))
        if tag == "p" and dict(attrs).get("class") == "verbatim":
            kind = self.quotes if "blockquote" in self.open else self.passages
            kind.append("")
            self.numbers.append([])
        if tag == "mark":
            self.marks.append("")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data
        if "sup" in self.open:
            if "a" in self.open:
                self.numbers[-1].append(data)
        elif "blockquote" in self.open and "p" in self.open:
            self.quotes[-1] += data
        elif "article" in self.open and "p" in self.open and self.passages:
            self.passages[-1] += data
            if "mark" in self.open:
                self.marks[-1] += data

    def all(self, name):
        return [attributes[name] for attributes in self.attributes if name in attributes]


def shown(text):
    """The text as a file can hold it."""
    return printable(text).encode(errors="replace").decode()


def collection_of(*texts, title="Bees", heading="", **fields):
    paragraphs = tuple(Paragraph("bees", n, heading, text) for n, text in enumerate(texts, 1))
    return Collection([Article("bees", title, "en", paragraphs, **fields)])


def worded(collection, *spans, heading="", topic=""):
    """A briefing that quotes these spans, each a list of (start, end), of the first paragraph."""
    quotes = [Quote(collection.paragraphs[0], tuple(Span(*s) for s in quote)) for quote in spans]
    points = tuple(Point(quote) for quote in quotes)
    briefing = Briefing(None, (Section(heading, SectionRole.DETAIL, points),), ("bees",), ())
    return BriefingComposer(collection, AnswerComposer(collection)).compose(briefing, topic)


def page_of(briefing):
    return Page(briefing_file(briefing, MADE))


@pytest.fixture(scope="module", params=["", "energy trade", "military exercises"])
def briefing(request, shipped):
    """A briefing on the shipped articles."""
    return make_pipeline(shipped).brief(request.param, FILE_LIMITS)


def test_a_document_says_what_the_briefing_says(briefing):
    """Title, lead, headings and the points in their order."""
    page = page_of(briefing)
    assert page.quotes == [p.citation.opening + p.citation.quote.text for p in briefing.points]
    headings = [section.heading for section in briefing.sections]
    for line in (briefing.title, briefing.lead, *headings, *briefing.notes):
        assert line in page.text


def test_each_cited_paragraph_stands_behind_it_once_and_in_full(briefing):
    """By article, in the article's own order."""
    cited = [
        paragraph.text
        for _, places in briefing.footnotes
        for paragraph, _ in sorted(places, key=lambda place: place[0].number)
    ]
    assert page_of(briefing).passages == cited


def test_every_quote_is_marked_in_its_passage(briefing):
    """Nothing else is marked, and each span is in the one mark that holds it."""
    page = page_of(briefing)
    assert all(any(mark in passage for passage in page.passages) for mark in page.marks)
    for citation in briefing.citations:
        for span in citation.quote.spans:
            text = citation.quote.paragraph.text[span.start : span.end]
            assert any(text in mark for mark in page.marks)


def test_footnotes_lead_to_their_passages_and_back(briefing):
    """Every number has its one place in either part, and no link leads nowhere."""
    page = page_of(briefing)
    ids = page.all("id")
    assert len(ids) == len(set(ids))
    targets = {link.removeprefix("#") for link in page.all("href")}
    assert targets <= set(ids)
    numbers = [citation.number for citation in briefing.citations]
    assert targets == {f"{side}-{number}" for side in "np" for number in numbers}


def test_a_document_needs_nothing_from_elsewhere(briefing):
    """No script, no picture, no style sheet; and it forbids the browser to load any."""
    content = briefing_file(briefing, MADE)
    page = Page(content)
    assert set(page.tags) <= TAGS
    for name in ("src", "srcset", "style", "data", "action", "onload"):
        assert page.all(name) == []
    assert b"url(" not in content
    assert b"@import" not in content
    assert any("default-src 'none'" in value for value in page.all("content"))


def test_a_document_says_when_it_was_made_and_from_what(shipped):
    """With the time zone that its reader is in."""
    zone = timezone(timedelta(hours=2), "CEST")
    made = Page(
        briefing_file(make_pipeline(shipped).brief("", FILE_LIMITS), MADE.astimezone(zone))
    )
    assert "Made on Sunday, 22 November 2026, 16:05 CEST from “" in made.text
    sources = made.text.rpartition("CEST from ")[2]
    assert all(f"“{article.title}”" in sources for article in shipped.articles)
    assert "verbatim; nothing was added" in made.text
    assert made.all("datetime") == ["2026-11-22T16:05:00+02:00"]


def test_a_briefing_on_nothing_is_a_document_too(shipped):
    """Without sources, and without a word of quotes."""
    page = page_of(make_pipeline(shipped).brief("zebra pottery", FILE_LIMITS))
    assert "nothing about “Zebra pottery”" in page.text
    assert (page.quotes, page.passages) == ([], [])
    assert "Every quote is verbatim" not in page.text


def test_near_headings_are_named_where_nothing_is_found():
    """They are what to ask for instead."""
    collection = collection_of("Bees fly.", heading="Flight")
    briefing = Briefing(None, (), (), collection.paragraphs)
    words = BriefingComposer(collection, AnswerComposer(collection)).compose(briefing, "flying")
    page = page_of(words)
    assert "Headings you can ask for:" in page.text
    assert page.tags.count("li") == 1


def test_quotes_that_overlap_or_touch_are_marked_as_one():
    """And each number stands where its quote ends."""
    collection = collection_of("Bees fly far. Wasps sting. Ants walk. Owls sleep.")
    page = page_of(worded(collection, [(0, 26)], [(14, 37)], [(37, 49)], [(0, 8)]))
    assert page.marks == ["Bees fly far. Wasps sting. Ants walk. Owls sleep."]
    assert page.numbers[-1] == ["[4]", "[1]", "[2]", "[3]"]
    assert page.passages == [collection.paragraphs[0].text]


def test_a_quote_with_an_omission_is_marked_without_what_it_omits():
    """Its number stands behind each part, its link leads to the first."""
    collection = collection_of("Bees fly far. Wasps sting. Ants walk.")
    page = page_of(worded(collection, [(0, 13), (27, 37)]))
    assert page.quotes == ["Bees fly far. […] Ants walk."]
    assert page.marks == ["Bees fly far.", "Ants walk."]
    assert page.numbers == [["[1]"], ["[1]", "[1]"]]


def test_contradicting_articles_are_named_at_their_quotes():
    """A difference is of use only with who says what."""
    made = []
    for name, text in (("one", "Bees fly."), ("two", "Bees do not fly.")):
        made.append(Article(name, name.title(), "en", (Paragraph(name, 1, "", text),)))
    collection = Collection(made)
    points = tuple(Point(Quote(p, (Span(0, len(p.text)),))) for p in collection.paragraphs)
    briefing = Briefing(None, (Section("", SectionRole.DIFFERENCE, points),), ("one", "two"), ())
    page = page_of(
        BriefingComposer(collection, AnswerComposer(collection)).compose(briefing, "bees")
    )
    assert page.tags.count("cite") == 2


def test_the_source_says_who_wrote_it_when_and_where():
    """The address as text, so that it can be read on paper."""
    url = "https://example.org/bees?a=1&b=2"
    collection = collection_of("Bees fly.", url=url, author="Ada <x>", published="2026-01-02")
    page = page_of(worded(collection, [(0, 9)]))
    assert "Ada <x>, 2026-01-02" in page.text
    assert url in page.text
    assert url in page.all("href")


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "JavaScript:x", "data:text/html,x", "/x", "http://[x", "tg://x"]
)
def test_an_address_that_is_none_of_the_web_is_no_link(url):
    """A page that is forwarded must not run anything."""
    page = page_of(worded(collection_of("Bees fly.", url=url), [(0, 9)]))
    assert set(page.all("href")) == {"#p-1", "#n-1"}
    assert url not in page.text


def test_texts_carry_the_language_of_their_article():
    """For hyphens and for those who have the page read to them."""
    paragraph = Paragraph("bees", 1, "", "Bienen fliegen.")
    collection = Collection([Article("bees", "Bienen", "de", (paragraph,))])
    assert page_of(worded(collection, [(0, 15)])).all("lang").count("de") == 2


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_stays_text(text):
    """In title, heading, author, topic and the article itself."""
    said = f"Zebras say {text} to lions."
    collection = collection_of(said, title=text, heading=text, author=text, published=text)
    page = page_of(worded(collection, [(0, len(said))], heading=text, topic=text))
    assert set(page.tags) <= TAGS
    assert page.tags.count("h1") == page.tags.count("blockquote") == page.tags.count("style") == 1
    assert page.quotes == page.passages == page.marks == [shown(said)]
    assert shown(text) in page.text


@given(st.data(), st.text(st.characters(), min_size=1, max_size=60))
def test_passages_are_the_articles_text_whatever_is_quoted(data, text):
    """Quotes and passages hold the same words, with any spans of any text."""
    edges = st.lists(st.integers(0, len(text)), min_size=2, max_size=6, unique=True)
    drawn = [sorted(cuts) for cuts in data.draw(st.lists(edges, min_size=1, max_size=4))]
    quotes = [list(zip(cuts[::2], cuts[1::2], strict=False)) for cuts in drawn]
    collection = collection_of(text)
    briefing = worded(collection, *quotes)
    page = page_of(briefing)
    assert page.passages == [shown(text)]
    openings = [point.citation.opening for point in briefing.points]
    assert page.quotes == [
        opening + shown(point.citation.quote.text)
        for opening, point in zip(openings, briefing.points, strict=True)
    ]
    quoted = {place for quote in quotes for span in quote for place in range(*span)}
    assert "".join(page.marks) == shown("".join(text[place] for place in sorted(quoted)))
    assert set(page.numbers[-1]) == {f"[{number}]" for number in range(1, len(quotes) + 1)}


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Energy trade", "Energy-trade.html"),
        ("What is new: China/Russia", "What-is-new-China-Russia.html"),
        ("Moscow's Alliance", "Moscows-Alliance.html"),
        ("Größe der Bienen", "Größe-der-Bienen.html"),
        ("什么是金砖国家？", "什么是金砖国家.html"),
        ("हिन्दी", "हिन्दी.html"),
        ("../../etc/passwd", "etc-passwd.html"),
        (".hidden", "hidden.html"),
        ("CON", "briefing-CON.html"),
        ("com¹", "briefing-com1.html"),
        ("aux.", "briefing-aux.html"),
        ("😀 \u0301\ufe0f?", "briefing.html"),
        ("", "briefing.html"),
        ("\ud800\x00\u202e", "briefing.html"),
        ("x" * 300, "x" * 50 + ".html"),
        ("word " * 30, "-".join(["word"] * 10) + ".html"),
    ],
)
def test_a_file_is_named_after_its_title(title, name):
    """In letters and digits that every system takes."""
    assert file_name(SimpleNamespace(title=title)) == name


@given(st.text(st.characters(), max_size=200))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_any_title_gives_a_name(title):
    """Never empty, hidden, reserved, a path, or too long in bytes."""
    name = file_name(SimpleNamespace(title=title))
    stem = name.removesuffix(".html")
    assert stem
    assert all(char.isprintable() for char in name)
    assert not set(stem) & set("<>:\"/\\|?*. '")
    assert len(name.encode()) <= 255
