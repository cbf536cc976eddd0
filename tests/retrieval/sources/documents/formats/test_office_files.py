"""Word files, OpenDocument texts and books become the same headings and paragraphs."""

import pytest
from document_files import (
    WORDS_OF_WORD,
    bomb,
    book,
    open_document,
    word_file,
    word_paragraph,
    zip_of,
)

from retrieval.sources.documents.document import UnreadableError
from retrieval.sources.documents.document_articles import document_article
from retrieval.sources.documents.element_blocks import fragment_blocks
from retrieval.sources.documents.formats.document_reader import read_document

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
STYLES = (
    '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="b1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="b2"><w:name w:val="heading 2"/></w:style></w:styles>'
)
STYLED = {
    "word/styles.xml": STYLES,
    "word/_rels/document.xml.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="s" Target="styles.xml" Type="http://schemas.openxmlformats.org/'
        'officeDocument/2006/relationships/styles"/></Relationships>'
    ),
}


def article(content):
    return document_article(read_document(content), "x", "A file", lambda _: "en")


def shown(found):
    return [(p.heading, p.text) for p in found.paragraphs]


def test_a_word_file_keeps_its_title_and_headings():
    """By their styles, whatever these are called in the program's language."""
    body = (
        word_paragraph("Of bees", "T")
        + word_paragraph("The hive", "b1")
        + word_paragraph("Bees live in hives.")
        + word_paragraph("Winter", "b2")
        + word_paragraph("In winter the hive is quiet.")
    )
    found = article(word_file(body, **STYLED))
    assert found.title == "Of bees"
    assert shown(found) == [
        ("The hive", "Bees live in hives."),
        ("Winter", "In winter the hive is quiet."),
    ]
    assert found.paragraphs[1].ancestors == ("The hive",)


def test_paragraphs_of_an_outline_level_are_headings():
    """Whatever their style is called, by themselves or by the style that it is based on."""
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name[0]}"><w:name w:val="{name}"/>{said}'
        "</w:style>"
        for name, said in (
            ("Chapter", '<w:basedOn w:val="H"/>'),
            ("Huge", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>'),
            ("Note", '<w:basedOn w:val="H"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr>'),
        )
    )
    styles = f'<w:styles xmlns:w="{WORDS_OF_WORD}">{styles}</w:styles>'
    body = (
        word_paragraph("What is here", "N")
        + word_paragraph("The hive", "C")
        + "<w:p><w:pPr><w:outlineLvl w:val='1'/></w:pPr><w:r><w:t>Winter</w:t></w:r></w:p>"
        + word_paragraph("It is quiet.")
        + word_paragraph("The meadow", "H")
        + word_paragraph("It is loud.")
    )
    found = article(word_file(body, **{"word/styles.xml": styles}))
    assert shown(found) == [
        ("", "What is here"),
        ("Winter", "It is quiet."),
        ("The meadow", "It is loud."),
    ]
    assert found.paragraphs[1].ancestors == ("The hive",)


def test_a_style_that_is_named_a_heading_and_kept_with_the_next_paragraph_is_one():
    """The first of several is a section; without a title it names the article, too."""
    named = "Heading 1 Numbered", "Heading 1 Notes"
    kept = "<w:pPr><w:keepNext/></w:pPr>", ""
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{n}"><w:name w:val="{name}"/>{said}</w:style>'
        for n, (name, said) in enumerate(zip(named, kept, strict=True))
    )
    styles = f'<w:styles xmlns:w="{WORDS_OF_WORD}">{styles}</w:styles>'
    texts = (("The hive", "s0"), ("It hums.", ""), ("Winter", "s0"), ("Note well.", "s1"))
    body = "".join(word_paragraph(text, style) for text, style in texts)
    found = article(word_file(body, **{"word/styles.xml": styles}))
    assert found.title == "The hive"
    assert shown(found) == [("The hive", "It hums."), ("Winter", "Note well.")]


