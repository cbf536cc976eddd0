"""Finds the title of an article: the heading of its page rather than the name of the site."""

import re
from collections.abc import Iterable, Iterator
from html import unescape

from lxml import html

LONGEST_PAGE_TITLE = 300
SHOWN = ".//text()[not(ancestor::rt or ancestor::rp or ancestor::script or ancestor::style)]"
SITE_NAME = re.compile(r"\s+[|•·–—»-]\s+|[|｜_]")
SET_OFF = re.compile(r"\s*[|｜_•·–—»:：@/<«＜-]|$")
BARS = re.compile(r"\s+[|｜]\s+|(?<=[^\x00-\x7f])[|｜_](?=[^\x00-\x7f])")
FEWEST_OF_TITLE = 20  # letters of a heading that no title has
LONGEST_SITE = 40  # characters of the name of a site; what is longer is the title itself
FIRST_WIDE = "\u2e80"  # of the signs that are as wide as two letters


def page_title(tree: html.HtmlElement, found: str) -> str:
    """The title of a page; `found` is what an extractor takes for it."""
    return next((title for title in _titles(tree, found) if title), "")


def _titles(tree: html.HtmlElement, found: str) -> Iterator[str]:
    """What may be the title, the likeliest first."""
    headings = list(dict.fromkeys(_headings(tree, ("h1",))))
    named = " ".join((tree.findtext(".//title") or "").split())
    shared = " ".join((tree.xpath("string(//meta[@property='og:title']/@content)") or "").split())
    name = max(SITE_NAME.split(named), key=len)
    told = _plausible(tree, " ".join(unescape(found or "").split()), f"{named}\n{shared}")
    wanted = {text.casefold() for text in (name, told, named, shared)}
    said = [
        h for h in headings if h.casefold() in wanted or _is_end(h, named) or _is_end(h, shared)
    ]
    lower = [h for h in _headings(tree, ("h2", "h3")) if _is_long(h)]
    if not any(h in named or h in shared for h in said):
        yield next((h for h in lower if h == named), "")
    yield max((h for h in said if 2 * len(h) >= len(name)), key=len, default="")
    if headings == [shared] and not _names_site(tree, shared):
        yield shared
    if any(h.startswith(name) for h in headings):
        yield name
    if len(headings) == 1:
        is_of_site = _names_site(tree, headings[0])
        yield from (h for h in headings if _is_long(h) and not (said or is_of_site))
        if not (is_of_site or any(named.endswith(h) for h in lower)):
            site = named[len(headings[0]) :]
            yield from (h for h in headings if _begins(h, named) and len(site) < LONGEST_SITE)
    yield next((h for h in lower if _begins(h, named) and 2 * len(h) >= len(named)), "")
    if not told and 2 * len(name) >= len(named):
        yield name
    if told in headings and 2 * len(told) < len(name):  # the name of a site, or of an author
        yield name
    if shared in named and (told not in headings or len(headings) > 1):
        yield shared
    yield _without_site(told or named)
    yield from headings[:1]


def _plausible(tree: html.HtmlElement, told: str, named: str) -> str:
    """What an extractor tells, if it is the page's main heading or has to do with its name."""
    is_heading = told in _headings(tree, ("h1",)) and not _names_site(tree, told)
    words = set(told.casefold().split())
    is_alike = 2 * len(words.intersection(named.casefold().split())) > len(words)
    return told if is_heading or is_alike or told in named or not named.strip() else ""


def _headings(tree: html.HtmlElement, tags: Iterable[str]) -> Iterator[str]:
    """The texts of headings, without the readings of characters."""
    for heading in tree.iter(*tags):
        text = " ".join("".join(heading.xpath(SHOWN)).split())
        if text and len(text) < LONGEST_PAGE_TITLE:
            yield text


def _is_long(heading: str) -> bool:
    """Whether it says too much for the name of a site; Chinese says it in half as many."""
    return len(heading) + sum(char >= FIRST_WIDE for char in heading) >= FEWEST_OF_TITLE


def _names_site(tree: html.HtmlElement, heading: str) -> bool:
    """Whether the heading of a page leads to another one, or is what the page calls its site."""
    site = str(tree.xpath("string(//meta[@property='og:site_name']/@content)")).strip()
    return heading == site or bool(tree.xpath("//h1[.//a[@href] or ancestor::a]"))


def _is_end(heading: str, title: str) -> bool:
    """Whether a title begins or ends with a heading, the name of the site set off from it."""
    before, found, behind = title.partition(heading)
    is_set_off = not (before[-1:].isalnum() or behind[:1].isalnum())
    return bool(found) and is_set_off and not (before and behind)


def _begins(heading: str, title: str) -> bool:
    """Whether a title is a heading and the name of the site, set off from it."""
    return title.startswith(heading) and SET_OFF.match(title[len(heading) :]) is not None


def _without_site(title: str) -> str:
    """The first part of a title if it is longer than what bars set off from it."""
    first, *others = BARS.split(title)
    return first if others and len(first) > sum(map(len, others)) else title
