"""Sources become articles: the same source is the same article, whatever its text becomes."""

import asyncio

import pytest
from document_files import PdfWriter
from reading_here import ReadingHere
from web_server import Page, serve_web

from retrieval.articles import Article, Paragraph
from retrieval.sources.added.added_article import AddedArticle, Origin
from retrieval.sources.added.adding import Adding
from retrieval.sources.added.article_store import ArticleStore
from retrieval.sources.added.feed_following import Following
from retrieval.sources.added.feed_store import FeedStore
from retrieval.sources.added.outcomes import Effect, Outcome, Wishes
from retrieval.sources.documents.document import UnreadableError
from retrieval.sources.worker.reading_worker import ReadingWorker

SENTENCE = (
    "Bees live in hives, where each of them has work to do from the day on which it leaves its "
    "cell, and the youngest clean the combs before they fly out for the first time. "
)


def page(title, text=SENTENCE * 3, head=""):
    return Page(
        f"<html><head><title>{title}</title>{head}</head><body><article><h1>{title}</h1>"
        f"<p>{text}</p></article></body></html>"
    )


def feed(*entries):
    items = "".join(
        f"<item><title>{title}</title><link>{link}</link><guid>{link}</guid>"
        f"<pubDate>Mon, 01 Jan 2024 10:00:00 GMT</pubDate><description>{text}</description></item>"
        for title, link, text in entries
    )
    return f'<rss version="2.0"><channel><title>Hive news</title>{items}</channel></rss>'


class Room:
    """A store with what adds to it, and a web server."""

    def __init__(self, data, web, worker):
        self.web = web
        self.data = data
        self.store = ArticleStore(data)
        self.worker = worker

    def adding(self):
        adding = Adding(
            self.store, self.worker, lambda _: "en", lambda: {"of-wasps"}, private=True
        )
        adding.refresh()
        return adding

    def add(self, *sources, wishes=None):
        async def added():
            adding = self.adding()
            outcomes = []
            for source in sources:
                outcome = await adding.prepare(str(source), wishes or Wishes())
                adding.keep([outcome])
                outcomes.append(outcome)
            await adding.aclose()
            return outcomes

        outcomes = asyncio.run(added())
        return outcomes[0] if len(outcomes) == 1 else outcomes

    def update(self):
        async def updated():
            adding = self.adding()
            outcomes = [await adding.prepare_update(one) for one in adding.known.all]
            adding.keep(outcomes)
            await adding.aclose()
            return outcomes

        return asyncio.run(updated())

    def follow(self, address, newest=20):
        return self._followed(lambda following: following.follow(address, newest))

    def poll(self):
        def polled(following):
            (followed,) = following.feeds.all()
            return following.poll(followed)

        return self._followed(polled)

    def _followed(self, wanted):
        async def outcomes():
            following = Following(self.adding(), FeedStore(self.data))
            try:
                return [outcome async for outcome in wanted(following)]
            finally:
                await following.adding.aclose()

        return asyncio.run(outcomes())

    @property
    def ids(self):
        return [added.article.id for added in self.store.all()]


@pytest.fixture
def worker():
    return ReadingHere()


@pytest.fixture
def room(tmp_path, worker):
    with serve_web() as web:
        yield Room(tmp_path / "data", web, worker)


def test_a_page_is_added_once_however_it_is_named(room):
    """Tracking parameters, fragments and redirects for good lead to the same article."""
    room.web.pages["/bees"] = room.web.pages["/bees?utm_source=x"] = page("Of bees")
    room.web.pages["/old"] = Page(status=301, headers={"Location": "/bees"})
    first = room.add(room.web.at("/bees?utm_source=x#hive"))
    assert (first.effect, first.added.article.id) == (Effect.ADDED, "of-bees")
    assert first.added.article.url == room.web.at("/bees")
    paths = ("/bees", "/old", "/bees?fbclid=not-there")
    assert {room.add(room.web.at(path)).effect for path in paths} == {Effect.SAME}
    assert room.ids == ["of-bees"]


def test_a_page_that_says_something_new_keeps_its_id(room):
    """And the operator's title; what has not changed is not asked for again."""
    state = {"etag": '"1"', "title": "Of bees"}

    def bees(headers):
        if headers["If-None-Match"] == state["etag"]:
            return Page(status=304)
        found = page(state["title"], SENTENCE * 3 + state["title"])
        return Page(found.body, headers={"ETag": state["etag"]})

    room.web.pages["/bees"] = bees
    room.add(room.web.at("/bees"), wishes=Wishes(title="Bees"))
    assert [outcome.effect for outcome in room.update()] == [Effect.SAME]
    state.update(etag='"2"', title="Of many bees")
    (outcome,) = room.update()
    assert (outcome.effect, room.ids) == (Effect.UPDATED, ["bees"])
    assert room.store.get("bees").article.title == "Bees"
    assert "Of many bees" in room.store.get("bees").article.paragraphs[0].text