def test_short_paragraphs_in_bold_are_headings_where_no_style_makes_any():
    """By their style or by themselves; an entry that is a list of its own keeps its number."""
    own = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name[0]}"><w:name w:val="{name}"/>'
        "<w:rPr><w:b/></w:rPr></w:style>"
        for name in ("Bold", "caption")
    )
    styles = STYLES.replace("</w:styles>", f"{own}</w:styles>")
    numbering = (
        f'<w:numbering xmlns:w="{WORDS_OF_WORD}"><w:abstractNum w:abstractNumId="7">'
        '<w:lvl w:ilvl="0"><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num></w:numbering>'
    )
    marked = '<w:bookmarkStart w:id="1" w:name="hive"/><w:bookmarkEnd w:id="1"/>'
    entry = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    body = (
        word_paragraph("Of bees", "T")
        + word_paragraph("The hive", "B").replace("<w:r>", f"{marked}<w:r>")
        + word_paragraph("Bees live in hives.")
        + f"<w:p>{entry}<w:r><w:rPr><w:b/></w:rPr><w:t>Winter</w:t></w:r></w:p>"
        + word_paragraph("A hive in the snow", "c")
        + word_paragraph("It is quiet.")
    )
    parts = {**STYLED, "word/styles.xml": styles, "word/numbering.xml": numbering}
    assert shown(article(word_file(body, **parts))) == [
        ("The hive", "Bees live in hives."),
        ("I. Winter", "A hive in the snow"),
        ("I. Winter", "It is quiet."),
    ]


def test_contents_in_plain_paragraphs_of_word_are_left_out():
    """Where their name stands above them."""
    body = (
        word_paragraph("Of bees", "T")
        + word_paragraph("Contents")
        + "".join(word_paragraph(f"{name} {page}") for name, page in (("Hive", 3), ("Bees", 9)))
        + word_paragraph("Hive", "b1")
        + word_paragraph("Bees live in hives.")
    )
    assert shown(article(word_file(body, **STYLED))) == [("Hive", "Bees live in hives.")]


def test_tracked_changes_are_read_as_accepted():
    """What was inserted is text, what was deleted is none."""
    body = (
        "<w:p><w:r><w:t>The fee is </w:t></w:r>"
        "<w:del><w:r><w:delText>ten</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>twelve</w:t></w:r></w:ins>"
        "<w:r><w:t> dollars.</w:t></w:r></w:p>"
    )
    assert shown(article(word_file(body))) == [("", "The fee is twelve dollars.")]


M = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


def math(name, *parts):
    """An element of a formula with others in it, or with its signs."""
    return f"<m:{name}>{''.join(parts)}</m:{name}>"


def signs(text):
    return math("r", math("t", text))


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        (math("sSup", math("e", signs("r")), math("sup", signs("2"))), "r^2"),
        (math("sSub", math("e", signs("a")), math("sub", signs("n+1"))), "a_(n+1)"),
        (math("f", math("num", signs("a+b")), math("den", signs("2"))), "(a+b)/2"),
        (math("rad", math("deg"), math("e", signs("x"))), "√x"),
        (math("d", math("e", signs("x+1"))), "(x+1)"),
        (
            math(
                "d",
                math("dPr", '<m:begChr m:val="["/><m:endChr m:val="]"/>'),
                math("e", signs("x")),
            ),
            "[x]",
        ),
        (
            math(
                "nary",
                math("naryPr", '<m:chr m:val="∑"/>'),
                math("sub", signs("k=1")),
                math("sup", signs("n")),
                math("e", signs("k")),
            ),
            "∑_(k=1)^n k",
        ),
        (
            math(
                "func",
                math("fName", math("limLow", math("e", signs("lim")), math("lim", signs("n→∞")))),
                math("e", signs("x")),
            ),
            "lim_(n→∞) x",
        ),
        (math("m", math("mr", math("e", signs("1")), math("e", signs("0")))), "1, 0;"),
    ],
)
def test_a_formula_of_word_stays_in_its_sentence(formula, text):
    """As its signs in a line; without them the sentence would say less than its author."""
    whole = f"<m:oMath {M}>{formula}</m:oMath>"
    sentence = f"<w:p><w:r><w:t>The area is </w:t></w:r>{whole}<w:r><w:t>.</w:t></w:r></w:p>"
    alone = f"<w:p><m:oMathPara {M}>{whole}{whole}</m:oMathPara></w:p>"
    found = article(word_file(sentence + alone, **STYLED))
    assert [p.text for p in found.paragraphs] == [f"The area is {text}.", f"{text} {text}"]
    assert article(word_file(sentence)).paragraphs == found.paragraphs[:1]  # without any styles


