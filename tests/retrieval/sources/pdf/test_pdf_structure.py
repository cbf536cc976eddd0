"""PDFs become paragraphs as readers see them: over lines, columns and pages."""

import pytest
from document_files import BODY, LEADING, PdfWriter

from retrieval.articles import ParagraphKind
from retrieval.sources.documents.document import UnreadableError
from retrieval.sources.documents.document_articles import document_article
from retrieval.sources.pdf.pdf_structure import read_pdf

FIRST = (
    "Bees live in hives, where each of them has work to do from the day on",
    "which it leaves its cell. The youngest clean the combs; after three weeks",
    "they fly out for the first time and learn the way home.",
)
WORDS = [f"{one}{other}" for one in "BDGKL" for other in ("ak", "el", "im", "on", "us")]
SECOND = (
    "In winter the hive is quiet. The bees sit close together around their",
    "queen, tremble to stay warm, and eat what they gathered in summer.",
)


def article(pdf):
    document = read_pdf(pdf.content())
    return document_article(document, "x", "A file", lambda _: "en")


def texts(found):
    return [paragraph.text for paragraph in found.paragraphs]


def test_lines_become_paragraphs_under_their_headings():
    """Headings are larger or bold; each paragraph knows its page."""
    pdf = PdfWriter()
    pdf.line("Of bees", size=20, down=40)
    pdf.line("The hive", size=14, down=24)
    pdf.lines(*FIRST)
    pdf.page()
    pdf.line("Winter", font="Helvetica-Bold", down=16)
    pdf.lines(*SECOND)
    found = article(pdf)
    assert found.title == "Of bees"
    assert texts(found) == [" ".join(FIRST), " ".join(SECOND)]
    assert [p.heading for p in found.paragraphs] == ["The hive", "Winter"]
    assert [p.place.page for p in found.paragraphs] == [1, 2]


def test_a_paragraph_is_told_by_its_indent_too():
    """Where no space stands between paragraphs."""
    pdf = PdfWriter()
    for paragraph in (FIRST, SECOND, FIRST):
        pdf.line(paragraph[0], left=84)
        for text in paragraph[1:]:
            pdf.line(text)
    assert texts(article(pdf)) == [" ".join(FIRST), " ".join(SECOND), " ".join(FIRST)]


def test_two_lines_that_end_at_one_place_are_a_paragraph_of_a_narrow_column():
    """Though a wider one is near."""
    pdf = PdfWriter()
    narrow = ("Drones and Larvae and Queens and", "Queens and Larvae and Drones and")
    pdf.lines(*FIRST)
    pdf.space(40)
    pdf.lines(*narrow)
    assert texts(article(pdf)) == [" ".join(FIRST), " ".join(narrow)]


def test_bold_capitals_with_a_colon_head_what_is_below():
    """As in forms; a colon after other words leads in to it."""
    pdf = PdfWriter()
    pdf.line("Of bees", size=20, down=40)
    for name, paragraph in (("THE HIVE:", FIRST), ("Winter:", SECOND)):
        pdf.line(name, font="Helvetica-Bold", down=24)
        pdf.lines(*paragraph)
    found = article(pdf)
    assert texts(found) == [" ".join(FIRST), "Winter:", " ".join(SECOND)]
    assert {p.heading for p in found.paragraphs} == {"THE HIVE:"}


def test_capitals_with_a_colon_begin_a_paragraph():
    """Behind the end of a sentence, however full its line is."""
    pdf = PdfWriter()
    pdf.lines("SUMMARY: Of all the bees that live in hives here only few come through a winter.")
    pdf.lines(
        "DATES: The hive is quiet from October on, and the bees sit close together, as", "all do."
    )
    assert [text.partition(":")[0] for text in texts(article(pdf))] == ["SUMMARY", "DATES"]


