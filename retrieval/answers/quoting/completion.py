"""Completes the first passage of an answer by the sentence or the code that it leads up to."""

import re
from collections.abc import Sequence

from retrieval.answers.quoting.list_table_passages import ListTablePassages
from retrieval.answers.quoting.passages import Passage, passage_of
from retrieval.answers.quoting.quotes import LONGEST_CODE
from retrieval.answers.ranking.candidates import idf_share
from retrieval.answers.ranking.missing_subject import gives_reason
from retrieval.answers.ranking.needs import fits_need
from retrieval.articles import Paragraph, ParagraphKind
from retrieval.index.collection_index import Index
from retrieval.questions.query import Query
from retrieval.questions.question_kinds import Kind, Need
from retrieval.text.analysis import word_count
from retrieval.text.discourse import is_closed, leads_in

BESIDE = (1, 2, -1)  # where the sentence stands that says it, the likeliest first
LONGEST_WHOLE_PARAGRAPH = 450  # characters
FILE_NAME = re.compile(r"(?:\w+: )?[\w./\\@-]{1,200}\.[a-z]\w{0,9}", re.ASCII)
FILE_AND_COLON = re.compile(rf"(?:\w+ )?{FILE_NAME.pattern}:", re.ASCII)
LONGEST_LABEL = 160
LONGEST_ANNOUNCEMENT = 140
MOST_WORDS_OF_LABEL = 3  # that say nothing by themselves
LEAST_NAMED_ABOVE_LIST = 0.6  # of what is asked for
FEWEST_WITH_CODE = 3  # passages, of which some are code
FEWEST_VAGUE = 2  # words that only evaluate or dress up
MOST_BESIDE_QUESTION = 1  # terms of a sentence that leads nowhere
MOST_OF_ITS_OWN = 2  # words that tell something, and that the question does not hold
MOST_EXPLAINING = 2  # sentences behind one that gives no reason
MOST_GOING_ON = 4  # sentences behind one that opens a section
TOLD_AT_LENGTH = (Kind.WHY, Kind.HOW)
NEEDS = (Need.PLACE, Need.TIME)
RULES = (Kind.YES_NO, Kind.KEYWORDS)  # what may be a rule with an exception
ANNOUNCED = (Kind.WHAT, Kind.DEFINITION, Kind.KEYWORDS, Kind.WHY, Kind.HOW)


def completed(index: Index, query: Query, passages: Sequence[Passage]) -> list[Passage]:
    """The passages, the first completed by a sentence beside it in its text.

    That is a sentence with the place or time that was asked for; the next one, behind a sentence
    that says no more than the question; an exception, if a yes or no is wanted; or what stands
    behind a sentence that gives no reason or opens a section, if a reason or a way is wanted. If
    several things are wanted, the list below it is the next passage.
    """
    passages = [_without_lead_in(index, query, p) for p in with_code(index, passages)]
    passages = _with_list_below(index, query, passages)
    if not passages or index.kind_of(passages[0].first) is not ParagraphKind.TEXT:
        return passages
    first = passages[0]
    tried = (_needed, _announced, _excepted, _explaining, _going_on)
    beside = next((n for find in tried if (n := find(index, query, first)) is not None), None)
    if beside is None:
        return passages
    between = range(first.last + 1, beside) if query.kind in TOLD_AT_LENGTH else ()
    whole = passage_of(first.paragraph, (*first.sentences, *between, beside))
    length = index.span(whole.last).end - index.span(whole.first).start
    if length > LONGEST_WHOLE_PARAGRAPH:
        return passages
    return [whole, *(p for p in passages[1:] if not p.touches(whole))]


def with_code(index: Index, passages: Sequence[Passage]) -> list[Passage]:
    """The passages, each that ends like "Install it with this:" before what stands below it.

    That is short code, or a list or table, as much of it as a quote holds. What leads in to one
    that is there already goes before it, unless it only says "Example:".
    """
    shown: list[Passage] = []
    codes: list[Passage] = []
    for passage in passages:
        code = _led_in(index, passage)
        behind = next((n for n, old in enumerate(shown) if code and code.touches(old)), None)
        is_label = word_count(index.text(passage.first)) <= MOST_WORDS_OF_LABEL
        is_shown = any(passage.touches(code) for code in codes)  # rows share their header
        if not is_shown and not (is_label and behind is not None):
            shown.insert(len(shown) if behind is None else behind, passage)
        if code is not None and behind is None:
            codes.append(code)
            shown.append(code)
    most = max(len(passages), FEWEST_WITH_CODE)
    return shown[:most] + [passage for passage in shown[most : most + 1] if passage in codes]


