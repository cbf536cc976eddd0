"""What a question needs of a sentence: a number, a year, a time, a place, a name."""

from collections.abc import Sequence

from retrieval.articles import ParagraphKind
from retrieval.index.collection_index import Index
from retrieval.questions.query import Query
from retrieval.questions.question_kinds import Need
from retrieval.text.languages import Language

DURATION = "duration"  # the name of that measure in the languages' files


def fits_need(index: Index, query: Query, sentence: int) -> bool:
    """Whether a sentence holds what the question needs."""
    language = index.language_of(sentence)
    match query.need:
        case Need.NUMBER | Need.AGE:
            return _has_quantity(index, query, sentence, language)
        case Need.YEAR | Need.TIME | Need.FREQUENCY:
            return _tells_when(index, query, sentence, language)
        case Need.PLACE:
            return says_where(index, query, sentence)
        case Need.NAME:
            capitalised = index.mentions.capitalised(sentence)
            named = _has_new_name(index, query, capitalised) or index.finds(
                language.holds_people, sentence
            )
            return bool(named) or language.capital_nouns
        case _:
            return True


def _tells_when(index: Index, query: Query, sentence: int, language: Language) -> bool:
    """Whether it holds a time, a year or how often; true if the language says nothing of that.

    When something is usually done may be told by a condition, and by any circumstance: "on cold
    days".
    """
    patterns = [language.holds_time, language.holds_clock]
    is_habit = query.need is Need.TIME and language.asks_habit.search(query.question) is not None
    if query.need is Need.YEAR:
        patterns = [language.holds_year]
    elif query.need is Need.FREQUENCY:
        patterns = [language.holds_frequency]
    elif is_habit:
        patterns.append(language.holds_condition)
    known = [pattern for pattern in patterns if pattern.text]
    if not known or any(index.finds(pattern, sentence) for pattern in known):
        return True
    return is_habit and _says_more(index, query, sentence)


def _says_more(index: Index, query: Query, sentence: int) -> bool:
    """Whether a sentence has all words of a question of several, and others."""
    terms = index.sentence_terms(sentence)
    is_all = len(query.words) > 1 and all(word.coverage(terms) for word in query.words)
    return is_all and not terms <= query.terms


def _has_quantity(index: Index, query: Query, sentence: int, language: Language) -> bool:
    """Whether it holds a number, with a unit of what is to be measured.

    A year tells an age, and how long something lasts: "until 1796".
    """
    measure = language.measures.get(query.measure)
    if index.kind_of(sentence) is ParagraphKind.TABLE:
        measure = None  # cells often leave their unit to the reader
    if measure is not None and not index.finds(measure.holds, sentence):
        return False
    if query.need is Need.AGE and measure:
        return True
    is_told_by_years = query.need is Need.AGE or query.measure == DURATION
    if is_told_by_years and index.finds(language.holds_year, sentence):
        return True
    return _has_number(index, query, sentence, language)


def _has_number(index: Index, query: Query, sentence: int, language: Language) -> bool:
    """Whether it holds a number in digits, an amount, or a number in words before what is counted.

    What may be a year has to stand before what is counted, too; a number of the question itself,
    as of "3D", is none that is asked for.
    """
    if index.finds(language.holds_amount, sentence):
        return True
    numbers = index.mentions.numbers(sentence)
    is_new = not numbers.in_digits <= query.folded_words
    return is_new or not query.counted.isdisjoint(numbers.counted_by_words)


def counts_what_is_asked(index: Index, query: Query, sentence: int) -> bool:
    """Whether a number stands right before what is to be counted: "28 days of paid leave"."""
    if not query.counted:
        return False
    return not query.counted.isdisjoint(index.mentions.numbers(sentence).counted)


def measures_what_is_asked(index: Index, query: Query, sentence: int) -> bool:
    """Whether a sentence holds a unit of what is to be measured, or counts what is to be counted.

    Years of work are no answer to "How many people work there?".
    """
    if measure := index.language_of(sentence).measures.get(query.measure):
        return bool(index.finds(measure.holds, sentence))
    return not query.counted or counts_what_is_asked(index, query, sentence)


def says_where(index: Index, query: Query, sentence: int, *, surely: bool = False) -> bool:
    """Whether a sentence names a place, or says by common nouns where something is.

    Not by what is asked about: "in the office" does not say where that is. `surely` leaves out
    names that something comes from, leads to or belongs to.
    """
    places = index.mentions.places(sentence)
    if any(noun not in query.folded_words for noun in places.said):
        return True
    return _has_new_name(index, query, places.located if surely else places.names)


def _has_new_name(index: Index, query: Query, capitalised: Sequence[str]) -> bool:
    """Whether one of the words is a name that the question does not hold."""
    asked = query.folded_words
    return any(word not in asked and word in index.names for word in capitalised)
