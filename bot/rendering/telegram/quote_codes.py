"""Short codes for the places of quotes, fit for a deep link, that notice changed articles."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from hashlib import blake2b

from retrieval.articles import DIGEST_BYTES as ARTICLE_BYTES
from retrieval.articles import Article, Articles, Paragraph, Quote, Span, article_digest

NUMBER_BYTES = 3
DIGEST_BYTES = 4
HEAD_BYTES = ARTICLE_BYTES + NUMBER_BYTES + DIGEST_BYTES
SPAN_BYTES = 2 * NUMBER_BYTES
MOST_SPANS = 4


class QuoteCodes:
    """Turns the quotes of a collection into codes of `A-Za-z0-9_-`, and codes back into quotes.

    A code holds a digest of the article's id, the paragraph's number, a digest of the quote's
    text and where its spans begin and end: 24 characters with one span, 8 more for each other.
    """

    def __init__(self, articles: Articles) -> None:
        self._articles = articles

    def article(self, code: str) -> Article | None:
        """The article of that code; None if there is none any more."""
        digest = _packed(code)
        return None if digest is None else self._articles.with_digest(digest)

    def code(self, quote: Quote) -> str:
        """The code of a quote; one with many spans is taken as all from its start to its end."""
        spans = quote.spans if len(quote.spans) <= MOST_SPANS else (Span(quote.start, quote.end),)
        cited = Quote(quote.paragraph, spans)
        numbers = [quote.paragraph.number, *(n for span in spans for n in (span.start, span.end))]
        first, *others = (number.to_bytes(NUMBER_BYTES, "big") for number in numbers)
        article = article_digest(quote.paragraph.article)
        parts = [article, first, _digest(cited.text, DIGEST_BYTES), *others]
        return urlsafe_b64encode(b"".join(parts)).decode()

    def quote(self, code: str) -> Quote | None:
        """The quote of that code; None if it is none, or if the article has changed since."""
        packed = _packed(code)
        if packed is None or len(packed) <= HEAD_BYTES:
            return None
        if (len(packed) - HEAD_BYTES) % SPAN_BYTES:
            return None
        paragraph = self._paragraph(packed)
        digest = packed[HEAD_BYTES - DIGEST_BYTES : HEAD_BYTES]
        spans = _spans(packed[HEAD_BYTES:])
        if paragraph is None or not _lie_in(spans, paragraph.text):
            return None
        quote = Quote(paragraph, spans)
        return quote if _digest(quote.text, DIGEST_BYTES) == digest else None

    def _paragraph(self, packed: bytes) -> Paragraph | None:
        article = self._articles.with_digest(packed[:ARTICLE_BYTES])
        number = int.from_bytes(packed[ARTICLE_BYTES : ARTICLE_BYTES + NUMBER_BYTES], "big")
        return None if article is None else self._articles.paragraph(article.id, number)


def article_code(article: str) -> str:
    """Seven characters of `A-Za-z0-9_-` that stand for the article of that id."""
    return urlsafe_b64encode(article_digest(article)).decode().rstrip("=")


def _packed(code: str) -> bytes | None:
    """The bytes of a code; None if it is none."""
    try:
        return urlsafe_b64decode(code + "=" * (-len(code) % 4))
    except (Base64Error, ValueError):
        return None


def _digest(text: str, size: int) -> bytes:
    return blake2b(text.encode(errors="surrogatepass"), digest_size=size).digest()


def _spans(packed: bytes) -> tuple[Span, ...]:
    numbers = [
        int.from_bytes(packed[i : i + NUMBER_BYTES], "big")
        for i in range(0, len(packed), NUMBER_BYTES)
    ]
    return tuple(Span(*pair) for pair in zip(numbers[::2], numbers[1::2], strict=True))


def _lie_in(spans: tuple[Span, ...], text: str) -> bool:
    """Whether the spans are in order, apart, not empty and inside of the text."""
    end = 0
    for span in spans:
        if not end <= span.start < span.end <= len(text):
            return False
        end = span.end
    return True
