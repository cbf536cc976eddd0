"""What is shown of articles before they are added."""

from collections.abc import Sequence

from bot.composing.wording import caution_text, refusal_text, text
from bot.rendering.telegram.markup import MarkedText, plain
from bot.rendering.telegram.text_length import cut
from retrieval.sources.added.added_article import UPLOAD
from retrieval.sources.added.article_store import ArticleStore
from retrieval.sources.added.outcomes import Effect, Outcome

LETTERS_SHOWN = 200  # of the beginning and of the end
LONGEST_PREVIEW = 3_500


def preview(outcomes: Sequence[tuple[str, Outcome]], store: ArticleStore) -> MarkedText:
    """What was understood of each source, by its name."""
    ready = [
        one.added
        for _, one in outcomes
        if one.added is not None and one.effect in (Effect.ADDED, Effect.UPDATED)
    ]
    first = last = source = ""
    if len(ready) == 1:
        paragraphs = ready[0].article.paragraphs
        first = cut(paragraphs[0].text, LETTERS_SHOWN)
        ending = paragraphs[-1].text
        last = "" if len(paragraphs) == 1 else _end_of(ending)
        source = ready[0].origin.source.removeprefix(UPLOAD)
    said = text(
        "added_preview",
        refused=[
            {"name": name, "error": refusal_text(one.refusal).rstrip("; .")}
            for name, one in outcomes
            if one.refusal is not None
        ],
        same=[
            {"name": name, "title": one.added.article.title}
            for name, one in outcomes
            if one.effect is Effect.SAME and one.added is not None
        ],
        articles=[{"added": one, "warnings": map(caution_text, one.warnings)} for one in ready],
        replaces=len(ready) == 1 and store.get(ready[0].article.id) is not None,
        first=first,
        last=last,
        source=source,
    )
    return plain(cut(said, LONGEST_PREVIEW))


def _end_of(text: str) -> str:
    """The last words of a text."""
    cut_off, _, whole = text[-LETTERS_SHOWN:].partition(" ")
    return text if len(text) <= LETTERS_SHOWN else whole or cut_off