def test_a_list_in_a_cell_stays_behind_the_words_before_it():
    """They do not become a paragraph of their own before the table."""
    page = (
        "<table><tr><th>Bee</th><th>Work</th></tr><tr><td>Worker</td>"
        "<td>It does:<ul><li>cleaning</li><li>feeding</li></ul>and it flies.</td></tr></table>"
    )
    blocks = fragment_blocks(page)
    assert [block.text for block in blocks] == [
        "Bee | Work\nWorker | It does: • cleaning • feeding and it flies."
    ]


def test_a_table_of_word_is_rows_with_cells():
    """A line a row, as in Markdown."""
    cells = ["".join(f"<w:tc>{word_paragraph(c)}</w:tc>" for c in row) for row in ("ab", "cd")]
    body = f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"
    assert shown(article(word_file(body))) == [("", "a | b\nc | d")]


def test_an_open_document_has_headings_lists_and_notes():
    """Changes that were rejected, and comments, are no text."""
    body = (
        "<text:tracked-changes><text:p>Deleted.</text:p></text:tracked-changes>"
        '<text:h text:outline-level="1">The hive</text:h>'
        "<text:p>Bees<text:s/>live in<text:note><text:note-citation>1</text:note-citation>"
        "<text:note-body><text:p>Or on them.</text:p></text:note-body></text:note> hives."
        "<office:annotation><text:p>Really?</text:p></office:annotation></text:p>"
        "<text:p>They need:</text:p>"
        "<text:list><text:list-item><text:p>water</text:p></text:list-item>"
        "<text:list-item><text:p>air</text:p></text:list-item></text:list>"
    )
    found = article(open_document(body))
    assert found.title == "The hive"
    assert [p.text for p in found.paragraphs] == [
        "Bees live in hives.",
        "They need:\n• water\n• air",
        "Or on them.",
    ]


def test_the_title_of_an_open_document_is_the_paragraph_in_its_style():
    """Of several, the one that says something; others may hold a picture."""
    body = (
        '<text:p text:style-name="Title"/><text:p text:style-name="Title">Of bees</text:p>'
        '<text:h text:outline-level="1">The hive</text:h><text:p>It hums.</text:p>'
    )
    found = article(open_document(body))
    assert found.title == "Of bees"
    assert [(p.heading, p.text) for p in found.paragraphs] == [("The hive", "It hums.")]


def test_a_numbered_list_goes_on_behind_the_text_between():
    """Where the document says so."""
    counts = '<text:list-style style:name="L1"><text:list-level-style-number/></text:list-style>'
    entries = [f"<text:list-item><text:p>{name}</text:p></text:list-item>" for name in "abc"]
    body = (
        f'<text:list text:style-name="L1">{entries[0]}{entries[1]}</text:list>'
        "<text:p>Then</text:p>"
        f'<text:list text:style-name="L1" text:continue-numbering="true">{entries[2]}</text:list>'
        f'<text:list text:style-name="L1">{entries[0]}</text:list>'
    )
    found = article(open_document(body, counts))
    assert [p.text for p in found.paragraphs] == ["1. a\n2. b", "Then", "3. c", "1. a"]


