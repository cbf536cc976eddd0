"""Follow-ups: messages that are understood only with the question before them.

Which question is the one before, and for how long, is decided by whoever keeps the conversation.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from retrieval.questions.query import Query, QueryWord
from retrieval.questions.question_kinds import Kind, wanted_answer
from retrieval.text.analysis import Analyzer, word_texts, words
from retrieval.text.languages import Language
from retrieval.text.languages.pattern import NOTHING
from retrieval.text.units import other_names

CONTEXT_WEIGHT = 0.5
SAME_QUESTION_WEIGHT = 0.7  # where the same is asked of something else: "and a worker?"
OWN_SUBJECT_WEIGHT = 0.25  # where the question has enough words of its own
MOST_LEANING_WORDS = 3
SHORT_MESSAGE = 3
QUESTION_END = "? "  # between two that the next one may lean on


def chained(named: str, question: str) -> str:
    """A question behind the one that names what it points back to, as one context."""
    return f"{named.partition(QUESTION_END)[0].rstrip(QUESTION_END)}{QUESTION_END}{question}"


def last_question(context: str) -> str:
    """The question that was asked last in a context of one or two."""
    return context.rstrip(QUESTION_END).rpartition(QUESTION_END)[2]


def leans(query: Query, analyzer: Analyzer) -> bool:
    """Whether a message is understood only with the question before it."""
    language = analyzer.language
    text = language.frames.blank(query.question)  # "both articles" are none of before
    follow_up = language.follow_up
    names_its_subject = query.kind is Kind.DEFINITION or bool(
        language.asks_about_name.search(text)
    )
    only_ask = _only_asking(query, analyzer)
    named = (word.text for word in query.words if word.own)
    count = len({text for text in named if text.casefold() not in only_ask})  # of Chinese, several
    has_pronoun = points_back(text, language)
    counts_units = query.kind is Kind.HOW_MANY  # "how many days?"
    if count == 0 or (counts_units and all(_is_unit(w.text, language) for w in query.words)):
        return True
    leads_on = follow_up.connectives.search(query.question) is not None
    if leads_on and count <= MOST_LEANING_WORDS + 1:
        is_whole = query.kind not in (Kind.KEYWORDS, Kind.WHAT) and count > 1
        return has_pronoun or not is_whole or _asks_the_same(query, analyzer)
    if has_pronoun and count <= MOST_LEANING_WORDS:
        return True
    is_short = len(word_texts(text)) <= SHORT_MESSAGE
    return bool(follow_up.openers.search(text)) and is_short and not names_its_subject


def _is_unit(word: str, language: Language) -> bool:
    """Whether a word, behind "how many", is a unit of a measure, and so names nothing."""
    text = word.casefold()
    return bool(other_names(word, language.code)) or any(
        measure.holds.fullmatch(text) for measure in language.measures.values()
    )


def leans_abroad(text: str, language: Language) -> bool:
    """Whether a message leans so, if it is in a language that no article is in.

    Where it is not known how that language refers to what was before, a single word does.
    """
    follow_up = language.follow_up
    asked = [word.casefold() for word in word_texts(text)]
    if follow_up.openers is NOTHING:
        return len(asked) <= 1
    told = [w for w in asked if w not in language.stop_words and w not in language.asking_words]
    if not told or (len(asked) <= SHORT_MESSAGE and follow_up.openers.search(text)):
        return True
    has_pronoun = points_back(language.frames.blank(text), language)
    leads_on = follow_up.connectives.search(text) is not None
    return len(told) <= MOST_LEANING_WORDS and (has_pronoun or leads_on)


def points_back(text: str, language: Language) -> bool:
    """Whether a pronoun points back; an expletive or an article only looks like one."""
    follow_up = language.follow_up
    return follow_up.pronouns.search(follow_up.expletives.blank(text)) is not None


def leaning_on(before: Query, query: Query, context: str, analyzer: Analyzer) -> Query:
    """The query with the known words of the one before, which count less than its own.

    `context` is the text of the question before.
    """
    own = {word.text.casefold() for word in query.words}
    own |= _replaced(before, query, context, analyzer)
    is_same = query.kind is Kind.KEYWORDS or _asks_the_same(query, analyzer)
    pronouns = analyzer.language.follow_up.pronouns  # "does she have to be on one?"
    said = [w for w in query.words if not pronouns.fullmatch(w.text.casefold())]
    only_ask = _only_asking(query, analyzer)
    telling = [word for word in said if word.text.casefold() not in only_ask]
    weight = _context_weight(telling, is_same=is_same)
    is_unknown = not any(word.known for word in before.words)  # then meaning alone may find it
    asked = before if is_same else query
    if asked.need is not before.need or asked.measure != before.measure:
        own |= _only_asking(before, analyzer)
    inherited = tuple(
        replace(word, own=False, weight=weight)
        for word in before.words
        if (word.known or is_unknown) and word.text.casefold() not in own
    )
    told = telling if inherited else said
    return replace(
        query,
        kind=asked.kind,
        need=asked.need,
        measure=asked.measure,
        counted=asked.counted,
        words=(*told, *inherited),
        pairs=query.pairs or before.pairs,
        context=context,
        points_back=points_back(query.question, analyzer.language),
    )


def _only_asking(query: Query, analyzer: Analyzer) -> frozenset[str]:
    """The words that only ask for the query's measure: "long" in "how long does it take?"."""
    measure = analyzer.language.measures.get(query.measure)
    if measure is None and query.kind is Kind.HOW_MANY:
        return only_measuring(analyzer.language)
    return measure.empty if measure else frozenset()


