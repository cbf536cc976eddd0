"""How much of what a briefing should say does it say? Footnote beside well-known summarisers.

    python tests/measure_briefings.py [--file JSON] [--articles DIR] [--verbose]

The file names the points that a good briefing on each topic has, with every sentence that states
each, and the sentences of the articles that are filler (they greet, announce or ask) or hollow
(they only comment):

    {"topics": [{"topic": "...", "points": [{"point": "...", "sentences": ["...", ...]}]}],
     "filler": ["...", ...], "hollow": ["...", ...]}

A sentence stands there as it stands in the articles. A point is covered if one of its sentences is
wholly in the selection. Two quotes of a selection state the same points if each states some and
both just the same. They are a duplicate if moreover half of the words of each, stemmed and without
stop words, are the other's, so that neither says much that the other does not.

Footnote writes each briefing with at most 250 words and 8 points, by words and meaning where the
encoder is installed, and by words alone. LexRank, TextRank and LSA are
sumy's, with its English stemmer and stop words, over the paragraphs in which a sentence speaks of
the topic, split into sentences as Footnote splits them. Each gets as many words as Footnote used
on that topic, and of its ranking all sentences that still fit, best first. They are measured
again on no more than the sentences that Footnote finds closest to the topic, twice as many words
as are wanted: that is to do half of the work for them. LSA varies a little from run to run, as
sumy sums in the order of a set.
"""

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from statistics import fmean

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bot.commands.index_command import make_with_bar
from bot.composing.pipeline_source import open_pipeline
from bot.indexing.meaning_source import meaning_of
from bot.settings.settings import load_settings
from retrieval.articles import Quote
from retrieval.briefing.briefer import Briefer
from retrieval.briefing.briefing import Briefing, Length
from retrieval.briefing.likeness.concepts import Concepts
from retrieval.briefing.topics.topic import DIRECT, TopicReader
from retrieval.index.collection_index import Index
from retrieval.questions.question_reader import QuestionReader
from retrieval.questions.vocabulary.synonyms import read_synonyms

FILE = Path(__file__).with_name("briefings.json")
LENGTH = Length(words=250, points=8)
FOOTNOTE, BY_WORDS = "Footnote", "Footnote, words alone"
SAME_WORDS = 0.5
WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")


class GoldError(Exception):
    """The file does not fit the articles; its message says where and what to do."""


@dataclass(frozen=True)
class Gold:
    """What is wanted of each topic and what of none, in the numbers of the index's sentences.

    `points` has, for each point of a topic, the groups of sentences that state it; a group is one
    sentence, unless the index splits it in two.
    """

    points: Mapping[str, Mapping[str, Sequence[frozenset[int]]]]
    filler: frozenset[int]
    hollow: frozenset[int]


@dataclass(frozen=True)
class Score:
    """How one selection does on one topic."""

    covered: tuple[str, ...]
    share: float
    words: int
    filler: int
    hollow: int
    same_points: int
    duplicates: int