def test_columns_are_read_one_after_the_other():
    """Also where the file has the lines of both side by side."""
    pdf = PdfWriter()
    left = [f"The left column has words in its line {n}," for n in range(12)]
    right = [f"and so does the right one, in line {n}," for n in range(12)]
    for n, (one, other) in enumerate(zip(left, right, strict=True)):
        pdf.line(one, left=50, top=100 + 12 * n)
        pdf.line(other, left=310, top=100 + 12 * n)
    assert " ".join(texts(article(pdf))) == " ".join([*left, *right])


def test_a_paragraph_goes_on_over_the_page_and_what_repeats_there_is_no_text():
    """Running heads and page numbers stand between its parts."""
    pdf = PdfWriter()
    for number in range(1, 5):
        pdf.line("The life of bees", top=40, size=8)
        pdf.line(f"Page {number}", left=280, top=800, size=8)
        pdf.line("Anybody may share what is said here, and need not ask us. " * 3, top=815, size=4)
        pdf.lines(
            *(
                f"{WORDS[n]} {WORDS[number]} is a word of a story that fills its line,"
                for n in range(25)
            )
        )
        pdf.page()
    (text,) = texts(article(pdf))
    assert "The life of bees" not in text
    assert "Page" not in text
    assert "share" not in text
    assert f"line, {WORDS[0]} {WORDS[2]} is a word" in text


def test_words_divided_at_the_end_of_a_line_are_whole_again():
    """A hyphen that belongs to a word stays."""
    pdf = PdfWriter()
    pdf.lines(
        "There is no information on how a hive comes to its decision, but the obser-",
        "vation of many hives shows that the oldest bees take part. A well-",
        "known experiment by a beekeeper from the moun-",
        "tains confirms it.",
    )
    (text,) = texts(article(pdf))
    assert "the observation of many" in text
    assert "A well-known experiment" in text
    assert "the mountains confirms" in text


def test_blanks_that_the_file_leaves_out_are_found_by_the_gaps():
    """Some programs place words without a blank between them."""
    pdf = PdfWriter()
    words = ["Each", "word", "of", "this", "line", "is", "placed", "on", "its", "own", "here"]
    left = 70
    for word in words:
        pdf.line(word, left=left, top=100)
        left += pdf.canvas.stringWidth(word, "Helvetica", 10) + 2.8
    assert texts(article(pdf)) == [" ".join(words)]


def test_entries_are_a_list_and_rows_with_cells_a_table():
    """As lines of one paragraph, with their marks and with bars between the cells."""
    pdf = PdfWriter()
    pdf.lines(*FIRST)
    for entry in ("water, as much as it takes,", "sugar, and"):
        pdf.line(f"• {entry}")
    pdf.space(20)
    for row in (("Month", "Honey"), ("May", "2 kg"), ("June", "5 kg")):
        for left, cell in zip((70, 200), row, strict=True):
            pdf.line(cell, left=left, down=0)
        pdf.space(24)
    assert texts(article(pdf))[1:] == [
        "• water, as much as it takes,\n• sugar, and",
        "Month | Honey\nMay | 2 kg\nJune | 5 kg",
    ]


def test_a_row_as_wide_as_the_words_above_its_last_cell_stays_a_row():
    """The name of the last column ends where the numbers below it do."""
    pdf = PdfWriter()
    pdf.line("Honey in kg", left=200)
    for row in (("May", "12.5 and 0.3"), ("June", "15.0 and 1.1")):
        for left, cell in zip((70, 195), row, strict=True):
            pdf.line(cell, left=left, down=0)
        pdf.space(LEADING)
    assert texts(article(pdf)) == ["Honey in kg", "May | 12.5 and 0.3\nJune | 15.0 and 1.1"]


def test_what_stands_beside_the_page_is_no_text():
    """Such as the marks of a printer; running heads are told by their place on the page."""
    pdf = PdfWriter()
    for number in range(1, 5):
        pdf.canvas.setCropBox((20, 90, 575, 780))
        pdf.line("hive.indd 12:30", top=830)
        pdf.line("The life of bees", top=80, size=8)
        pdf.lines(*(f"{WORDS[n]} {WORDS[number]} is a word of a story," for n in range(25)))
        pdf.page()
    text = " ".join(texts(article(pdf)))
    assert text.startswith(f"{WORDS[0]} {WORDS[1]} is a word")
    assert "life" not in text
    assert "indd" not in text


