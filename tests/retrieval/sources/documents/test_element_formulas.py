"""Formulas of web pages and books are text in a line, however they stand there."""

import pytest
from lxml import html

from retrieval.sources.documents.element_formulas import write_formulas

ROOT = "x = (-b±√(b^2-4ac))/2a"
TEX = r"x = \frac{-b\pm\sqrt{b^2-4ac}}{2a}"
NOTE = f'<annotation encoding="application/x-tex">{TEX}</annotation>'
SCRIPT = f'<script type="math/tex">{TEX}</script>'


def shown(body):
    """The text of a page with that body."""
    page = html.document_fromstring(f"<html><body>{body}</body></html>")
    write_formulas(page)
    return " ".join(page.find("body").text_content().split())


@pytest.mark.parametrize(
    "formula",
    [
        f"<math><semantics><mrow><mi>x</mi></mrow>{NOTE}</semantics></math>",
        f'<math alttext="{TEX}"><mi>x</mi></math>',
        f'<span class="katex"><math><mi>x</mi>{NOTE}</math><i>x=2a</i></span>',
        f'<span class="mwe-math-element"><math><mi>x</mi>{NOTE}</math><img alt="{TEX}"></span>',
        f'<img class="latex" alt="{TEX}" src="a.png">',
        f'<img alt="{TEX}" src="a.png">',
        f'<i class="MathJax_Preview">…</i><i class="MathJax">x2a</i>{SCRIPT}',
    ],
)
def test_a_formula_is_told_by_its_latex(formula):
    """In the place of what is drawn; the sentence goes on around it."""
    assert shown(f"<p>So {formula} holds.</p>") == f"So {ROOT} holds."


def test_a_formula_without_latex_is_told_by_its_parts():
    """As MathJax draws it for those who hear a page."""
    math = (
        "<mjx-container><mjx-math></mjx-math><mjx-assistive-mml><math><mi>x</mi><mo>=</mo>"
        "<mfrac><mrow><mo>-</mo><mi>b</mi><mo>±</mo><msqrt><msup><mi>b</mi><mn>2</mn></msup>"
        "<mo>-</mo><mn>4</mn><mi>a</mi><mi>c</mi></msqrt></mrow><mrow><mn>2</mn><mi>a</mi></mrow>"
        "</mfrac></math></mjx-assistive-mml></mjx-container>"
    )
    assert shown(f"<p>So {math} holds.</p>") == f"So {ROOT} holds."
    assert (
        shown("<p><math><msubsup><mi>a</mi><mi>i</mi><mn>2</mn></msubsup></math></p>") == "a_i^2"
    )


def test_a_formula_among_paragraphs_is_one():
    """And pictures of anything else stay pictures."""
    page = html.document_fromstring(f'<div><p>So</p><math>{NOTE}</math><img alt="A bee"></div>')
    write_formulas(page)
    assert [p.text for p in page.iter("p")] == ["So", ROOT]
    assert page.xpath("//img/@alt") == ["A bee"]
