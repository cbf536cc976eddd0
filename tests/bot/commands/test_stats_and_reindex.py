"""What is kept of the articles can be counted, drawn and made anew."""

import json
import sys

import pytest
from programs import run

from bot.rendering.collection_plot import PlotError, draw
from retrieval.store.reading.collection_statistics import CollectionStatistics

TEXT = "---\nlanguage: en\npublished: 2024-0{n}-01\n---\n# Bees {n}\n\nBees dance.\n\nHives hum."
SOME = CollectionStatistics(
    articles=1,
    paragraphs=2,
    sentences=3,
    terms=4,
    words=5,
    languages={"en": 1},
    text_bytes=60,
    disk_bytes=700,
    telling=(("hive", 8), ("queen", 3)),
    growth=(("2024-01-01", 1), ("2024-02-01", 2)),
)


@pytest.fixture
def articles(tmp_path):
    folder = tmp_path / "articles"
    folder.mkdir()
    for n in (1, 2):
        (folder / f"bees-{n}.md").write_text(TEXT.format(n=n))
    return folder


def test_the_collection_is_counted(tmp_path, articles):
    """As JSON as well; growth is by the articles' dates."""
    status, out, err = run(tmp_path, "articles", "stats", "--json", ARTICLES=articles)
    assert (status, err) == (0, "")
    found = json.loads(out)
    assert (found["articles"], found["paragraphs"], found["sentences"]) == (2, 4, 4)
    assert found["languages"] == {"en": 2}
    assert found["growth"] == [["2024-01-01", 2], ["2024-02-01", 4]]
    assert found["text_bytes"] == 2 * len("Bees dance." + "Hives hum.")
    _, out, _ = run(tmp_path, "articles", "stats", ARTICLES=articles)
    assert "paragraphs  4\n" in out
    assert "of text" in out


def test_texts_that_change_or_go_are_no_longer_counted(tmp_path, articles):
    """Their size is that of their UTF-8, not of what is kept of them."""
    run(tmp_path, "ask", "Do bees dance?", ARTICLES=articles)
    (articles / "bees-1.md").unlink()
    (articles / "bees-2.md").write_text("# Bees\n\nBienen hören.\n\nBees dance.")
    _, out, _ = run(tmp_path, "articles", "stats", "--json", ARTICLES=articles)
    found = json.loads(out)
    assert (found["paragraphs"], found["text_bytes"]) == (2, len("Bienen hören.Bees dance.") + 1)


def test_the_collection_is_made_anew(tmp_path, articles):
    """Also where what was kept is no collection any more."""
    run(tmp_path, "ask", "Do bees dance?", ARTICLES=articles)
    (kept,) = (tmp_path / "d" / "collections").glob("*/collection.sqlite")
    for name in ("-wal", "-shm"):
        kept.with_name(kept.name + name).unlink(missing_ok=True)
    kept.write_bytes(b"no database at all, " * 1000)
    status, out, err = run(tmp_path, "ask", "Do bees dance?", ARTICLES=articles)
    assert (status, "Bees dance." in out) == (0, True)
    assert "run `footnote articles reindex`" in err
    status, out, _ = run(tmp_path, "articles", "reindex", ARTICLES=articles)
    assert (status, out) == (0, "2 articles with 4 paragraphs are indexed\n")
    assert run(tmp_path, "ask", "Do bees dance?", ARTICLES=articles)[2] == ""


def test_the_collection_is_drawn(tmp_path):
    """Where matplotlib is installed, into a file that can be."""
    pytest.importorskip("matplotlib")
    draw(SOME, tmp_path / "plot.png")
    assert (tmp_path / "plot.png").read_bytes().startswith(b"\x89PNG")
    with pytest.raises(PlotError, match="cannot be drawn"):
        draw(SOME, tmp_path / "no" / "plot.png")


def test_without_matplotlib_nothing_is_drawn(tmp_path, monkeypatch):
    """What to install is said instead."""
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    with pytest.raises(PlotError, match="pip install 'footnote-bot"):
        draw(SOME, tmp_path / "plot.png")


def test_what_is_kept_of_articles_that_are_gone_is_named(tmp_path, articles):
    """With the folder to remove; a collection that is used is not."""
    assert run(tmp_path, "articles", "stats", ARTICLES=articles)[0] == 0
    moved = articles.rename(tmp_path / "moved")
    status, out, _ = run(tmp_path, "articles", "stats", ARTICLES=moved)
    (line,) = [line for line in out.splitlines() if "gone" in line]
    assert status == 0
    assert line.endswith(f"its articles are gone ({articles}); remove it")
    assert json.loads(run(tmp_path, "articles", "stats", "--json", ARTICLES=moved)[1])["orphaned"]
