"""Takes articles in from files, uploads and the web: reads them, and says what each would do.

Nothing is stored before `keep` is called, so that what was understood can be looked at first.
"""

import asyncio
import hashlib
import re
import stat
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from retrieval.articles import Article
from retrieval.sources.added.added_article import (
    UPLOAD,
    AddedArticle,
    Origin,
    text_digest,
)
from retrieval.sources.added.article_names import (
    name_of_address,
)
from retrieval.sources.added.article_store import ArticleStore
from retrieval.sources.added.deduplication import is_current, outcome_of
from retrieval.sources.added.known_sources import KnownSources
from retrieval.sources.added.outcomes import NO_WISHES, Effect, Outcome, Wishes, refused
from retrieval.sources.article_file import LARGEST_TEXT_FILE
from retrieval.sources.article_ids import readable_name
from retrieval.sources.documents.cautions import SourceWarning
from retrieval.sources.documents.charset import decoded
from retrieval.sources.documents.document import (
    READER_VERSION,
    Document,
    UnreadableError,
)
from retrieval.sources.documents.document_articles import document_article
from retrieval.sources.documents.formats.file_type import FileType, file_type
from retrieval.sources.documents.refusal_reasons import Reason
from retrieval.sources.file_kinds import LARGEST_DOCUMENT, MARKDOWN, PLAIN
from retrieval.sources.web.page_fetcher import Fetched, FetchError, PageFetcher
from retrieval.sources.web.web_identity import canonical, cleaned, is_address
from retrieval.sources.worker.reading_worker import ReadingWorker

GONE = (404, 410)
HTML_SUFFIXES = (".html", ".htm", ".xhtml")
HTML_TAG = re.compile(rb"<[a-zA-Z!/]")


