"""Short codes for the places of quotes, fit for a deep link, that notice changed articles."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from hashlib import blake2b

from retrieval.articles import Article, Collection, Paragraph, Quote, Span

ARTICLE_BYTES = 5
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

    def __init__(self, collection: Collection) -> None:
        self._collection = collection
        former = {article_code(name): found for name, found in collection.former_ids.items()}
        self._articles = former | {article_code(a.id): a for a in collection.articles}

    def article(self, code: str) -> Article | None:
        """The article of that code; None if there is none any more."""
        return self._articles.get(code)

    def code(self, quote: Quote) -> str:
        """The code of a quote; one with many spans is taken as all from its start to its end."""
        spans = quote.spans if len(quote.spans) <= MOST_SPANS else (Span(quote.start, quote.end),)
        cited = Quote(quote.paragraph, spans)
        numbers = [quote.paragraph.number, *(n for span in spans for n in (span.start, span.end))]
        first, *others = (number.to_bytes(NUMBER_BYTES, "big") for number in numbers)
        article = _digest(quote.paragraph.article, ARTICLE_BYTES)
        parts = [article, first, _digest(cited.text, DIGEST_BYTES), *others]
        return urlsafe_b64encode(b"".join(parts)).decode()

    def quote(self, code: str) -> Quote | None:
        """The quote of that code; None if it is none, or if the article has changed since."""
        try:
            packed = urlsafe_b64decode(code)
        except (Base64Error, ValueError):
            return None
        spans_bytes = len(packed) - HEAD_BYTES
        if spans_bytes <= 0 or spans_bytes % SPAN_BYTES:
            return None
        paragraph = self._paragraph(packed)
        digest = packed[HEAD_BYTES - DIGEST_BYTES : HEAD_BYTES]
        spans = _spans(packed[HEAD_BYTES:])
        if paragraph is None or not _lie_in(spans, paragraph.text):
            return None
        quote = Quote(paragraph, spans)
        return quote if _digest(quote.text, DIGEST_BYTES) == digest else None

    def _paragraph(self, packed: bytes) -> Paragraph | None:
        article = self.article(_readable(packed[:ARTICLE_BYTES]))
        number = int.from_bytes(packed[ARTICLE_BYTES : ARTICLE_BYTES + NUMBER_BYTES], "big")
        return None if article is None else self._collection.paragraph(article.id, number)


def article_code(article: str) -> str:
    """Seven characters of `A-Za-z0-9_-` that stand for the article of that id."""
    return _readable(_digest(article, ARTICLE_BYTES))


def _readable(packed: bytes) -> str:
    return urlsafe_b64encode(packed).decode().rstrip("=")


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
