"""Deduplication: whether an article that was read is new, newer than one kept, or here already."""

import time
from collections.abc import Callable
from dataclasses import replace

from retrieval.sources.added.added_article import AddedArticle, Origin, with_id
from retrieval.sources.added.article_names import WishedIdError, checked_id, free_id
from retrieval.sources.added.known_sources import KnownSources
from retrieval.sources.added.outcomes import Effect, Outcome, Wishes
from retrieval.sources.documents.document import READER_VERSION
from retrieval.sources.documents.refusal_reasons import Reason


def outcome_of(
    found: AddedArticle, wishes: Wishes, known: KnownSources, taken: Callable[[], set[str]]
) -> Outcome:
    """What keeping the article would do: it takes the id of the one from the same source.

    `taken` are the ids that no added article may have. Raises WishedIdError.
    """
    origin = found.origin
    kept = known.of_source(*origin.names())
    if kept is None and (twin := known.of_text(origin.text_digest)) is not None:
        return Outcome(origin.source, Effect.SAME, twin)
    if kept is None:
        used = taken() | {one.article.id for one in known.all}
        identity = checked_id(wishes.id, used) if wishes.id else free_id(found.article.title, used)
    elif wishes.id in ("", kept.article.id):
        identity = kept.article.id
    else:
        raise WishedIdError(Reason.ID_OTHER, id=kept.article.id)
    article = with_id(found.article, identity)
    former = kept.origin if kept is not None else origin
    added = replace(found, article=article, origin=_continued(origin, former, wishes))
    if kept is None:
        return Outcome(origin.source, Effect.ADDED, added)
    is_same = kept.article == article
    return Outcome(origin.source, Effect.SAME if is_same else Effect.UPDATED, added)


def is_current(known: AddedArticle, digest: str, wishes: Wishes) -> bool:
    """Whether the article that is kept is what a file of that digest would be read into."""
    origin = known.origin
    return (
        origin.file_digest == digest
        and origin.reader == READER_VERSION
        and wishes.title in ("", origin.title)
        and wishes.language in ("", origin.language)
        and wishes.id in ("", known.article.id)
    )


def _continued(origin: Origin, former: Origin, wishes: Wishes) -> Origin:
    """The origin as it was found, with what is still so of the former one."""
    now = time.time()
    aliases = dict.fromkeys((*origin.aliases, *former.names()))  # all that ever led to it
    return replace(
        origin,
        source=origin.source if origin.is_web else former.source,
        aliases=tuple(name for name in aliases if name != origin.source),
        title=wishes.title or former.title,
        language=wishes.language or former.language,
        feed=origin.feed or former.feed,
        reader=READER_VERSION,
        added=former.added or now,
        changed=now,
    )
