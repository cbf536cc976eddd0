"""Tags of forums in Markdown: Discourse's `[quote="Ada, post:2"]…[/quote]`, and BBCode.

Only those that are closed, or have a value, are tags; `[b]` alone may be a letter in brackets.
A date of Discourse, `[date=2024-09-02 time=18:00:00 timezone="Europe/Berlin"]`, shows its day and
time.
"""

import re
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

NAMES = "quote|details|spoiler|hide|wrap|poll|grid|center|size|color|font|url|email|list|b|i|u"
TAG = re.compile(
    rf"\[(?P<ends>/)?(?P<name>{NAMES})(?:[= ](?P<value>[^\[\]\n]{{0,300}}))?\]", re.IGNORECASE
)
IMAGE = re.compile(r"\[img(?:[= ][^\[\]\n]{0,300})?\][^\[\]\n]{0,1000}\[/img\]", re.IGNORECASE)
DATE = re.compile(
    r"\[date=(?P<day>[\d-]{10})(?: time=(?P<time>[\d:]{5,8}))?(?: [^\[\]\n]{0,300})?\]"
)
CLOSING = re.compile(rf"\[/({NAMES})\]", re.IGNORECASE)


def forum_tags(md: MarkdownIt) -> None:
    """Teach a parser these tags, which show nothing; lines of them are marker lines."""
    md.inline.ruler.before("link", "forum_tag", _forum_tag)


def _forum_tag(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    if state.src[state.pos] != "[":
        return False
    if date := DATE.match(state.src, state.pos):
        if not silent:
            state.push("text_special", "", 0).content = " ".join(filter(None, date.groups()))
        state.pos = date.end()
        return True
    tag = TAG.match(state.src, state.pos)
    if tag is not None and not (tag["ends"] or tag["value"]):
        tag = tag if tag["name"].lower() in _closed(state.src) else None
    match = tag or IMAGE.match(state.src, state.pos)
    if match is None or state.src[match.end() : match.end() + 1] in ("(", ":"):
        return False  # a link, or the note that it refers to
    if not silent:
        state.push("image", "img", 0)
    state.pos = match.end()
    return True


@lru_cache(maxsize=1)
def _closed(text: str) -> frozenset[str]:
    """The names of the tags that are closed anywhere in a paragraph."""
    return frozenset(name.lower() for name in CLOSING.findall(text))
