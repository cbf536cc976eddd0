"""The words that a line of Markdown shows: no markup, no images, no struck text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from retrieval.sources.line_hyphens import UNSPACED, LineJoiner
from retrieval.sources.markdown.formula_text import formula_text
from retrieval.sources.markdown.html_tags import BREAKS, tag_name
from retrieval.sources.markdown.markers.template_tags import without_raw

if TYPE_CHECKING:  # pages of the web are read without a parser of Markdown
    from markdown_it.token import Token

STRUCK = frozenset({"del", "s", "strike"})
HIDDEN = frozenset({"script", "style", "template"})
EMOJI = re.compile(r":[a-z0-9_+-]{1,60}:")
EMOJIS = re.compile(rf"(?<![\w:])(?:{EMOJI.pattern}){{1,50}}(?![\w:])")
ICON = re.compile(r"(?<![\w:]):[a-z][a-z0-9]{0,30}(?:-[a-z0-9]{1,30}){1,10}:(?!:)")
MARK = re.compile(r"(?<!=)==(?!=)")
MARK_OPENS = re.compile(r"(?<!\w)==(?!\s)")
MARK_CLOSES = re.compile(r"(?<!\s)==(?!\w)")
# What a token shows; its own content where nothing is said.
SOFT_BREAK = "\1"  # a space, but nothing in scripts without spaces
REMOVED = "\0"  # stands where something was left out; no text holds it
STAR = "\2"  # of code, which is shown
SHOWN = {
    "text_special": "",
    "code_inline": "",
    "softbreak": SOFT_BREAK,
    "hardbreak": "\n",
    "image": REMOVED,
}
DIVIDED = f"-{SOFT_BREAK}"  # maybe in a word
UNSPACED_BREAK = re.compile(f"(?<={UNSPACED.pattern}){SOFT_BREAK}(?={UNSPACED.pattern})")
SUPERSCRIPTS = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
# Letters that count; others end an ordinal (1st, 2e, 3o) or name a note.
EXPONENT = re.compile(
    r"[ijkmnxyN]|[-−]?\d+[a-z]|[-−][a-z]|[a-z\d]{1,3}[+−-][a-z\d]{1,3}(?<=[a-z\d])"
)
EXPONENT_OF_NUMBER = re.compile(r"[-−]?\d{1,4}")
SHORT_NUMBER = re.compile(r"(?<!\d)\d{1,3}$")  # and no year, at which a note is cited
LABEL = re.compile(r"\d+|[A-Za-z]\w{3,}(?:-\w{2,})*")
# Bold text that is closed in another paragraph, or empty: nobody can see what it is for.
LOST_STARS = re.compile(r"^\*\*(?=\w)|(?<=[\w.,;:!?)])\*\*$|(?<!\*) ?\*{4}(?!\*)")
PAGE_ENDING = re.compile(r"\.(?:mdx?|rst|ipynb|html?)(?=#|$)")
SPACES = re.compile(r"[ \t]{2,}")
AROUND_REMOVED = re.compile(
    rf"[ \t]?\((?:{REMOVED}[,;/ ]{{0,2}}){{1,20}}\)"
    rf"|[ \t]?{REMOVED}+(?=[ \t,.;:!?)\n]|$)|{REMOVED}+"
)
GOES_ON = re.compile(r"[ \t]*\n[ \t]*(?=[^\W\d_A-Z])")
MOST_EMOJIS = 5000  # remembered; the library goes through all it knows for each


@dataclass(slots=True)
class InlineText:
    """The words of a line, the labels of the notes cited in it, and notes that stand in it."""

    text: str = ""
    cited: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def inline_text(
    tokens: Sequence["Token"], labels: frozenset[str], joiner: LineJoiner | None = None
) -> InlineText:
    """What tokens of a line show; `labels` are those of the text's notes.

    `joiner` joins words of the text that a hyphen divides at the end of a line.
    """
    writer = _Writer(labels, without_marks(tokens), joiner)
    for number, token in enumerate(tokens):
        writer.write(number, token)
    return writer.found()


def without_marks(tokens: Sequence["Token"]) -> dict[int, str]:
    """The texts, by their place, that change where `==marked==` loses its signs."""
    opened: tuple[int, int] | None = None
    cuts: dict[int, list[int]] = {}
    for number, token in enumerate(tokens):
        for sign in MARK.finditer(token.content) if token.type == "text" else ():
            place = (number, sign.start())
            if opened is None and MARK_OPENS.match(token.content, sign.start()):
                opened = place
            elif opened is not None and MARK_CLOSES.match(token.content, sign.start()):
                for one, position in (opened, place):
                    cuts.setdefault(one, []).append(position)
                opened = None
    return {number: _cut(tokens[number].content, places) for number, places in cuts.items()}


class _Writer:
    """Writes the words of a line token by token; what is struck or hidden is left out."""

    def __init__(
        self, labels: frozenset[str], unmarked: dict[int, str], joiner: LineJoiner | None
    ) -> None:
        self._labels = labels
        self._unmarked = unmarked
        self._joiner = joiner
        self._found = InlineText()
        self._parts: list[str] = []
        self._struck = self._hidden = 0
        self._raised = False
        self._link = 0, ""

    def found(self) -> InlineText:
        text = "".join(self._parts)
        if self._joiner is not None and DIVIDED in text:
            text = self._joiner.joined(text.split(SOFT_BREAK))
        text = UNSPACED_BREAK.sub("", text).replace(SOFT_BREAK, " ")
        self._found.text = LOST_STARS.sub("", _tidy(text)).strip(" \t").replace(STAR, "*")
        return self._found

    def write(self, number: int, token: "Token") -> None:
        kind = token.type
        if kind in ("s_open", "s_close"):
            self._strike(token.nesting)
        elif kind == "html_inline":
            self._tag(tag_name(token.content), -1 if token.content.startswith("</") else 1)
        elif self._struck or self._hidden:
            return
        elif kind == "text":
            text = self._unmarked.get(number, token.content)
            self._parts.append(
                raised(text, "".join(self._parts[-1:])) if self._raised else _pictured(text)
            )
        elif kind.startswith("math_inline"):
            shown = formula_text(token.content)
            self._parts.append(shown or f"{token.markup}{token.content}{token.markup}")
        elif kind in SHOWN:
            text = SHOWN[kind] or without_raw(token.content)
            self._parts.append(text.replace("*", STAR) if kind == "code_inline" else text)
        elif kind == "footnote_ref":
            self._cite(token.meta["label"])
        elif kind in ("link_open", "link_close"):
            self._take_link(token)
        elif kind == "inline_note":
            self._found.notes.append(token.content)
            self._parts.append(REMOVED)

    def _take_link(self, token: "Token") -> None:
        """A link without words, whose generator knows the title of the page, reads as the page."""
        if token.nesting > 0:
            self._link = len(self._parts), str(token.attrs["href"])
            return
        begin, address = self._link
        address = address.removeprefix("xref:")  # of MyST
        if not any(self._parts[begin:]):
            shown = "" if ":" in address else PAGE_ENDING.sub("", address).lstrip("#./")
            self._parts.append(shown or REMOVED)

    def _strike(self, step: int) -> None:
        self._struck = max(0, self._struck + step)
        self._parts.append(REMOVED)

    def _tag(self, name: str, step: int) -> None:
        if name in STRUCK:
            self._strike(step)
        elif name in HIDDEN:
            self._hidden = max(0, self._hidden + step)
        elif name == "li" and step > 0:
            self._parts.append(" • ")
        elif name == "br" or name in BREAKS:
            self._parts.append(" ")
        elif name == "img":
            self._parts.append(SHOWN["image"])
        elif name == "sup":
            self._raised = step > 0

    def _cite(self, label: str) -> None:
        if label in self._labels:
            self._found.cited.append(label)
            self._parts.append(REMOVED)
        else:  # a number or a word has lost its note; anything else is a set of characters
            self._parts.append(REMOVED if LABEL.fullmatch(label) else f"[^{label}]")


def _tidy(text: str) -> str:
    """Without double spaces; a break in the middle of a sentence is a space."""
    if REMOVED not in text and "\n" not in text:
        return SPACES.sub(" ", text).strip(" \t")
    text = AROUND_REMOVED.sub("", SPACES.sub(" ", text))
    lines = (line.strip(" \t") for line in GOES_ON.sub(_joined, text).split("\n"))
    return SPACES.sub(" ", "\n".join(line for line in lines if line))


def _joined(match: re.Match[str]) -> str:
    """A space before a small letter, which goes on; the line break before any other."""
    following = match.string[match.end()]
    return " " if following.islower() else "\n"


def raised(text: str, before: str) -> str:
    """`m<sup>2</sup>` is m², `2<sup>n</sup>` is 2^n, 2<sup>10</sup> is 2^10; `th` behind 5 is th.

    `before` is what stands before it.
    """
    if len(text) > 1 and EXPONENT_OF_NUMBER.fullmatch(text) and SHORT_NUMBER.search(before):
        return f"^{text}"
    if EXPONENT.fullmatch(text):
        return f"^{text}" if len(text) == 1 else f"^({text})"
    found = text.translate(SUPERSCRIPTS)
    return text if any(char.isalnum() and char.isascii() for char in found) else found


def _pictured(text: str) -> str:
    """With emojis for their codes; icons of a theme are left out."""
    if ":" not in text:
        return text
    return ICON.sub(REMOVED, EMOJIS.sub(_pictures, text))


def shown_codes(text: str) -> str:
    """A text of HTML with emojis for their codes; the code of an icon alone is no word."""
    if ":" not in text:
        return text
    code = text.strip()
    if EMOJI.fullmatch(code) and _emoji(code) == code:
        return ""
    return _pictured(text).replace(REMOVED, "")


def _pictures(codes: re.Match[str]) -> str:
    return EMOJI.sub(lambda match: _emoji(match.group()), codes.group())


@lru_cache(maxsize=MOST_EMOJIS)
def _emoji(code: str) -> str:
    """The emoji of a code; the code itself if there is none."""
    from emoji import emojize  # few texts have such codes, and it takes its time

    return emojize(code, language="alias")


def _cut(text: str, places: list[int]) -> str:
    kept, done = [], 0
    for place in sorted(places):
        kept.append(text[done:place])
        done = place + 2
    return "".join(kept) + text[done:]
