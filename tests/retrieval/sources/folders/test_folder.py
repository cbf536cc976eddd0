"""A folder becomes a collection: no file is lost, and none is passed over in silence."""

import os
from pathlib import Path

import pytest
from article_files import english
from hypothesis import given
from hypothesis import strategies as st

from retrieval.errors import FolderError
from retrieval.sources.article_ids import article_ids
from retrieval.sources.blocks import paragraph
from retrieval.sources.documents.cautions import noted
from retrieval.sources.documents.document import Document, UnreadableError
from retrieval.sources.documents.refusal_reasons import Reason
from retrieval.sources.folders.folder import load_folder


def ids(loaded):
    return [article.id for article in loaded.collection.articles]


def test_an_id_comes_from_the_path_below_the_folder(write):
    """Files of one name in different folders are different articles."""
    folder = write("bees.md", "Bees fly.").parent
    for name in ("a/index.md", "b/index.md", "Billing Rules/Late_Fees/README.md"):
        write(name, f"What {name} says.")
    loaded = load_folder(folder, english)
    assert ids(loaded) == ["bees", "billing-rules/late-fees/readme", "a/index", "b/index"]
    assert loaded.defects == ()


def test_files_that_differ_only_in_their_ending_or_case_all_stay(write):
    """The first keeps the id; the others have an ending or a number behind it."""
    folder = write("bees.md", "Bees fly.").parent
    write("bees.txt", "Bees sting.")
    write("BEES.txt", "Bees sleep.")
    write("C++.md", "C++ is fast.")
    write("C#.md", "C# is neat.")
    write("🐝.md", "A bee.")
    loaded = load_folder(folder, english)
    assert loaded.defects == ()
    assert ids(loaded) == ["bees", "c", "c-md", "bees-md", "bees-txt", "untitled"]


@given(st.lists(st.text("aB-_.1 é🐝", min_size=1, max_size=6), max_size=20, unique=True))
def test_each_path_has_an_id_of_its_own(names):
    """Whatever the files are called."""
    paths = [Path(folder, f"{name}.md") for name in names for folder in ("", "x")]
    found = article_ids(paths)
    assert len(set(found.values())) == len(found) == len(set(paths))


def test_an_article_is_found_by_the_id_that_it_had_without_its_folder(write):
    """Links and buttons of old answers go on working; a file at the top comes first."""
    folder = write("deep/er/bees.md", "Bees fly.").parent.parent.parent
    write("deep/wasps.md", "Wasps fly.")
    write("wasps.md", "Wasps sting.")
    collection = load_folder(folder, english).collection
    assert collection["bees"].id == "deep/er/bees"
    assert collection["wasps"].id == "wasps"
    assert collection.paragraph("bees", 1).article == "deep/er/bees"


@pytest.mark.parametrize("ending", [".md", ".markdown", ".mdx", ".txt", ".text", ".MD", ".TXT"])
def test_the_usual_endings_are_read(write, ending):
    """Of Markdown and of plain text, in small letters and capitals."""
    folder = write(f"deep/bees{ending}", "Bees fly.").parent.parent
    assert ids(load_folder(folder, english)) == ["deep/bees"]


def test_hidden_files_pipes_and_what_tools_install_are_passed_over(write):
    """They are nobody's articles."""
    folder = write("bees.txt", "Bees fly.").parent
    for name in (".hidden.txt", ".git/x.txt", "node_modules/x/readme.md"):
        write(name, "no.")
    os.mkfifo(folder / "pipe.txt")
    (folder / "dir.md").mkdir()
    loaded = load_folder(folder, english)
    assert ids(loaded) == ["bees"]
    assert (loaded.defects, loaded.unread) == ((), ())


def test_kinds_of_files_that_cannot_be_read_are_counted(write):
    """Once for each ending, the most frequent first, with an example."""
    folder = write("bees.txt", "Bees fly.").parent
    for name in ("img/a.PNG", "img/b.png", "img/c.png", "notes.pdf", "LICENSE"):
        write(name, "x")
    unread = load_folder(folder, english).unread
    assert [(k.ending, k.count, k.example.name) for k in unread] == [
        (".png", 3, "a.PNG"),
        ("", 1, "LICENSE"),
        (".pdf", 1, "notes.pdf"),
    ]
    assert [kind.is_document for kind in unread] == [False, False, True]
    assert "3 files with the ending .png cannot be read;" in str(unread[0])


