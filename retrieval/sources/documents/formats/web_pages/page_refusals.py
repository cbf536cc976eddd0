"""Tells what a page is that has no article: a login, a cookie wall, an app, a list of links."""

import re
from urllib.parse import urlsplit

from lxml import html

from retrieval.sources.documents.refusal_reasons import Reason
from retrieval.text.analysis import word_count

APP_SHELL_WORDS = 60
MOST_LINKED = 0.6
FEW = 25
TEASER = 80
FEW_IN_ALL = 250
CANONICAL = "string(//link[@rel='canonical']/@href)"
HEADLINE = 4  # words of a link that names an article
MANY_TIMES = 4
UNSEEN = frozenset({"script", "style", "noscript", "template"})
LOGIN_FIELD = ".//input[translate(@type,'PASWORD','pasword')='password']"
CONSENT = re.compile(
    r"\b(?:cookies?|consent|einwilligung|zustimm\w*|datenschutz\w*|consentement|consentimiento|gdpr|"
    r"dsgvo|rgpd|privacy settings|privacy choices)\b|クッキー|同意|куки|файлы cookie",
    re.IGNORECASE,
)
SCRIPT = re.compile(
    r"(?:enable|activate|turn on|requires?|needs?|without|activer|aktivier\w*|habilit\w*|включите)"
    r"[^.]{0,40}javascript|javascript[^.]{0,60}(?:enable|disabled|required|aktivier|deaktiviert|"
    r"activ\w+|necess\w+|отключен|включ)|unsupported browser",
    re.IGNORECASE,
)
LOGIN = re.compile(
    r"\b(?:log ?in|sign ?in|anmeld\w*|einloggen|connexion|connectez|iniciar sesión|accedi|entrar|"
    r"войти|вход|ログイン|로그인|登录)\b",
    re.IGNORECASE,
)
PAYWALL = re.compile(
    r"\b(?:subscribe|subscribers?|subscription|abonn\w+|suscri\w+|paywall|premium)\b",
    re.IGNORECASE,
)
CHALLENGE = re.compile(
    r"checking your browser|verify (?:that )?you are (?:a )?human|captcha|are you a robot|"
    r"access denied|unusual traffic|ddos protection",
    re.IGNORECASE,
)


def refusal_of(tree: html.HtmlElement, found: str) -> Reason | None:
    """Why a page with so little of an article is refused; None if it is not.

    `found` is what was taken for its article.
    """
    body = tree.find(".//body")
    root = tree if body is None else body
    words = word_count(found)
    shown = " ".join(_texts(root))
    everything = word_count(shown)
    notice = found if words >= FEW else shown
    has_form = root.find(".//form") is not None
    kinds = (
        (root.xpath(LOGIN_FIELD) and (words < FEW or LOGIN.search(found)), Reason.PAGE_LOGIN),
        (everything < FEW_IN_ALL and CHALLENGE.search(shown), Reason.PAGE_CHALLENGE),
        (everything < FEW_IN_ALL and CONSENT.search(notice), Reason.PAGE_COOKIES),
        (_is_app(tree, shown, words), Reason.PAGE_APP),
        (words < FEW and has_form and LOGIN.search(shown), Reason.PAGE_LOGIN),
        (words < FEW and PAYWALL.search(shown), Reason.PAGE_SUBSCRIBERS),
        (words < TEASER and _is_teaser(found), Reason.PAGE_SUBSCRIBERS),
    )
    for is_so, reason in kinds:
        if is_so:
            return reason
    if everything and is_of_links(root, (1 - MOST_LINKED) * everything):
        return Reason.PAGE_OF_LINKS
    return None


def _is_teaser(found: str) -> bool:
    """Whether the few words end with an offer to subscribe or to log in."""
    return PAYWALL.search(found) is not None and LOGIN.search(found) is not None


def is_of_links(root: html.HtmlElement, others: float) -> bool:
    """Whether a page has links, and fewer words than that besides."""
    linked = word_count(" ".join(" ".join(a.itertext()) for a in root.iter("a")))
    return bool(linked) and word_count(" ".join(_texts(root))) - linked < others


def is_front_page(tree: html.HtmlElement, address: str, words: int) -> bool:
    """Whether the first page of a site names its articles in many more words than it says itself.

    `words` is how many were taken for its article; what the page calls itself goes before its
    `address`.
    """
    place = urlsplit(str(tree.xpath(CANONICAL)).strip() or address)
    links = (word_count(" ".join(a.itertext())) for a in tree.iter("a"))
    named = sum(count for count in links if count >= HEADLINE)
    is_first = bool(place.netloc) and place.path in ("", "/") and not place.query
    return is_first and named > MANY_TIMES * words


def _is_app(tree: html.HtmlElement, shown: str, words: int) -> bool:
    """Whether a page with next to no text asks for JavaScript, or only loads scripts."""
    if word_count(shown) >= APP_SHELL_WORDS:
        return False
    hidden = " ".join(t for e in tree.iter("noscript") for t in e.itertext())
    has_scripts = next(tree.iter("script"), None) is not None
    return bool(SCRIPT.search(f"{shown} {hidden}")) or (has_scripts and words < FEW)


def _texts(root: html.HtmlElement) -> list[str]:
    """The texts that a page shows."""
    found: list[str] = []
    for element in root.iter():
        if isinstance(element.tag, str) and element.tag not in UNSEEN and element.text:
            found.append(element.text)
        if element.tail:
            found.append(element.tail)
    return found
