"""Files become articles; every defect is named with file, line and remedy."""

import os
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.errors import ArticleError, FolderError
from retrieval.sources import load_folder, read_article


def english(_: str) -> str:
    return "en"


def read(path: Path):
    return read_article(path, english)


def texts(article):
    return [paragraph.text for paragraph in article.paragraphs]


def headings(article):
    return [paragraph.heading for paragraph in article.paragraphs]


WRAPPED = (
    "The quick brown fox jumps over the lazy dog and\n"
    "then it runs away from the field so fast that\nnobody can follow."
)
LONG = "This is a line that is long enough to be a paragraph of its own, and it ends in a stop."


def test_a_header_gives_title_language_and_source(write):
    """The header's fields are the article's; everything below it is text."""
    path = write(
        "bees.md",
        "---\ntitle: 'Bees: a life'\nlanguage: EN-gb\nurl: https://example.org/bees\n"
        "published: 2024-05-31\nauthor: Ada\ntags: [a, b]\n---\nBees fly.\n",
    )
    article = read(path)
    assert (article.id, article.title, article.language) == ("bees", "Bees: a life", "en")
    assert (article.url, article.published) == ("https://example.org/bees", "2024-05-31")
    assert article.author == "Ada"
    assert texts(article) == ["Bees fly."]


def test_the_language_called_no_stays_norwegian(write):
    """YAML's `no` is a word here, not a falsehood."""
    assert read(write("a.txt", "---\nlanguage: no\n---\nEt ord.")).language == "no"


def test_the_language_is_detected_where_the_header_does_not_say(write):
    """The detector sees the text and its word counts."""
    article = read_article(write("a.txt", "Ein Satz."), lambda text: f"{len(text)}"[:0] + "de")
    assert article.language == "de"


def test_a_line_a_paragraph_with_headings_between(write):
    """Text with a paragraph a line: short lines without a full stop are headings."""
    article = read(write("a.txt", f"The Title\n{LONG}\nA Heading Here\n{LONG} More.\n{LONG}"))
    assert article.title == "The Title"
    assert headings(article) == ["", "A Heading Here", "A Heading Here"]
    assert texts(article) == [LONG, f"{LONG} More.", LONG]


def test_indented_headings_between_blank_lines(write):
    """An indented short line is a heading as well, and loses its indent."""
    article = read(write("a.txt", f"{LONG}\n\n    Part: One\n\n{LONG}\n"))
    assert headings(article) == ["", "Part: One"]


def test_hard_wrapped_lines_are_one_paragraph(write):
    """Lines of about one width are joined by spaces until a blank line."""
    article = read(write("a.txt", f"{WRAPPED}\n\n{WRAPPED}\n"))
    assert texts(article) == [WRAPPED.replace("\n", " ")] * 2


def test_a_heading_right_above_wrapped_lines(write):
    """A heading needs no blank line under it."""
    article = read(write("a.txt", f"Title\n\nFoxes\n{WRAPPED}\n"))
    assert (article.title, headings(article)) == ("Title", ["Foxes"])


def test_a_list_is_one_paragraph_of_lines(write):
    """Bulleted lines are neither headings nor many paragraphs."""
    article = read(write("a.txt", f"{LONG}\n\n- apples\n- pears\n- plums\n"))
    assert texts(article)[1] == "- apples\n- pears\n- plums"


def test_markdown_becomes_plain_words(write):
    """Markup, images and raw HTML are gone, link texts stay, entities are read."""
    article = read(
        write(
            "a.md",
            "# The *Title*\n\nBees [fly](https://x.org) **far** &amp; ![pic](p.png)well.\n\n"
            "<div>In a <b>box</b></div>\n<!-- no -->\n\n"
            "## Part `one`\n\nThe kinds are:\n\n- one\n- two *three*\n\n"
            "| a | b |\n|---|---|\n| 1 | 2 |\n\n> Quoted.\n",
        )
    )
    assert article.title == "The Title"
    assert texts(article) == [
        "Bees fly far & well.",
        "In a box",
        "The kinds are:\none\ntwo three",
        "a | b\n1 | 2",
        "Quoted.",
    ]
    assert headings(article) == ["", "", "Part one", "Part one", "Part one"]


def test_a_title_in_the_header_is_not_repeated_as_a_heading(write):
    """The text's own title line is recognised as the header's."""
    article = read(write("a.txt", f"---\ntitle: My title\n---\nMy Title\n{LONG}"))
    assert headings(article) == [""]


@pytest.mark.parametrize(
    ("content", "line", "problem"),
    [
        ("", 1, "empty"),
        (" \n\t\n", 1, "empty"),
        ("---\ntitle: x\n---\n", 4, "no text"),
        ("Only a title", 1, "no text"),
        ("---\ntitle: x\nno end", 1, "does not end"),
        ("---\ntitle: x: y\n---\ntext.", 2, "YAML"),
        ("---\n- a\n---\ntext.", 2, "no fields"),
        ("---\nurl: javascript:alert(1)\n---\ntext.", 2, "url"),
        ("---\nurl: https://example.org:99999/\n---\ntext.", 2, "write a port from 1 to 65535"),
        ("---\nlanguage: english please\n---\ntext.", 2, "language"),
        ("---\na: b\npublished: 2024-13-01\n---\ntext.", 3, "published"),
        ("---\ntitle: [a, b]\n---\ntext.", 2, "title"),
        ("---\n" + "[" * 5000 + "\n---\ntext.", 2, "YAML"),
        (b"fine\nnot \xff fine", 2, "UTF-8"),
        (b"one\n\ntwo\0", 3, "zero byte"),
    ],
)
def test_a_broken_file_is_named_with_line_and_remedy(write, content, line, problem):
    """One sentence: file:line: what; what to do."""
    path = write("broken.txt", content)
    with pytest.raises(ArticleError) as caught:
        read(path)
    message = str(caught.value)
    assert f"{path}:{line}: " in message
    assert problem in message
    assert ";" in message
    assert "\n" not in message


