"""Writes the formulas of a Word file as text in a line, `(a+b)/2 ≤ x^2`, which mammoth drops."""

from collections.abc import Callable

from lxml import etree

from retrieval.sources.documents.formats.word_runs import text_run
from retrieval.sources.documents.formats.word_styles import W
from retrieval.sources.markdown.formula_text import grouped

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
SUM, OPENS, CLOSES, PARTS = "∫", "(", ")", "|"  # what Word takes where a file names no sign
SCRIPTS = (("_", "sub"), ("^", "sup"))


def write_formulas(root: etree._Element) -> bool:
    """Put a run with its signs in the place of each formula; whether there was any."""
    formulas = list(root.iter(f"{M}oMath"))
    for formula in formulas:
        parent = formula.getparent()
        if parent is None:
            continue
        text = " ".join(_shown(formula).split())
        following = formula.getnext()
        if formula.tail is None and following is not None and following.tag == formula.tag:
            text += " "
        run = text_run(text)
        run.tail = formula.tail
        parent.replace(formula, run)
    for whole in root.iter(f"{M}oMathPara"):
        whole.tag = f"{W}smartTag"  # whose runs are read
    return bool(formulas)


def _shown(element: etree._Element) -> str:
    """The signs of a formula or of a part of one; none of its properties."""
    name = _name(element)
    if name in KINDS:
        return KINDS[name](element)
    return "" if name.endswith("Pr") else "".join(map(_shown, element.iterchildren(f"{M}*")))


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _fraction(element: etree._Element) -> str:
    return f"{grouped(_part(element, 'num'))}/{grouped(_part(element, 'den'))}"


def _root(element: etree._Element) -> str:
    return f"{_part(element, 'deg')}√{grouped(_part(element, 'e'))}"


def _row(element: etree._Element) -> str:
    return f"{', '.join(_shown(cell) for cell in element)}; "


def _sum(element: etree._Element) -> str:
    return f"{_sign(element, 'chr', SUM)}{_scripts(element)} {_part(element, 'e')}"


def _function(element: etree._Element) -> str:
    return f" {_part(element, 'fName')} {_part(element, 'e')}"


def _scripted(element: etree._Element) -> str:
    return f"{grouped(_part(element, 'e'))}{_scripts(element)}"


def _part(element: etree._Element, name: str) -> str:
    part = element.find(f"{M}{name}")
    return "" if part is None else _shown(part).strip()


def _scripts(element: etree._Element) -> str:
    """What stands below and above a sign."""
    limit = "^" if _name(element) == "limUpp" else "_"
    marked = [(mark, _part(element, name)) for mark, name in (*SCRIPTS, (limit, "lim"))]
    return "".join(f"{mark}{grouped(part)}" for mark, part in marked if part)


def _in_brackets(element: etree._Element) -> str:
    parts = (_shown(part).strip() for part in element.iterchildren(f"{M}e"))
    inside = _sign(element, "sepChr", PARTS).join(parts)
    return f"{_sign(element, 'begChr', OPENS)}{inside}{_sign(element, 'endChr', CLOSES)}"


def _sign(element: etree._Element, name: str, usual: str) -> str:
    """The sign that the properties of a part name."""
    found = element.find(f"{M}{_name(element)}Pr/{M}{name}")
    return usual if found is None else found.get(f"{M}val", "")


KINDS: dict[str, Callable[[etree._Element], str]] = {
    "t": lambda element: element.text or "",
    "f": _fraction,
    "rad": _root,
    "d": _in_brackets,
    "mr": _row,
    "nary": _sum,
    "func": _function,
    **dict.fromkeys(("sSub", "sSup", "sSubSup", "limLow", "limUpp"), _scripted),
}
