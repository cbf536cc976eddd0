"""The header of an article in YAML, TOML or JSON, as people write it."""

import pytest
from article_files import english, read, texts
from hypothesis import example, given
from hypothesis import strategies as st

from retrieval.sources.article_file import read_article
from retrieval.sources.headers.header import read_header
from retrieval.sources.headers.written_dates import iso_date


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


@pytest.mark.parametrize(
    "line",
    ["lastmod: 2024-02-03", "last_modified_at: 2024-02-03 10:00", "Last-Modified: 3 Feb 2024",
     "last_update: {author: Ada, date: 2024-02-03}",
     "date: {created: 2023-04-05, updated: 2024-02-03}"],
)  # fmt: skip
def test_a_header_tells_the_last_update_from_the_publication(line):
    """Under the names that the generators give it."""
    header = read_header(["---", "publishdate: 2023-04-05", line, "---"])
    assert (header.published, header.updated, header.problems) == ("2023-04-05", "2024-02-03", ())


def test_the_language_called_no_stays_norwegian(write):
    """YAML's `no` is a word here, not a falsehood."""
    assert read(write("a.txt", "---\nlanguage: no\n---\nEt ord.")).language == "no"


HEADERS = {
    "yaml": """---
title: Kites
lang: en_GB
canonical: https://x.org/k
date: 2024-01-05 10:00:00 +0200
authors:
  - Ada
  - name: Bob
    url: https://x.org
---
""",
    "yaml in the line": """
---
title: Kites
lang: en
link: https://x.org/k
lastmod: 2024-01-05T10:00:00Z
authors: [Ada, {name: Bob}]
draft: false
...
""",
    "toml": """+++
title = "Kites"
lang = "en"
url = "https://x.org/k"
date = 2024-01-05T10:00:00Z
authors = ["Ada", "Bob"]
[extra]
weight = 3
+++
""",
    "json": """{
  "title": "Kites", "lang": "en", "permalink": "https://x.org/k",
  "date": "2024-01-05", "authors": [{"name": "Ada"}, {"name": "Bob"}]
}
""",
}


LINES_OF_FIELDS = {
    "multimarkdown": "Title: Kites\nAuthor: Ada\nDate: 2024-01-05\n",
    "hexo": "title: Kites\nauthor: Ada\ndate: 2024-01-05 08:30:00\ntags:\n- air\n---\n",
    "title to be filled in": (
        "---\ntitle: '{{ name }}'\nauthor: Ada\ndate: 2024-01-05\n---\n# Kites\n"
    ),
    "toml by its name": '---toml\ntitle = "Kites"\nauthor = "Ada"\ndate = 2024-01-05\n---\n',
    "json by its name": (
        '---json\n{"title": "Kites", "author": "Ada",\n "date": "2024-01-05"}\n---\n'
    ),
    "json between semicolons": (
        ';;;\n{"title": "Kites", "author": "Ada", "date": "2024-01-05"}\n;;;\n'
    ),
    "pandoc": "% Kites\n% Ada\n% 5 January 2024\n",
    "toml without an end": '+++\ntitle = "Kites"\nauthor = "Ada"\ndate = 2024-01-05\n',
}


@pytest.mark.parametrize("header", LINES_OF_FIELDS.values(), ids=LINES_OF_FIELDS)
def test_lines_of_fields_are_a_header(write, header):
    """With or without the marks around it."""
    article = read(write("kite.md", header + "\nA kite needs a light frame.\n"))
    assert (article.title, article.author, article.published) == ("Kites", "Ada", "2024-01-05")
    assert texts(article) == ["A kite needs a light frame."]


def test_the_name_of_a_post_begins_by_its_date(write):
    """Which is no part of its title; a date in the header is surer."""
    post = read(write("2024-05-31-bees-fly.md", "Bees fly.\n"))
    assert (post.title, post.published) == ("Bees fly", "2024-05-31")
    moved = read(write("2024-05-30-bees.md", "---\ndate: 2025-01-02\n---\nBees fly.\n"))
    assert moved.published == "2025-01-02"
    for name in ("2024-05-31.md", "2024-13-31-bees.md"):
        assert read(write(name, "Bees fly.\n")).published is None


