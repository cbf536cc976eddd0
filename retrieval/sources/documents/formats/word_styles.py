"""The styles of a Word file, which build on each other, and what they say of headings and bold."""

import re
from collections.abc import Iterator

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = f"{W}val"
HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)
NAMED_HEADING = re.compile(r"heading ?([1-9])\b", re.IGNORECASE)
OUTLINE_LEVELS = tuple("012345678")  # the ninth is that of text
CAPTION = "caption"
OFF = frozenset({"0", "false", "off"})
TITLES = frozenset({"title", "subtitle"})
OUTLINED = "outlined"  # and the level: a style that no file has
DEEPEST_STYLE = 20
DEEPEST_HEADING = 6  # as in HTML


class WordStyles:
    """The styles by their id."""

    def __init__(self, root: etree._Element) -> None:
        self._styles = {one.get(f"{W}styleId", ""): one for one in root.iter(f"{W}style")}

    def chain(self, name: str) -> Iterator[etree._Element]:
        """A style and those that it is based on."""
        for _ in range(DEEPEST_STYLE):
            style = self._styles.get(name)
            if style is None:
                return
            yield style
            name = value(style, "basedOn")

    def heading_level(self, paragraph: etree._Element) -> int:
        """The level of a heading from 1, by its own outline level or its style's; 0 for none."""
        for one in (paragraph, *self.chain(value(paragraph, "pPr/pStyle"))):
            name = value(one, "name")
            if name.casefold() in TITLES:
                return 0
            if outline := value(one, "pPr/outlineLvl"):
                return int(outline) + 1 if outline in OUTLINE_LEVELS else 0
            keeps_next = one.find(f"{W}pPr/{W}keepNext") is not None
            if match := (NAMED_HEADING.match if keeps_next else HEADING.fullmatch)(name):
                return int(match[1])
        return 0

    def write_bold(self, paragraph: etree._Element) -> bool:
        """Set the runs of a paragraph in bold if its style is, which mammoth does not go by.

        Captions, which are bold in Word's own style, head nothing and stay as they are.
        """
        chain = list(self.chain(value(paragraph, "pPr/pStyle")))
        bold = next((b for one in chain if (b := one.find(f"{W}rPr/{W}b")) is not None), None)
        is_caption = any(value(one, "name").casefold() == CAPTION for one in chain)
        if bold is None or bold.get(VAL) in OFF or is_caption:
            return False
        for run in paragraph.iter(f"{W}r"):
            properties = run.find(f"{W}rPr")
            if properties is None:
                properties = etree.Element(f"{W}rPr")
                run.insert(0, properties)
            if properties.find(f"{W}b") is None:
                etree.SubElement(properties, f"{W}b")
        return True

    def set_heading(self, paragraph: etree._Element, level: int) -> bool:
        """Set a heading in `OUTLINED`, unless its style is one of Word's; whether it was set."""
        style = next(self.chain(value(paragraph, "pPr/pStyle")), None)
        if style is not None and HEADING.fullmatch(value(style, "name")):
            return False
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            return False
        for old in properties.findall(f"{W}pStyle"):
            properties.remove(old)
        own = etree.Element(f"{W}pStyle")
        own.set(VAL, f"{OUTLINED}{min(level, DEEPEST_HEADING)}")
        properties.insert(0, own)
        return True


def value(element: etree._Element, path: str) -> str:
    """What an element below another one is set to; empty if it is not there."""
    found = element.find("/".join(f"{W}{name}" for name in path.split("/")))
    return "" if found is None else str(found.get(VAL, ""))
