"""Headings that Word numbers have their numbers, as its readers see them."""

from document_files import WORDS_OF_WORD, word_file, word_paragraph

from retrieval.sources.documents.formats.word_file import read_word

STYLES = f"""<w:styles xmlns:w="{WORDS_OF_WORD}">
<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/>
<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/><w:basedOn w:val="H1"/>
<w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style></w:styles>"""
NUMBERING = f"""<w:numbering xmlns:w="{WORDS_OF_WORD}">
<w:abstractNum w:abstractNumId="7">
<w:lvl w:ilvl="0"><w:start w:val="{{start}}"/><w:numFmt w:val="{{digits}}"/>
<w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num></w:numbering>"""


def headings(*styled, start=1, digits="decimal"):
    """The headings of a file with paragraphs of these (style, text)."""
    body = "".join(word_paragraph(text, style) + word_paragraph("Bees.") for style, text in styled)
    parts = {
        "word/styles.xml": STYLES,
        "word/numbering.xml": NUMBERING.format(start=start, digits=digits),
    }
    return [block.text for block in read_word(word_file(body, **parts)).blocks if block.is_heading]


def test_headings_are_numbered_by_their_styles():
    """A deeper level begins anew under each of the level above."""
    found = headings(
        ("H1", "Hives"), ("H2", "Straw"), ("H2", "Wood"), ("H1", "Bees"), ("H2", "Queens")
    )  # fmt: skip
    assert found == ["1. Hives", "1.1 Straw", "1.2 Wood", "2. Bees", "2.1 Queens"]


def test_a_list_counts_in_its_own_digits_from_where_it_begins():
    """Roman ones, or letters."""
    assert headings(("H1", "A"), ("H2", "B"), start=4, digits="upperRoman") == ["IV. A", "IV.1 B"]
    assert headings(("H1", "A"), start=3, digits="lowerLetter") == ["c. A"]
    assert headings(("H1", "A"), start=1, digits="bullet") == ["A"]


def test_a_heading_without_a_list_has_no_number():
    """As where the file has no numbering at all."""
    parts = {"word/styles.xml": STYLES}
    body = word_paragraph("Hives", "H1") + word_paragraph("Bees.")
    found = read_word(word_file(body, **parts)).blocks
    assert [block.text for block in found] == ["Hives", "Bees."]