def only_measuring(language: Language) -> frozenset[str]:
    """The words that ask for any measure and hardly tell what is meant: "long", "heavy"."""
    return frozenset[str]().union(*(measure.empty for measure in language.measures.values()))


def _replaced(before: Query, query: Query, context: str, analyzer: Analyzer) -> set[str]:
    """The words of the question before in whose place a message puts its own: "and a worker?".

    That is what stands behind the same small word ("a queen", "for the barn"), or beside those
    that ask, if there is only one such place. What a question begins with is followed by its verb.
    """
    rest = analyzer.language.follow_up.connectives.remove(query.question)
    if rest == query.question or not _asks_the_same(query, analyzer):
        return set()
    led = {small for smalls, _ in _led(rest, analyzer) for small in smalls}
    found = [told for smalls, told in _led(context, analyzer) if led.intersection(smalls)]
    if not led:  # "How long is the sabbatical?", "and parental leave?"
        asked = wanted_answer(context, analyzer.language).asked.split()
        found = [[text] for word in before.words if (text := word.text.casefold()) not in asked]
    return set(found[0]) if len(found) == 1 else set()


def _led(text: str, analyzer: Analyzer) -> Iterator[tuple[list[str], list[str]]]:
    """The words of a text that say something, each time behind the small ones that lead to them.

    Of the first time only one: "does a queen live" goes on with a verb.
    """
    runs: list[tuple[list[str], list[str]]] = [([], [])]
    for word in words(text):
        smalls, told = runs[-1]
        is_small = analyzer.is_stop_word(word.text)
        if is_small and told:
            runs.append(([word.text.casefold()], []))
        else:
            (smalls if is_small else told).append(word.text.casefold())
    for number, (smalls, told) in enumerate(run for run in runs if all(run)):
        yield smalls, told if number else told[:1]


def _asks_the_same(query: Query, analyzer: Analyzer) -> bool:
    """Whether a message asks what the question before did, of something else: "and a worker?"."""
    connectives = analyzer.language.follow_up.connectives
    rest = connectives.remove(query.question)
    if rest == query.question or not query.words:
        return False
    return wanted_answer(rest.strip(" ,?？"), analyzer.language).kind is Kind.KEYWORDS


def _context_weight(told: Sequence[QueryWord], *, is_same: bool) -> float:
    """The weight of the words of the question before, by those that tell something now."""
    known = [word for word in told if word.known]
    if not known:
        return 1.0
    if is_same:
        return SAME_QUESTION_WEIGHT
    return CONTEXT_WEIGHT if len(known) == 1 else OWN_SUBJECT_WEIGHT
