"""Lines are read from the places of characters, in scripts that need them most."""

from dataclasses import dataclass

from retrieval.sources.pdf.page_lines import PageLines


@dataclass
class PlacedCharacters:
    """Characters with the left and right edge of each; those from 1000 on are on a second line.

    They are 12 points large, those that do not stand in the file 1 point, as in PDFium.
    """

    codes: list[int]
    edges: list[tuple[float, float]]

    def is_made(self, index):
        return self.edges[index][0] == self.edges[index][1]

    def origin(self, index):
        below, left = divmod(self.edges[index][0], 1000)
        return left, 100.0 - 15 * below

    def box(self, index):
        left, base = self.origin(index)
        width = self.edges[index][1] - self.edges[index][0]
        return left, base - 2, left + width, base + 10

    def ink(self, index):
        left, bottom, right, _ = self.box(index)
        return left, bottom + 9, right, bottom + 11

    def angle(self, _):
        return 0.0

    def size(self, index):
        return 1.0 if self.is_made(index) else 12.0

    def is_bold(self, _):
        return False

    def font(self, _):
        return "Helvetica"

    def is_fixed(self, _):
        return False


def lines(*placed):
    """The lines of (character, left, right) triples on a page 600 points wide."""
    characters = PlacedCharacters(
        [ord(char) for char, _, _ in placed], [(left, right) for _, left, right in placed]
    )
    return list(PageLines(characters, 600, 800, 1).lines())


def test_lam_and_alef_of_one_shape_stand_in_the_order_in_which_they_are_read():
    """Both come from one place, the wrong way round."""
    found = lines(
        ("\u062e", 90, 97), ("\u0627", 83, 90), ("\u0644", 83, 90), ("\u0644", 77, 83)
    )  # fmt: skip
    assert [line.text for line in found] == ["\u062e\u0644\u0627\u0644"]


def test_alef_and_lam_of_two_shapes_stay():
    """As in the article."""
    found = lines(("\u0627", 90, 93), ("\u0644", 84, 90), ("\u0628", 80, 84))
    assert [line.text for line in found] == ["\u0627\u0644\u0628"]


def test_a_mark_comes_behind_the_letter_that_it_stands_on():
    """And the blank that was made for it goes."""
    (found,) = lines(
        ("\u064a", 90, 95), (" ", 90, 90), ("\u064b", 84, 86), ("\u0636", 80, 90),
        ("\u0627", 76, 80),
    )  # fmt: skip
    assert found.text.replace("\u200b", "") == "\u064a\u0636\u064b\u0627"


def test_a_row_from_right_to_left_begins_with_its_right_cell():
    """Where the file has the left one first."""
    (left, right) = lines(
        ("\u0628", 50, 56), ("\u062a", 44, 50), (" ", 40, 44), ("\u062b", 500, 506),
        ("\u062c", 494, 500),
    )  # fmt: skip
    assert (left.text, right.text) == ("\u0628\u062a", "\u062b\u062c")
    assert right.start < left.start


def test_a_korean_word_that_the_end_of_a_line_cuts_is_told_by_the_missing_blank():
    """In files that have blanks at the ends of other lines."""
    first, second, third = lines(
        ("가", 10, 22), ("나", 22, 34), (" ", 34, 38), ("\r", 38, 38), ("\n", 38, 38),
        ("다", 10, 22), ("라", 22, 34), ("\r", 34, 34), ("\n", 34, 34), ("마", 10, 22),
    )  # fmt: skip
    assert [line.is_cut for line in (first, second)] == [False, True]
    assert (second.marked, third.text) == ("다라\u2060", "마")


def test_a_blank_within_the_shape_of_a_ligature_is_none():
    """Both letters of it have one place, and the next letter follows without a gap."""
    shape = (("f", 10, 17), ("l", 10, 17), (" ", 13, 17))
    assert [line.text for line in lines(*shape, ("u", 17.3, 24))] == ["fl\u200bu"]
    assert [line.text for line in lines(*shape, ("u", 20.4, 27))] == ["fl u"]


def test_a_blank_that_is_made_between_chinese_characters_is_none():
    """However they are spread; one that the file has stays."""
    made = lines(("蜜", 50, 62), (" ", 64, 64), ("蜂", 64, 76))
    kept = lines(("蜜", 50, 62), (" ", 62, 65), ("蜂", 65, 77))
    assert [line.text.replace("\u200b", "") for line in (*made, *kept)] == ["蜜蜂", "蜜 蜂"]


def test_a_soft_hyphen_that_is_seen_within_a_line_is_a_hyphen():
    """At the end of a line it may divide a word."""
    (found,) = lines(("o", 10, 16), ("\xad", 16, 20), ("a", 20, 26), ("\xad", 26, 30))
    assert found.text == "o-a\xad"


def test_a_raised_mark_that_the_file_does_not_name_is_an_apostrophe_between_letters():
    """Elsewhere it stays unknown."""
    (found,) = lines(
        ("l", 10, 13), ("\0", 13, 15), ("a", 15, 21), ("\ufffd", 21, 23), ("1", 23, 29)
    )
    assert found.text == "l’a\ufffd1"


def test_a_line_whose_end_is_not_told_has_the_size_of_its_letters():
    """Blanks that do not stand in the file have none."""
    first = [(char, left, left + 8) for left, char in zip((50, 58, 66), "bee", strict=True)]
    found = lines(
        *first, (" ", 74, 74), ("o", 1050, 1058), ("n", 1058, 1066), (" ", 1070, 1070),
        ("i", 1070, 1073), ("t", 1073, 1078),
    )  # fmt: skip
    assert [(line.text, line.size) for line in found] == [("bee", 12.0), ("on it", 12.0)]


def test_what_begins_far_left_of_the_end_of_a_line_is_the_next_one():
    """Where two lines are set so close that PDFium takes them for one."""
    found = lines(
        ("b", 380, 388), ("e", 388, 396), (" ", 396, 399), ("o", 400, 408), (" ", 60, 60),
        ("w", 60, 70), ("a", 70, 78),
    )  # fmt: skip
    assert [line.text for line in found] == ["be o", "wa"]


def spelled(*words):
    """The characters of (word, left) pairs, each with a blank of the file's behind it."""
    return [
        (char, left + 8 * n, left + 8 * n + 8)
        for word, left in words
        for n, char in enumerate(f"{word} ")
    ]


def test_a_wide_gap_behind_a_blank_parts_two_cells():
    """As in tables whose cells end with a blank."""
    found = lines(*spelled(("bees", 50), ("ten", 120), ("two", 250)))
    assert [line.text for line in found] == ["bees", "ten", "two"]


def test_words_that_are_all_as_far_apart_are_one_line():
    """As in a narrow column with even edges; numbers so far apart are cells."""
    found = lines(*spelled(("some", 50), ("other", 110), ("names", 178)))
    assert [line.text for line in found] == ["some other names"]
    found = lines(*spelled(("1996", 50), ("1997", 110), ("1998", 170)))
    assert [line.text for line in found] == ["1996", "1997", "1998"]
