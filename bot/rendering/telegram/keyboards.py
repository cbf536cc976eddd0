"""Inline keyboards: the buttons under answers, briefings, pages and lists."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.composing.briefing_lengths import MOST_TOPICS, BriefingLength
from bot.composing.wording import catalogue_languages, phrase, speaking
from bot.http.json_object import JsonObject
from bot.rendering.telegram.callback_data import (
    AskAlone,
    AskSuggested,
    BriefOnHeading,
    BriefOnNews,
    ButtonPress,
    ChooseLanguage,
    ListArticles,
    MoreQuotes,
    OpenQuote,
    Rating,
    ResizeBriefing,
    SendBriefingFile,
    TurnPage,
    WeeklyGaps,
)
from bot.rendering.telegram.paragraph_pages import Page
from bot.rendering.telegram.quote_codes import article_code
from bot.rendering.telegram.text_length import cut
from bot.storage.stored_answer import StoredAnswer
from retrieval.articles import Article

BUTTONS_A_ROW = 6
ARTICLES_A_PAGE = 8
LONGEST_LABEL = 60
LONGEST_TOPIC = 36
FEWEST_POINTS_TO_SHORTEN = 2


@dataclass(frozen=True, slots=True)
class Button:
    """A button, and what it asks for when it is pressed."""

    label: str
    press: ButtonPress

    @property
    def fields(self) -> JsonObject:
        """The button as an InlineKeyboardButton object of the Bot API."""
        return {"text": self.label, "callback_data": str(self.press)}


Keyboard = Sequence[Sequence[Button]]
# A heading to ask for, the code of its article and the number of its paragraph.
Near = tuple[str, str, int]


def answer_keyboard(
    answer: StoredAnswer,
    first: int = 1,
    last: int | None = None,
    *,
    is_gap: bool = False,
    is_whole: bool = False,
) -> Keyboard:
    """Under a message with the quotes from number `first` to `last` of an answer.

    Read each of them in its place; more quotes, if it shows the last so far; did the answer help.
    Where it is a gap in the articles, tell their owner; where the question is whole without the
    one before it, ask it alone.
    """
    numbers = range(first, (last or answer.openable) + 1)
    reads = [_button("read", OpenQuote(answer.id, number), number=number) for number in numbers]
    rows = [reads[i : i + BUTTONS_A_ROW] for i in range(0, len(reads), BUTTONS_A_ROW)]
    below = []
    if last is None and len(answer.quotes) > answer.openable:
        name = "more" if answer.shown else "closest"
        below.append(_button(name, MoreQuotes(answer.id, first, answer.shown)))
    if answer.answered and first == 1:
        below += [_button("good", Rating(answer.id, 1)), _button("bad", Rating(answer.id, 0))]
    asks = [_button("ask_alone", AskAlone(answer.id))] if is_whole and answer.context else []
    tells = [_button("tell_owner", Rating(answer.id, 0))] if is_gap else []
    return _keyboard([*rows, below, asks, tells])


def suggestions_keyboard(questions: Sequence[tuple[str, str]]) -> Keyboard:
    """Under the greeting: questions that the articles answer, each with its digest."""
    return [
        [Button(cut(question, LONGEST_LABEL), AskSuggested(number, digest))]
        for number, (question, digest) in enumerate(questions)
    ]


def gaps_keyboard(*, is_weekly: bool) -> Keyboard:
    """Under what was left open: tell it each week, or no more."""
    name = "weekly_off" if is_weekly else "weekly_on"
    return [[_button(name, WeeklyGaps(int(not is_weekly)))]]


def briefing_keyboard(
    answer: StoredAnswer | None,
    points: int,
    length: BriefingLength,
    near: Sequence[Near],
    *,
    is_full: bool,
) -> Keyboard:
    """Under a briefing: other lengths, as a file, what is new, other topics; at most eight.

    So many are four and the topics, of which `MOST_TOPICS` are wanted. Its footnotes are links,
    so they need no buttons. `points` is how many it has; `is_full` is whether a longer one would
    hold more. Without an answer there are only the topics.
    """
    topics = [
        [Button(cut(heading, LONGEST_TOPIC), BriefOnHeading(code, number))]
        for heading, code, number in near[:MOST_TOPICS]
    ]
    if answer is None:
        return topics
    other = []
    if length.shorter and points > FEWEST_POINTS_TO_SHORTEN:
        other.append(_button("shorter", ResizeBriefing(answer.id, length.shorter)))
    if length.longer and is_full:
        other.append(_button("longer", ResizeBriefing(answer.id, length.longer)))
    whole = [_button("as_file", SendBriefingFile(answer.id)), _button("news", BriefOnNews())]
    return _keyboard([other, whole, *topics])


def page_keyboard(page: Page, read: OpenQuote | None) -> Keyboard:
    """Under a page of a paragraph: what is before and behind it, and the list of articles."""
    code = article_code(page.article.id)
    number = page.paragraph.number
    row = []
    if page.begins_inside:
        row.append(
            _button("earlier", TurnPage(code, number, page.number - 1, read), part=page.number)
        )
    elif number > 1:
        row.append(_button("before", TurnPage(code, number - 1, 0, read), number=number - 1))
    if page.ends_inside:
        row.append(
            _button("later", TurnPage(code, number, page.number + 1, read), part=page.number + 2)
        )
    elif number < len(page.article.paragraphs):
        row.append(_button("after", TurnPage(code, number + 1, 0, read), number=number + 1))
    below = [] if read else [_button("contents", ListArticles())]
    return _keyboard([row, below])


def list_keyboard(articles: Sequence[Article], offset: int, count: int) -> Keyboard:
    """Under the list of articles: one button for each of them, and the others of `count`."""
    rows = [
        [Button(cut(article.title, LONGEST_LABEL), TurnPage(article_code(article.id), 1))]
        for article in articles
    ]
    turn = []
    if offset > 0:
        turn.append(_button("list_before", ListArticles(max(0, offset - ARTICLES_A_PAGE))))
    if offset + ARTICLES_A_PAGE < count:
        turn.append(_button("list_after", ListArticles(offset + ARTICLES_A_PAGE)))
    return _keyboard([*rows, turn])


def language_keyboard(*, is_private: bool) -> Keyboard:
    """Under the language that is spoken: one button for each, and in private Telegram's own."""
    rows = [[_language_button(code)] for code in catalogue_languages()]
    return _keyboard([*rows, [_button("language_own", ChooseLanguage(""))] if is_private else []])


def _language_button(code: str) -> Button:
    with speaking(code):
        return _button("language_name", ChooseLanguage(code))


def _button(name: str, press: ButtonPress, **values: object) -> Button:
    return Button(phrase(name, **values), press)


def _keyboard(rows: Keyboard) -> Keyboard:
    return [row for row in rows if row]
