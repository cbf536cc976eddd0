"""Runs of a Word file: the pieces that the text of a paragraph consists of."""

from lxml import etree

from retrieval.sources.documents.formats.word_styles import W

SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def text_run(text: str) -> etree._Element:
    """A run of that text, with all its spaces."""
    run = etree.Element(f"{W}r")
    words = etree.SubElement(run, f"{W}t")
    words.text = text
    words.set(SPACE, "preserve")
    return run