def test_a_book_is_read_in_the_order_of_its_spine():
    """Contents and imprint are left out, and calls of notes; the contents name chapters."""
    chapters = {
        "c2.xhtml": "<h2>Winter</h2><p id='w'>It is quiet."
        "<a epub:type='noteref' href='#n'>1</a> <a href='#fn-2'>[2]</a></p>",
        "c1.xhtml": "<p>Bees live in hives.</p>",
        "copyright.xhtml": "<p>Some rights.</p>",
        "front.xhtml": "<p>© 2014 Ada. ISBN 978-0-00-000000-0. All rights reserved.</p>",
        "imprint.xhtml": "<section epub:type='copyright-page'><p>All rights.</p></section>",
        "nav.xhtml": "<nav epub:type='toc'><a href='c1.xhtml'>The hive</a></nav>",
    }
    order = ("imprint", "front", "copyright", "c1", "winter", "c1")
    spine = "".join(f'<itemref idref="{n}.xhtml"/>' for n in order)
    manifest = (
        '<item id="n" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
        '<item id="winter.xhtml" href="c2.xhtml#w" media-type="application/xhtml+xml"/>'
    )
    metadata = "<dc:title>Of bees</dc:title><dc:creator>Ada</dc:creator>"
    found = article(book(chapters, metadata, spine, manifest))
    assert (found.title, found.author) == ("Of bees", "Ada")
    assert shown(found) == [("The hive", "Bees live in hives."), ("Winter", "It is quiet.")]
    assert found.paragraphs[1].place.anchor == "OEBPS/c2.xhtml#w"


def test_a_list_of_places_in_the_book_is_no_text():
    """Whatever it is called; a list with links elsewhere stays."""
    places = "".join(f'<li><a href="#p{n}">Plate {n}</a></li>' for n in range(6))
    sources = "".join(f'<li><a href="https://x.org/{n}">Source {n}</a></li>' for n in range(6))
    text = "Bees live in hives, and so they do here. " * 9
    chapter = f"<p>{text}</p><ul>{places}</ul><ol>{sources}</ol>"
    _, found = read_document(book({"one.xhtml": chapter})).blocks
    assert found.text.startswith("1. Source 0")


def test_contents_that_are_written_as_text_are_left_out():
    """The short lines below their heading that name pages, up to the first that is long."""
    text = "Bees live in hives, and so they do here, from the first day of spring on. " * 3
    listed = "<h1>Table of Contents</h1><p>The hive 1</p><p>Winter 12</p>"
    found = article(book({"one.xhtml": f"{listed}<p>{text}</p><p>So it is.</p>"}))
    assert shown(found) == [("", text.strip()), ("", "So it is.")]
    box = f"<h1>Contents</h1><p>A frame</p><p>Wax</p><p>{text}</p>"
    assert len(article(book({"one.xhtml": box})).paragraphs) == 3


def test_a_book_of_its_title_page_alone_is_read():
    """There is nothing else to read in it."""
    found = article(book({"titlepage.xhtml": "<h1>Of bees</h1><p>Bees live in hives.</p>"}))
    assert shown(found) == [("", "Bees live in hives.")]


def test_line_ends_are_blanks_but_in_scripts_without_spaces():
    """Whether they stand in the file or are set with `<br>`."""
    body = "<p>Bees live<br/>in\nhives.</p><p>みつばちは<br/>巣箱に\n  住みます。</p>"
    texts = [text for _, text in shown(article(book({"c.xhtml": body})))]
    assert texts == ["Bees live in hives.", "みつばちは巣箱に住みます。"]


def test_pages_of_the_printed_book_are_known():
    """As its file marks them."""
    body = (
        "<span epub:type='pagebreak' title='7'/><p>Bees live in hives.</p>"
        "<span epub:type='pagebreak'>viii</span><p>In winter it is quiet.</p>"
    )
    found = article(book({"c.xhtml": body}))
    assert [p.place.printed_page for p in found.paragraphs] == ["7", "viii"]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (word_file("<w:p/>", **{"word/x.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x/>'}), "entities"),
        (word_file("<w:p>"), "damaged"),
        (word_file("")[:300], "cannot be read|damaged|another kind"),
        (book({}), "no text"),
        (book({"c.xhtml": "x"}, **{"META-INF/rights.xml": "<x/>"}), "protected"),
        (zip_of({"a.txt": "b"}), "another kind"),
        (bomb, "unpacks to more"),
        (b"\x89PNG\r\n", "picture"),
        (OLE, "old version of Office"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "office file has a password"),
        (b"\0\1\2\3", "no kind of file"),
        (b" \n", "empty"),
        (b"<?xml version='1.0'?><rss/>", "feed"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(content, problem):
    """In one sentence, with what to do."""
    with pytest.raises(UnreadableError, match=problem) as refusal:
        read_document(content() if callable(content) else content)
    assert refusal.value.remedy
