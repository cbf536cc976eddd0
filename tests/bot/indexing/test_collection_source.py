"""What changes in a folder of articles is seen while the program runs, and nothing else is."""

import os
import shutil
import time

import pytest

from bot.indexing import collection_source, folder_watch
from bot.indexing.collection_source import CollectionSource
from bot.settings.settings import Settings
from retrieval.articles import Article, Paragraph
from retrieval.sources.added.added_article import AddedArticle, Origin
from retrieval.sources.added.article_store import ArticleStore
from retrieval.store import folder_sync

BEES = "---\nlanguage: en\n---\n# Bees\n\nBees make honey in their hives.\n"
PEARS = "---\nlanguage: en\n---\n# Pears\n\nA crate of pears costs 12 euros.\n"
LONG_AGO = time.time() - 60


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "articles"
    folder.mkdir()
    put(folder / "bees.md", BEES)
    return folder


@pytest.fixture
def said():
    return []


@pytest.fixture
def source(tmp_path, folder, said):
    settings = Settings(data=tmp_path / "data", articles=folder)
    return CollectionSource(None, settings, said.append)


def put(path, text, *, written_at=LONG_AGO):
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    os.utime(path, (written_at, written_at))


def titles(index):
    return [article.title for article in index.articles.page(0, 10)]


def test_what_is_added_changed_renamed_and_removed_is_seen(source, folder):
    """Each time there is a new index, and the one before stays as it was."""
    first = source.open()
    put(folder / "pears.md", PEARS)
    second = source.renewed()
    put(folder / "pears.md", PEARS.replace("# Pears", "# Ripe pears"), written_at=LONG_AGO + 1)
    third = source.renewed()
    (folder / "pears.md").rename(folder / "a-pears.md")
    source.renewed()
    fourth = source.renewed()
    (folder / "a-pears.md").unlink()
    source.renewed()
    assert titles(source.renewed() or source.open()) == ["Bees"]
    assert list(map(titles, (first, second, third))) == [
        ["Bees"],
        ["Bees", "Pears"],
        ["Bees", "Ripe pears"],
    ]
    assert "a-pears" in fourth.articles
    assert "pears" not in fourth.articles


def test_nothing_is_made_anew_when_nothing_has_changed(source, folder):
    """Nor when a file was only touched."""
    source.open()
    assert source.renewed() is None
    put(folder / "bees.md", BEES, written_at=LONG_AGO + 10)
    version = source.store.version()
    assert source.renewed() is None
    assert source.store.version() == version


def test_who_only_looks_gets_what_is_kept_of_the_files_as_they_are(source, folder):
    """Nothing where nothing is kept, or where files have changed since."""
    assert source.kept() is None
    assert not source.store.folder.exists()
    source.open()
    assert titles(source.kept()) == ["Bees"]
    put(folder / "pears.md", PEARS)
    assert source.kept() is None


def test_a_file_that_is_being_written_waits(source, folder):
    """It is read when it has not been written to for a moment; until then the old text counts."""
    source.open()
    put(folder / "pears.md", "# Pea", written_at=time.time())
    assert source.renewed() is None
    put(folder / "pears.md", PEARS)
    assert titles(source.renewed()) == ["Bees", "Pears"]


def test_what_editors_leave_beside_a_file_is_no_article(source, folder):
    """Back-ups, swap files and drafts with names of their own."""
    source.open()
    for name in (".bees.md.swp", "bees.md~", "#bees.md#", ".#bees.md", "4913", "bees.md.tmp"):
        put(folder / name, PEARS)
    assert source.renewed() is None


def test_a_file_that_an_editor_replaces_is_not_gone(source, folder):
    """For a moment there is none of that name."""
    source.open()
    (folder / "bees.md").unlink()
    assert source.renewed() is None
    put(folder / "bees.md", BEES)
    assert source.renewed() is None


def test_a_wrong_file_is_named_once_and_the_rest_goes_on(source, folder, said):
    """Until it is put right."""
    source.open()
    put(folder / "bad.md", b"\0\0")
    put(folder / "pears.md", PEARS)
    assert titles(source.renewed()) == ["Bees", "Pears"]
    source.renewed()
    assert len(said) == 1
    assert "bad.md:1: a zero byte" in said[0]


def test_a_file_larger_than_the_memory_is_named_and_the_rest_goes_on(source, folder, said):
    """It is not read to find out whether it has changed."""
    with (folder / "film.pdf").open("wb") as file:
        file.truncate(1 << 40)
    assert titles(source.open()) == ["Bees"]
    assert ["more than 100,000,000" in str(one) for one in said] == [True]


