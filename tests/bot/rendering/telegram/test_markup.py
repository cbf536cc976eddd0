"""Texts and entities stay within the limits of a message."""

from hypothesis import given
from hypothesis import strategies as st

from bot.composing.answer_composer import Citation
from bot.rendering.telegram.markup import (
    LONGEST_SENT_MESSAGE,
    Writer,
    answer_message,
    fitting,
    plain,
)
from bot.rendering.telegram.text_length import beginning, cut, utf16
from retrieval.articles import Article, Paragraph, Quote, Span

texts = st.text(st.characters(codec="utf-8"), max_size=400)


def citations(quotes, footnote):
    made = []
    for number, text in enumerate(quotes, start=1):
        paragraph = Paragraph("a", number, "", text)
        article = Article("a", "A", "en", (paragraph,))
        quote = Quote(paragraph, (Span(0, len(text)),))
        made.append(Citation(number, quote, article, footnote))
    return made


def covered(marked, entity):
    units = marked.text.encode("utf-16-le", "surrogatepass")
    part = units[2 * entity.offset : 2 * (entity.offset + entity.length)]
    return part.decode("utf-16-le")


@given(texts, st.lists(texts.filter(str.strip), max_size=12), st.lists(texts, max_size=9), texts)
def test_an_answer_fits_into_one_message(lead, quotes, notes, footnote):
    """With as many quotes as are said to fit, at least one."""
    cited = citations(quotes, footnote)
    count = fitting(lead, cited, notes, lambda _: "https://t.me") if cited else 0
    assert count or not cited
    marked = answer_message(lead, cited[:count], notes, lambda _: "https://t.me")
    assert marked.fits


@given(st.lists(texts.filter(str.strip), min_size=1, max_size=4))
def test_each_block_quotation_is_the_quote(quotes):
    """Entities are counted in UTF-16 units, whatever the text holds."""
    marked = answer_message("Lead:", citations(quotes, "F"), (), lambda _: "https://t.me")
    blocks = [covered(marked, e) for e in marked.entities if "blockquote" in e.kind]
    assert len(blocks) == len(quotes)
    for block, quote in zip(blocks, quotes, strict=True):
        assert len(block) == len(quote)
        assert all(one in (other, " ") for one, other in zip(block, quote, strict=True))


@given(texts, st.integers(1, 300))
def test_a_cut_text_is_its_own_beginning(text, longest):
    """No longer than it may be."""
    assert utf16(cut(text, longest)) <= longest
    assert text.startswith(cut(text, longest).removesuffix("…") if len(text) else "")
    assert text.startswith(beginning(text, longest))


@given(texts)
def test_lengths_are_those_of_utf_16(text):
    """Two units for what is beyond the basic plane."""
    assert utf16(text) == len(text.encode("utf-16-le")) // 2


def test_words_are_cut_between_words():
    """One that is longer than all there is room for is cut inside."""
    assert cut("the quick brown fox", 12) == "the quick…"
    assert cut("x" * 20, 5) == "xxxx…"


def test_a_plain_text_is_never_too_long():
    """Nor does it steer anything."""
    assert utf16(plain("😀" * 4096).text) <= LONGEST_SENT_MESSAGE
    assert plain("a\u202eb\x00c").text == "a b c"


def test_entities_come_in_order():
    """The outer one first."""
    writer = Writer()
    start = writer.write("one two")
    writer.mark("underline", start, "one two", Span(4, 7))
    writer.mark("bold", start, "one two", Span(0, 7))
    assert [e.kind for e in writer.marked().entities] == ["bold", "underline"]
