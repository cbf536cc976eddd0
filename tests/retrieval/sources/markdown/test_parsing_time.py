"""Reading Markdown takes time in proportion to its length, whatever it holds."""

import gc
import time
from itertools import chain

import pytest

from retrieval.sources.markdown.leftover_markup import leftover_markup
from retrieval.sources.markdown.markdown_blocks import markdown_blocks

SHORT = 1_500
NOTHING = 0.02  # seconds that are none: a busy machine may take them for anything
# Four times the text takes four times the time, or sixteen if each part looks at all others.
MOST_TIMES = 9
TRIES = 3  # the quickest of them counts
HOSTILE = [
    "<!--", "<a ", "<a b='", "<A {", "<?", "[", "![", "[[", "[^", "[^a]: ", "^[", "[a](", "[a]: ",
    "[a][b] ", "*", "_", "**a ", "~", "==", "`", "`a``b", "{{", "{% ", "{a=b ", "{#", "{/*", "&",
    "(", "|", "|a\n", "a|b\n-|-\n", ">", "- ", "- a\n  - b\n", "1. ", "\\", ":a:", "a  \n", " \t",
    "<div>\n\n", "<table><tr><td>\n\n", "<ul><li>", "<details>\n\n", "</s>", ":::a\n", ":::\n",
    "!!! a\n", '=== "a"\n', "import {\n", "<Foo\n", "{% highlight %}\n", "{{<\n", "a\n: b\n",
    "$", "$a ", "$`", "$$a\n", "\\[\n", "\\begin{a}\n", "<%", "%%", "{:toc}\n",
    "[b]", "[b][/i]", "[img]", "[url=a", "[quote]\n", "<a href=#",
    "![a](b =", "a~b", "a^b", "{a}`", ":ref:`a",
    ":::{a}\n:b: c\n", "% a\n", "<Foo a={<b\n", "*     a\n", "{#–", "<th data-hidden>",
    "::a\n", "::a\n---\n", "::\n", ":ab[c", ":::image ", "/// a\n", "/// a | b\n    c: d\n",
    "{! ", "<p markdown ", "<img\n",
    "{{< a b='c' >}}d", "<A b='c'>d", "@sec-a", "{::comment}", "\\index{a{", "\\@ref(", "(![a](b)",
]  # fmt: skip


def read(text):
    markdown_blocks(text.split("\n"), 1)
    list(leftover_markup(text.split("\n"), ".txt"))


def seconds(text):
    """What it takes this process alone, whatever else happens on the machine."""
    gc.disable()  # which looks at all objects that there are, the more the oftener
    start = time.process_time()
    read(text)
    taken = time.process_time() - start
    gc.enable()
    return taken


@pytest.mark.parametrize("unit", HOSTILE)
def test_time_grows_with_the_text_and_not_faster(unit):
    """Markup that is repeated and never closed, in a line and in lines of its own."""
    for start in ("", "x "):
        once = start + unit * (SHORT // len(unit))
        long = once + 3 * once
        first = seconds(long)
        if first <= NOTHING:
            continue
        most = max(MOST_TIMES * min(seconds(once) for _ in range(TRIES)), NOTHING)
        again = (seconds(long) for _ in range(TRIES - 1))
        assert any(taken <= most for taken in chain([first], again))
