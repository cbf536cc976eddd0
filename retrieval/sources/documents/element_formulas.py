r"""Writes the formulas of web pages and books as text in a line, `(a+b)/2 ≤ x^2`.

They stand there as MathML, as pictures described in LaTeX, and as what MathJax and KaTeX have
drawn or are to draw from a script.
"""

import re
from collections.abc import Callable

from lxml import etree

from retrieval.sources.markdown.formula_text import formula_text

DRAWN = (
    "//*[contains(concat(' ',@class,' '),' katex ')]|//*[local-name()='mjx-container']"
    "|//*[contains(concat(' ',@class,' '),' mwe-math-element ')]"
)
MATH = "//*[local-name()='math']"
SCRIPTS = "//script[starts-with(@type,'math/tex')]"
PREVIEWS = re.compile(r"^MathJax(?:_\w+)?$")
PICTURES = "//img[@alt!='']"
MACRO = re.compile(r"\\[A-Za-z]{2}")
PICTURED = re.compile(r"latex|mimetex|mathtex|texer|mwe-math|[?&]cht=tx", re.IGNORECASE)
TEX = "application/x-tex"
SPECIAL = re.compile(r"([{}%&#$_^\\])")
INVISIBLE = re.compile("[\u2061-\u2064\u200b\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
BLOCKS = frozenset({"div", "section", "article", "main", "body", "figure", "center"})


def write_formulas(root: etree._Element) -> None:
    """Put its signs in the place of each formula below an element."""
    for path in (DRAWN, MATH):
        for element in root.xpath(path):
            if any(above is root for above in element.iterancestors()):
                _replace(element, _drawn_text(element))
    for script in root.xpath(SCRIPTS):
        while (before := script.getprevious()) is not None and _is_preview(before):
            before.getparent().remove(before)
        _replace(script, _of_latex(script.text or ""))
    for picture in root.xpath(PICTURES):
        told = picture.get("alt", "")
        if PICTURED.search(f"{picture.get('class')} {picture.get('src')}") or MACRO.search(told):
            _replace(picture, _of_latex(told))


def _is_preview(element: etree._Element) -> bool:
    """Whether it is what MathJax shows in the place of a formula; text behind it is no part."""
    names = (element.get("class") or "").split()
    return not (element.tail or "").strip() and any(map(PREVIEWS.match, names))


def _replace(element: etree._Element, text: str) -> None:
    """Put text in the place of an element, as a paragraph where it stands among blocks."""
    parent = element.getparent()
    if parent is None:
        return
    is_apart = parent.tag in BLOCKS and not (parent.text or element.tail or "").strip()
    shown = etree.Element("p" if is_apart else "span")
    shown.text, shown.tail = text, element.tail
    parent.replace(element, shown)


def _drawn_text(element: etree._Element) -> str:
    """The signs of what is drawn: of its LaTeX, if it tells it, or of its MathML."""
    for note in element.iter("{*}annotation", "annotation"):
        if note.get("encoding") == TEX and note.text:
            return _of_latex(note.text)
    for one in element.iter():
        told = one.get("alttext") or (one.get("alt") if one.tag == "img" else "")
        if told:
            return _of_latex(told)
    found = next((one for one in element.iter() if _name(one) == "math"), element)
    return _of_latex(_latex(found))


def _of_latex(latex: str) -> str:
    plain = INVISIBLE.sub("", latex)
    return formula_text(plain) or " ".join(plain.split())


def _latex(element: etree._Element) -> str:
    """MathML as LaTeX."""
    parts = [_latex(part) for part in element if isinstance(part.tag, str)]
    name = _name(element)
    if name in KINDS and len(parts) >= FEWEST_PARTS.get(name, 1):
        return KINDS[name](parts)
    if name.startswith("annotation"):
        return ""
    return SPECIAL.sub(r"\\\1", " ".join((element.text or "").split())) + "".join(parts)


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2].lower()


FEWEST_PARTS = {"mfrac": 2, "msup": 2, "msub": 2, "msubsup": 3, "mroot": 2, "munder": 2,
                "mover": 2, "munderover": 3}  # fmt: skip
KINDS: dict[str, Callable[[list[str]], str]] = {
    "mfrac": lambda parts: rf"\frac{{{parts[0]}}}{{{parts[1]}}}",
    "msqrt": lambda parts: rf"\sqrt{{{''.join(parts)}}}",
    "mroot": lambda parts: rf"\sqrt[{parts[1]}]{{{parts[0]}}}",
    "mtr": lambda parts: " ".join(parts) + "; ",
    **dict.fromkeys(("msup", "mover"), lambda parts: f"{parts[0]}^{{{parts[1]}}}"),
    **dict.fromkeys(("msub", "munder"), lambda parts: f"{parts[0]}_{{{parts[1]}}}"),
    **dict.fromkeys(
        ("msubsup", "munderover"), lambda parts: f"{parts[0]}_{{{parts[1]}}}^{{{parts[2]}}}"
    ),
}
