"""Pages whose letters come out as symbols are told from pages of formulas and code."""

from retrieval.sources.documents.cautions import Caution
from retrieval.sources.pdf.damaged_letters import damages, unreadable_pages
from retrieval.sources.pdf.text_lines import TextLine, TextPage

PROSE = "The hive is quiet in winter, and the bees sit close together."
GARBLED = "% & \x08 ! $ ' ( | * + % (-.45) & % + 3 ) % % & ' \x1a\x08"
NUMBERED = "7KHKLYHLVTXLHWLQZLQWHU DQGWKHEHHVVLWFORVHWRJHWKHU"
# Arabic in a font of old that has its letters where Latin ones are.
OLD_FONT = "ozUIŠ W×zô X½d²½ô« rJ³O³Þ WFł«d UuKF*« wFO³Þ qJAÐË"
MIXED = "ԔϸЇе ΰλд ߙϣd gϙЖe дϢa"


def page(number, *texts):
    return TextPage(number, 600, 800, tuple(line(text) for text in texts))


def line(text):
    return TextLine(text, 50, 500, 100, 12)


def test_pages_of_symbols_are_unreadable():
    """Those are named, the others are not."""
    pages = [page(1, *[PROSE] * 6), page(2, *[GARBLED] * 8), page(3, *[MIXED] * 12)]
    pages += [page(4, *[NUMBERED] * 6), page(5, *[OLD_FONT] * 6)]
    assert [found.number for found in unreadable_pages(pages)] == [2, 3, 4, 5]


def test_few_such_pages_among_many_are_formulas_or_code():
    """They stay."""
    pages = [page(number, *[PROSE] * 6) for number in range(1, 9)]
    names = page(10, *["Set strokeStyle and lineWidth before drawing lines with them"] * 10)
    assert unreadable_pages([*pages[:2], names, names]) == []
    assert unreadable_pages([*pages, page(9, *["d(P, A) + d(A, C) > d(P, C)"] * 10)]) == []


def test_symbols_inside_of_words_are_told():
    """One sentence for all."""
    assert [str(one) for one in damages([line("the e↵orts of o↵ices su↵er")])] == [
        "letters of this PDF are damaged: symbols stand inside of words"
    ]
    assert list(damages([line(PROSE)])) == []


def test_lost_parts_of_words_are_told():
    """No text of that length does without any word such as "find"."""
    whole = line("Few of us find the first of the flowers before the offer ends, for all is full.")
    lost = line("Few of us ind the irst of the lowers before the ofer ends, for all is full.")
    assert [one.caution for one in damages([lost] * 20)] == [Caution.LIGATURES_LOST]
    assert list(damages([lost] * 3)) == []
    assert list(damages([whole] * 20)) == []
