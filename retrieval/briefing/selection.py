"""Selection of the points of a briefing: those that cover most of the topic in few words.

Greedy maximum coverage of concepts under a budget (Lin and Bilmes 2011, A Class of Submodular
Functions for Document Summarization): each time the passage is taken that tells most of what was
not told yet, weighted by how closely it speaks of the topic, for its length.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from retrieval.answers.quoting.passages import Passage
from retrieval.answers.quoting.quotes import Quoter
from retrieval.articles import ParagraphKind, Quote, Span
from retrieval.briefing.briefing import Length
from retrieval.briefing.concepts import Concepts
from retrieval.briefing.restatements import Restatements
from retrieval.briefing.topic import Topic
from retrieval.index.collection_index import Index
from retrieval.questions.question_reader import UNSPACED_LANGUAGES
from retrieval.text.analysis import UNSPACED_RUN, fold, words
from retrieval.text.discourse import leans

# Tuned on topics of four collections; the plateau is wide.
CLOSENESS = 3.0
THRIFT = 0.4
HOLLOW_SHARE = 0.75
FRAME_SHARE = 0.7
SPREAD = 0.6
LEAST_SHARE = 0.25
LONGEST_POINT = 80  # words
LONGEST_OF_ALL = 50  # on everything
LONGEST_SHARE = 0.5  # of a briefing, so that it has two points
FEWEST_CONCEPTS = 4
FEWEST_EXCLAIMED = 7
FEWEST_HOLLOW = 5
FEWEST_NAMED = 2
MOST_LEANT_ON = 3
SENTENCE_ENDS = (".", "!", "?", "…", "。", "！", "？", "।", "۔")
FEW_SENTENCES = 12  # of all that there is: then each of them counts
NO_PROSE = (ParagraphKind.TABLE, ParagraphKind.CODE)
# Signs that programs, markup and data are written with; running text has few of them.
CODE_SIGNS = re.compile(r"[{}\[\]<>=|\\;#$^~`_]|::|\w\(\)|\":")
MOST_CODE_SIGNS = 0.04
LEAD_IN = re.compile(r"[^:–—.!?]{1,40}?(?::| [–—-]) ")


@dataclass(frozen=True, slots=True)
class Choice:
    """A passage that may be a point, because of one of its sentences."""

    sentence: int
    passage: Passage
    words: int


class Selector:
    """Selects the points of briefings on one collection."""

    def __init__(
        self, index: Index, quoter: Quoter, concepts: Concepts, restatements: Restatements
    ) -> None:
        self._index = index
        self._quoter = quoter
        self._concepts = concepts
        self._restatements = restatements

    def choice(self, sentence: int) -> Choice:
        """The sentence with those that it leans on, as far back as they lean as well.

        One that only announces brings the next one, which says it.
        """
        passage = self._quoter.passage(sentence)
        first = passage.first
        begin = self._index.sentences_of(passage.paragraph)[0]
        if not passage.chosen:  # an entry stands under its lead-in already
            while self._leans(first) and max(begin, passage.last - MOST_LEANT_ON) < first:
                first -= 1
            last = passage.last
            if self._announces(last) and last + 1 in self._index.sentences_of(passage.paragraph):
                last += 1
            passage = Passage(passage.paragraph, first, last)
        size = sum(word_count(self._index.text(number)) for number in passage.sentences)
        return Choice(sentence, passage, size)

    def quote(self, choice: Choice) -> Quote:
        """The passage, without a lead-in that says nothing ("Think about it: …")."""
        quote = self._quoter.quote(choice.passage)
        analyzer = self._index.analyzer_of(choice.passage.paragraph)
        lead_in = LEAD_IN.match(self._index.text(choice.passage.first))
        if lead_in is None or choice.passage.chosen:
            return quote
        terms = analyzer.terms(lead_in.group())
        if not self._concepts.vague.issuperset(map(self._concepts.concept, terms)):
            return quote
        return Quote(quote.paragraph, (Span(quote.start + lead_in.end(), quote.end),))

    def select(self, topic: Topic, length: Length, given: Sequence[Choice] = ()) -> list[Choice]:
        """As many points as the length allows beside those given, the best first.

        The first of all names the topic, where any does.
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
        """Those that name the topic; if none does, those that would if they leaned on less."""
        naming = [c for c in choices if not topic.direct.isdisjoint(c.passage.sentences)]
        if naming:
            return naming
        others = [
            self.choice(s) for s in sorted(topic.direct) if self.says_enough(s, is_direct=True)
        ]
        return [c for c in others if not any(map(self._is_chatter, c.passage.sentences))]

    def _choices(self, topic: Topic, length: Length) -> Iterator[Choice]:
        longest = LONGEST_OF_ALL if topic.is_whole else LONGEST_POINT
        if length.points > 1:
            longest = min(longest, int(LONGEST_SHARE * length.words))
        least = LEAST_SHARE * max(topic.relevance.values(), default=0.0)
        is_short = topic.is_whole and len(topic.relevance) <= FEW_SENTENCES
        for sentence, relevance in topic.relevance.items():
            if relevance >= least and self.says_enough(
                sentence, is_short or sentence in topic.direct
            ):
                choice = self.choice(sentence)
                is_clear = self.stands_alone(choice.passage) or (
                    topic.is_whole and self._is_of_subject(choice.passage)
                )
                if choice.words <= longest and is_clear:
                    yield choice

    def stands_alone(self, passage: Passage) -> bool:
        """Whether a passage holds no chatter and leans on nothing that is left out."""
        if any(self._is_chatter(number) for number in passage.sentences):
            return False
        return not self._leans(passage.first)

    def _announces_last(self, sentence: int) -> bool:
        """Whether a sentence announces what its paragraph does not say any more."""
        paragraph = self._index.paragraph_of(sentence)
        is_last = sentence + 1 not in self._index.sentences_of(paragraph)
        return is_last and self._announces(sentence)

    def _announces(self, sentence: int) -> bool:
        language = self._index.analyzer_of(self._index.paragraph_of(sentence)).language
        return self._index.finds(language.briefing.announcing, sentence)

    def _is_of_subject(self, passage: Passage) -> bool:
        """Whether a passage opens its paragraph and leans on the subject of its article alone.

        Under the title of the article that needs no other sentence: "Its meltwater …".
        """
        language = self._index.analyzer_of(passage.paragraph).language
        return (
            passage.first == self._index.first_sentence(passage.paragraph)
            and language.briefing.possessive.match(self._index.text(passage.first)) is not None
            and not any(self._is_chatter(number) for number in passage.sentences)
        )

    def _leans(self, sentence: int) -> bool:
        text = self._index.text(sentence)
        language = self._index.analyzer_of(self._index.paragraph_of(sentence)).language
        return leans(text, language) or language.briefing.relying.match(text) is not None

    def says_enough(self, sentence: int, is_direct: bool = False) -> bool:  # noqa: FBT001, FBT002
        """Whether a sentence may be a point: no chatter, no question, nothing without content.

        One that names the topic needs less of that.
        """
        if not self.is_prose(sentence):
            return False
        text = self._index.text(sentence).rstrip("\"'”’») ")
        if self._is_no_prose(sentence, text):
            return False
        if self._is_chatter(sentence) or text.endswith(("?", "？", ":")):
            return False
        if self._is_item(text, sentence) or self._announces_last(sentence):
            return False
        fewest = FEWEST_NAMED if is_direct else FEWEST_CONCEPTS
        fewest = FEWEST_EXCLAIMED if text.endswith(("!", "！")) else fewest
        if self._is_hollow(sentence) and not self._is_about(sentence):
            fewest = max(fewest, FEWEST_HOLLOW)
        return len(self._concepts.concrete(sentence)) >= fewest

    def is_prose(self, sentence: int) -> bool:
        """Whether it says something by itself: no code, no cell, no step of many.

        An entry of a list does so with a lead-in that leads on to it.
        """
        unit = self._index.unit(self._index.paragraph_of(sentence))
        kind = self._index.kind_of(sentence)
        if kind in (ParagraphKind.CODE, ParagraphKind.TABLE):
            return False
        if unit is None or sentence in unit.lead:
            return True
        leads_on = bool(unit.lead) and not self._index.text(unit.lead[-1]).endswith(SENTENCE_ENDS)
        return leads_on and not unit.is_numbered

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
        """How many of those chosen are of the choice's paragraph, and how many of its article."""
        paragraphs = [other.passage.paragraph for other in chosen]
        articles = [self._article(number) for number in paragraphs]
        here = choice.passage.paragraph
        return paragraphs.count(here) + articles.count(self._article(here))

    def _article(self, paragraph: int) -> str:
        return self._index.paragraph(paragraph).article

    def _gain(self, choice: Choice, told: set[str], topic: Topic) -> float:
        gain, seen = 0.0, set(told)
        for sentence in choice.passage.sentences:
            new = self._of(sentence) - seen
            seen |= new
            weight = sum(self._concepts.weight(concept) for concept in sorted(new))
            share = HOLLOW_SHARE if self._is_hollow(sentence) else 1.0
            share *= FRAME_SHARE if self._is_frame(sentence) else 1.0
            gain += share * weight * topic.relevance.get(sentence, 0.0) ** CLOSENESS
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
        told = {digits for number in shown for digits in self._digits(number)}
        has_others = not told.issuperset(self._digits(choice.sentence))
        if not has_others and any(
            self._concepts.say_the_same(choice.sentence, number) for number in shown
        ):
            return True
        if self._restatements.says_all(self.quote(other), self.quote(choice)):
            return True
        texts = {self._index.text(number) for number in choice.passage.sentences}
        return any(self._index.text(number) in texts for number in other.passage.sentences)

    def _digits(self, sentence: int) -> set[str]:
        """The numbers in digits of a sentence, of which each makes it say something else."""
        return {w.text for w in words(self._index.text(sentence)) if w.text[0].isdecimal()}

    def _is_no_prose(self, sentence: int, text: str) -> bool:
        """Whether the sentence is a cell of a table or a line of code, marked as such or not."""
        paragraph = self._index.paragraph(self._index.paragraph_of(sentence))
        if paragraph.kind in NO_PROSE:
            return True
        return len(CODE_SIGNS.findall(text)) > MOST_CODE_SIGNS * len(text)

    def _is_item(self, text: str, sentence: int) -> bool:
        """Whether the text is the item of a list or a title: it ends without a mark."""
        code = self._index.analyzer_of(self._index.paragraph_of(sentence)).language.code
        return text[-1:].isalnum() and code not in UNSPACED_LANGUAGES

    def _is_chatter(self, sentence: int) -> bool:
        language = self._index.analyzer_of(self._index.paragraph_of(sentence)).language
        if self._index.is_filler(sentence) or self._index.finds(
            language.briefing.chatter, sentence
        ):
            return True
        return self._index.finds(language.briefing.talking, sentence) and not self._is_about(
            sentence
        )

    def _is_about(self, sentence: int) -> bool:
        """Whether a sentence holds a number or a name."""
        found = [word.text for word in words(self._index.text(sentence))]
        return any(
            word[0].isdecimal() or (word[0].isupper() and fold(word) in self._index.names)
            for word in found
        )

    def _is_frame(self, sentence: int) -> bool:
        """Whether a sentence only opens or closes its article, which says so in the heading."""
        number = self._index.paragraph_of(sentence)
        heading = self._index.paragraph(number).heading
        language = self._index.analyzer_of(number).language
        return language.briefing.framing.match(heading) is not None

    def _is_hollow(self, sentence: int) -> bool:
        language = self._index.analyzer_of(self._index.paragraph_of(sentence)).language
        return self._index.finds(language.briefing.hollow, sentence)

    def _of(self, sentence: int) -> frozenset[str]:
        return self._concepts.of(sentence)


def _fits(choices: Sequence[Choice], length: Length) -> bool:
    sentences = sum(len(choice.passage.sentences) for choice in choices)
    return (
        len(choices) <= length.points
        and sum(choice.words for choice in choices) <= length.words - length.reserved
        and (length.sentences is None or sentences <= length.sentences)
    )


def word_count(text: str) -> int:
    """The words of a text; two characters of a script without spaces count as one."""
    unspaced = sum(len(run) for run in UNSPACED_RUN.findall(text))
    return len(UNSPACED_RUN.sub(" ", text).split()) + (unspaced + 1) // 2