def _with_list_below(index: Index, query: Query, passages: list[Passage]) -> list[Passage]:
    """The passages, behind the first the list below it, if its heading names what is wanted."""
    if query.kind is not Kind.LIST or not passages:
        return passages
    below = _below(index, passages[0].paragraph)
    if below is None or below.kind is not ParagraphKind.LIST:
        return passages
    listed = index.position(below)
    named = idf_share(index, query, index.heading_terms(listed))
    if index.opens_section(listed) or named < LEAST_NAMED_ABOVE_LIST:
        return passages
    entries = ListTablePassages(index).whole(listed)
    if any(entries.touches(passage) for passage in passages):
        return passages
    return [passages[0], entries, *passages[1 : max(1, len(passages) - 1)]]


def leads_nowhere(index: Index, query: Query, sentence: int) -> bool:
    """Whether a sentence only names what is asked about, or leads in to what no quote can bring.

    That is a link or another text ("Learn how to install it:"), or code if a definition is wanted.
    The name of a file says nothing, either, nor do a few words without a word of the question,
    unless their heading asks for them.
    """
    if _is_label(index, sentence):
        below = _below(index, index.paragraph_of(sentence))
        heads_code = below is not None and below.kind is ParagraphKind.CODE
        if heads_code and query.kind is Kind.DEFINITION:
            return True
        if _names_file(index.text(sentence)) or index.sentence_terms(sentence) <= query.terms:
            return True
        return _says_nothing(index, query, sentence)
    if not ends_open(index, query, sentence):
        return False
    return len(index.sentence_terms(sentence) - query.terms) <= MOST_BESIDE_QUESTION


def _names_file(text: str) -> bool:
    return FILE_NAME.fullmatch(text) is not None


def is_short_label(index: Index, sentence: int) -> bool:
    """Whether a sentence is a phrase such as what stands below a picture."""
    return len(index.text(sentence)) <= LONGEST_LABEL and _is_label(index, sentence)


def _is_label(index: Index, sentence: int) -> bool:
    """Whether a sentence is all of a paragraph and a phrase, as a link to another text is."""
    paragraph = index.paragraph_of(sentence)
    if len(index.sentences_of(paragraph)) > 1 or index.kind_of(sentence) is not ParagraphKind.TEXT:
        return False
    text = index.text(sentence)
    return not is_closed(text) and not leads_in(text)


def _says_nothing(index: Index, query: Query, sentence: int) -> bool:
    """Whether a label holds nothing of what is asked or needed, nor stands under its heading."""
    if word_count(index.text(sentence)) > MOST_WORDS_OF_LABEL or query.foreign:
        return False
    if not index.sentence_terms(sentence).isdisjoint(query.terms):
        return False
    if query.need is not Need.NOTHING and fits_need(index, query, sentence):
        return False
    paragraph = index.paragraph_of(sentence)
    heading = index.heading_terms(paragraph)
    is_headed = bool(heading) and all(word.coverage(heading) for word in query.words)
    return not is_headed


def _without_lead_in(index: Index, query: Query, passage: Passage) -> Passage:
    """The passage without a last sentence that leads in to what no quote can bring."""
    if passage.first == passage.last or not ends_open(index, query, passage.last):
        return passage
    return passage_of(passage.paragraph, passage.sentences[:-1])


def ends_open(index: Index, query: Query, sentence: int) -> bool:
    """Whether a sentence leads in to a text, a picture, a link or long code.

    One that holds what is needed does not.
    """
    paragraph = index.paragraph_of(sentence)
    if sentence + 1 in index.sentences_of(paragraph) or not leads_in(index.text(sentence)):
        return False
    below = _below(index, paragraph)
    if below is not None and _may_be_shown(index, below):
        return False
    return query.need is Need.NOTHING or not fits_need(index, query, sentence)


def _below(index: Index, paragraph: int) -> Paragraph | None:
    """The paragraph behind another one in its article; the code, if its name stands above it."""
    above = index.paragraph(paragraph)
    below = index.articles[above.article].paragraphs[above.number : above.number + 2]
    names_code = len(below) > 1 and below[1].kind is ParagraphKind.CODE and _is_name(below[0])
    return below[names_code] if below else None


def _is_name(paragraph: Paragraph) -> bool:
    """Whether it is a short phrase, such as the name of a file above code ("In a.py:")."""
    text = paragraph.text
    is_phrase = not (is_closed(text) or leads_in(text)) or FILE_AND_COLON.fullmatch(text)
    is_line = paragraph.kind is ParagraphKind.TEXT and "\n" not in text
    return bool(is_phrase) and is_line and len(text) <= LONGEST_LABEL


def _may_be_shown(index: Index, below: Paragraph) -> bool:
    """Whether what stands below a sentence that leads in to it can be quoted with it."""
    if below.kind in (ParagraphKind.LIST, ParagraphKind.TABLE):
        return True
    is_led_in = below.kind is ParagraphKind.CODE or _is_led_in(index, below)
    return is_led_in and len(below.text) <= LONGEST_CODE


