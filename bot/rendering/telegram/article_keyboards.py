"""The buttons under articles that wait, that were added, or that may be removed."""

from collections.abc import Sequence

from bot.composing.wording import phrase
from bot.rendering.telegram.callback_data import ListRemovable, RemovalPress, StagedPress
from bot.rendering.telegram.keyboards import ARTICLES_A_PAGE, LONGEST_LABEL, Button, Keyboard
from bot.rendering.telegram.quote_codes import article_code
from bot.rendering.telegram.text_length import cut
from retrieval.articles import Article


def staged_keyboard(staged: str, count: int) -> Keyboard:
    """Under what was read: add it, call it otherwise if it is one, or drop it."""
    add = Button(phrase("add_articles", count=count), StagedPress("add", staged))
    title = Button(phrase("add_title"), StagedPress("title", staged))
    drop = Button(phrase("add_cancel"), StagedPress("drop", staged))
    return [[add], [title, drop]] if count == 1 else [[add], [drop]]


def added_keyboard(staged: str) -> Keyboard:
    """Under what was added: take it back."""
    return [[Button(phrase("add_undo"), StagedPress("undo", staged))]]


def removal_keyboard(articles: Sequence[Article], offset: int) -> Keyboard:
    """Under the list of added articles: one button for each of those shown, and the others."""
    rows: list[list[Button]] = [
        [Button(cut(article.title, LONGEST_LABEL), RemovalPress("ask", article_code(article.id)))]
        for article in articles[offset : offset + ARTICLES_A_PAGE]
    ]
    turn = []
    if offset > 0:
        turn.append(Button(phrase("list_before"), ListRemovable(max(0, offset - ARTICLES_A_PAGE))))
    if offset + ARTICLES_A_PAGE < len(articles):
        turn.append(Button(phrase("list_after"), ListRemovable(offset + ARTICLES_A_PAGE)))
    return [*rows, turn] if turn else rows


def sure_keyboard(code: str) -> Keyboard:
    """Under the question whether to remove an article."""
    yes = Button(phrase("remove_yes"), RemovalPress("yes", code))
    return [[yes, Button(phrase("remove_no"), RemovalPress("no", code))]]


def removed_keyboard(code: str) -> Keyboard:
    """Under what was removed: take it back."""
    return [[Button(phrase("add_undo"), RemovalPress("undo", code))]]
