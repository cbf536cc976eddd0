"""The index of a collection: its paragraphs and sentences, analysed and ready to be scored."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from retrieval.articles import Collection, Paragraph, ParagraphKind, Span
from retrieval.index.bm25 import BM25
from retrieval.index.compounds import Compounds
from retrieval.index.units import ListUnit, numbered_unit
from retrieval.text.analysis import UNSPACED_RUN, Analyzer, fold, words
from retrieval.text.discourse import is_filler
from retrieval.text.frequencies import Frequencies
from retrieval.text.languages import Pattern
from retrieval.text.line_structure import code_lines, line_structure
from retrieval.text.sentences import sentence_spans

# Tuned on SQuAD 2.0; a short sentence gains less from repeating a word than a paragraph does.
PARAGRAPH_K1, PARAGRAPH_B = 1.5, 0.75
SENTENCE_K1, SENTENCE_B = 0.9, 0.4
MOST_PAIRS = 50
FAMILY_PREFIX = 5
FAMILY_SUFFIX = 3
FAMILY_SHARE = 0.7
NAME = re.compile(r"(?<=[\w,;:] )[^\W\d_][\w’'-]*")


class Index:
    """The paragraphs and sentences of a collection, analysed and ready to be scored.

    Paragraphs and sentences are numbered from 0 in the order of the collection. Title and heading
    count as words of their paragraphs, never of a sentence. Of a list, a table or code the lines
    are the sentences, unless an entry is long; `units` are the lists and tables by the numbers of
    their paragraphs.
    """

    def __init__(self, collection: Collection) -> None:
        self.collection = collection
        codes = collection.languages or ("en",)
        self.analyzers = {code: Analyzer(code) for code in codes}
        self.spans: list[Span] = []
        self._found: dict[tuple[Pattern, int], bool] = {}
        self.paragraph_of: list[int] = []
        self.first_sentence: list[int] = []
        self.units: dict[int, ListUnit] = {}
        self._split_sentences()
        self._position = {(p.article, p.number): n for n, p in enumerate(collection.paragraphs)}
        sentence_texts = [self._terms_of(number) for number in range(len(self.spans))]
        texts = self._paragraph_texts(sentence_texts)
        self.paragraph_terms = [frozenset(terms) for terms in texts]
        self.heading_terms = [self._heading_terms(number) for number in range(len(texts))]
        self.paragraphs = BM25(texts, PARAGRAPH_K1, PARAGRAPH_B)
        self.pairs = BM25([pairs_of(text) for text in texts], PARAGRAPH_K1, PARAGRAPH_B)
        self.sentence_terms = [frozenset(terms) for terms in sentence_texts]
        self.sentences = BM25(sentence_texts, SENTENCE_K1, SENTENCE_B)
        self.is_filler = [self._says_nothing(number) for number in range(len(self.spans))]
        self.words, self.names = self._words_and_names()
        self._by_beginning = self._families_by_beginning()
        self._listed = self._listed_families()
        self._by_character: dict[str, list[str]] | None = None
        self._compounds = self._compounds_of_languages()

    def analyzer_of(self, paragraph: int) -> Analyzer:
        """The analyzer of the language that the paragraph is in."""
        article = self.collection.paragraphs[paragraph].article
        return self.analyzers[self.collection[article].language]

    def text(self, sentence: int) -> str:
        """The words of a sentence."""
        span = self.spans[sentence]
        paragraph = self.collection.paragraphs[self.paragraph_of[sentence]]
        return paragraph.text[span.start : span.end]

    def position(self, paragraph: Paragraph) -> int:
        """The number of one of the collection's paragraphs."""
        return self._position[paragraph.article, paragraph.number]

    def finds(self, pattern: Pattern, sentence: int) -> bool:
        """Whether the pattern is found in a sentence; what was found once is remembered."""
        known = self._found.get((pattern, sentence))
        if known is None:
            known = self._found[pattern, sentence] = (
                pattern.search(self.text(sentence)) is not None
            )
        return known

    def sentences_of(self, paragraph: int) -> range:
        """The numbers of a paragraph's sentences."""
        return range(self.first_sentence[paragraph], self.first_sentence[paragraph + 1])

    def family(self, term: str) -> list[str]:
        """Other terms of the same family: `economi` for `econom`, `sale` for `sell`.

        Two terms are a family if their language's file says so, or if they differ in at most
        three letters at the end and have seven tenths of the longer one in common.
        """
        listed = [other for other in self._listed.get(term, ()) if other in self.paragraphs]
        if len(term) < FAMILY_PREFIX or not term.isalpha():
            return listed
        alike = self._by_beginning.get(term[:FAMILY_PREFIX], ())
        return listed + [other for other in alike if _related(term, other)]

    def compounds(self, code: str) -> Compounds | None:
        """The collection's compound words; None if that language writes them as several words."""
        return self._compounds.get(code)

    def holding_character(self, character: str) -> list[str]:
        """Terms that hold a character of a script without spaces, in alphabetical order.

        Such a script is looked up by pairs of characters, and a word of one is in several.
        """
        if self._by_character is None:
            self._by_character = defaultdict(list)
            for term in filter(UNSPACED_RUN.fullmatch, self.paragraphs.terms):
                for char in dict.fromkeys(term):
                    self._by_character[char].append(term)
        return self._by_character.get(character, [])[:MOST_PAIRS]

    def _split_sentences(self) -> None:
        for number, paragraph in enumerate(self.collection.paragraphs):
            self.first_sentence.append(len(self.spans))
            code = self.collection[paragraph.article].language
            spans = self._sentence_spans(number, paragraph, code)
            self.spans.extend(spans)
            self.paragraph_of.extend([number] * len(spans))
        self.first_sentence.append(len(self.spans))

    def _sentence_spans(self, number: int, paragraph: Paragraph, code: str) -> tuple[Span, ...]:
        match paragraph.kind:
            case ParagraphKind.CODE:
                return code_lines(paragraph.text)
            case ParagraphKind.LIST | ParagraphKind.TABLE:
                structure = line_structure(paragraph, code)
                self.units[number] = numbered_unit(structure, len(self.spans))
                return structure.sentences
            case _:
                return sentence_spans(paragraph.text, code)

    def _paragraph_texts(self, sentence_texts: list[list[str]]) -> list[list[str]]:
        """The terms of each paragraph: of its title, its heading and its sentences."""
        texts = []
        for number, paragraph in enumerate(self.collection.paragraphs):
            analyzer = self.analyzer_of(number)
            title = self.collection[paragraph.article].title
            text = analyzer.compound_terms(f"{title}\n{paragraph.heading}")
            for sentence in self.sentences_of(number):
                text += sentence_texts[sentence]
            texts.append(text)
        return texts

    def _heading_terms(self, paragraph: int) -> frozenset[str]:
        heading = self.collection.paragraphs[paragraph].heading
        return frozenset(self.analyzer_of(paragraph).compound_terms(heading))

    def _terms_of(self, sentence: int) -> list[str]:
        analyzer = self.analyzer_of(self.paragraph_of[sentence])
        return analyzer.compound_terms(self.text(sentence))

    def kind_of(self, sentence: int) -> ParagraphKind:
        """What the paragraph of a sentence is made of."""
        return self.collection.paragraphs[self.paragraph_of[sentence]].kind

    def _says_nothing(self, sentence: int) -> bool:
        if self.kind_of(sentence) in (ParagraphKind.TABLE, ParagraphKind.CODE):
            return False
        language = self.analyzer_of(self.paragraph_of[sentence]).language
        return is_filler(self.text(sentence), language)

    def _words_and_names(self) -> tuple[Counter[str], frozenset[str]]:
        """How often each word is written so, and which ones are names (folded).

        A name is capitalised in the middle of a sentence more often than it is not.
        """
        written: Counter[str] = Counter()
        capitalised: Counter[str] = Counter()
        for sentence in range(len(self.spans)):
            text = self.text(sentence)
            written.update(word.text for word in words(text))
            if self.kind_of(sentence) is ParagraphKind.CODE:
                continue
            capitalised.update(fold(name) for name in NAME.findall(text) if name[0].isupper())
        lower: Counter[str] = Counter()
        for word, count in written.items():
            if not word[0].isupper():
                lower[fold(word)] += count
        names = (name for name, count in capitalised.items() if count > lower.get(name, 0))
        return written, frozenset(names)

    def _families_by_beginning(self) -> dict[str, list[str]]:
        families: dict[str, list[str]] = defaultdict(list)
        for term in self.paragraphs.terms:
            if len(term) >= FAMILY_PREFIX and term.isalpha():
                families[term[:FAMILY_PREFIX]].append(term)
        return families

    def _listed_families(self) -> dict[str, list[str]]:
        families: dict[str, list[str]] = defaultdict(list)
        for analyzer in self.analyzers.values():
            for family in analyzer.language.families:
                terms = list(
                    dict.fromkeys(t for word in family for t in analyzer.word_terms(word))
                )
                for term in terms:
                    families[term] += [other for other in terms if other != term]
        return families

    def _compounds_of_languages(self) -> dict[str, Compounds]:
        return {
            code: Compounds(
                self.paragraphs.terms, analyzer.term_of, Frequencies(code).__contains__
            )
            for code, analyzer in self.analyzers.items()
            if analyzer.language.compounds
        }


def pairs_of(terms: Sequence[str]) -> list[str]:
    """Neighbouring terms as one: `military exercis`."""
    return [f"{one} {other}" for one, other in pairwise(terms)]


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
