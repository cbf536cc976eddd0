"""Opens the vectors of a collection in the data folder, where an encoder is installed.

Whoever answers by words alone loads nothing of it.
"""

from typing import TYPE_CHECKING

from bot.settings.settings import Settings
from retrieval.index.collection_index import Index
from retrieval.store.kept_collections import kept_collections, kept_digests

if TYPE_CHECKING:
    from retrieval.answers.by_meaning.meaning import Meaning
    from retrieval.index.vectors.collection_vectors import CollectionVectors
    from retrieval.index.vectors.vector_store import VectorStore

FOLDER, COLLECTIONS = "vectors", "collections"
MEANING_OFF, MEANING_PARAGRAPHS = "off", "paragraphs"


def open_vectors(index: Index, settings: Settings) -> "CollectionVectors | None":
    """The vectors that are there of this collection; None without an encoder, or if switched off.

    Nothing is encoded by it.
    """
    if settings.meaning == MEANING_OFF:
        return None
    from retrieval.index.vectors.nano_encoder import open_encoder

    encoder = open_encoder()
    if encoder is None:
        return None
    from retrieval.index.vectors.collection_vectors import CollectionVectors
    from retrieval.index.vectors.vector_store import VectorStore

    store = VectorStore(settings.data / FOLDER, encoder)
    return CollectionVectors(index, store, sentences=settings.meaning != MEANING_PARAGRAPHS)


def drop_unused(store: "VectorStore", settings: Settings) -> None:
    """Take out the vectors of texts that are in no collection any more, if they are most of all.

    What is published may hold others. Raises VectorStoreError.
    """
    every = [*map(kept_digests, kept_collections(settings.data / COLLECTIONS))]
    known = [digests for digests in every if digests is not None]
    from retrieval.index.vectors.vector_store import keys_of

    if not settings.opensearch_url and len(known) == len(every):
        store.keep(keys_of(b"".join(known), store.encoder.name))


def meaning_of(vectors: "CollectionVectors | None") -> "Meaning | None":
    """What a finder asks for what comes near a question; None without vectors."""
    if vectors is None:
        return None
    from retrieval.answers.by_meaning.background import shipped_background
    from retrieval.answers.by_meaning.meaning import Meaning
    from retrieval.answers.by_meaning.talk_by_meaning import shipped_talk_examples

    return Meaning(vectors, shipped_background(), shipped_talk_examples())
