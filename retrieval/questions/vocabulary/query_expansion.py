"""Query expansion: stems, word families and synonyms that a word may be found as."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from retrieval.index.collection_index import Index
from retrieval.index.statistics import Phrase
from retrieval.questions.query import QueryWord
from retrieval.questions.vocabulary.question_terms import QuestionTerm
from retrieval.questions.vocabulary.synonyms import MOST_SYNONYM_WORDS, Synonyms
from retrieval.text.analysis import HYPHEN, Analyzer
from retrieval.text.frequencies import frequencies_of
from retrieval.text.units import other_names
from retrieval.text.verb_forms import verb_forms

FAMILY_WEIGHT = 0.6
SYNONYM_WEIGHT = 0.6
COMPOUND_WEIGHT = 0.55  # for a compound that the word is a part of
ONLY_COMPOUND_WEIGHT = 0.8  # where no article holds the word by itself
PART_WEIGHT = 0.4  # for one part of a compound that is asked for
HEAD_WEIGHT = 0.6  # for its last part, where that is long enough to tell most of it
LONG_HEAD = 8
CHARACTER_WEIGHT = 0.8  # for a pair of characters that holds the one asked for
SPLIT_WEIGHT = 0.8  # for `f` and `16` apart, where `F16` is asked for


class QueryExpansion:
    """Finds the collection's terms for a question's words: stems, families, synonyms."""

    def __init__(
        self,
        index: Index,
        synonyms: Mapping[str, Synonyms],
    ) -> None:
        self._index = index
        self._synonyms = synonyms

    def holds(self, word: str, analyzer: Analyzer) -> bool:
        """Whether the articles hold the word in some form, or a synonym; a compound, all of it."""
        terms = analyzer.word_terms(word)
        if not terms or any(map(self._index.paragraphs.knows, analyzer.other_readings(word))):
            return True
        known = [term in self._index.paragraphs for term in terms]
        if all(known) or (any(known) and not HYPHEN.search(word)):
            return True
        if self._compounds(word, analyzer) or any(self._verb_forms(word, analyzer)):
            return True
        if self._as_unit(terms, word, analyzer):
            return True
        return any(self._foreign(word, analyzer)) or bool(self._synonyms_of(terms, analyzer))

    def query_words(
        self, asked: Sequence[QuestionTerm], analyzer: Analyzer, *, wants_person: bool = False
    ) -> Iterator[QueryWord]:
        """A query word for each term; a term that comes twice counts once.

        Several terms that make an expression in the synonym file are one word. Where a person is
        wanted, a verb is found as who does it, too: "founded" as "founder".
        """
        seen: set[Phrase] = set()
        position = 0
        while position < len(asked):
            size = self._expression_size(asked[position:], analyzer)
            group = asked[position : position + size]
            phrase = tuple(one.term for one in group)
            if phrase not in seen:
                seen.add(phrase)
                word = self._query_word(group, phrase, analyzer)
                yield self._with_agents(word, phrase, analyzer) if wants_person else word
            position += size

    def any_of(
        self, words: Sequence[str], asked: Container[Phrase], analyzer: Analyzer, weight: float
    ) -> QueryWord | None:
        """A word that is not asked for itself, found as each of these that is not `asked` for.

        None if no article has one of them.
        """
        terms = dict.fromkeys((analyzer.term_of(word),) for word in words)
        known = [t for t in terms if t not in asked and self._index.paragraphs.knows(t)]
        if not known:
            return None
        frequencies = frequencies_of(analyzer.language.code)
        return QueryWord(
            text=words[0],
            alternatives=dict.fromkeys(known, 1.0),
            information=min(map(frequencies.information, words)),
            weight=weight,
            own=False,
        )

    def _expression_size(self, asked: Sequence[QuestionTerm], analyzer: Analyzer) -> int:
        for size in range(min(MOST_SYNONYM_WORDS, len(asked)), 1, -1):
            if self._synonyms_of(tuple(one.term for one in asked[:size]), analyzer):
                return size
        return 1

    def _query_word(
        self, group: Sequence[QuestionTerm], phrase: Phrase, analyzer: Analyzer
    ) -> QueryWord:
        alternatives = {phrase: 1.0}
        if len(group) == 1:
            alternatives |= self._variants(group[0], analyzer)
        synonyms = self._synonyms_of(phrase, analyzer)
        alternatives |= {terms: SYNONYM_WEIGHT for terms in synonyms if terms not in alternatives}
        known = {p: w for p, w in alternatives.items() if self._index.paragraphs.knows(p)}
        known = known or self._as_unit(phrase, group[0].word, analyzer)
        frequencies = frequencies_of(analyzer.language.code)
        text = " ".join(dict.fromkeys(one.word for one in group))
        return QueryWord(
            text=text,
            alternatives=known or {phrase: 1.0},
            information=max(frequencies.information(one.word.casefold()) for one in group),
            known=bool(known),
            is_name=any(one.is_name for one in group),
            synonyms={terms: shown for terms, shown in synonyms.items() if terms in known},
        )

    def _as_unit(self, phrase: Phrase, word: str, analyzer: Analyzer) -> dict[Phrase, float]:
        """The other names of a unit of measurement that articles hold: `km` for `kilometres`."""
        names = other_names(word, analyzer.language.code) if len(phrase) == 1 else ()
        terms = {(analyzer.term_of(name),) for name in names}
        return {term: 1.0 for term in sorted(terms) if self._index.paragraphs.knows(term)}

    def _with_agents(self, word: QueryWord, phrase: Phrase, analyzer: Analyzer) -> QueryWord:
        """The word, found as the nouns that its stem makes with the endings of who does it."""
        agents = (phrase[0] + ending for ending in sorted(analyzer.language.agents))
        found: dict[Phrase, float] = {
            (agent,): FAMILY_WEIGHT for agent in agents if agent in self._index.paragraphs
        }
        if len(phrase) > 1 or not found:
            return word
        known = word.alternatives if word.known else {}
        return replace(word, alternatives={**found, **known}, known=True)

    def _variants(self, asked: QuestionTerm, analyzer: Analyzer) -> dict[Phrase, float]:
        variants: dict[Phrase, float] = {
            (term,): FAMILY_WEIGHT for term in self._index.family(asked.term)
        }
        variants = self._compounds(asked.word, analyzer) | variants
        forms = self._verb_forms(asked.word, analyzer)
        variants |= {(term,): FAMILY_WEIGHT for term in forms if (term,) not in variants}
        if asked.joined:
            whole = analyzer.term_of(asked.joined)
            others = chain(self._verb_forms(asked.joined, analyzer), self._index.family(whole))
            variants |= {(term,): FAMILY_WEIGHT for term in others}
            variants[(whole,)] = 1.0
        variants |= {(term,): 1.0 for term in self._foreign(asked.word, analyzer)}
        if len(asked.term) == 1:
            pairs = self._index.holding_character(asked.term)
            variants |= {(pair,): CHARACTER_WEIGHT for pair in pairs if pair != asked.term}
        for reading in asked.readings:
            variants[reading] = 1.0 if len(reading) == 1 else SPLIT_WEIGHT
        return variants

    def _verb_forms(self, word: str, analyzer: Analyzer) -> Iterator[str]:
        """The terms of other forms of a verb, if the articles hold them."""
        own = analyzer.term_of(word)
        for form in verb_forms(word, analyzer.language.verbs):
            term = analyzer.term_of(form)
            if term != own and term in self._index.paragraphs:
                yield term

    def _compounds(self, word: str, analyzer: Analyzer) -> dict[Phrase, float]:
        """The compounds that hold a word as a part, and the parts of one that is a compound."""
        compounds = self._index.compounds(analyzer.language.code)
        if compounds is None or not word.isalpha():
            return {}
        term = analyzer.term_of(word)
        parts = compounds.parts(term)
        found: dict[Phrase, float] = {
            (part,): HEAD_WEIGHT if len(part) >= LONG_HEAD and term.endswith(part) else PART_WEIGHT
            for part in parts
        }
        if len(parts) > 1:
            found[tuple(parts)] = SPLIT_WEIGHT
        is_known = term in self._index.paragraphs
        weight = COMPOUND_WEIGHT if is_known else ONLY_COMPOUND_WEIGHT
        return found | {(compound,): weight for compound in compounds.holding(word)}

    def _foreign(self, word: str, analyzer: Analyzer) -> Iterator[str]:
        """The word's terms in the collection's other languages, if the articles hold them."""
        for other in self._index.analyzers.values():
            if other is not analyzer:
                terms = other.word_terms(word)
                if len(terms) == 1 and terms[0] in self._index.paragraphs:
                    yield terms[0]

    def _synonyms_of(self, phrase: Phrase, analyzer: Analyzer) -> dict[Phrase, str]:
        synonyms = self._synonyms[analyzer.language.code].of(phrase)
        return {synonym.terms: synonym.text for synonym in synonyms}
