r"""Formulas in LaTeX as they are read in a line: `\frac{a+b}{2} \le x_{ij}` is `(a+b)/2 ≤ x_(ij)`.

pylatexenc knows the signs; several that stand in braces beside others are put in brackets here.
"""

import logging
import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pylatexenc.latex2text import LatexNodes2Text

LONGEST_FORMULA = 2000
SPACES = re.compile(r"\s+")
RELATION = re.compile(r"([=<>≤≥⩽⩾≠≈≡∼→←⇒⇔∈∉⊂⊆])")
# An index or an exponent of several signs, and the parts of a fraction.
RAISED = re.compile(r"([_^])\{(?!\\[A-Za-z]+\})([^{}]{2,})\}")
FRACTION = re.compile(r"\\[cdt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
SEVERAL = re.compile(r"[^\\\w]")
# Macros that pylatexenc doesn't know: signs, and what only says how large or bold others are.
SIGNS = {"ne": "≠", "neg": "¬", "degree": "°"}
LAYOUT = (
    "left", "right", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "limits",
    "nolimits", "displaystyle", "textstyle", "boldsymbol", "bm", "rm", "bf", "mathop",
    "operatorname", "nonumber", "notag", "textcircled",
)  # fmt: skip


def formula_text(latex: str) -> str | None:
    """The signs of a formula; None if it is none that is understood."""
    if len(latex) > LONGEST_FORMULA:
        return None
    grouped = RAISED.sub(r"\1{(\2)}", FRACTION.sub(_fraction, latex))
    try:
        text: str = _reader().latex_to_text(grouped)
    except Exception:  # noqa: BLE001  # the library raises whatever it stumbles over
        return None
    return SPACES.sub(" ", RELATION.sub(r" \1 ", text)).strip() or None


def _fraction(found: re.Match[str]) -> str:
    upper, lower = (f"({part})" if SEVERAL.search(part) else part for part in found.groups())
    return f"{{{upper}}}/{{{lower}}}"


@cache
def _reader() -> "LatexNodes2Text":
    from pylatexenc import latex2text as library

    # It warns of each macro without its arguments; the formula is shown all the same.
    library.logger.setLevel(logging.ERROR)
    signs = SIGNS | dict.fromkeys(LAYOUT, "")
    context = library.get_default_latex_context_db()
    context.add_context_category(
        "signs", prepend=True, macros=[library.MacroTextSpec(*pair) for pair in signs.items()]
    )
    context.set_unknown_macro_spec(library.MacroTextSpec("", simplify_repl=_name))
    return library.LatexNodes2Text(latex_context=context, math_mode="text", fill_text=False)


def _name(node: object) -> str:
    r"""A macro that nobody knows, such as `\argmax`, by its name."""
    return str(getattr(node, "macroname", ""))