def test_a_link_to_a_folder_is_named_and_not_followed(write):
    """It may lead round in a circle."""
    folder = write("deep/bees.txt", "Bees fly.").parent.parent
    (folder / "deep" / "circle").symlink_to(folder)
    loaded = load_folder(folder, english)
    assert ids(loaded) == ["deep/bees"]
    (defect,) = loaded.defects
    assert "circle: this link to a folder is not followed; " in str(defect)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_cannot_be_read_is_a_defect(write):
    """The others are read."""
    folder = write("bees.txt", "Bees fly.").parent
    closed = write("closed/x.txt", "No.").parent
    closed.chmod(0)
    loaded = load_folder(folder, english)
    closed.chmod(0o700)
    assert ids(loaded) == ["bees"]
    assert "closed: this folder cannot be read" in str(loaded.defects[0])


def test_one_broken_file_among_thousands_does_not_take_the_others_down(write):
    """All usable articles are loaded, in order, and the one defect is reported."""
    for number in range(2000):
        folder = write(f"{number:04d}.txt", f"Article {number} says this.").parent
    write("1000.txt", b"\xff")
    loaded = load_folder(folder, english)
    assert len(loaded.collection.articles) == 1999
    assert [defect.path.name for defect in loaded.defects] == ["1000.txt"]


def test_a_dead_link_is_a_defect(write):
    """It was meant to be an article, so it is reported."""
    folder = write("a.txt", "Bees fly.").parent
    (folder / "b.txt").symlink_to(folder / "nowhere")
    assert "cannot be read" in str(load_folder(folder, english).defects[0])


@pytest.mark.parametrize("kind", ["missing", "empty", "file"])
def test_a_folder_that_is_none(tmp_path, kind):
    """A missing or empty folder or a file gets one sentence with a remedy."""
    path = tmp_path / kind
    if kind == "empty":
        path.mkdir()
    elif kind == "file":
        path.write_text("x")
    with pytest.raises(FolderError, match=";"):
        load_folder(path, english)


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("a.txt", '---\ntitle: "\\U00110000"\n---\nText.', "YAML"),
        ("a.txt", "---\na: b\ntitle: \x07\n---\nText.", "a.txt:3: "),
        ("a.txt", b"Titel\r\rText\r\r\xfcber\r", "a.txt:5: "),
        ("a.md", ">" * 3000 + " deep", "a.md"),
    ],
)
def test_a_strange_file_is_one_defect_and_no_more(write, name, content, problem):
    """The articles beside it are loaded."""
    folder = write(name, content).parent
    write("fine.txt", "Bees fly.")
    loaded = load_folder(folder, english)
    assert [a.id for a in loaded.collection.articles][-1:] == ["fine"]
    assert all(problem in str(defect) for defect in loaded.defects)


def test_a_link_to_a_pipe_or_a_device_is_passed_over(write):
    """It would be waited for."""
    folder = write("a.txt", "Bees fly.").parent
    os.mkfifo(folder / "pipe")
    (folder / "b.txt").symlink_to(folder / "pipe")
    (folder / "c.txt").symlink_to("/dev/zero")
    assert [a.id for a in load_folder(folder, english).collection.articles] == ["a"]


def test_a_link_to_itself_takes_nothing_down(write):
    """One that would be an article is named, and so is a file of another kind."""
    folder = write("a.txt", "Bees fly.").parent
    for name in ("b.txt", "c.png"):
        (folder / name).symlink_to(name)
    loaded = load_folder(folder, english)
    assert [a.id for a in loaded.collection.articles] == ["a"]
    assert [d.path.name for d in loaded.defects] == ["b.txt"]
    assert [kind.ending for kind in loaded.unread] == [".png"]


@pytest.mark.parametrize("name", ["x" * 5000, "a\0b"])
def test_what_is_no_name_of_a_folder(name):
    """Too long, or with a zero byte."""
    with pytest.raises(FolderError, match="name"):
        load_folder(Path(name), english)