def test_a_term_and_its_explanation_beside_it_are_one_paragraph():
    """The explanation goes on in the next line, which a row of a table does not."""
    pdf = PdfWriter()
    pdf.line("--quiet", down=0)
    pdf.line("Say nothing while the honey is counted, and only", left=150)
    pdf.line("write down at the end how much there was.", left=150)
    (text,) = texts(article(pdf))
    assert text == (
        "--quiet Say nothing while the honey is counted, and only write down at the end how "
        "much there was."
    )


def test_lines_with_wide_blanks_stay_in_their_paragraph():
    """They are as wide as the others, which rows of a table are not."""
    pdf = PdfWriter()
    width = pdf.canvas.stringWidth
    lines = (
        ("Much of the power of the hive comes from the way in which its many bees work,",),
        ("and more on how the bees fit into the hive", "how they can be"),
        ("used with others than on how they are made", "inside. But as"),
        ("the hive has grown and spread this way has often been lost to the bees, too.",),
    )
    end = 70 + width(lines[0][0], "Helvetica", 10)
    for first, *rest in lines:
        pdf.line(first, down=0 if rest else 12)
        for text in rest:
            pdf.line(text, left=end - width(text, "Helvetica", 10))
    assert texts(article(pdf)) == [" ".join(part for line in lines for part in line)]


def test_an_index_below_an_exponent_does_not_divide_the_paragraph():
    """Both stand at the same place behind a letter."""
    pdf = PdfWriter()
    pdf.line("Let each hive be a sequence of days w", down=0)
    end = 70 + pdf.canvas.stringWidth("Let each hive be a sequence of days w", "Helvetica", 10)
    pdf.space(-4)
    pdf.line("(i)", left=end, size=7, down=7)
    pdf.line("1", left=end, size=7, down=-3)
    pdf.line(", of which the last one", left=end + 6.5)
    pdf.line("is the day on which we look into it for the first time.")
    (text,) = texts(article(pdf))
    assert text == (
        "Let each hive be a sequence of days w(i)1, of which the last one is the day on which we "
        "look into it for the first time."
    )


def test_a_line_in_small_capitals_stays_in_its_sentence():
    """Names are set so, also where they fill most of a line."""
    pdf = PdfWriter()
    pdf.lines(
        "All that is told of the hive in these pages stands in other books, too,",
        "and whoever reads them finds it there once more, and far better said in",
    )
    pdf.space(-10)
    pdf.line("PART TWO OF THE LARGE BOOK OF THE BEES", size=8.5)
    (text,) = texts(article(pdf))
    assert text.endswith("far better said in PART TWO OF THE LARGE BOOK OF THE BEES")


def test_lines_of_code_keep_their_indents_and_part_from_the_text_around_them():
    """Code is set in letters that are all as wide."""
    pdf = PdfWriter()
    pdf.lines(*FIRST)
    for text in ("def count(bees):", "    return len(bees)"):
        pdf.line(text, left=82, font="Courier")
    pdf.lines(*SECOND)
    found = article(pdf).paragraphs
    assert [p.text for p in found] == [
        " ".join(FIRST),
        "def count(bees):\n    return len(bees)",
        " ".join(SECOND),
    ]
    assert found[1].kind is ParagraphKind.CODE


def test_a_caption_comes_behind_the_paragraph_that_goes_on_over_it():
    """A picture stands at the head of the next page."""
    pdf = PdfWriter()
    pdf.lines(*FIRST[:2])
    pdf.page()
    pdf.line("Figure 3: Bees on the way home", down=30)
    pdf.line(FIRST[2])
    assert texts(article(pdf)) == [" ".join(FIRST), "Figure 3: Bees on the way home"]


