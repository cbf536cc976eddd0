"""Passages of lists and tables: entries and rows, never without what leads in to them."""

from collections.abc import Iterable, Sequence

from retrieval.answers.quoting.passages import Passage, passage_of
from retrieval.index.collection_index import Index
from retrieval.index.lists_and_tables import ListOrTable
from retrieval.text.discourse import leads_in, leans

LONGEST_LIST_QUOTE = 660  # characters: with its footnote, what a screen of a phone holds
LONGEST_WHOLE_LIST = 1000  # where all of it is asked for
LONGEST_LIST_LEAD = 240  # characters
LONGEST_LIST_ENTRY = 450  # characters
MOST_LIST_PARTS = 4  # with […] between them: as many as the link to a quote can hold
MOST_ABOVE = 2


class ListTablePassages:
    """Cuts passages out of the lists and tables of a collection."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def lead(self, paragraph: int) -> range:
        """What of the lead-in or header row is shown: all, or of a long text its last sentence.

        That comes with the sentences that it leans on.
        """
        lead = self._index.list_or_table_at(paragraph).lead
        if not lead or self._length(lead) <= LONGEST_LIST_LEAD:
            return lead
        language = self._index.analyzer_of(paragraph).language
        first = lead.stop - 1
        while (
            first > lead.start
            and not leads_in(self._index.text(first))  # "these" are those that follow
            and leans(self._index.text(first), language)
            and self._length(range(first - 1, lead.stop)) <= LONGEST_LIST_LEAD
        ):
            first -= 1
        return range(first, lead.stop)

    def entry(self, paragraph: int, sentence: int) -> Passage:
        """The entry or row that a sentence is of."""
        return self.entries(paragraph, [sentence])

    def entries(self, paragraph: int, sentences: Sequence[int]) -> Passage:
        """The entries or rows with these sentences, as many as one quote may hold.

        The first one always; of a long entry its opening and that sentence.
        """
        listed = self._index.list_or_table_at(paragraph)
        numbers: set[int] = set()
        for sentence in sentences:
            place = listed.place_of(sentence)
            more = {
                *numbers,
                *self._before(paragraph, listed, place),
                *self._block(listed, place, sentence),
            }
            if not numbers or self._fits(paragraph, more):
                numbers = more
        return passage_of(paragraph, numbers)

    def whole(
        self, paragraph: int, wanted: Sequence[int] = (), *, longest: int = LONGEST_LIST_QUOTE
    ) -> Passage:
        """The list or table, with `[…]` for what one quote cannot hold.

        The first entries are shown, and of those that are wanted the first two, else the last.
        All are if they are no longer than `longest`.
        """
        listed = self._index.list_or_table_at(paragraph)
        numbers = {*self.lead(paragraph), *listed.sentences[0]}
        everything = {*numbers, *(n for line in listed.sentences for n in line)}
        if self._fits(paragraph, everything, longest):
            return passage_of(paragraph, everything)
        others = set(listed.sentences[listed.top[-1]])
        if wanted:
            others = set(self.entries(paragraph, wanted[:2]).sentences)
        if self._fits(paragraph, numbers | others):
            numbers |= others
        for line in listed.sentences:
            more = numbers | set(line)
            if not self._fits(paragraph, more):
                break
            numbers = more
        return passage_of(paragraph, numbers)

    def _before(self, paragraph: int, listed: ListOrTable, place: int) -> list[int]:
        """The lead-in, and the openings of the entries that this one stands below."""
        above = listed.above(place)[-MOST_ABOVE:]
        return [*self.lead(paragraph), *(listed.sentences[other].start for other in above)]

    def _block(self, listed: ListOrTable, place: int, sentence: int) -> Iterable[int]:
        """An entry with all that is below it, or as much of that as is not too long."""
        for numbers in (listed.whole(place), listed.sentences[place]):
            if self._length(numbers) <= LONGEST_LIST_ENTRY:
                return numbers
        kept = list(listed.sentences[place])
        if sentence != kept[0]:
            return [kept[0], sentence]
        while len(kept) > 1 and self._length(range(kept[0], kept[-1] + 1)) > LONGEST_LIST_ENTRY:
            kept.pop()
        return kept

    def _fits(
        self, paragraph: int, numbers: Iterable[int], longest: int = LONGEST_LIST_QUOTE
    ) -> bool:
        runs = passage_of(paragraph, numbers).runs
        length = sum(self._length(range(first, last + 1)) for first, last in runs)
        return len(runs) <= MOST_LIST_PARTS and length <= longest

    def _length(self, numbers: range) -> int:
        return self._index.span(numbers[-1]).end - self._index.span(numbers[0]).start
