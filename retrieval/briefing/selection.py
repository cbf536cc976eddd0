"""Selection of the points of a briefing: those that cover most of the topic in few words.

Greedy maximum coverage of concepts under a budget (Lin and Bilmes 2011, A Class of Submodular
Functions for Document Summarization): each time, the passage with the most new concepts for its
length is taken, weighted by how closely it speaks of the topic.
"""

from collections.abc import Iterable, Sequence

from retrieval.briefing.briefing import Length
from retrieval.briefing.definitions import defines
from retrieval.briefing.likeness.concepts import Concepts
from retrieval.briefing.likeness.restatements import Restatements
from retrieval.briefing.point_passages import Choice, PointPassages
from retrieval.briefing.topics.topic import Topic
from retrieval.index.collection_index import Index
from retrieval.text.analysis import words
from retrieval.text.discourse import moves_on

# Tuned on topics of four collections; the plateau is wide.
CLOSENESS = 3.0
THRIFT = 0.4
HOLLOW_SHARE = 0.75
FRAME_SHARE = 0.5
MOVING_ON_SHARE = 0.5  # of a passage that opens with "In addition, …"
OPENING = 2.0  # of a passage that opens its paragraph: what follows mostly explains it
SPREAD = 0.6
LONGEST_POINT = 80  # words
LONGEST_POINT_ON_EVERYTHING = 50  # words
LONGEST_SHARE = 0.5  # of a briefing, so that it has two points
FEW_POINTS = 3
FEW_SENTENCES = 12  # of all that there is: then each of them counts


