"""Questions that a collection answers well, found in itself: what can be asked at the start?"""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice, zip_longest

from retrieval.answers.finder import Finder
from retrieval.answers.question_types.collection_overview import (
    central_first,
    structural_headings,
    times_said,
)
from retrieval.articles import Article, Paragraph, ParagraphKind, Quote
from retrieval.index.collection_index import Index
from retrieval.questions.question_kinds import Kind, wanted_answer
from retrieval.text.analysis import fold, word_texts, words
from retrieval.text.discourse import asks, is_closed, is_filler, leans
from retrieval.text.frequencies import frequencies_of
from retrieval.text.headings import label
from retrieval.text.languages import Language

MOST_OPENINGS_TRIED = 60
MOST_OPENINGS_OF_ARTICLE = 12
FEWEST_OFFERED_WORDS = 2
MOST_OFFERED_WORDS = 9
LONGEST_OFFERED_HEADING = 60  # characters, as a button holds
FEWEST_WORDS_OF_ANSWER = 5
LONGEST_OPENING_ANSWER = 400
MARKS = re.compile(r"[:#{}\[\]<>|/\\_]")
SECTION = "§"
CLOSING = " ?!.)»”\"'？！"
CLOSING_MARKS = " ?!.？！"
EXCLAIMED = re.compile(r"!(?!\S)|！")


@dataclass(frozen=True, slots=True)
class Offer:
    """A question, the paragraph that should answer it, and the sentence that the quote holds.

    The title of an article is answered by any of its paragraphs.
    """

    question: str
    paragraph: Paragraph
    said: str = ""
    is_title: bool = False

    def __lt__(self, other: "Offer") -> bool:
        return self.paragraph.number < other.paragraph.number


