"""A paragraph is cited under its heading and those above it, as far as they fit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.composing.heading_path import LONGEST_PATH, heading_path
from retrieval.articles import Paragraph


def path(*headings):
    return heading_path(Paragraph("a", 1, headings[-1], "Text.", headings[:-1]))


@pytest.mark.parametrize(
    ("headings", "shown"),
    [
        (("",), ""),
        (("§ 8",), "§ 8"),
        (("Part 2", "Chapter 1", "§ 8"), "Part 2 › Chapter 1 › § 8"),
        (("x" * 200, "Chapter 1", "§ 8"), "… › Chapter 1 › § 8"),
        (("Part 2", "x" * 200, "§ 8"), "… › § 8"),
        (("Part 2", "x" * 200), f"… › {'x' * 200}"),
    ],
)
def test_the_nearest_headings_are_shown_as_far_as_they_fit(headings, shown):
    """An ellipsis stands for those that do not."""
    assert path(*headings) == shown


@given(st.lists(st.text("ab ", min_size=1, max_size=60), min_size=1, max_size=8))
def test_its_own_heading_is_always_whole(headings):
    """And all together fit into a line."""
    shown = path(*headings)
    assert shown.endswith(headings[-1])
    assert len(shown) <= LONGEST_PATH