def test_a_paragraph_in_ragged_lines_goes_on_in_the_next_column():
    """Its last line there is full, as the next word would not have fitted."""
    pdf = PdfWriter()
    for text in ("Bees live in hives, where each has", "work to do from the day on which it"):
        pdf.line(text, left=50)
    pdf.line("leaves its own cell and sees the", left=50)
    pdf.go_to(100)
    pdf.line("neighbourhood for the first time.", left=310)
    pdf.line("This goes on in summer.", left=310)
    (text,) = texts(article(pdf))
    assert text == (
        "Bees live in hives, where each has work to do from the day on which it leaves its own "
        "cell and sees the neighbourhood for the first time. This goes on in summer."
    )


def test_what_is_drawn_late_comes_first_where_it_stands_above():
    """Programs draw the frame with the title at the end."""
    pdf = PdfWriter()
    pdf.go_to(300)
    pdf.lines(*FIRST)
    pdf.line("All that is known of them in this year.", top=200)
    pdf.line("Of bees", size=20, top=150)
    found = article(pdf)
    assert found.title == "Of bees"
    assert texts(found) == ["All that is known of them in this year.", " ".join(FIRST)]


def test_a_foot_that_is_drawn_first_leaves_the_columns_in_their_order():
    """A summary over two columns comes before the text below it."""
    pdf = PdfWriter()
    pdf.line("Printed by the hive, in spring", top=800)
    for top, words in ((100, WORDS), (300, WORDS[::-1])):
        for left in (70, 320):
            pdf.go_to(top)
            for number in range(4):
                pdf.line(" ".join([str(left), str(top), *words[5 * number :][:5]]), left=left)
    found = " ".join(texts(article(pdf)))
    places = [found.index(text) for text in ("70 100", "320 100", "70 300", "320 300", "Printed")]
    assert places == sorted(places)


def test_the_number_of_the_page_tells_a_running_head_in_a_file_of_two_pages():
    """Where too few pages are there for it to come back."""
    pdf = PdfWriter()
    pdf.lines(*FIRST)
    pdf.page()
    pdf.line("2    Anna Bee et al.", top=50, size=9)
    pdf.lines(*SECOND)
    assert texts(article(pdf)) == [" ".join(FIRST), " ".join(SECOND)]


def test_words_with_a_number_that_goes_on_from_page_to_page_are_a_running_head():
    """Though the head of each page says something else, and the file has no such numbers."""
    pdf = PdfWriter()
    pages = ("", FIRST), ("56    Anna Bee et al.", SECOND), ("What Bees Eat    57", FIRST[1:])
    for head, paragraph in pages:
        pdf.line(head, top=50, size=10.5)
        pdf.lines(*paragraph)
        pdf.page()
    assert texts(article(pdf)) == [" ".join(paragraph) for _, paragraph in pages]


def test_a_title_at_the_head_of_every_page_is_the_title():
    """The date below it, which is the same on every page, is no text."""
    pdf = PdfWriter()
    pages = FIRST, SECOND, FIRST[1:]
    for paragraph in pages:
        pdf.line("Of bees", top=60, size=20)
        pdf.line("in May 2001", top=125)
        pdf.go_to(160)
        pdf.lines(*paragraph)
        pdf.page()
    found = article(pdf)
    assert found.title == "Of bees"
    assert texts(found) == [" ".join(paragraph) for paragraph in pages]


def test_an_imprint_and_a_mark_that_is_hidden_beside_the_text_are_no_text():
    """The mark stands below itself again and again; the text goes on without it."""
    pdf = PdfWriter()
    pdf.lines(*FIRST[:2])
    for number in range(5):
        pdf.line("a1111", left=20, top=400 + 12 * number)
    pdf.line("Letters on Bees, Vol. 4, No. 3, July 1982.", top=790, size=8)
    pdf.page()
    pdf.lines(*FIRST[2:])
    assert texts(article(pdf)) == [" ".join(FIRST)]


