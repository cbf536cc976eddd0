r"""Formulas in LaTeX as they are read in a line: `\frac{a+b}{2} \le x_{ij}` is `(a+b)/2 ≤ x_(ij)`.

pylatexenc knows the signs; several that stand in braces beside others are put in brackets here.
"""

import logging
import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pylatexenc.latex2text import LatexNodes2Text
    from pylatexenc.latexwalker import LatexMacroNode

LONGEST_FORMULA = 2000
SPACES = re.compile(r"\s+")
RELATION = re.compile(r"([=<>≤≥⩽⩾≠≈≡∼→←⇒⇔∈∉⊂⊆])")
# An index or an exponent of several signs.
RAISED = re.compile(r"([_^])\{(?!\\[A-Za-z]+\})([^{}]{2,})\}")
SEVERAL = re.compile(r"[^\w.,′]")
FRACTION = re.compile(r"\\[cdt]frac(?![A-Za-z])")  # as the library knows it, `\frac`
# Macros that pylatexenc doesn't know: signs, and what only says how large or bold others are.
SIGNS = {"ne": "≠", "neg": "¬", "degree": "°", "iff": "⇔"}
LAYOUT = (
    "left", "right", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "limits",
    "nolimits", "displaystyle", "textstyle", "boldsymbol", "bm", "rm", "bf", "mathop",
    "operatorname", "nonumber", "notag", "textcircled", "small", "large", "Large", "tiny",
)  # fmt: skip


def formula_text(latex: str) -> str | None:
    """The signs of a formula; None if it is none that is understood."""
    if len(latex) > LONGEST_FORMULA:
        return None
    try:
        plain = FRACTION.sub(r"\\frac", latex)
        text: str = _reader().latex_to_text(RAISED.sub(r"\1{(\2)}", plain))
    except Exception:  # noqa: BLE001  # the library raises whatever it stumbles over
        return None
    return SPACES.sub(" ", RELATION.sub(r" \1 ", text)).strip() or None


def grouped(text: str) -> str:
    """Several signs in brackets, as they stand beside others."""
    is_whole = text.startswith("(") and text.find(")") == len(text) - 1
    return f"({text})" if SEVERAL.search(text) and not is_whole else text


@cache
def _reader() -> "LatexNodes2Text":
    from pylatexenc import latex2text as library

    # It warns of each macro without its arguments; the formula is shown all the same.
    library.logger.setLevel(logging.ERROR)
    signs = SIGNS | dict.fromkeys(LAYOUT, "")
    context = library.get_default_latex_context_db()
    macros = [library.MacroTextSpec(*pair) for pair in signs.items()]
    macros.append(library.MacroTextSpec("frac", _fraction))
    context.add_context_category("signs", prepend=True, macros=macros)
    context.set_unknown_macro_spec(library.MacroTextSpec("", simplify_repl=_name))
    return library.LatexNodes2Text(latex_context=context, math_mode="text", fill_text=False)


def _fraction(node: "LatexMacroNode", l2tobj: "LatexNodes2Text") -> str:
    """Its upper part over its lower one; the library goes by the names of the arguments."""
    parts = node.nodeargd.argnlist if node.nodeargd is not None else ()
    return "/".join(grouped(l2tobj.nodelist_to_text([part]).strip()) for part in parts)


def _name(node: object) -> str:
    r"""A macro that nobody knows, such as `\argmax`, by its name."""
    return str(getattr(node, "macroname", ""))
