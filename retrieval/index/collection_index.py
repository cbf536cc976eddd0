"""The index of a collection: its paragraphs and sentences by their numbers, ready to be scored."""

from functools import lru_cache
from math import ceil

from retrieval.articles import Article, Paragraph, ParagraphKind, Span
from retrieval.index.analysed_paragraph import AnalysedParagraph
from retrieval.index.compounds import Compounds
from retrieval.index.lexicon import Lexicon
from retrieval.index.lists_and_tables import ListOrTable, numbered_lines
from retrieval.index.mentions import Mentions
from retrieval.index.search_engine import Engine
from retrieval.text.analysis import UNSPACED_RUN, Analyzer
from retrieval.text.frequencies import frequencies_of
from retrieval.text.languages import Language, Pattern

MOST_PAIRS = 50
MOST_RELATED_TERMS = 1000
MOST_REMEMBERED_LISTS = 2000
MOST_REMEMBERED_PATTERNS = 5000  # a sentence is looked through for some ten patterns
FAMILY_PREFIX = 5
FAMILY_SUFFIX = 3
FAMILY_SHARE = 0.7
# A sentence's number is that of its paragraph in front of this many bits for its place there.
SENTENCE_BITS = 24
IN_PARAGRAPH = (1 << SENTENCE_BITS) - 1