def _is_led_in(index: Index, below: Paragraph) -> bool:
    """Whether a text is short lines or a phrase, as a list without marks is."""
    lines = below.text.splitlines()
    is_phrase = not (is_closed(below.text) or leads_in(below.text) or _names_file(below.text))
    is_listed = len(lines) > 1 or is_phrase
    return is_listed and not index.opens_section(index.position(below))


def _led_in(index: Index, passage: Passage) -> Passage | None:
    """What stands right below a passage that leads in to it; no sentences, and not a lot.

    A sentence leads in to it by its colon or by what it says: "Below is a list of them." Code is
    led in to by any sentence that is not closed: "It looks like".
    """
    text = index.text(passage.last)
    language = index.analyzer_of(passage.paragraph).language
    below = _below(index, passage.paragraph)
    if below is None or passage.last + 1 in index.sentences_of(passage.paragraph):
        return None
    is_open = below.kind is ParagraphKind.CODE and not is_closed(text)
    if not (is_open or leads_in(text) or index.finds(language.briefing.announcing, passage.last)):
        return None
    if not _may_be_shown(index, below):
        return None
    paragraph = index.position(below)
    if index.list_or_table(paragraph) is not None:
        return ListTablePassages(index).whole(paragraph)
    return Passage(paragraph, index.first_sentence(paragraph), index.sentences_of(paragraph)[-1])


def _needed(index: Index, query: Query, passage: Passage) -> int | None:
    """The sentence beside the passage that holds what is needed, if none of its own does."""
    if query.need not in NEEDS or any(fits_need(index, query, n) for n in passage.sentences):
        return None
    left = set(index.sentences_of(passage.paragraph)).difference(passage.sentences)
    near = [n + step for n in (passage.first, passage.last) for step in BESIDE]
    beside = (n for n in near if n in left and not index.is_filler(n))
    return next((n for n in beside if fits_need(index, query, n)), None)


def _announced(index: Index, query: Query, passage: Passage) -> int | None:
    """The sentence behind a short one that only names, in vague words, what was asked for."""
    behind = passage.last + 1
    if query.kind not in ANNOUNCED or behind not in index.sentences_of(passage.paragraph):
        return None
    span = index.span(passage.last)
    if passage.first != passage.last or span.end - span.start > LONGEST_ANNOUNCEMENT:
        return None
    analyzer = index.analyzer_of(passage.paragraph)
    vague = {t for word in analyzer.language.briefing.vague_words for t in analyzer.terms(word)}
    counting = {t for word in analyzer.language.number_words for t in analyzer.terms(word)}
    held = index.sentence_terms(passage.last) - counting
    tells = len(held & vague) < FEWEST_VAGUE or len(held - vague - query.terms) > MOST_OF_ITS_OWN
    return behind if not tells and not index.is_filler(behind) else None


def _excepted(index: Index, query: Query, passage: Passage) -> int | None:
    """The sentence of which the passage only excepts, or the one that excepts from a rule."""
    text = index.sentences_of(passage.paragraph)
    language = index.analyzer_of(passage.paragraph).language
    if passage.first - 1 in text and language.excepts.match(index.text(passage.first)):
        return passage.first - 1
    if query.kind not in RULES:
        return None
    left = set(text).difference(passage.sentences)
    behind = (n + 1 for n in passage.sentences if n + 1 in left)
    return next((n for n in behind if index.finds(language.excepts, n)), None)


def _explaining(index: Index, query: Query, passage: Passage) -> int | None:
    """The sentence up to which a paragraph may explain what the passage only says to be so."""
    if query.kind is not Kind.WHY or any(gives_reason(index, n) for n in passage.sentences):
        return None
    return _last_behind(index, query, passage, MOST_EXPLAINING)


def _going_on(index: Index, query: Query, passage: Passage) -> int | None:
    """The sentence up to which a paragraph tells a way that its section opens with."""
    opens = passage.first == index.first_sentence(passage.paragraph)
    if query.kind is not Kind.HOW or not opens or not index.opens_section(passage.paragraph):
        return None
    return _last_behind(index, query, passage, MOST_GOING_ON)


def _last_behind(index: Index, query: Query, passage: Passage, most: int) -> int | None:
    """The last of so many sentences behind the passage with which it stays short.

    One that leads in to what is not shown is none, unless it holds more of the question.
    """
    start = index.span(passage.first).start
    end = index.sentences_of(passage.paragraph)[-1]
    held = frozenset[str]().union(*map(index.sentence_terms, passage.sentences))
    is_left = leads_in(index.text(end)) and index.sentence_terms(end) & query.terms <= held
    behind = range(passage.last + 1, end + (not is_left))
    short = [
        n
        for n in behind[:most]
        if index.span(n).end - start <= LONGEST_WHOLE_PARAGRAPH and not index.is_filler(n)
    ]
    return short[-1] if short else None