def test_numbers_that_go_on_from_page_to_page_are_no_text():
    """Wherever on the page they stand."""
    pdf = PdfWriter()
    for number, paragraph in ((239, FIRST), (240, SECOND)):
        pdf.lines(*paragraph)
        pdf.line(str(number), left=500, top=420)
        pdf.page()
    assert texts(article(pdf)) == [" ".join(FIRST), " ".join(SECOND)]


def test_the_first_lines_of_pages_set_wide_are_no_running_heads():
    """Although space parts them from what is below, as it parts all lines."""
    pdf = PdfWriter()
    pages = [FIRST, SECOND, FIRST[1:], SECOND[1:]]
    for lines in pages:
        for text in lines:
            pdf.line(text, down=20)
        pdf.page()
    found = " ".join(texts(article(pdf)))
    assert all(text in found for lines in pages for text in lines)


def test_heads_of_left_and_right_pages_and_an_imprint_are_no_text():
    """The heads say the same in another order."""
    pdf = PdfWriter()
    for number, head in enumerate((("Of bees", "A. Bee"), ("A. Bee", "Of bees"))):
        pdf.line(head[0], top=48 + 3 * number)
        pdf.line(head[1], left=400, top=48 + 3 * number)
        pdf.line(("doi:10.1/bees", "Wax, doi:10.1/wax")[number], top=790)
        pdf.line("", top=90)
        pdf.lines(*(FIRST, SECOND)[number])
        pdf.page()
    found = texts(article(pdf))
    assert sorted(found) == [" ".join(FIRST), " ".join(SECOND), "Wax, doi:10.1/wax"]


def test_heads_that_name_the_section_beside_the_book_are_no_text():
    """Though they are larger than the text, and the sheet is larger than the page was."""
    pdf = PdfWriter()
    sections = ("§ 7. Of wax", "Of honey", "Of drones")
    for section, paragraph in zip(sections, (FIRST, SECOND, FIRST[::-1]), strict=True):
        pdf.line("The law of the hive", top=170, size=13, font="Helvetica-Bold")
        pdf.line(section, left=400, top=170, size=13, font="Helvetica-Bold")
        pdf.go_to(200)
        pdf.lines(*paragraph)
        pdf.line("The hive at work", top=690, font="Helvetica-Oblique")
        pdf.page()
    found = article(pdf)
    assert {p.heading for p in found.paragraphs} == {""}
    assert texts(found) == [" ".join(FIRST), " ".join(SECOND), " ".join(FIRST[::-1])]


def test_what_stands_alone_below_the_text_of_all_other_pages_is_no_text():
    """The first page of a paper says there where it was printed."""
    pdf = PdfWriter()
    for number in range(3):
        pdf.lines(*(FIRST, SECOND, FIRST[::-1])[number])
        if not number:
            pdf.line("Letters of the Hive, Bonn 2003", top=780)
        pdf.page()
    assert texts(article(pdf)) == [" ".join(FIRST), " ".join(SECOND), " ".join(FIRST[::-1])]


def test_the_first_of_several_sections_is_the_title_and_stays_a_heading():
    """What is above it heads nothing of it."""
    pdf = PdfWriter()
    for heading, paragraph in (("The hive", FIRST), ("The winter", SECOND)):
        pdf.line(heading, size=16, down=28)
        pdf.lines(*paragraph)
        pdf.space(20)
    found = article(pdf)
    assert found.title == "The hive"
    assert [p.heading for p in found.paragraphs] == ["The hive", "The winter"]


def test_authors_below_the_title_head_nothing():
    """The abstract does, however it is set."""
    pdf = PdfWriter()
    pdf.line("Of bees and their hives*", size=20, down=40)
    pdf.line("Anna Bee and Carl Drone", size=14, down=24)
    pdf.line("Institute for Hives", size=7, down=24)
    pdf.line("Abstract", down=24)
    pdf.lines(*FIRST)
    found = article(pdf)
    assert found.title == "Of bees and their hives"
    assert [p.heading for p in found.paragraphs] == ["", "", "Abstract"]


