"""What Word numbers has its numbers, as its readers see them."""

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


def entry(text, number="1", depth="0"):
    """A paragraph of the list of that number."""
    return (
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
        f"</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
    )


def texts(body, numbering):
    """The texts of a file with that body."""
    parts = {"word/styles.xml": STYLES, "word/numbering.xml": numbering}
    return [block.text for block in read_word(word_file(body, **parts)).blocks]


def test_entries_have_the_numbers_that_word_shows():
    """A list goes on counting behind a paragraph that stands between its entries."""
    body = entry("Wax") + entry("Comb", depth="1") + word_paragraph("Bees.") + entry("Honey")
    found = texts(body, NUMBERING.format(start=1, digits="lowerLetter"))
    assert found == ["a. Wax\n  a.1 Comb", "Bees.", "b. Honey"]


def test_a_list_begins_anew_where_its_file_says_so():
    """Once, where it comes first; two lists of one kind count together otherwise."""
    again = (
        '<w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="1"/></w:lvlOverride></w:num></w:numbering>'
    )
    numbering = NUMBERING.format(start=1, digits="decimal").replace("</w:numbering>", again)
    body = entry("A") + entry("B") + word_paragraph("Bees.") + entry("C", "2") + entry("D")
    assert texts(body, numbering) == ["1. A\n2. B", "Bees.", "1. C\n2. D"]


def test_a_level_may_go_on_counting_and_show_all_in_decimal_digits():
    """One that is passed over counts as well."""
    deep = """<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/>
    <w:lvlRestart w:val="1"/><w:isLgl/><w:lvlText w:val="%1.%2.%3"/></w:lvl></w:abstractNum>"""
    numbering = NUMBERING.format(start=1, digits="upperRoman").replace("</w:abstractNum>", deep)
    body = "".join(entry(word, depth=depth) for word, depth in zip("ABCDE", "02120", strict=True))
    (found,) = texts(body, numbering)
    assert found.split("\n") == ["I. A", "    1.1.1 B", "  I.2 C", "    1.2.2 D", "II. E"]


def test_numbered_paragraphs_stay_paragraphs_with_their_numbers():
    """As in contracts; a heading of that length is one of them."""
    clause = "The beekeeper looks into each hive once a week and writes down what there is. " * 5
    found = read_word(
        word_file(
            entry(clause) + entry(clause) + word_paragraph(clause, "H1"),
            **{
                "word/styles.xml": STYLES,
                "word/numbering.xml": NUMBERING.format(start=1, digits="decimal"),
            },
        )
    ).blocks
    assert [block.text for block in found] == [
        f"{number}. {clause.strip()}" for number in (1, 2, 3)
    ]
    assert not any(block.is_heading for block in found)


def test_a_heading_without_a_list_has_no_number():
    """As where the file has no numbering at all."""
    parts = {"word/styles.xml": STYLES}
    body = word_paragraph("Hives", "H1") + word_paragraph("Bees.")
    found = read_word(word_file(body, **parts)).blocks
    assert [block.text for block in found] == ["Hives", "Bees."]