class Bench:
    """The articles, what is wanted of them, and who selects."""

    def __init__(
        self, articles: Path | None, gold_file: Path, *, with_meaning: bool = False
    ) -> None:
        groups = read_synonyms(load_settings().synonyms)
        pipeline = open_pipeline(articles, print)
        meaning = None
        if with_meaning and pipeline.vectors is not None:
            make_with_bar(pipeline.vectors)
            meaning = meaning_of(pipeline.vectors)
        self.index = pipeline.index
        self.has_meaning = meaning is not None
        self._reader = QuestionReader(self.index, groups)
        self._topics = TopicReader(self.index, Concepts(self.index, groups))
        self._briefer = Briefer(self.index, self._reader, groups, meaning)
        self.gold = read_gold(gold_file, self.index)

    def brief(self, topic: str) -> Briefing:
        """Footnote's briefing."""
        return self._briefer.brief(topic, LENGTH)

    def quotes(self, topic: str) -> list[list[int]]:
        """The sentences of each quote of Footnote's briefing."""
        return [self.sentences(point.quote) for point in self.brief(topic).points]

    def sentences(self, quote: Quote) -> list[int]:
        """The sentences that are wholly in a quote."""
        return [
            sentence
            for sentence in self.index.sentences_of(self.index.position(quote.paragraph))
            for span in quote.spans
            if span.start <= self.index.span(sentence).start
            and self.index.span(sentence).end <= span.end
        ]

    def closest(self, topic: str, words: int) -> list[int]:
        """The sentences that are closest to the topic, at most so many words of them."""
        relevance, taken, left = self._relevance(topic), [], words
        for sentence in sorted(relevance, key=lambda s: (-relevance[s], s)):
            if self.words([sentence]) <= left:
                taken.append(sentence)
                left -= self.words([sentence])
        return sorted(taken)

    def paragraphs(self, topic: str) -> list[int]:
        """All sentences of the paragraphs in which one speaks of the topic."""
        relevance = self._relevance(topic)
        speaking = {
            self.index.paragraph_of(s) for s, close in relevance.items() if close >= DIRECT
        }
        return [s for paragraph in sorted(speaking) for s in self.index.sentences_of(paragraph)]

    def _relevance(self, topic: str) -> Mapping[int, float]:
        return self._topics.of(self._reader.read(topic), None).relevance

    def words(self, selection: Iterable[int]) -> int:
        """How many words the sentences have."""
        return sum(len(self.index.text(sentence).split()) for sentence in selection)

    def score(self, topic: str, quotes: Sequence[Sequence[int]]) -> Score:
        """How good these quotes, each its sentences, are as a briefing."""
        points, selected = self.gold.points[topic], {s for quote in quotes for s in quote}
        covered = [p for p, groups in points.items() if any(g <= selected for g in groups)]
        same = [pair for pair in combinations(quotes, 2) if self._state_the_same(topic, *pair)]
        return Score(
            covered=tuple(covered),
            share=len(covered) / len(points),
            words=self.words(selected),
            filler=len(selected & self.gold.filler),
            hollow=len(selected & self.gold.hollow),
            same_points=len(same),
            duplicates=sum(self._share_words(*pair) for pair in same),
        )

    def _state_the_same(self, topic: str, one: Sequence[int], other: Sequence[int]) -> bool:
        points = self.gold.points[topic].items()
        states, others = (
            {point for point, groups in points if any(not g.isdisjoint(quote) for g in groups)}
            for quote in (one, other)
        )
        return bool(states) and states == others

    def _share_words(self, one: Sequence[int], other: Sequence[int]) -> bool:
        terms, others = (
            frozenset[str]().union(*(self.index.sentence_terms(s) for s in quote))
            for quote in (one, other)
        )
        return len(terms & others) >= SAME_WORDS * max(len(terms), len(others))


def read_gold(path: Path, index: Index) -> Gold:
    """The points and the filler in that file; raises GoldError if the articles lack a sentence."""

    def numbers(text: str) -> list[frozenset[int]]:
        found = []
        for position in index.engine.numbers():
            paragraph = index.paragraph(position)
            start = paragraph.text.find(text) if text else -1
            if start >= 0:
                end = start + len(text)
                spans = ((s, index.span(s)) for s in index.sentences_of(position))
                found.append(frozenset(s for s, x in spans if x.start < end and start < x.end))
        if not found:
            raise GoldError(f"{path}: no article holds {text!r}; copy the sentence as it stands")
        return found

    wanted = json.loads(path.read_text(encoding="utf-8"))
    points = {
        topic["topic"]: {
            point["point"]: [group for text in point["sentences"] for group in numbers(text)]
            for point in topic["points"]
        }
        for topic in wanted["topics"]
    }
    filler, hollow = (
        frozenset(s for text in wanted.get(kind, ()) for group in numbers(text) for s in group)
        for kind in ("filler", "hollow")
    )
    return Gold(points, filler, hollow)


class WordTokenizer:
    """Cuts words for sumy, whose own tokenizer needs data to be downloaded."""

    def to_words(self, text: str) -> list[str]:
        return WORD.findall(text)


def summarizers() -> dict[str, Callable]:
    """The summarisers of sumy, set up as its documentation does."""
    from sumy.nlp.stemmers import Stemmer
    from sumy.summarizers.lex_rank import LexRankSummarizer
    from sumy.summarizers.lsa import LsaSummarizer
    from sumy.summarizers.text_rank import TextRankSummarizer
    from sumy.utils import get_stop_words

    kinds = {"LexRank": LexRankSummarizer, "TextRank": TextRankSummarizer, "LSA": LsaSummarizer}
    made = {}
    for name, kind in kinds.items():
        made[name] = kind(Stemmer("english"))
        made[name].stop_words = get_stop_words("english")
    return made


