"""Links: a footnote's address, deep links into the private chat, links to messages."""

import re
from urllib.parse import quote, urlsplit

from bot.composing.answer_composer import Citation
from bot.rendering.telegram.callback_data import ANSWER_ID
from bot.rendering.telegram.markup import Link
from bot.rendering.telegram.quote_codes import QuoteCodes
from retrieval.articles import Place
from retrieval.sources.web.web_address import remedy_for

LONGEST_URL = 2048  # bytes; what is longer is cut or refused on the way, here and in browsers
# One span more makes a place's code 8 characters longer; an answer's id has 11.
SUPERGROUP = "-100"  # what the ids of these groups begin with
PASSAGE = re.compile(rf"c_([A-Za-z0-9_-]{{24}}(?:[A-Za-z0-9_-]{{8}}){{0,3}})({ANSWER_ID})?")


def linker(places: QuoteCodes, username: str, answer: str = "") -> Link:
    """Links footnotes to their article's own address, or else to the passage in the bot's chat."""

    def link(citation: Citation) -> str:
        url = citation.article.url
        if url is not None and is_public(url):
            return _to_place(url, citation.quote.paragraph.place)
        return passage_link(username, places.code(citation.quote), answer)

    return link


def _to_place(url: str, place: Place | None) -> str:
    """The address of the place on the page, if that is known and nothing else is opened there."""
    fragment = quote(place.fragment, safe="=-._~!$&'()*+,;:@/?") if place is not None else ""
    longer = f"{url}#{fragment}"
    return longer if fragment and "#" not in url and is_public(longer) else url


def is_public(url: str) -> bool:
    """Whether Telegram takes the address as a link, and does not silently drop it.

    It is whole, and not too long; its host has a dot, or is a number.
    """
    if len(url.encode(errors="surrogatepass")) > LONGEST_URL or remedy_for(url):
        return False
    host = urlsplit(url).hostname or ""
    return "." in host.strip(".") or ":" in host


def passage_link(username: str, code: str, answer: str = "") -> str:
    """The link that opens the passage of that place, marked as the answer's question asks."""
    return f"https://t.me/{username}?start=c_{code}{answer}"


def message_link(chat: int, username: str | None, thread: int | None, message: int) -> str | None:
    """The link that leads to a message; None in a chat whose messages have none."""
    if username:
        place = username
    elif str(chat).startswith(SUPERGROUP):
        place = f"c/{str(chat).removeprefix(SUPERGROUP)}"
    else:
        return None
    inside = f"{thread}/" if thread is not None else ""
    return f"https://t.me/{place}/{inside}{message}"


def read_passage(parameter: str) -> tuple[str, str | None] | None:
    """The place and the answer that a start parameter names; None if it names none."""
    match = PASSAGE.fullmatch(parameter)
    return None if match is None else (match[1], match[2])