def test_line_ends_of_all_systems_are_one(write):
    """CRLF, CR and a byte order mark make no difference."""
    expected = texts(read(write("a.txt", f"{LONG}\n\n{LONG}")))
    assert texts(read(write("b.txt", f"\ufeff{LONG}\r\n\r\n{LONG}"))) == expected
    assert texts(read(write("c.txt", f"{LONG}\r\r{LONG}"))) == expected


def test_one_broken_file_among_thousands_does_not_take_the_others_down(write):
    """All usable articles are loaded, in order, and the one defect is reported."""
    for number in range(2000):
        folder = write(f"{number:04d}.txt", f"Article {number} says this.").parent
    write("1000.txt", b"\xff")
    loaded = load_folder(folder, english)
    assert len(loaded.collection.articles) == 1999
    assert [defect.path.name for defect in loaded.defects] == ["1000.txt"]


def test_two_articles_with_one_id(write):
    """The second one is refused, naming both."""
    folder = write("bees.md", "Bees fly.").parent
    write("bees.txt", "Bees sting.")
    loaded = load_folder(folder, english)
    assert [a.id for a in loaded.collection.articles] == ["bees"]
    assert "bees.md" in str(loaded.defects[0])


def test_hidden_files_pipes_and_other_kinds_are_passed_over(write):
    """Only regular .md and .txt files count, also in folders below."""
    folder = write("deep/er/bees.TXT", "Bees fly.").parent.parent.parent
    write(".hidden.txt", "no.")
    write(".git/x.txt", "no.")
    write("notes.pdf", "no.")
    os.mkfifo(folder / "pipe.txt")
    (folder / "dir.md").mkdir()
    assert [a.id for a in load_folder(folder, english).collection.articles] == ["bees"]


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


@given(st.text(max_size=300), st.sampled_from([".md", ".txt"]))
def test_any_text_is_an_article_or_a_clear_defect(tmp_path_factory, text, suffix):
    """No text crashes; paragraphs are numbered from 1 and hold something to read."""
    path = tmp_path_factory.mktemp("any") / f"x{suffix}"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    article = None
    with suppress(ArticleError):
        article = read(path)
    if article is None:
        return
    assert [p.number for p in article.paragraphs] == list(range(1, len(article.paragraphs) + 1))
    for paragraph in article.paragraphs:
        assert paragraph.text == paragraph.text.strip()
        assert any(char.isalnum() for char in paragraph.text)


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


def test_deeply_nested_emphasis_is_read(write):
    """Inline markup has no depth here."""
    article = read(write("a.md", "**a " * 300 + "b**" * 300))
    assert "a a a" in article.paragraphs[0].text


def test_a_link_to_a_pipe_or_a_device_is_passed_over(write):
    """It would be waited for."""
    folder = write("a.txt", "Bees fly.").parent
    os.mkfifo(folder / "pipe")
    (folder / "b.txt").symlink_to(folder / "pipe")
    (folder / "c.txt").symlink_to("/dev/zero")
    assert [a.id for a in load_folder(folder, english).collection.articles] == ["a"]


@pytest.mark.parametrize("name", ["x" * 5000, "a\0b"])
def test_what_is_no_name_of_a_folder(name):
    """Too long, or with a zero byte."""
    with pytest.raises(FolderError, match="name"):
        load_folder(Path(name), english)


def test_articles_without_spaces_between_words_have_text(write):
    """A Thai or Chinese paragraph is no heading for its want of full stops."""
    text = "แม่น้ำไนล์เป็นแม่น้ำที่ยาวที่สุดในทวีปแอฟริกาและไหลผ่านประเทศอียิปต์"
    article = read(write("a.txt", f"แม่น้ำไนล์\n\n{text}\n"))
    assert (article.title, texts(article)) == ("แม่น้ำไนล์", [text])


def test_a_wrapped_paragraph_with_a_short_line_stays_whole(write):
    """A line that goes on in lower case is no heading."""
    wrapped = f"Bees fly\nover {LONG[:61].strip()}\nand over {LONG[:50].strip()}\nhome."
    assert texts(read(write("a.txt", f"{LONG}\n\n{wrapped}"))) == [
        LONG,
        wrapped.replace("\n", " "),
    ]


def test_a_numbered_heading(write):
    """With its number."""
    article = read(write("a.txt", f"Title\n\n1. Introduction\n\n{LONG}\n\n2.1 More\n\n{LONG}"))
    assert headings(article) == ["1. Introduction", "2.1 More"]


def test_a_list_belongs_to_its_lead_in(write):
    """And an entry may go on in the next line."""
    article = read(write("a.txt", f"{LONG}\n\nThe kinds are:\n\n- one\n  and a half\n- two"))
    assert texts(article)[1] == "The kinds are:\n- one and a half\n- two"


def test_verse_keeps_its_lines(write):
    """Their ends mean something."""
    poem = "Bees fly away\nOver the hill\nInto the day\nAnd then are still"
    assert texts(read(write("a.txt", f"{LONG}\n\n{poem}")))[1] == poem