@pytest.mark.parametrize("header", HEADERS.values(), ids=HEADERS)
def test_each_language_of_headers_says_the_same(write, header):
    """YAML, TOML and JSON; dates with a time, lists of authors, unknown fields."""
    article = read(write("kite.md", header + "\nA kite needs a light frame.\n"))
    assert (article.title, article.language) == ("Kites", "en")
    assert (article.url, article.published) == ("https://x.org/k", "2024-01-05")
    assert article.author == "Ada, Bob"
    assert texts(article) == ["A kite needs a light frame."]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2024", "2024"),
        ("2024-05", "2024-05"),
        ("2024-5-3", "2024-05-03"),
        ("20240531", "2024-05-31"),
        ("202405311030", "2024-05-31"),
        ("1717113600", "2024-05-31"),
        ("1717113600000", "2024-05-31"),
        ("2024/05/31", "2024-05-31"),
        ("2024-05-31T23:59:59.5+02:00", "2024-05-31"),
        ("May 31, 2024", "2024-05-31"),
        ("31 May 2024 at 10:30", "2024-05-31"),
        ("May 31 2024", "2024-05-31"),
        ("Fri May 31 10:30:00 2024 +0200", "2024-05-31"),
        ("Fri, 31 May 2024 10:30:00 GMT", "2024-05-31"),
        ("31.05.2024", "2024-05-31"),
        ("28 mai 2020", "2020-05-28"),
        ("1er août 2020", "2020-08-01"),
        ("Mittwoch, 3. März 2021", "2021-03-03"),
        ("15 de septiembre de 2019", "2019-09-15"),
        ("28 февраля 2022 г.", "2022-02-28"),
        ("maggio 2018", "2018-05"),
        ("2020年5月28日", "2020-05-28"),
        ("2020년 5월", "2020-05"),
        ("31 février 2020", None),
        ("pages 28 and 2020", None),
        ("2024-13-01", None),
        ("20240531123", None),
        ("soon", None),
    ],
)
def test_a_date_is_read_as_people_write_it(written, meant):
    """Kept as ISO writes it, as exact as it was."""
    assert iso_date(written) == meant


@pytest.mark.parametrize(
    ("content", "line", "problem"),
    [
        ("---\ntitle: x: y\n---\ntext.", 2, "YAML"),
        ("+++\na = 1\ntitle = x\n+++\ntext.", 3, "TOML"),
        ('{\n"a": 1,\n"title" x\n}\ntext.', 3, "JSON"),
        ("---\ntitle: x\n\nno end", 1, "does not end"),
        ("---\nurl: javascript:alert(1)\n---\ntext.", 2, "url"),
        ("---\nurl: https://example.org:99999/\n---\ntext.", 2, "write a port from 1 to 65535"),
        ("---\nurl: see my page\n---\ntext.", 2, "https://"),
        ("---\nlink: www.example.org/bees\n---\ntext.", 2, "https://"),
        ("---\nlanguage: english please\n---\ntext.", 2, "language"),
        ("---\na: b\npublished: 2024-13-01\n---\ntext.", 3, "published"),
        ("---\ntitle: [a, b]\n---\ntext.", 2, "title"),
        ("---\ntitle: x\na: " + "[" * 5000 + "\n---\ntext.", 2, "YAML"),
    ],
)
def test_a_wrong_header_is_named_and_does_not_take_the_article_down(write, content, line, problem):
    """Its text is read, without the lines of the header."""
    path = write("broken.txt", content)
    found = read_article(path, english)
    assert texts(found.article) == [content.rpartition("\n")[2]]
    (message,) = map(str, found.defects)
    assert f"{path}:{line}: " in message
    assert problem in message
    assert ";" in message


def test_a_title_that_is_no_valid_yaml_is_the_title(write):
    """A colon in it is the usual mistake."""
    found = read_article(write("a.md", "---\ntitle: Bees: a life\n---\nBees fly."), english)
    assert found.article.title == "Bees: a life"


@pytest.mark.parametrize(
    "text",
    [
        "---\n\nBees fly.\n\n---\n\nWasps sting.",
        "---\n\nBees fly.\n\nWasps sting.",
        "{Bees} fly.\n\nWasps sting.",
        "+++\n\nBees fly.",
        "---\n- Bees fly.\n---\n\nWasps sting.",
        " ---\nBees fly.\n\nWasps sting.",
        "Title: Bees\n\nWasps sting.",
        "Title: Bees\nRule: none\nWasps sting.",
        "Bees: they fly\nWasps: they sting\n\nMore.",
    ],
)
def test_a_rule_or_a_brace_that_opens_a_text_is_no_header(write, text):
    """Nothing of the text is lost."""
    found = read_article(write("a.md", text), english)
    assert found.defects == []
    assert "Bees" in texts(found.article)[0]


def test_an_address_below_the_site_is_left_out_and_no_defect(write):
    """Generators call it a permalink; it leads nowhere from here."""
    found = read_article(write("a.md", "---\npermalink: /bees/\n---\nBees fly."), english)
    assert (found.article.url, found.defects) == (None, [])


@given(st.text("-+{}[]:=;\"'\n ax1", max_size=200))
@example("---json")
def test_any_opening_is_a_header_or_text(opening):
    """No text crashes, and a header never takes more lines than there are."""
    lines = opening.split("\n")
    assert 0 <= read_header(lines).lines <= len(lines)