def test_a_text_around_a_picture_does_not_hang():
    """Lines that begin far to the right leave room for it."""
    pdf = PdfWriter()
    pdf.lines(*FIRST)
    pdf.space(-10)
    pdf.line("In winter the hive is quiet. The bees sit close together around", left=84)
    narrow = [f"their queen, tremble and so on {word}" for word in WORDS[:9]]
    for text in narrow:
        pdf.line(text, left=270)
    (first, second) = texts(article(pdf))
    assert first == " ".join(FIRST)
    assert second.endswith(" ".join(narrow))


def test_an_indented_line_begins_a_paragraph_though_its_capital_is_lost():
    """Of some fonts ligatures come out without their first letters."""
    pdf = PdfWriter()
    for first, *rest in (
        FIRST,
        ("his hive is as quiet as any other, at least in winter, and the queen", *SECOND),
        FIRST,
    ):
        pdf.line(first, left=84)
        for text in rest:
            pdf.line(text)
    assert len(texts(article(pdf))) == 3


def test_a_summary_set_larger_than_the_text_is_no_heading():
    """The weight tells a title as large as the word above it, the sign a section of law."""
    pdf = PdfWriter()
    pdf.line("Review", size=20, down=24)
    pdf.line("Of bees", size=20, font="Helvetica-Bold", down=40)
    pdf.line("Abstract", size=14, font="Helvetica-Bold", down=20)
    for paragraph in (SECOND, FIRST[:2] * 3):
        for text in paragraph:
            pdf.line(text, size=12.5, down=16)
        pdf.space(20)
    pdf.line("§ 3 The hive.", font="Helvetica-Bold", down=20)
    for paragraph in (FIRST, SECOND, FIRST, SECOND, FIRST):
        pdf.lines(*paragraph)
    found = article(pdf)
    assert found.title == "Of bees"
    assert [p.heading for p in found.paragraphs][:3] == ["Abstract", "Abstract", "§ 3 The hive."]
    assert texts(found)[0] == " ".join(SECOND)


def test_a_line_further_left_than_an_entry_is_no_part_of_it():
    """Though no space parts it from what the entry ends with."""
    pdf = PdfWriter()
    pdf.line(f"• {FIRST[0][:-4]}", left=90)
    pdf.line("it leaves its cell, as all of them do who live there, in May or in June.", left=100)
    for text in FIRST:
        pdf.line(text)
    assert texts(article(pdf))[1] == " ".join(FIRST)


def test_numbered_capitals_and_bold_words_above_small_print_head_it():
    """As sections and the abstract of a paper do; what the lines of a title divide is whole."""
    pdf = PdfWriter()
    pdf.line("Of the Heart-", size=20, down=24)
    pdf.line("Warming Hive", size=20, down=40)
    pdf.line("Summary", size=8, font="Helvetica-Bold")
    for text in FIRST:
        pdf.line(text, size=8)
    pdf.space(20)
    pdf.line("I.", size=8, down=0)
    pdf.line("INTRODUCTION", size=8, left=100, down=24)
    pdf.line("Fig. 1: Bees", font="Helvetica-Bold", down=20)
    for paragraph in (FIRST, SECOND, FIRST):
        pdf.lines(*paragraph)
    found = article(pdf)
    assert found.title == "Of the Heart-Warming Hive"
    assert [(p.heading, p.text) for p in found.paragraphs[:2]] == [
        ("Summary", " ".join(FIRST)),
        ("I. INTRODUCTION", "Fig. 1: Bees"),
    ]


