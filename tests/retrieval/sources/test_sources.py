"""Files become articles; every defect is named with file, line and remedy."""

import pytest
from article_files import english, read, texts
from hypothesis import given
from hypothesis import strategies as st

from retrieval.sources.article_file import read_article


def headings(article):
    return [paragraph.heading for paragraph in article.paragraphs]


WRAPPED = (
    "The quick brown fox jumps over the lazy dog and\n"
    "then it runs away from the field so fast that\nnobody can follow."
)
LONG = "This is a line that is long enough to be a paragraph of its own, and it ends in a stop."


def test_the_language_is_detected_where_the_header_does_not_say(write):
    """The detector sees the text and its word counts."""
    article = read_article(write("a.txt", "Ein Satz."), lambda text: f"{len(text)}"[:0] + "de")
    assert article.article.language == "de"


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
    assert texts(article) == [f"{LONG}\n- apples\n- pears\n- plums"]


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
        (b"fine\nnot \xff fine", 2, "UTF-8"),
        (b"one\n\ntwo\0", 3, "zero byte"),
    ],
)
def test_a_broken_file_is_named_with_line_and_remedy(write, content, line, problem):
    """One sentence: file:line: what; what to do."""
    path = write("broken.txt", content)
    found = read_article(path, english)
    assert found.article is None
    (message,) = map(str, found.defects)
    assert f"{path}:{line}: " in message
    assert problem in message
    assert ";" in message
    assert "\n" not in message


def test_all_defects_of_a_file_are_named(write):
    """Each field of the header that is wrong, and all lines that are no UTF-8."""
    content = b"---\nurl: mailto:x\nlang: the english\n---\nBees.\n\n\xfc\n\nfly.\n\xe4\n"
    found = read_article(write("broken.txt", content), english)
    assert found.article is None
    problems = [(defect.line, defect.problem) for defect in found.defects]
    assert [line for line, _ in problems] == [7, 3, 2]
    assert "nor are those in line 10" in problems[0][1]


def test_line_ends_of_all_systems_are_one(write):
    """CRLF, CR and a byte order mark make no difference."""
    expected = texts(read(write("a.txt", f"{LONG}\n\n{LONG}")))
    assert texts(read(write("b.txt", f"\ufeff{LONG}\r\n\r\n{LONG}"))) == expected
    assert texts(read(write("c.txt", f"{LONG}\r\r{LONG}"))) == expected


@given(st.text(max_size=300), st.sampled_from([".md", ".txt"]))
def test_any_text_is_an_article_or_a_clear_defect(tmp_path_factory, text, suffix):
    """No text crashes; paragraphs are numbered from 1 and hold something to read."""
    path = tmp_path_factory.mktemp("any") / f"x{suffix}"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    found = read_article(path, english, check=True)
    article = found.article
    if article is None:
        assert found.defects
        return
    assert [p.number for p in article.paragraphs] == list(range(1, len(article.paragraphs) + 1))
    for paragraph in article.paragraphs:
        assert paragraph.text == paragraph.text.strip()
        assert any(char.isalnum() for char in paragraph.text)


def test_deeply_nested_emphasis_is_read(write):
    """Inline markup has no depth here."""
    article = read(write("a.md", "**a " * 300 + "b**" * 300))
    assert "a a a" in article.paragraphs[0].text


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


def test_marks_of_typescripts_are_read(write):
    """Emphasis, places of pictures, lines in brackets, rules of a grammar, names of a program."""
    text = "Trout\n\n[Illustration]\n\nThe _Trout is\na fish_, _he said_.\n\n"
    text += '(Chapter 2)\n\nBait = "fly"\n\nCall a_b_c or _d.\n'
    article = read_article(write("a.txt", text), english).article
    assert texts(article) == [
        "The Trout is a fish, he said.",
        "(Chapter 2)",
        'Bait = "fly"',
        "Call a_b_c or _d.",
    ]


def test_verse_keeps_its_lines(write):
    """Their ends mean something."""
    poem = "Bees fly away\nOver the hill\nInto the day\nAnd then are still"
    assert texts(read(write("a.txt", f"{LONG}\n\n{poem}")))[1] == poem