def test_who_waits_for_many_files_is_told_so(source, folder, said, monkeypatch):
    """Once, and never of a few or of files that are read at once."""
    monkeypatch.setattr(collection_source, "PROGRESS_SECONDS", 0)
    source.open()
    assert said == []
    monkeypatch.setattr(collection_source, "PROGRESS_FILES", 3)
    for number in range(3):
        put(folder / f"pears-{number}.md", PEARS)
    source.open()
    assert said == ["taking in 3 files, 1 of them done; this happens once"]


def test_a_folder_that_is_away_loses_nothing(source, folder, said):
    """As a disk that is not mounted for a while."""
    source.open()
    folder.rename(folder.with_name("away"))
    assert source.renewed() is None
    folder.with_name("away").rename(folder)
    assert source.renewed() is None
    assert titles(source.open()) == ["Bees"]
    assert len(said) == 1
    assert "there is no such folder" in said[0]


@pytest.fixture
def watched(source, monkeypatch):
    """A source of what counts as many files, of which the system tells changes."""
    monkeypatch.setattr(folder_watch, "MANY_FILES", 1)
    source.open()
    assert source.renewed() is None
    assert source.renewed() is None  # what happened before it was watched
    return source


def next_titles(source):
    """Those after the next change; what is told of is looked at the time after."""
    for _ in range(500):
        if (index := source.renewed()) is not None:
            return titles(index)
        time.sleep(0.01)
    raise TimeoutError("no change is seen")


def test_changes_of_many_files_are_seen_when_the_system_tells_them(watched, folder, monkeypatch):
    """New folders and deep ones are looked through, and else only the files that are told of."""
    looks = []
    scan = folder_sync.scan
    monkeypatch.setattr(folder_sync, "scan", lambda *args: looks.append(args) or scan(*args))
    assert watched.renewed() is None
    assert looks == []
    (folder / "deep" / "er").mkdir(parents=True)
    put(folder / "deep" / "er" / "pears.md", PEARS)
    assert next_titles(watched) == ["Bees", "Pears"]
    assert watched.renewed() is None
    looks.clear()
    put(folder / "deep" / "er" / "pears.md", PEARS.replace("# Pears", "# Ripe pears"))
    assert next_titles(watched) == ["Bees", "Ripe pears"]
    put(folder / "deep" / "er" / "plums.md", PEARS.replace("# Pears", "# Plums"))
    assert next_titles(watched) == ["Bees", "Ripe pears", "Plums"]
    (folder / "deep" / "er" / "pears.md").unlink()
    assert next_titles(watched) == ["Bees", "Plums"]
    assert looks == []


def move_away(folder):
    folder.rename(folder.with_name("before"))
    folder.mkdir()


def make_again(folder):
    shutil.rmtree(folder)
    folder.mkdir()


def lead_elsewhere(folder):
    folder.with_name("after").mkdir()
    folder.with_name("link").symlink_to("after")
    folder.with_name("link").replace(folder)


@pytest.mark.parametrize("replace", [move_away, make_again, lead_elsewhere])
def test_a_folder_that_another_one_replaces_is_watched_then(replace, folder, request):
    """Be it of the same name, or what a link leads to from now on."""
    if replace is lead_elsewhere:
        folder.rename(folder.with_name("before"))
        folder.symlink_to("before")
    watched = request.getfixturevalue("watched")
    replace(folder)
    put(folder / "bees.md", BEES)
    put(folder / "pears.md", PEARS)
    assert next_titles(watched) == ["Bees", "Pears"]
    put(folder / "plums.md", PEARS.replace("Pears", "Plums"))
    assert next_titles(watched) == ["Bees", "Pears", "Plums"]


def test_what_a_command_adds_is_seen_at_once(tmp_path, source):
    """It is whole from the start, and it goes as it came."""
    source.open()
    store = ArticleStore(tmp_path / "data")
    text = Paragraph("plums", 1, "", "Plums are blue.")
    store.put([AddedArticle(Article("plums", "Plums", "en", (text,)), Origin("upload:p", ""))])
    assert titles(source.renewed()) == ["Bees", "Plums"]
    store.remove(["plums"])
    assert titles(source.renewed()) == ["Bees"]


def test_an_article_of_the_folder_keeps_its_id_before_an_added_one(tmp_path, source, folder):
    """Whichever came first; the added one is called differently then."""
    store = ArticleStore(tmp_path / "data")
    text = Paragraph("pears", 1, "", "Pears are green.")
    store.put([AddedArticle(Article("pears", "Added", "en", (text,)), Origin("upload:p", ""))])
    source.open()
    put(folder / "pears.md", PEARS)
    index = source.renewed()
    assert index.articles["pears"].title == "Pears"
    assert index.articles["pears-added"].title == "Added"