def summarised(
    bench: Bench, summarize: Callable, numbers: Sequence[int], budget: int
) -> list[list[int]]:
    """The best ranked of those sentences that fit into so many words, each a quote."""
    from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence

    tokenizer = WordTokenizer()
    made = [Sentence(bench.index.text(number), tokenizer) for number in numbers]
    number_of = {id(sentence): number for sentence, number in zip(made, numbers, strict=True)}

    def fitting(ranking: Sequence) -> list:
        """The count that sumy asks for may be a function: it gets the sentences, best first."""
        taken, left = [], budget
        for rated in ranking:
            words = bench.words([number_of[id(rated.sentence)]])
            if words <= left:
                taken.append(rated)
                left -= words
        return taken

    document = ObjectDocumentModel([Paragraph(made)])
    return [[number_of[id(sentence)]] for sentence in summarize(document, fitting)]


Scores = Mapping[str, Mapping[str, Score]]


def measure(bench: Bench) -> tuple[dict[str, Score], Scores, Scores]:
    """The scores on each topic: Footnote's, the others', and theirs on the closest sentences."""
    own: dict[str, Score] = {}
    others: dict[str, dict[str, Score]] = {}
    closest: dict[str, dict[str, Score]] = {}
    for topic in bench.gold.points:
        own[topic] = bench.score(topic, bench.quotes(topic))
        budget = own[topic].words
        given = (others, bench.paragraphs(topic)), (closest, bench.closest(topic, 2 * budget))
        for name, summarize in summarizers().items():
            for scores, numbers in given:
                quotes = summarised(bench, summarize, numbers, budget)
                scores.setdefault(name, {})[topic] = bench.score(topic, quotes)
    return own, others, closest


def measure_own(bench: Bench) -> dict[str, Score]:
    """Footnote's scores on each topic."""
    return {topic: bench.score(topic, bench.quotes(topic)) for topic in bench.gold.points}


def mean_share(scores: Mapping[str, Score]) -> float:
    """The share of points covered on a topic."""
    return fmean(score.share for score in scores.values())


def print_tables(own: Mapping[str, Score], others: Scores, closest: Scores) -> None:
    """What Footnote covers, by what the best of the others does."""
    columns = ("points covered", "filler", "hollow", "same points", "duplicates", "words")
    for title, scores in (("the topic's paragraphs", others), ("the closest sentences", closest)):
        print(f"{'over ' + title:<28}" + "".join(f"{column:>15}" for column in columns))
        for name, of in {FOOTNOTE: own, **scores}.items():
            counts = [
                sum(getattr(score, kind) for score in of.values())
                for kind in ("filler", "hollow", "same_points", "duplicates")
            ]
            words = fmean(score.words for score in of.values())
            figures = "".join(f"{count:>15}" for count in counts)
            print(f"{name:<28}{mean_share(of):>15.3f}{figures}{words:>15.0f}")
        best = max(mean_share(of) for name, of in scores.items() if name != BY_WORDS)
        if best:
            print(f"{FOOTNOTE} by the best of the others: {mean_share(own) / best:.2f}\n")


def print_topics(bench: Bench, own: Mapping[str, Score], others: Scores) -> None:
    """What each covers on each topic, and what Footnote leaves out."""
    for topic, points in bench.gold.points.items():
        score = own[topic]
        print(f"{topic}: {len(points)} points, {score.words} words")
        counts = {name: len(of[topic].covered) for name, of in {FOOTNOTE: own, **others}.items()}
        print("  covered: " + ", ".join(f"{name} {count}" for name, count in counts.items()))
        for point in points:
            if point not in score.covered:
                print(f"  left out: {point}")
        print()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--file", type=Path, default=FILE, help="the points that are wanted")
    parser.add_argument("--articles", type=Path, help="a folder; otherwise those shipped")
    parser.add_argument("--verbose", action="store_true", help="also each topic")
    arguments = parser.parse_args()
    try:
        bench = Bench(arguments.articles, arguments.file, with_meaning=True)
        by_words = Bench(arguments.articles, arguments.file)
    except GoldError as error:
        parser.error(str(error))
    own, others, closest = measure(bench)
    if bench.has_meaning:
        others = {BY_WORDS: measure_own(by_words), **others}
    if arguments.verbose:
        print_topics(bench, own, others)
    print_tables(own, others, closest)


if __name__ == "__main__":
    main()