class Names:
    """The names that a collection holds, as folded words."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and self._lexicon.is_name(word)


class Index:
    """The paragraphs and sentences of a collection by their numbers, whatever engine holds them.

    Numbers grow in the order of the collection. Those of a paragraph's sentences follow one
    another, those of two paragraphs' do not. Title and headings count as words of their
    paragraphs, never of a sentence.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.articles = engine.articles
        self.analyzers = engine.analyzers
        self.lexicon = engine.lexicon
        self.names = Names(engine.lexicon)
        self.paragraphs, self.pairs = engine.paragraphs, engine.pairs
        self.sentences = engine.sentences
        self.analysed = engine.analysed
        self.finds = lru_cache(maxsize=MOST_REMEMBERED_PATTERNS)(self._finds)
        self.list_or_table = lru_cache(maxsize=MOST_REMEMBERED_LISTS)(self._list_or_table)
        self.mentions = Mentions(self._read)
        self._compounds = self._compounds_of_languages()

    def paragraph(self, number: int) -> Paragraph:
        """The paragraph of that number."""
        return self.analysed(number).paragraph

    def article_of(self, paragraph: int) -> Article:
        """The article that a paragraph is in."""
        return self.articles[self.paragraph(paragraph).article]

    def paragraphs_of(self, article: Article) -> range:
        """The numbers of an article's paragraphs."""
        first = self.engine.position(article.id, 1)
        return range(first, first + len(article.paragraphs))

    def position(self, paragraph: Paragraph) -> int:
        """The number of one of the collection's paragraphs."""
        return self.engine.position(paragraph.article, paragraph.number)

    def analyzer_of(self, paragraph: int) -> Analyzer:
        """The analyzer of the language that the paragraph is in."""
        return self.analyzers[self.analysed(paragraph).language]

    def language_of(self, sentence: int) -> Language:
        """The language that a sentence is in."""
        return self.analyzer_of(self.paragraph_of(sentence)).language

    def paragraph_terms(self, paragraph: int) -> frozenset[str]:
        """The terms of a paragraph, of its title and its headings."""
        return self.analysed(paragraph).all_held

    def title_terms(self, article: Article) -> frozenset[str]:
        """The terms of an article's title."""
        return frozenset(self.analyzers[article.language].compound_terms(article.title))

    def title_and_heading_terms(self, paragraph: int) -> frozenset[str]:
        """The terms of the title and the headings that a paragraph stands under."""
        return frozenset(self.analysed(paragraph).above)

    def heading_terms(self, paragraph: int) -> frozenset[str]:
        """The terms of the heading that a paragraph stands under."""
        there = self.analysed(paragraph)
        return there.heading if there.paragraph.heading else frozenset()

    def heading_or_title_terms(self, paragraph: int) -> frozenset[str]:
        """The terms of the heading, or of the title where a paragraph stands under no heading."""
        there = self.analysed(paragraph)
        return (
            there.heading if there.paragraph.heading else self.title_and_heading_terms(paragraph)
        )

    def opens_section(self, paragraph: int) -> bool:
        """Whether a paragraph is the first one under its heading."""
        before = self.engine.before(paragraph)
        return before is None or (
            self.paragraph(before).heading != self.paragraph(paragraph).heading
        )

    def sentences_of(self, paragraph: int) -> range:
        """The numbers of a paragraph's sentences."""
        first = self.first_sentence(paragraph)
        return range(first, first + self.analysed(paragraph).size)

    def first_sentence(self, paragraph: int) -> int:
        """The number of a paragraph's first sentence."""
        return paragraph << SENTENCE_BITS

    def paragraph_of(self, sentence: int) -> int:
        """The number of the paragraph that a sentence is in."""
        return sentence >> SENTENCE_BITS

    def span(self, sentence: int) -> Span:
        """Where a sentence stands in its paragraph."""
        return self._of(sentence).span(sentence & IN_PARAGRAPH)

    def text(self, sentence: int) -> str:
        """The words of a sentence."""
        return self._of(sentence).sentence(sentence & IN_PARAGRAPH)

    def sentence_terms(self, sentence: int) -> frozenset[str]:
        """The terms of a sentence."""
        return self._of(sentence).held_in(sentence & IN_PARAGRAPH)

    def is_filler(self, sentence: int) -> bool:
        """Whether a sentence greets, announces or asks, and says nothing of its subject."""
        return sentence & IN_PARAGRAPH in self._of(sentence).filler

    def denies(self, sentence: int) -> bool:
        """Whether a sentence denies or forbids something."""
        return sentence & IN_PARAGRAPH in self._of(sentence).denials

    def kind_of(self, sentence: int) -> ParagraphKind:
        """What the paragraph of a sentence is made of."""
        return self._of(sentence).kind

    def _read(self, sentence: int) -> tuple[str, Analyzer]:
        return self.text(sentence), self.analyzer_of(self.paragraph_of(sentence))

    def _of(self, sentence: int) -> AnalysedParagraph:
        return self.analysed(sentence >> SENTENCE_BITS)

    def _list_or_table(self, paragraph: int) -> ListOrTable | None:
        """The list or table that a paragraph is; None of a text or code."""
        structure = self.analysed(paragraph).structure
        return None if structure is None else numbered_lines(structure, paragraph << SENTENCE_BITS)

    def _finds(self, pattern: Pattern, sentence: int) -> bool:
        """Whether the pattern is found in a sentence; the result is remembered."""
        return pattern.is_in(self.text(sentence))

    def list_or_table_at(self, paragraph: int) -> ListOrTable:
        """The list or table that a paragraph is; KeyError if it is none."""
        listed = self.list_or_table(paragraph)
        if listed is None:
            raise KeyError(paragraph)
        return listed

    def family(self, term: str) -> list[str]:
        """Other terms of the same family: `economi` for `econom`, `sale` for `sell`.

        Two terms are a family if their language's file says so, or if they differ in at most
        three letters at the end and have seven tenths of the longer one in common.
        """
        families = (analyzer.families.get(term, ()) for analyzer in self.analyzers.values())
        listed = [t for family in families for t in family if t in self.paragraphs]
        if len(term) < FAMILY_PREFIX or not term.isalpha():
            return listed
        common = max(FAMILY_PREFIX, ceil(FAMILY_SHARE * len(term)), len(term) - FAMILY_SUFFIX)
        vocabulary = self.lexicon.vocabulary
        alike = vocabulary.beginning_with(term[:common], MOST_RELATED_TERMS)
        return listed + [other for other in alike if _related(term, other)]

    def compounds(self, code: str) -> Compounds | None:
        """The collection's compound words; None if that language writes them as several words."""
        return self._compounds.get(code)

    def holding_character(self, character: str) -> list[str]:
        """Terms that hold a character of a script without spaces, in alphabetical order.

        Such a script is looked up by pairs of characters, and a word of one is in several.
        """
        vocabulary = self.lexicon.vocabulary
        first = vocabulary.beginning_with(character, MOST_PAIRS)
        last = vocabulary.ending_with(character, MOST_PAIRS)
        unspaced = filter(UNSPACED_RUN.fullmatch, {*first, *last})
        return sorted(unspaced)[:MOST_PAIRS]

    def _compounds_of_languages(self) -> dict[str, Compounds]:
        return {
            code: Compounds(
                self.lexicon.vocabulary, analyzer.term_of, frequencies_of(code).__contains__
            )
            for code, analyzer in self.analyzers.items()
            if analyzer.language.compounds
        }


def _related(term: str, other: str) -> bool:
    if term == other:
        return False
    common = 0
    for one, two in zip(term, other, strict=False):
        if one != two:
            break
        common += 1
    longer = max(len(term), len(other))
    return longer - common <= FAMILY_SUFFIX and common >= FAMILY_SHARE * longer