def test_documents_are_read_where_something_reads_them(write):
    """They are articles as the texts are; a warning is a defect, a refusal names the file."""
    folder = write("bees.md", "Bees fly.").parent
    for name in ("wasps.pdf", "scan.pdf", "hornets.docx"):
        write(name, name)

    def read(content):
        if content.startswith(b"scan"):
            raise UnreadableError(
                Reason.DEFECT, problem="pictures of pages", remedy="run OCR over it"
            )
        warnings = (noted("page 3 holds only pictures"),) if content.endswith(b".docx") else ()
        return Document((paragraph(f"What {content.decode()} says.", 0),), warnings=warnings)

    loaded = load_folder(folder, english, read)
    assert [(a.id, a.title) for a in loaded.collection.articles] == [
        ("bees", "Bees"),
        ("hornets", "Hornets"),
        ("wasps", "Wasps"),
    ]
    assert [str(defect).removeprefix(f"{folder}/") for defect in loaded.defects] == [
        "hornets.docx: page 3 holds only pictures; check the text against the file",
        "scan.pdf: pictures of pages; run OCR over it",
    ]
    without = load_folder(folder, english)
    assert ids(without) == ["bees"]
    assert "footnote-bot[ingest]" in str(without.unread[0])


def test_a_file_that_a_library_stumbles_over_does_not_take_the_others_down(write):
    """It is named, and what happened goes to the log."""

    def stumble(_content: bytes) -> Document:
        raise KeyError("2")

    folder = write("bees.md", "Bees fly.").parent
    write("wasps.pdf", "%PDF")
    loaded = load_folder(folder, english, stumble)
    assert ids(loaded) == ["bees"]
    assert [str(defect).removeprefix(f"{folder}/") for defect in loaded.defects] == [
        "wasps.pdf: it cannot be read (KeyError); please report it, with the file"
    ]


def test_a_page_of_a_site_without_text_is_no_defect(write):
    """It heads what is below it, or shows a film; a check names it. A heading alone is one."""
    folder = write("_index.md", "---\ntitle:\t\tBees\n---\n").parent
    write("film.md", '# Film\n\n{% embed url="https://a.org" %}\n')
    write("wasps/README.md", "# Wasps\n")
    write("empty.md", "# Wasps\n")
    write("bees.md", "---\ntitle:\t\tAll about bees\nnumber:\t2\n---\n\nBees fly.")
    loaded = load_folder(folder, english, check=True)
    assert [one.title for one in loaded.collection.articles] == ["All about bees"]
    assert [(one.path.name, one.line) for one in loaded.defects] == [("empty.md", 2)]
    assert [one.path.name for one in loaded.leftovers] == ["_index.md", "film.md", "README.md"]


def test_a_file_of_links_alone_is_no_article(write):
    """The summary of a book or the sidebar of a site; what says more beside its links is one."""
    folder = write(
        "SUMMARY.md",
        "# Summary\n\n[Foreword](foreword.md)\n\n# Hives\n\n- [Wood](hives/wood.md)\n"
        "  - [Straw \\[draft\\]](hives/straw.md#old)\n- [Clay]()\n"
        "- [Wax](https://a.org)\n\n---\n\n[Index](index.md)",
    ).parent
    write("_sidebar.md", "* Bees\n  * [Queens](/queens)\n  * [Drones](drones)\n* [Wasps](wasps)")
    write("map.md", "- [[Queens]]\n- [[Drones|The drones]]\n- [[Wasps]]")
    write("tools.md", "You need these.\n\n- [Smoker](a.md)\n- [Veil](b.md)\n- [Gloves](c.md)")
    write("shops.md", "- [One](https://a.org)\n- [Two](https://b.org)\n- [Three](https://c.org)")
    write("two.md", "- [Smoker](a.md)\n- [Veil](b.md)")
    loaded = load_folder(folder, english, check=True)
    assert ids(loaded) == ["shops", "tools", "two"]
    assert (loaded.defects, loaded.broken) == ((), 0)
    named = [found.path.name for found in loaded.leftovers]
    assert named == ["SUMMARY.md", "_sidebar.md", "map.md"]
