"""A paragraph as it is searched: cut into sentences, and these into terms."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, pairwise
from typing import NamedTuple, Protocol

from retrieval.articles import Paragraph, ParagraphKind, Span
from retrieval.text.analysis import Analyzer
from retrieval.text.discourse import denies, is_filler, only_links
from retrieval.text.languages import Language
from retrieval.text.line_structure import LineStructure, code_lines, line_structure

Terms = tuple[str, ...]


class ParagraphTerms(Protocol):
    """The terms of a paragraph's sentences, and of what stands above them.

    Title and headings count as words of the paragraph, never of a sentence: `above` are the terms
    of them all, `heading` those of the paragraph's own heading.
    """

    @property
    def above(self) -> Terms:
        """The terms of the title and the headings."""

    @property
    def heading(self) -> frozenset[str]:
        """The terms of the paragraph's own heading."""

    @property
    def sentences(self) -> Sequence[Terms]:
        """The terms of each sentence in their order."""


class TermsInMemory(NamedTuple):
    """See `ParagraphTerms`."""

    above: Terms
    heading: frozenset[str]
    sentences: Sequence[Terms]


class ParagraphSource(Protocol):
    """Where the text and the terms of a paragraph are read."""

    @property
    def paragraph(self) -> Paragraph:
        """What it says and where it stands."""

    @property
    def terms(self) -> ParagraphTerms:
        """Its terms."""


class ParagraphInMemory(NamedTuple):
    """See `ParagraphSource`."""

    paragraph: Paragraph
    terms: ParagraphTerms


@dataclass(frozen=True)
class AnalysedParagraph:
    """A paragraph and its sentences; texts and terms are read when they are asked for.

    Of a list, a table or code the lines are the sentences, unless an entry is long; `bounds` are
    where each sentence begins and ends, `bounds[2 * n]` and the next of the n-th. `structure` is
    that of a list or table. `filler` are the sentences that say nothing of their subject,
    `denials` those that deny something, each by its place.
    """

    kind: ParagraphKind
    language: str
    bounds: Sequence[int]
    filler: frozenset[int]
    denials: frozenset[int]
    structure: LineStructure | None
    source: ParagraphSource

    @cached_property
    def paragraph(self) -> Paragraph:
        """What it says and where it stands."""
        return self.source.paragraph

    @cached_property
    def _own_terms(self) -> ParagraphTerms:
        return self.source.terms

    @property
    def size(self) -> int:
        """How many sentences there are."""
        return len(self.bounds) // 2

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where all sentences stand."""
        return tuple(map(Span, self.bounds[::2], self.bounds[1::2]))

    def span(self, place: int) -> Span:
        """Where the sentence in that place stands in its paragraph."""
        return Span(self.bounds[2 * place], self.bounds[2 * place + 1])

    def sentence(self, place: int) -> str:
        """The words of the sentence in that place."""
        return self.paragraph.text[self.bounds[2 * place] : self.bounds[2 * place + 1]]

    def whole(self) -> "AnalysedParagraph":
        """The paragraph with all of it read, so that it needs nothing but memory."""
        terms = TermsInMemory(self.above, self.heading, self.sentences)
        return replace(self, source=ParagraphInMemory(self.paragraph, terms))

    @property
    def above(self) -> Terms:
        """The terms of the title and the headings."""
        return self._own_terms.above

    @property
    def heading(self) -> frozenset[str]:
        """The terms of the paragraph's own heading."""
        return self._own_terms.heading

    @cached_property
    def sentences(self) -> tuple[Terms, ...]:
        """The terms of each sentence in their order."""
        return tuple(self._own_terms.sentences)

    @cached_property
    def terms(self) -> Terms:
        """All terms: of the title, the headings and the sentences, in this order."""
        return tuple(chain(self.above, *self.sentences))

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How often each term comes."""
        return Counter(self.terms)

    @cached_property
    def held(self) -> tuple[frozenset[str], ...]:
        """The different terms of each sentence."""
        return tuple(map(self.held_in, range(self.size)))

    def held_in(self, place: int) -> frozenset[str]:
        """The different terms of the sentence in that place."""
        found = self._held_in.get(place)
        if found is None:
            found = self._held_in[place] = frozenset(self._own_terms.sentences[place])
        return found

    @cached_property
    def _held_in(self) -> dict[int, frozenset[str]]:
        return {}

    @cached_property
    def all_held(self) -> frozenset[str]:
        """The different terms of the paragraph."""
        return frozenset(self.terms)


def pairs_of(terms: Sequence[str]) -> list[str]:
    """Neighbouring terms as one: `military exercis`."""
    return list(map(" ".join, pairwise(terms)))


def splits(pair: str) -> tuple[tuple[str, str], ...]:
    """The two terms that a pair may be of; there are several where a term holds a space."""
    parts = pair.split(" ")
    return tuple((" ".join(parts[:n]), " ".join(parts[n:])) for n in range(1, len(parts)))


def analysed(paragraph: Paragraph, title: str, analyzer: Analyzer) -> AnalysedParagraph:
    """The paragraph of an article with that title, in the analyzer's language."""
    from retrieval.text.sentences import sentence_spans

    code = analyzer.language.code
    text, structure = paragraph.text, None
    match paragraph.kind:
        case ParagraphKind.CODE:
            spans = code_lines(text)
        case ParagraphKind.LIST | ParagraphKind.TABLE:
            structure = line_structure(paragraph, code)
            spans = structure.sentences
        case _:
            spans = sentence_spans(text, code)
    texts = [text[span.start : span.end] for span in spans]
    says_something = paragraph.kind not in (ParagraphKind.TABLE, ParagraphKind.CODE)
    filler = _places(texts, is_filler, analyzer.language) if says_something else frozenset()
    if paragraph.kind is ParagraphKind.TEXT and only_links(text, analyzer.language):
        filler = frozenset(range(len(texts)))
    headings = "\n".join((title, *paragraph.ancestors, paragraph.heading))
    terms = TermsInMemory(
        above=tuple(analyzer.compound_terms(headings)),
        heading=frozenset(analyzer.compound_terms(paragraph.heading)),
        sentences=tuple(tuple(analyzer.compound_terms(sentence)) for sentence in texts),
    )
    return AnalysedParagraph(
        kind=paragraph.kind,
        language=code,
        bounds=tuple(bound for span in spans for bound in (span.start, span.end)),
        filler=filler,
        denials=_places(texts, denies, analyzer.language),
        structure=structure,
        source=ParagraphInMemory(paragraph, terms),
    )


def _places(
    texts: Sequence[str], holds: Callable[[str, Language], bool], language: Language
) -> frozenset[int]:
    """The places of those sentences of which something holds."""
    return frozenset(number for number, text in enumerate(texts) if holds(text, language))
