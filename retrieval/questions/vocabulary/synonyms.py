"""Synonyms: a file of expressions that mean the same, which the operator edits.

What one weighs beside the word that was asked is in `query_expansion.py`.
"""

import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from retrieval.errors import SynonymError, where
from retrieval.index.statistics import Phrase
from retrieval.text.analysis import Analyzer

MOST_SYNONYM_WORDS = 4
MOST_REMEMBERED_LANGUAGES = 32


class Synonym(NamedTuple):
    """Another expression: as it is written in the file, and its terms."""

    text: str
    terms: Phrase


def synonyms_in(groups: Sequence[Sequence[str]], analyzer: Analyzer) -> "Synonyms":
    """The groups as they are looked up; made once, however often the articles change."""
    return _synonyms_in(tuple(map(tuple, groups)), analyzer)


@lru_cache(maxsize=MOST_REMEMBERED_LANGUAGES)
def _synonyms_in(groups: tuple[tuple[str, ...], ...], analyzer: Analyzer) -> "Synonyms":
    return Synonyms(groups, analyzer)


class Synonyms:
    """Groups of expressions that mean the same, looked up by their terms."""

    def __init__(self, groups: Sequence[Sequence[str]], analyzer: Analyzer) -> None:
        self._others: dict[Phrase, dict[Phrase, Synonym]] = {}
        for group in groups:
            members = [Synonym(text, tuple(analyzer.terms(text))) for text in group]
            members = [member for member in members if member.terms]
            for member in members:
                known = self._others.setdefault(member.terms, {})
                known.update((m.terms, m) for m in members if m.terms != member.terms)

    def of(self, phrase: Phrase) -> Sequence[Synonym]:
        """The other expressions for that one, in the order of the file."""
        return tuple(self._others.get(phrase, {}).values())


def read_synonyms(path: Path) -> list[list[str]]:
    """The groups in a TOML file: `groups = [["China", "Beijing"], …]`.

    Raises SynonymError, which says where and what to do.
    """
    try:
        if path.exists() and not path.is_file():
            raise SynonymError(f"{where(path)}: this is not a file; name a TOML file")
        fields = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        problem = f"cannot be read ({error.strerror}); check that it exists and its permissions"
        raise SynonymError(f"{where(path)}: {problem}") from error
    except UnicodeDecodeError as error:
        raise SynonymError(f"{where(path)}: not UTF-8; save the file as UTF-8") from error
    except (ValueError, RecursionError) as error:  # of TOML, or of a number too long
        raise SynonymError(f"{where(path)}: not valid TOML ({error}); correct it there") from error
    return _checked(path, fields)


def _checked(path: Path, fields: Mapping[str, object]) -> list[list[str]]:
    remedy = 'write groups = [["China", "Beijing"], ["dollar", "greenback"]]'
    groups = fields.get("groups")
    if not isinstance(groups, list):
        raise SynonymError(f"{where(path)}: no list named 'groups'; {remedy}")
    for number, group in enumerate(groups, start=1):
        texts = isinstance(group, list) and all(isinstance(text, str) for text in group)
        if not texts or len(group) < 2:
            problem = f"group {number} is not a list of two or more texts"
            raise SynonymError(f"{where(path)}: {problem}; {remedy}")
    return groups