class Adding:
    """Reads sources into articles for one store; to be closed with `aclose`.

    `taken` are the ids of the articles in the folder, which no other may have.
    """

    def __init__(
        self,
        store: ArticleStore,
        worker: ReadingWorker,
        detect_language: Callable[[str], str],
        taken: Callable[[], set[str]],
        *,
        private: bool = False,
    ) -> None:
        self.store = store
        self.worker = worker
        self._detect = detect_language
        self._taken = taken
        self._private = private
        self._fetcher: PageFetcher | None = None
        self.known = KnownSources(())

    def refresh(self) -> None:
        """Read again what is in the store."""
        self.known = KnownSources(self.store.all())

    @property
    def fetcher(self) -> PageFetcher:
        """What fetches from the web; made when it is needed first."""
        if self._fetcher is None:
            self._fetcher = PageFetcher(private=self._private)
        return self._fetcher

    async def aclose(self) -> None:
        """Close the connections."""
        if self._fetcher is not None:
            await self._fetcher.aclose()

    async def prepare(self, source: str, wishes: Wishes = NO_WISHES) -> Outcome:
        """What adding an address or a path of a file would do."""
        try:
            if is_address(source):
                return await self._from_web(source.strip(), wishes)
            return await asyncio.to_thread(self._from_file, Path(source), wishes)
        except UnreadableError as error:
            return refused(source, error)

    def prepare_upload(self, name: str, content: bytes, wishes: Wishes = NO_WISHES) -> Outcome:
        """What adding a file that somebody sent would do; it is known by its name."""
        source = f"{UPLOAD}{Path(name).name}"
        try:
            return self._from_bytes(source, Path(name), content, wishes)
        except UnreadableError as error:
            return refused(source, error)

    async def prepare_update(self, added: AddedArticle) -> Outcome:
        """What reading an article's source again would do."""
        origin = added.origin
        wishes = Wishes(origin.title, origin.language)
        try:
            if origin.is_web and not origin.is_entry:
                return await self._again_from_web(added, wishes)
            if origin.is_upload or origin.is_entry:
                return Outcome(origin.source, Effect.SAME, added)
            return await asyncio.to_thread(self._from_file, Path(origin.source), wishes)
        except UnreadableError as error:
            if isinstance(error, FetchError) and error.status in GONE:
                failed = replace(added, origin=replace(origin, failures=origin.failures + 1))
                await asyncio.to_thread(self.store.note, failed)
            return refused(origin.source, error)

    def keep(self, outcomes: Sequence[Outcome], *, goes_on: bool = False) -> bool:
        """Store what was added or updated; the `goes_on` of the next call.

        `goes_on`: an earlier call stored something, and both are undone together. Raises
        ArticleStoreError.
        """
        changed = [
            one.added
            for one in outcomes
            if one.added is not None and one.effect in (Effect.ADDED, Effect.UPDATED)
        ]
        if changed:
            self.store.put(changed, goes_on=goes_on)
        for added in changed:
            self.known.note(added)
        return goes_on or bool(changed)

    async def _from_web(self, address: str, wishes: Wishes) -> Outcome:
        fetched = await self._fetched(address)
        content = fetched.content or b""
        if _is_text(content) and (_suffix(fetched.address) or not HTML_TAG.search(content)):
            name = Path(name_of_address(fetched.address)).with_suffix(
                _suffix(fetched.address) or ".txt"
            )
            text = decoded(content, fetched.charset).encode()
            article, warnings = await asyncio.to_thread(self._text_article, name, text, wishes)
            origin = _web_origin(article, fetched, (address,))
            return self._outcome(AddedArticle(article, origin, 0, warnings), wishes)
        document = await asyncio.to_thread(
            self.worker.read, content, fetched.charset, fetched.address
        )
        return self.page_outcome(fetched, document, wishes, (address,))

    async def _fetched(self, address: str) -> Fetched:
        """What is at an address as it was written, or without what only tracks who follows it.

        Some pages need parameters that look as if they tracked, and some do not exist with others.
        """
        try:
            return await self.fetcher.fetch(address)
        except FetchError as error:
            if error.status not in GONE or cleaned(address) == address:
                raise
        return await self.fetcher.fetch(cleaned(address))

    async def _again_from_web(self, added: AddedArticle, wishes: Wishes) -> Outcome:
        origin = added.origin
        is_same_reader = origin.reader == READER_VERSION
        etag, modified = (origin.etag, origin.modified) if is_same_reader else ("", "")
        fetched = await self.fetcher.fetch(origin.source, etag, modified)
        if fetched.content is None or is_current(added, _digest(fetched.content), wishes):
            return Outcome(origin.source, Effect.SAME, added)
        document = await asyncio.to_thread(
            self.worker.read, fetched.content, fetched.charset, fetched.address
        )
        if origin.feed:  # which named and dated it
            published = document.published or added.article.published or ""
            document = replace(document, title=added.article.title, published=published)
        found = self.page_outcome(fetched, document, wishes, (origin.source,))
        if found.effect is Effect.SAME and found.added is not None:
            await asyncio.to_thread(self.store.note, found.added)
        return found

    def page_outcome(
        self,
        fetched: Fetched,
        document: Document,
        wishes: Wishes,
        names: Sequence[str],
        feed: str = "",
    ) -> Outcome:
        """What adding a page that was read would do; `names` are its other addresses."""
        source = canonical(fetched.address, document.url)
        placed = replace(document, url=source, title=wishes.title or document.title)
        article = self._document_article(placed, name_of_address(source), wishes)
        origin = _web_origin(article, fetched, names, feed)
        return self._outcome(
            AddedArticle(article, origin, document.pages, document.warnings), wishes
        )

    def entry_outcome(self, source: str, document: Document, feed: str) -> Outcome:
        """What adding the own text of an entry would do that has no page of its own."""
        article = self._document_article(document, name_of_address(feed), NO_WISHES)
        origin = Origin(source, text_digest(article), feed=feed, is_entry=True)
        return self._outcome(AddedArticle(article, origin, 0, document.warnings), NO_WISHES)

    def _from_file(self, path: Path, wishes: Wishes) -> Outcome:
        path = path.expanduser().absolute()
        try:
            state = path.stat()
            if not stat.S_ISREG(state.st_mode):
                raise UnreadableError(Reason.NO_FILE)
            if state.st_size > LARGEST_DOCUMENT:
                raise UnreadableError(Reason.TOO_MANY_BYTES, most=LARGEST_DOCUMENT)
            content = path.read_bytes()
        except (OSError, ValueError) as error:
            said = getattr(error, "strerror", None) or "its name is no name of a file"
            raise UnreadableError(Reason.NO_ACCESS, said=str(said)) from error
        return self._from_bytes(str(path), path, content, wishes)

    def _from_bytes(self, source: str, path: Path, content: bytes, wishes: Wishes) -> Outcome:
        digest = _digest(content)
        known = self.known.of_source(source)
        if known is not None and is_current(known, digest, wishes):
            return Outcome(source, Effect.SAME, known)
        suffix = path.suffix.lower()
        if suffix in MARKDOWN or (suffix not in HTML_SUFFIXES and _is_text(content)):
            article, warnings = self._text_article(path, content, wishes)
            pages = 0
        else:
            document = self.worker.read(content)
            article = self._document_article(document, readable_name(Path(path.name)), wishes)
            pages, warnings = document.pages, document.warnings
        origin = Origin(source, text_digest(article), digest)
        return self._outcome(AddedArticle(article, origin, pages, warnings), wishes)

    def _text_article(
        self, path: Path, content: bytes, wishes: Wishes
    ) -> tuple[Article, tuple[SourceWarning, ...]]:
        if not content.strip():
            raise UnreadableError(Reason.EMPTY)
        if len(content) > LARGEST_TEXT_FILE:
            raise UnreadableError(Reason.TOO_MANY_BYTES, most=LARGEST_TEXT_FILE)
        article, warnings = self.worker.read_text(path.name, content)
        wished = replace(
            article,
            title=wishes.title or article.title,
            language=wishes.language or article.language,
        )
        return wished, warnings

    def _document_article(self, document: Document, name: str, wishes: Wishes) -> Article:
        told = replace(document, title=wishes.title or document.title)
        article = document_article(told, "x", name, self._detect, wishes.language or None)
        if not article.paragraphs:
            raise UnreadableError(Reason.NO_TEXT)
        return article

    def _outcome(self, found: AddedArticle, wishes: Wishes) -> Outcome:
        return outcome_of(found, wishes, self.known, self._taken)


def _web_origin(
    article: Article, fetched: Fetched, names: Sequence[str], feed: str = ""
) -> Origin:
    """Where an article of the web is from; `names` are other addresses that lead to it."""
    source = article.url or fetched.address
    aliases = dict.fromkeys((*names, *fetched.moved, fetched.address))
    return Origin(
        source,
        text_digest(article),
        _digest(fetched.content) if fetched.content else "",
        aliases=tuple(name for name in aliases if name != source),
        etag=fetched.etag,
        modified=fetched.modified,
        feed=feed,
        is_entry=bool(feed) and not fetched.content,
    )


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _is_text(content: bytes) -> bool:
    return file_type(content) is FileType.TEXT


def _suffix(address: str) -> str:
    suffix = Path(address.partition("?")[0]).suffix.lower()
    return suffix if suffix in MARKDOWN | PLAIN else ""