@pytest.mark.parametrize("font", ["Helvetica-Oblique", "Times-Roman"])
def test_a_short_line_in_another_font_right_above_a_paragraph_heads_it(font):
    """As papers and handbooks set it; a line that stands apart from the text is none."""
    name = "A. The hive in the winter, when nobody comes to open it"
    pdf = PdfWriter()
    pdf.lines(*FIRST)
    pdf.line(name, font=font)
    pdf.lines(*SECOND)
    pdf.line("Bees in a picture", font=font, down=60)
    pdf.lines(*FIRST)
    found = article(pdf)
    assert [(p.heading, p.text) for p in found.paragraphs] == [
        ("", " ".join(FIRST)),
        (name, " ".join(SECOND)),
        (name, "Bees in a picture"),
        (name, " ".join(FIRST)),
    ]


def test_small_capitals_in_bold_head_what_is_set_larger_below():
    """As laws set them; a sentence of that size is a note."""
    pdf = PdfWriter()
    pdf.lines(*SECOND)
    for heading in ("SEC. 2. HIVES.", "They are sold without bees."):
        pdf.line(heading, font="Helvetica-Bold", size=0.8 * BODY)
        pdf.lines(*FIRST)
    assert {p.heading for p in article(pdf).paragraphs} == {"", "SEC. 2. HIVES."}


def test_what_a_word_in_bold_or_a_rule_sets_apart_is_a_paragraph_of_its_own():
    """Structured abstracts run their headings in; a rule of hyphens is no text."""
    pdf = PdfWriter()
    for start, lines in (("Bees. ", FIRST), ("Hives. ", SECOND)):
        pdf.line(start, font="Helvetica-Bold", down=0)
        for number, line in enumerate(lines):
            pdf.line(line, left=70 if number else 110)
    pdf.line("-" * 40)
    found = [text.split(". ")[0] for text in texts(article(pdf))]
    assert found == ["Bees", "Hives"]


def test_lines_of_a_title_that_have_one_middle_belong_together():
    """However short one of them is."""
    pdf = PdfWriter()
    for text in ("The One Hundredth Congress", "of the", "Keepers of Bees"):
        pdf.canvas.setFont("Helvetica", 20)
        left = 300 - pdf.canvas.stringWidth(text) / 2
        pdf.line(text, left=left, size=20, down=24)
    pdf.space(30)
    pdf.lines(*FIRST)
    assert article(pdf).title == "The One Hundredth Congress of the Keepers of Bees"


def test_contents_with_dots_are_left_out():
    """They only repeat the headings."""
    pdf = PdfWriter()
    pdf.line("Of bees . . . . . . . . . . . . . . . . . . . . . 12")
    pdf.line("2", down=0)
    pdf.line("Of wasps ......................................... 15", left=110)
    pdf.space(30)
    pdf.lines(*FIRST)
    assert texts(article(pdf)) == [" ".join(FIRST)]


def test_bookmarks_say_what_is_a_heading():
    """Whatever it is set like."""
    pdf = PdfWriter()
    pdf.lines(*FIRST)
    pdf.canvas.bookmarkPage("w")
    pdf.canvas.addOutlineEntry("What bees do in winter", "w", 0)
    pdf.line("What bees do in winter", down=20)
    pdf.lines(*SECOND)
    assert [p.heading for p in article(pdf).paragraphs] == ["", "What bees do in winter"]


def test_a_scan_is_refused_and_an_empty_page_is_told():
    """There is nothing to read in pictures of pages."""
    pdf = PdfWriter()
    pdf.canvas.rect(100, 100, 200, 200, fill=1)
    pdf.page()
    pdf.canvas.rect(100, 100, 200, 200, fill=1)
    pdf.page()
    pdf.line("sw | +")
    with pytest.raises(UnreadableError, match="as a scan does; run text recognition"):
        read_pdf(pdf.content())
    pdf = PdfWriter()
    pdf.canvas.rect(100, 100, 200, 200, fill=1)
    pdf.page()
    pdf.lines(*FIRST)
    (warning,) = read_pdf(pdf.content()).warnings
    assert str(warning) == "page 1 holds only pictures"


def test_what_is_no_pdf_is_refused():
    """In one sentence."""
    with pytest.raises(UnreadableError, match="damaged"):
        read_pdf(b"%PDF-1.7 and nothing more")