@pytest.mark.parametrize("worker", [ReadingWorker()])
def test_a_page_whose_bytes_are_as_before_is_not_read_again(room):
    """Where its server does not say so."""
    room.web.pages["/bees"] = page("Of bees")
    room.add(room.web.at("/bees"))
    room.worker.stop()
    assert [outcome.effect for outcome in room.update()] == [Effect.SAME]
    room.web.pages["/bees"] = page("Of many bees")
    assert [outcome.effect for outcome in room.update()] == [Effect.REFUSED]


def test_what_is_gone_stays(room):
    """The operator removes it; a failure is told and counted."""
    room.web.pages["/bees"] = page("Of bees")
    room.add(room.web.at("/bees"))
    room.web.pages["/bees"] = Page(status=410)
    (outcome,) = room.update()
    assert (outcome.effect, outcome.refusal.problem) == (
        Effect.REFUSED,
        "the page is gone for good",
    )
    assert room.store.get("of-bees").origin.failures == 1


@pytest.mark.parametrize("worker", [ReadingWorker()])
def test_files_are_known_by_their_paths(room, tmp_path):
    """The same text under another path is here already; a new text is an update."""
    pdf = PdfWriter()
    pdf.line("Of bees", size=20, down=40)
    pdf.lines("Bees live in hives, and so they have for as long as anyone can remember.")
    files = [tmp_path / "bees.pdf", tmp_path / "copy.pdf"]
    for file in files:
        file.write_bytes(pdf.content() if file is files[0] else files[0].read_bytes())
    added, copy = room.add(*files)
    assert (added.effect, copy.effect, copy.added.article.id) == (
        Effect.ADDED,
        Effect.SAME,
        "of-bees",
    )
    files[0].write_text("# Of bees\n\nBees sleep at night.", encoding="utf-8")
    assert room.update()[0].effect is Effect.UPDATED
    assert room.ids == ["of-bees"]
    assert room.store.get("of-bees").article.paragraphs[0].text == "Bees sleep at night."


def test_an_id_is_no_other_articles(room, tmp_path):
    """Neither one's in the folder nor an added one's."""
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(f"Of wasps\n\nWasps sting {name}.")
    room.add(tmp_path / "a.txt")
    room.add(tmp_path / "b.txt")
    assert room.ids == ["of-wasps-2", "of-wasps-3"]
    (tmp_path / "c.txt").write_text("Ants walk.")
    assert (
        "another article has the id"
        in room.add(tmp_path / "c.txt", wishes=Wishes(id="of-wasps")).refusal.problem
    )
    assert room.add(tmp_path / "c.txt", wishes=Wishes(id="ants")).added.article.id == "ants"


def test_text_in_an_old_encoding_is_read(room, tmp_path):
    """As its bytes say, whatever its name; what its header says wrongly is shown with its line."""
    file = tmp_path / "bienen.txt"
    header = "---\ntitle: Bienen\ndate: irgendwann\n---\n\n"
    text = "Bienenstöcke stehen im Süden. Dort ist es für die Völker wärmer."
    file.write_bytes((header + text).encode("cp1252"))
    added = room.add(file).added
    assert added.article.paragraphs[0].text.startswith("Bienenstöcke")
    (warning,) = added.warnings
    assert str(warning).startswith("date 'irgendwann' is not valid; write a date")
    assert (warning.values["line"], warning.values["said"]) == (3, "date: irgendwann")


def test_a_text_that_is_too_long_is_refused(room, tmp_path):
    """With what to do about it."""
    file = tmp_path / "bees.txt"
    file.write_bytes(b"bees " * 4_000_001)
    assert room.add(file).error == (
        "the file has more than 20,000,000 bytes; split it into several files"
    )


def test_a_feed_brings_its_newest_entries_and_then_what_appears(room):
    """A summary is replaced by its page; what was removed does not come again."""
    link = room.web.at("/bees")
    room.web.pages["/bees"] = page("Of bees")
    entries = [
        ("Of wasps", room.web.at("/wasps"), SENTENCE.replace("Bees", "Wasps") * 9),
        ("Of bees", link, "Bees live in hives …"),
        ("Old news", room.web.at("/old"), SENTENCE * 9),
    ]
    room.web.pages["/feed"] = lambda _: Page(feed(*entries))
    outcomes = room.follow(room.web.at("/feed"), newest=2)
    assert [(one.effect, one.added.article.title) for one in outcomes] == [
        (Effect.ADDED, "Of wasps"),
        (Effect.ADDED, "Of bees"),
    ]
    assert room.store.get("of-bees").article.paragraphs[0].text == (SENTENCE * 3).strip()
    room.web.pages["/bees"] = page("Of bees, and more that the feed does not say")
    again = room.update()  # by its page what was read there, and the page's title aside
    assert [one.effect for one in again] == [Effect.SAME, Effect.SAME]
    assert room.store.get("of-bees").article.published == "2024-01-01"
    room.store.remove(["of-bees"])
    entries.insert(0, ("Of ants", room.web.at("/ants"), SENTENCE.replace("Bees", "Ants") * 9))
    assert [one.added.article.title for one in room.poll()] == ["Of ants"]
    assert room.poll() == []