class Selector:
    """Selects the points of briefings on one collection."""

    def __init__(
        self,
        index: Index,
        points: PointPassages,
        concepts: Concepts,
        restatements: Restatements,
    ) -> None:
        self._index = index
        self._points = points
        self._concepts = concepts
        self._restatements = restatements

    def select(self, topic: Topic, length: Length, given: Sequence[Choice] = ()) -> list[Choice]:
        """As many points as the length allows beside those given, the best first.

        The first of all says what the topic is or at least names it, where any does.
        """
        chosen = list(given)
        told = {c for choice in chosen for s in choice.passage.sentences for c in self._of(s)}
        told |= topic.named
        choices = [c for c in self._choices(topic, length) if not self._is_told(c, chosen)]
        naming = self._naming(choices, topic)
        while best := self._best(naming if not chosen else [], chosen, told, topic, length) or (
            self._best(choices, chosen, told, topic, length)
        ):
            chosen.append(best)
            told.update(c for s in best.passage.sentences for c in self._of(s))
            choices = [c for c in choices if not self._is_told(c, [best])]
        return chosen[len(given) :]

    def _naming(self, choices: Sequence[Choice], topic: Topic) -> list[Choice]:
        """Those that say what the topic is; else those that name it.

        If none does, those that would if they leaned on less.
        """
        if topic.query is None:
            return self._introducing(topic)
        naming = [c for c in choices if not topic.direct.isdisjoint(c.passage.sentences)]
        if naming:
            return [c for c in naming if self._defines(c, topic)] or naming
        others = [
            self._points.choice(s)
            for s in sorted(topic.direct)
            if self._points.says_enough(s, is_direct=True)
        ]
        return [
            c for c in others if not any(map(self._points.styles.is_chatter, c.passage.sentences))
        ]

    def _introducing(self, topic: Topic) -> list[Choice]:
        """What the front page says first of all, or what it says that its title is."""
        found = map(self._points.introduction, sorted(topic.direct))
        choices = [c for c in found if c and c.words <= LONGEST_POINT_ON_EVERYTHING]
        return [c for c in choices if self._defines(c, topic)][:1] or choices[:1]

    def _defines(self, choice: Choice, topic: Topic) -> bool:
        return choice.sentence in topic.direct and defines(
            self._index, self._concepts, choice.passage.first, topic.named
        )

    def _choices(self, topic: Topic, length: Length) -> list[Choice]:
        """The passages of relevant sentences that say enough, are clear and not too long."""
        points = self._points
        is_short = topic.is_whole and len(topic.relevance) <= FEW_SENTENCES
        telling = (
            s
            for s in topic.relevance
            if points.says_enough(s, is_direct=is_short or s in topic.direct)
        )
        longest = LONGEST_POINT_ON_EVERYTHING if topic.is_whole else LONGEST_POINT
        if length.points > 1:
            longest = min(longest, int(LONGEST_SHARE * length.words))
        fitting = (c for c in map(points.choice, telling) if c.words <= longest)
        clear = [c for c in fitting if self._is_clear(c, topic)]
        # An overview has the titles of articles for headings, a short briefing has none.
        if topic.query is None or length.points <= FEW_POINTS:
            return [c for c in clear if not points.is_headed_entry(c.sentence)] or clear
        return clear

    def _is_clear(self, choice: Choice, topic: Topic) -> bool:
        """Whether a passage is understood without what stands before it."""
        if self._points.stands_alone(choice.passage):
            return True
        return topic.is_whole and self._points.is_of_subject(choice.passage)

    def _best(
        self,
        choices: Sequence[Choice],
        chosen: Sequence[Choice],
        told: set[str],
        topic: Topic,
        length: Length,
    ) -> Choice | None:
        """The one that adds most and fits; the first of equal ones; None if none does."""
        best, most = None, 0.0
        for choice in choices:
            if not _fits([*chosen, choice], length):
                continue
            gain = self._gain(choice, told, topic) / choice.words**THRIFT
            if topic.is_whole:  # no paragraph and no article may fill the briefing
                gain *= SPREAD ** self._number_of_same(choice, chosen)
            if gain > most:
                best, most = choice, gain
        return best

    def _number_of_same(self, choice: Choice, chosen: Sequence[Choice]) -> int:
        """How many of those chosen are of the choice's paragraph, its section, its article."""
        here = self._places(choice)
        return sum(place in here for other in chosen for place in self._places(other))

    def _places(self, choice: Choice) -> tuple[object, ...]:
        number = choice.passage.paragraph
        paragraph = self._index.paragraph(number)
        return number, (paragraph.article, paragraph.heading), paragraph.article

    def _gain(self, choice: Choice, told: set[str], topic: Topic) -> float:
        gain, seen = 0.0, set(told)
        for sentence in choice.passage.sentences:
            new = self._of(sentence) - seen
            seen |= new
            weight = sum(self._concepts.weight(concept) for concept in sorted(new))
            share = HOLLOW_SHARE if self._points.styles.is_hollow(sentence) else 1.0
            share *= FRAME_SHARE if self._is_frame(sentence) else 1.0
            close = topic.relevance.get(sentence, 0.0)
            if choice.passage.chosen:  # what a lead-in is about, its entries are about
                close = max(close, topic.relevance.get(choice.passage.first, 0.0))
            gain += share * weight * close**CLOSENESS
        first = choice.passage.first
        if moves_on(self._index.text(first), self._index.language_of(first)):
            gain *= MOVING_ON_SHARE
        elif first == self._index.first_sentence(choice.passage.paragraph) and (
            not self._points.styles.is_hollow(first)
        ):
            gain *= OPENING
        return gain

    def _is_told(self, choice: Choice, chosen: Sequence[Choice]) -> bool:
        """Whether it makes a point that is made, or holds a sentence that stands there already."""
        return any(
            choice.passage.touches(other.passage) or self._say_the_same(choice, other)
            for other in chosen
        )

    def _say_the_same(self, choice: Choice, other: Choice) -> bool:
        """Whether the other one shows what this one is for, or both hold the same sentence."""
        shown = other.passage.sentences
        sentence = choice.sentence
        is_alike = any(self._concepts.say_the_same(sentence, number) for number in shown)
        if is_alike and self._numbers([sentence]) <= self._numbers(shown):
            return True
        if self._restatements.says_all(self._points.quote(other), self._points.quote(choice)):
            return True
        texts = {self._index.text(number) for number in choice.passage.sentences}
        return any(self._index.text(number) in texts for number in other.passage.sentences)

    def _numbers(self, sentences: Iterable[int]) -> set[str]:
        """The numbers in digits of sentences, of which each makes them say something else."""
        texts = (self._index.text(sentence) for sentence in sentences)
        return {w.text for text in texts for w in words(text) if w.text[0].isdecimal()}

    def _is_frame(self, sentence: int) -> bool:
        """Whether a sentence only opens or closes its article, which says so in the heading."""
        number = self._index.paragraph_of(sentence)
        heading = self._index.paragraph(number).heading
        language = self._index.analyzer_of(number).language
        return language.briefing.framing.match(heading) is not None

    def _of(self, sentence: int) -> frozenset[str]:
        return self._concepts.of(sentence)


def _fits(choices: Sequence[Choice], length: Length) -> bool:
    sentences = sum(len(choice.passage.sentences) for choice in choices)
    return (
        len(choices) <= length.points
        and sum(choice.words for choice in choices) <= length.words - length.reserved
        and (length.sentences is None or sentences <= length.sentences)
    )
