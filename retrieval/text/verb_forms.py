"""Forms of a verb that no stemmer joins: "putzt" and "geputzt", "chante" and "chantent"."""

from collections.abc import Iterator

from retrieval.text.languages import VerbEndings

SHORTEST_ROOT = 3


def verb_forms(word: str, verbs: VerbEndings) -> Iterator[str]:
    """What else a word may be written as if it is a verb, in lower case; not all are words.

    A pronoun may hang on it: "chante-t-il".
    """
    written = word.casefold().partition("-")[0]
    roots = {
        written.removesuffix(ending)
        for ending in verbs.endings
        if written.endswith(ending) and len(written) - len(ending) >= SHORTEST_ROOT
    }
    for root in sorted(roots):
        before = [prefix for prefix in ("", *sorted(verbs.prefixes)) if root.startswith(prefix)]
        for prefix in before:
            bare = root.removeprefix(prefix).removeprefix(verbs.augment)
            if len(bare) < SHORTEST_ROOT:
                continue
            for opening in (prefix, prefix + verbs.augment):
                yield from (opening + bare + ending for ending in sorted(verbs.written))
