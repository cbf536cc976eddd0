"""`footnote articles add …`: a line a source, and all of it can be taken back."""

import json
import re
import subprocess
import sys

from document_files import PdfWriter
from programs import environment, run
from web_server import Page, serve_web

from bot.commands.adding_command import list_feeds, unfollow_feed
from retrieval.sources.added.feed_store import FILE, FeedStore, FollowedFeed


def test_a_folder_is_added_shown_asked_removed_and_taken_back(tmp_path):
    """What is added is found at once, with the page in its footnote."""
    pdf = PdfWriter()
    pdf.line("Of bees", size=20, down=40)
    pdf.page()
    pdf.lines("In winter the bees of a hive sit close together around their queen.")
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "bees.pdf").write_bytes(pdf.content())
    (folder / "scan.pdf").write_bytes(b"%PDF-1.4 damaged")
    (folder / "wasps.txt").write_text("Of wasps\n\nWasps build nests of paper in old trees.")
    dry = run(tmp_path, "articles", "add", "--dry-run", "papers/bees.pdf")
    assert dry[1] == "added of-bees: Of bees (1 paragraph, 2 pages, en)\n"
    status, out, _ = run(tmp_path, "articles", "add", "", "papers")
    assert status == 1
    assert [line.partition(":")[0] for line in out.splitlines()] == [
        "refused",  # a name that is empty, not the folder where one is
        "added of-bees",
        "refused",
        "added of-wasps",
    ]
    answer = run(tmp_path, "ask", "Where do bees sit in winter?")[1]
    assert "[1] Of bees, page 2, paragraph 1" in answer
    shown = json.loads(run(tmp_path, "articles", "show", "of-bees", "--json")[1])
    assert shown["paragraphs"][0]["page"] == 2
    assert run(tmp_path, "articles", "remove", "of-bees", "of-wasps")[0] == 0
    assert run(tmp_path, "articles", "show", "of-bees")[0] == 2
    assert run(tmp_path, "articles", "undo")[1] == "taken back: of-bees, of-wasps\n"
    assert run(tmp_path, "articles", "show", "of-wasps")[0] == 0
    status, _, err = run(tmp_path, "ask", "Of wasps?", "--articles", "nowhere")
    assert (status, err.count("\n")) == (2, 1)
    assert "nowhere: there is no such folder" in err


def test_each_source_is_an_object_and_the_status_tells_how_many_are_in(tmp_path):
    """0 all, 1 some, 2 none; a page of one's own network needs the setting."""
    text = "Bees live in hives, where each of them has work to do from its first day on. " * 6
    with serve_web() as web:
        web.pages["/bees"] = Page(f"<title>Of bees</title><article><p>{text}</p></article>")
        refused = run(tmp_path, "articles", "add", "--json", web.at("/bees"))
        added = run(
            tmp_path, "articles", "add", "--json", web.at("/bees"), PRIVATE_ADDRESSES="true"
        )
        missing = run(tmp_path, "articles", "update", PRIVATE_ADDRESSES="true")
    assert refused[0] == 2
    assert "FOOTNOTE_PRIVATE_ADDRESSES" in json.loads(refused[1])["error"]
    found = json.loads(added[1])
    assert (added[0], found["status"], found["id"], found["paragraphs"]) == (
        0,
        "added",
        "of-bees",
        1,
    )
    assert (missing[0], missing[1].partition(":")[0]) == (0, "already here as of-bees")


def test_feeds_are_listed_and_left(tmp_path, monkeypatch, capsys):
    """Also those that an older version has stored with more about them."""
    monkeypatch.setenv("FOOTNOTE_DATA", str(tmp_path))
    address = "https://example.org/feed"
    FeedStore(tmp_path).put(FollowedFeed(address, "The Hive", problem="the page is not there"))
    stored = json.loads((tmp_path / FILE).read_text())
    stored["feeds"][0]["newest"] = 20
    (tmp_path / FILE).write_text(json.dumps(stored))
    list_feeds(as_json=False)
    unfollow_feed(f"{address}?utm_source=x")
    list_feeds(as_json=True)
    assert capsys.readouterr().out.splitlines() == [
        f"{address}  The Hive  (the page is not there)",
        f"no longer followed: {address}?utm_source=x; its articles stay",
        "[]",
    ]


def test_without_the_extra_one_sentence_names_it(tmp_path):
    """And nothing else fails for it."""
    libraries = ("trafilatura", "pypdfium2", "mammoth", "feedparser", "lxml", "ssrfguard")
    code = (
        f"import sys; sys.modules.update(dict.fromkeys({libraries}))\n"
        "from bot.program import main\n"
        "for arguments in ['add bees.pdf', 'follow x', 'list']:\n"
        "    sys.argv = ['footnote', 'articles', *arguments.split()]\n"
        "    try: main()\n"
        "    except SystemExit as ended: print('status', ended.code, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
        env=environment(tmp_path),
    )
    adding, following, listing, _ = re.split("(?<=status .\n)", done.stderr)
    assert adding.endswith("status 2\n")
    assert following.endswith("status 2\n")
    assert listing == "status 0\n"
    assert all("footnote-bot[ingest]" in refused for refused in (adding, following))


def test_what_is_not_there_is_said(tmp_path):
    """In one sentence each."""
    for arguments, said in (
        (("remove", "bees"), "no added article has the id 'bees'"),
        (("undo",), "no change that can be taken back"),
        (("unfollow", "https://example.org/feed"), "is not followed"),
        (("follow",), "name the address of a FEED"),
        (("add", "a", "b", "--title", "x"), "name only one"),
    ):
        status, _, err = run(tmp_path, "articles", *arguments)
        assert status == 2
        assert said in err
