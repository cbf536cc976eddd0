"""What is in the store already: by source, by text, and by id."""

from collections.abc import Iterable

from retrieval.sources.added.added_article import AddedArticle
from retrieval.sources.web.web_identity import identity_key, is_address


class KnownSources:
    """The added articles, looked up by where they are from and by what they say."""

    def __init__(self, added: Iterable[AddedArticle]) -> None:
        self._by_id: dict[str, AddedArticle] = {}
        self._by_key: dict[str, str] = {}
        self._by_text: dict[str, str] = {}
        for one in added:
            self.note(one)

    @property
    def all(self) -> tuple[AddedArticle, ...]:
        """All articles."""
        return tuple(self._by_id.values())

    def note(self, added: AddedArticle) -> None:
        """Know an article, or its newer version."""
        identity = added.article.id
        self._by_id[identity] = added
        self._by_text.setdefault(added.origin.text_digest, identity)
        for name in added.origin.names():
            self._by_key[source_key(name)] = identity

    def of_id(self, identity: str) -> AddedArticle | None:
        """The article of that id."""
        return self._by_id.get(identity)

    def of_source(self, *names: str) -> AddedArticle | None:
        """The article that is from one of these sources."""
        for name in names:
            if (identity := self._by_key.get(source_key(name))) is not None:
                return self._by_id[identity]
        return None

    def of_text(self, digest: str) -> AddedArticle | None:
        """The article that says just that."""
        identity = self._by_text.get(digest)
        return self._by_id[identity] if identity is not None else None


def source_key(name: str) -> str:
    """What is the same for all ways to name a source."""
    return identity_key(name) if is_address(name) else name
