"""What looks like markup in the words of a text is named, with its line."""

import pytest
from article_files import english

from retrieval.sources.article_file import read_article


def leftovers(path):
    found = read_article(path, english, check=True).leftovers
    return [(leftover.line, leftover.problem) for leftover in found]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("An **open mark.", "'**' looks like bold text"),
        ("An ~~open mark.", "'~~' looks like struck text"),
        ("An ==open mark.", "'==' looks like marked text"),
        ("A [link](that does not.", "'](that' looks like a link"),
        ("A box [x] in a line.", "'[x]' looks like a box of a task list"),
        ("A {% tag without end.", "'{% tag without end.' looks like a tag of a template"),
        ("A {{ tag without end.", "'{{ tag without end.' looks like a tag of a template"),
        ("Text {#id without end.", "'{#i' looks like an attribute list"),
        ("Text ::: here.", "':::' looks like a box"),
        ("#Heading", "'#H' looks like a heading"),
        ("A <b tag.", "'<b' looks like a tag of HTML"),
    ],
)
def test_markup_that_is_left_is_named_with_its_line(write, text, problem):
    """Where no rule takes it for markup, in Markdown and in plain text."""
    content = f"# Title\n\nFirst line\n{text}\n"
    assert (4, problem) in leftovers(write("a.md", content))
    assert (4, problem) in leftovers(write("b.txt", f"---\nlang: en\n---\n{text}\n{text}"))


def test_code_and_what_is_read_as_markup_is_not_left(write):
    """Nor is an ordinary text."""
    text = "**A** `[x] ** {{ y }}` [z](u) 2 * 3, a[1], {b}, &lt;b&gt;, #1, “::: ”.\n\n"
    text += "```\n{{ x }} **\n```\n\n- [x] Done\n- #tag\n- [#room](u)\n- [[#Part]]\n\n"
    text += "<p>Write <code>{&#37; raw &#37;}</code>.</p>\n\n"
    text += "\\*\\*Stars\\*\\*, ==a mark==.\n\n[#room](u) and [{{ x }}][y]\n"
    assert leftovers(write("a.md", text)) == []


def test_signs_of_plain_text_are_not_left(write):
    """Places to fill in, sets of characters, rows of stars, types of a program."""
    text = "GET <any path> of <n>\n\n*** START ***\n\n[^a-z], [^abc]\n\nA string[][] and </n>.\n"
    assert leftovers(write("a.txt", text)) == []


def test_a_file_full_of_markup_is_named_fifty_times_at_most(write):
    """The rest would hide what is wrong with the other files."""
    assert len(leftovers(write("a.md", "An **open mark.\n\n" * 500))) == 50
