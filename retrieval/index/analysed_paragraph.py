"""A paragraph as it is searched: cut into sentences, and these into terms."""

from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain, pairwise

from retrieval.articles import Paragraph, ParagraphKind, Span
from retrieval.text.analysis import Analyzer
from retrieval.text.discourse import is_filler
from retrieval.text.line_structure import LineStructure, code_lines, line_structure
from retrieval.text.sentences import sentence_spans

Terms = tuple[str, ...]

MOST_REMEMBERED = 1000  # the pairs of a question are looked for in many paragraphs


@dataclass(frozen=True)
class AnalysedParagraph:
    """A paragraph, its sentences, and the terms of these and of what stands above them.

    Title and headings count as words of the paragraph, never of a sentence: `above` are the terms
    of them all, `heading` those of the paragraph's own heading. Of a list, a table or code the
    lines are the sentences, unless an entry is long; `structure` is that of a list or table.
    """

    paragraph: Paragraph
    language: str
    above: Terms
    heading: frozenset[str]
    spans: tuple[Span, ...]
    sentences: tuple[Terms, ...]
    filler: frozenset[int]
    structure: LineStructure | None

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
        return tuple(map(frozenset, self.sentences))

    @cached_property
    def all_held(self) -> frozenset[str]:
        """The different terms of the paragraph."""
        return frozenset(self.counts)

    def counts_of_pairs(self, wanted: AbstractSet[str]) -> Mapping[str, int]:
        """How often each of those pairs of neighbouring terms comes; of few of them."""
        counts = self.counts
        return {
            pair: number
            for pair in wanted
            for one, other in _splits(pair)
            if one in counts and other in counts and (number := self._neighbours(one, other))
        }

    def _neighbours(self, one: str, other: str) -> int:
        """How often the one term is followed by the other."""
        terms, place, found = self.terms, -1, 0
        for _ in range(self.counts[one]):
            place = terms.index(one, place + 1)
            found += terms[place + 1 : place + 2] == (other,)
        return found


def pairs_of(terms: Sequence[str]) -> list[str]:
    """Neighbouring terms as one: `military exercis`."""
    return list(map(" ".join, pairwise(terms)))


@lru_cache(maxsize=MOST_REMEMBERED)
def _splits(pair: str) -> tuple[tuple[str, str], ...]:
    """The terms that a pair may be of: more than two where a term holds a space."""
    parts = pair.split(" ")
    return tuple((" ".join(parts[:n]), " ".join(parts[n:])) for n in range(1, len(parts)))


def analysed(paragraph: Paragraph, title: str, analyzer: Analyzer) -> AnalysedParagraph:
    """The paragraph of an article with that title, in the analyzer's language."""
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
    may_be_filler = paragraph.kind not in (ParagraphKind.TABLE, ParagraphKind.CODE)
    headings = "\n".join((title, *paragraph.ancestors, paragraph.heading))
    return AnalysedParagraph(
        paragraph=paragraph,
        language=code,
        above=tuple(analyzer.compound_terms(headings)),
        heading=frozenset(analyzer.compound_terms(paragraph.heading)),
        spans=tuple(spans),
        sentences=tuple(tuple(analyzer.compound_terms(sentence)) for sentence in texts),
        filler=frozenset(
            number
            for number, sentence in enumerate(texts)
            if may_be_filler and is_filler(sentence, analyzer.language)
        ),
        structure=structure,
    )