class OpeningQuestions:
    """Chooses questions from headings that ask and what sentences state, then other headings.

    These are topics, and stand as they are. Each is kept only if the answer comes from where it
    was found.
    """

    def __init__(self, index: Index, finder: Finder) -> None:
        self._index = index
        self._finder = finder
        self._common: frozenset[str] = frozenset()

    def best(self, most: int) -> tuple[str, ...]:
        """At most `most` of them, one of each article in turn; fewer if few are answered well.

        Those on what is spoken of most come first.
        """
        chosen: dict[str, str] = {}
        articles = central_first(self._index)[:MOST_OPENINGS_TRIED]
        self._common = structural_headings(articles)
        asked, named = (
            self._in_turn(chain.from_iterable(map(of, articles)))
            for of in (self._asked_of, self._named_of)
        )
        for offer in chain(islice(asked, MOST_OPENINGS_TRIED), islice(named, MOST_OPENINGS_TRIED)):
            name = offer.question.casefold()
            if name not in chosen and self._is_answered(offer):
                chosen[name] = offer.question
                if len(chosen) == most:
                    break
        return tuple(chosen.values())

    def _in_turn(self, offers: Iterable[Offer]) -> Iterator[Offer]:
        """The best of each article, then the second ones, and so on; the best article first."""
        groups: dict[str, list[Offer]] = {}
        for offer in sorted(offers, key=self._keyness, reverse=True):
            groups.setdefault(offer.paragraph.article, []).append(offer)
        rows = zip_longest(*groups.values())
        return (offer for offer in chain.from_iterable(rows) if offer is not None)

    def _keyness(self, offer: Offer) -> float:
        """How much more the least telling of its words is said here than in running text.

        The logarithm of how many sentences hold it, times its information in nats.
        """
        analyzer = self._index.analyzer_of(self._index.position(offer.paragraph))
        frequencies = frequencies_of(analyzer.language.code)
        said = (
            math.log1p(times_said(self._index, terms)) * frequencies.information(word.casefold())
            for word in word_texts(offer.question)
            if (terms := analyzer.terms(word)) and not analyzer.is_stop_word(word)
        )
        return min(said, default=0.0)

    def _asked_of(self, article: Article) -> Iterator[Offer]:
        """What an article asks in its title and headings, and what its sentences answer."""
        offers = filter(self._asks, self._named(article))
        return islice(chain(offers, self._stated(_texts(article))), MOST_OPENINGS_OF_ARTICLE)

    def _named_of(self, article: Article) -> Iterator[Offer]:
        """Its title and headings that ask nothing: topics to look up."""
        for offer in islice(self._named(article), MOST_OPENINGS_OF_ARTICLE):
            if not asks(offer.question):
                yield replace(offer, question=offer.question.rstrip(CLOSING_MARKS))

    def _asks(self, offer: Offer) -> bool:
        """Whether a heading asks what a reader would.

        Not "Visit another office?", nor what the text asks them ("Are you a member?").
        """
        if not asks(offer.question):
            return False
        language = self._index.analyzer_of(self._index.position(offer.paragraph)).language
        asked = offer.question.rstrip(CLOSING_MARKS)  # any words ask with a mark behind them
        kind = wanted_answer(asked, language).kind
        if kind is Kind.YES_NO and language.briefing.addressed.search(asked):
            return False
        return kind is not Kind.KEYWORDS

    def _named(self, article: Article) -> list[Offer]:
        """The title and the headings that can be asked, without number and subtitle, in order."""
        texts = _texts(article)
        headed = {
            label(p.heading): Offer(label(p.heading), p) for p in reversed(texts) if p.heading
        }
        titled = [Offer(label(article.title), p, is_title=True) for p in texts[:1]]
        offers = [*titled, *sorted(headed.values())]
        return [offer for offer in offers if self._is_fit(offer.question, offer.paragraph)]

    def _inside(self, heading: str, language: Language) -> str:
        """A heading as it stands inside of a question: its first word in lower case.

        Not where that is a name, or where the others are written with capitals as well.
        """
        first, _, rest = heading.partition(" ")
        if first.lower() in language.stop_words:
            return f"{first.lower()} {rest}"
        is_titled = any(word[0].isupper() for word in word_texts(rest))
        is_name = not first[1:].islower() or fold(first) in self._index.names
        is_kept = is_titled or is_name or language.capital_nouns
        return heading if is_kept else f"{first.lower()} {rest}".strip()

    def _stated(self, texts: Sequence[Paragraph]) -> Iterator[Offer]:
        """The questions that sentences answer by what they look like."""
        for paragraph in texts:
            position = self._index.position(paragraph)
            language = self._index.analyzer_of(position).language
            for sentence in self._index.sentences_of(position):
                text = self._index.text(sentence)
                for statement, question in language.opening_questions:
                    if len(text) <= LONGEST_OPENING_ANSWER and (match := statement.match(text)):
                        asked = question.format(self._inside(match[1], language))
                        if self._is_subject(match[1], asked, position):
                            yield Offer(asked, paragraph, text)
                        break

    def _is_subject(self, name: str, question: str, position: int) -> bool:
        """Whether the name can stand in the question, and its place is about what that defines."""
        analyzer = self._index.analyzer_of(position)
        if wanted_answer(name, analyzer.language).kind is not Kind.KEYWORDS:
            return False  # "Who Pays Writers" asks itself
        if wanted_answer(question, analyzer.language).kind not in (Kind.DEFINITION, Kind.WHAT):
            return True
        title = analyzer.terms(self._index.article_of(position).title)
        about = self._index.heading_terms(position).union(title)
        return not about.isdisjoint(analyzer.terms(name))

    def _is_fit(self, heading: str, paragraph: Paragraph) -> bool:
        """Whether a heading can be asked as it stands: it asks, or names a subject and no more."""
        language = self._index.analyzer_of(self._index.position(paragraph)).language
        count = len(word_texts(heading))
        if (
            not FEWEST_OFFERED_WORDS <= count <= MOST_OFFERED_WORDS
            or len(heading) > LONGEST_OFFERED_HEADING
        ):
            return False
        is_opened = heading[0].isalpha() or heading[0] == SECTION
        if not is_opened or MARKS.search(heading) or heading in self._common:
            return False
        telling = [w for w in words(heading) if not language.stop_words & {w.text.casefold()}]
        if len(telling) < FEWEST_OFFERED_WORDS or telling[-1].end < len(heading.rstrip(CLOSING)):
            return False
        if language.follow_up.pronouns.search(heading) or language.briefing.talking.search(
            heading
        ):
            return False
        return language.briefing.framing.fullmatch(heading.strip(" .!")) is None

    def _is_answered(self, offer: Offer) -> bool:
        """Whether a short quote from there answers, and nothing has to be excused."""
        evidence = self._finder.find(offer.question)
        query = evidence.query
        if not evidence.quotes or evidence.by_meaning or query.corrections or query.unmatched:
            return False
        if query.kind is Kind.COMPARISON or query.small_talk or query.fact or evidence.second:
            return False
        first, wanted = evidence.quotes[0], offer.paragraph
        is_there = first.paragraph.article == wanted.article and (
            offer.is_title or first.paragraph.heading == wanted.heading
        )
        is_there = is_there and first.text.startswith(offer.said)
        is_alike = first.paragraph.kind is wanted.kind
        return is_there and is_alike and self._says_it(first)

    def _says_it(self, quote: Quote) -> bool:
        """Whether a quote is short, says something by itself, and neither exclaims nor refers."""
        language = self._index.analyzer_of(self._index.position(quote.paragraph)).language
        is_fit = (
            len(word_texts(quote.text)) >= FEWEST_WORDS_OF_ANSWER
            and len(quote.text) <= LONGEST_OPENING_ANSWER
        )
        is_talk = (
            is_filler(quote.text, language)
            or EXCLAIMED.search(quote.text)
            or language.briefing.chatter.search(quote.text)
        )
        return is_fit and is_closed(quote.text) and not is_talk and not leans(quote.text, language)


def _texts(article: Article) -> list[Paragraph]:
    """Its paragraphs of text; of one without any, as of a statute, its lists."""
    texts = [p for p in article.paragraphs if p.kind is ParagraphKind.TEXT]
    return texts or [p for p in article.paragraphs if p.kind is ParagraphKind.LIST]