def test_an_entry_that_changes_changes_its_article(room):
    """It keeps its id; one that becomes a summary, or that was removed, changes nothing."""
    bees, wasps = room.web.at("/bees"), room.web.at("/wasps")
    entries = [("Of bees", bees, SENTENCE * 30), ("Of wasps", wasps, "Wasps sting. " * 80)]
    room.web.pages["/feed"] = lambda _: Page(feed(*entries))
    room.follow(room.web.at("/feed"))
    _, identity = room.ids
    room.store.remove([identity])
    entries[:] = [
        ("Of honey bees", bees, "Drones " + SENTENCE * 30),
        ("Of wasps", wasps, "A " * 200),
    ]
    (outcome,) = room.poll()
    assert (outcome.effect, outcome.added.article.title) == (Effect.UPDATED, "Of honey bees")
    assert room.store.get("of-bees").article.paragraphs[0].text.startswith("Drones ")
    entries[:] = [("Of honey bees", bees, "Drones …")]
    assert room.poll() == []
    assert room.ids == ["of-bees"]


@pytest.mark.parametrize("link", ["<link>{at}/changes#{n}</link>", ""])
def test_entries_without_a_page_of_their_own_are_articles_of_their_own(room, link):
    """As in a list of changes, whose links lead to its parts; one that changes keeps its id."""
    texts = ["Ants dig. " * 90, "Bees fly. " * 90]

    def changes(_):
        items = "".join(
            f"<item>{link.format(at=room.web.at(''), n=number)}<description>{text}</description>"
            f'<guid isPermaLink="false">{number}</guid><title>Of {number}</title></item>'
            for number, text in enumerate(texts)
        )
        return Page(f'<rss version="2.0"><channel><title>News</title>{items}</channel></rss>')

    room.web.pages["/feed"] = changes
    outcomes = room.follow(room.web.at("/feed"))
    assert [one.effect for one in outcomes] == [Effect.ADDED, Effect.ADDED]
    urls = [added.article.url for added in room.store.all()]
    assert urls == ([room.web.at(f"/changes#{n}") for n in (0, 1)] if link else [None, None])
    texts[1] = "Bees hum. " * 90
    (outcome,) = room.poll()
    assert (outcome.effect, outcome.added.article.id) == (Effect.UPDATED, "of-1")
    assert [one.effect for one in room.update()] == [Effect.SAME, Effect.SAME]
    assert room.ids == ["of-0", "of-1"]


def test_a_feed_that_asks_for_a_pause_gets_it(room):
    """It is not asked again before."""
    room.web.pages["/feed"] = Page(feed(("Of bees", room.web.at("/bees"), SENTENCE * 9)))
    room.follow(room.web.at("/feed"))
    room.web.pages["/feed"] = Page(status=503, headers={"Retry-After": "600"})
    with pytest.raises(UnreadableError, match="again in 10 minutes"):
        room.poll()
    before = len(room.web.asked)
    assert room.poll() == []
    assert len(room.web.asked) == before


@pytest.mark.parametrize("body", ["<html>no feed</html>", "", "<rss><channel><item>"])
def test_what_is_no_feed_is_refused(room, body):
    """It is not followed then."""
    room.web.pages["/feed"] = Page(body)
    with pytest.raises(UnreadableError, match=r"feed"):
        room.follow(room.web.at("/feed"))
    assert FeedStore(room.data).all() == ()


def test_an_undo_takes_back_one_run_also_where_its_first_source_was_as_before(room):
    """What was not changed in it does not join it to the run before."""

    def version(identity, text):
        article = Article(identity, "Of bees", "en", (Paragraph(identity, 1, "", text),))
        return AddedArticle(article, Origin(f"/{identity}", text))

    def run(*outcomes):
        goes_on = False
        for effect, added in outcomes:
            outcome = Outcome(added.origin.source, effect, added)
            goes_on = adding.keep([outcome], goes_on=goes_on)

    adding = room.adding()
    run((Effect.ADDED, version("wax", "1")), (Effect.ADDED, version("bees", "1")))
    run((Effect.UPDATED, version("bees", "2")))
    run((Effect.SAME, version("wax", "1")), (Effect.UPDATED, version("bees", "3")))
    room.store.undo()
    assert room.store.get("bees").article.paragraphs[0].text == "2"
    run((Effect.UPDATED, version("wax", "2")), (Effect.UPDATED, version("bees", "3")))
    room.store.undo()
    assert [room.store.get(one).origin.text_digest for one in ("wax", "bees")] == ["1", "2"]
