"""Admins add and remove articles in private; nobody else can, and nothing is added unseen."""

from dataclasses import replace

import pytest
from conversations import ADA, BEN
from document_files import PdfWriter
from reading_here import ReadingHere
from web_server import Page, serve_web

from bot.adding.admin_articles import AdminArticles
from bot.console.world.call_values import Upload
from bot.console.world.refusals import Refusal
from bot.handlers.access.access_rules import AccessRules
from bot.settings.settings import Settings
from retrieval.sources.worker.reading_worker import ReadingWorker

SENTENCE = "Bees live in hives, where each of them has work to do from its first day on. "
FORWARDED = {"forward_origin": {"type": "hidden_user", "date": 1, "sender_user_name": "X"}}


def pdf(*lines):
    writer = PdfWriter()
    writer.line("Of bees", size=20, down=40)
    for line in lines or ("Bees live in hives.",):
        writer.lines(line)
    return writer.content()


@pytest.fixture
def worker():
    return ReadingHere()


@pytest.fixture
def admin_articles(tmp_path, worker):
    found = AdminArticles(Settings(data=tmp_path / "data", private_addresses=True))
    found.worker = worker
    return found


@pytest.fixture
def talk(converse, admin_articles):
    """A private chat of an admin."""
    return converse(rules=AccessRules(admins=frozenset({ADA.id})), admin_articles=admin_articles)


def send(talk, content, name="bees.pdf", person=ADA, chat=None, **fields):
    talk.api.send_file(chat or talk.chat, person, Upload(name, content), **fields)
    return talk.one()


def titles(admin_articles):
    return [added.article.title for added in admin_articles.store.all()]


@pytest.mark.parametrize("worker", [ReadingWorker()])
def test_a_file_is_shown_and_added_only_at_a_press(talk, admin_articles):
    """Then it can be taken back."""
    shown = send(talk, pdf("Bees live in hives.", "In winter they sit close together."))
    assert shown.text == (
        "Of bees\n\nFrom: bees.pdf\nLanguage: English\n2 paragraphs, 1 page\n\n"
        "Bees live in hives.\n…\nIn winter they sit close together."
    )
    assert shown.buttons == ["Add", "Change title", "Cancel"]
    assert titles(admin_articles) == []
    added = talk.press(shown, "Add")
    assert added.text == "Added: Of bees. I answer from it after my next start."
    assert titles(admin_articles) == ["Of bees"]
    assert talk.press(added, "Undo").text == "Taken back."
    assert titles(admin_articles) == []


def test_a_page_is_read_from_its_address(talk, admin_articles):
    """With a caption or without words; what is dropped is not added, and cannot be any more."""
    with serve_web() as web:
        web.pages["/bees"] = Page(
            f"<title>Of many bees</title><article><p>{SENTENCE * 6}</p>"
            f"<p>{SENTENCE.upper() * 6}</p></article>"
        )
        shown = talk(f"/add {web.at('/bees')}")
        assert f" {shown.text.splitlines()[-1]} " in SENTENCE.upper() * 6  # whole words
        missing = talk(f"/add {web.at('/wasps')}")
    assert shown.text.startswith(f"Of many bees\n\nFrom: {web.at('/bees')}\n")
    assert "the page does not exist; check the address" in missing.text
    assert missing.buttons == []
    data = shown.data("Add")
    assert talk.press(shown, "Cancel").text == "Not added."
    talk.api.press(talk.chat, ADA, shown.id, data)
    assert talk.one() is None
    assert talk.notices == ("This has expired. Please send it again.",)
    assert titles(admin_articles) == []


def test_the_title_is_changed_by_a_reply(talk, admin_articles):
    """An update keeps it."""
    shown = send(talk, pdf())
    asked = talk.press(shown, "Change title")
    changed = talk("The book of bees", reply_to=asked.id)
    assert (changed.id, changed.text.partition("\n")[0]) == (shown.id, "The book of bees")
    talk.press(changed, "Add")
    (added,) = admin_articles.store.all()
    assert (added.article.title, added.origin.title) == ("The book of bees", "The book of bees")


def test_what_was_begun_goes_on_after_a_restart(talk, converse, admin_articles):
    """A title that was asked for, and taking a removal back."""
    talk.press(send(talk, pdf()), "Add")
    removed = talk.press(talk.press(talk("/remove"), "Of bees"), "Remove")
    asked = talk.press(send(talk, pdf("Wasps sting."), "wasps.pdf"), "Change title")
    talk.session.close()
    rules = AccessRules(admins=frozenset({ADA.id}))
    again = converse(
        rules=rules, admin_articles=AdminArticles(admin_articles.settings), api=talk.api
    )
    assert again("The book of wasps", reply_to=asked.id).text.startswith("The book of wasps\n")
    assert again.press(removed, "Undo").text == "Taken back."
    assert titles(admin_articles) == ["Of bees"]


def test_a_file_of_the_same_name_replaces_the_article(talk, admin_articles):
    """The preview says so, and the same file again is here already."""
    talk.press(send(talk, pdf()), "Add")
    assert send(talk, pdf()).text == "Already here as “Of bees”: bees.pdf"
    shown = send(talk, pdf("Bees sleep at night."))
    assert "Replaces: of-bees" in shown.text
    added = talk.press(shown, "Add")
    assert admin_articles.store.get("of-bees").article.paragraphs[0].text == "Bees sleep at night."
    talk.press(added, "Undo")
    assert admin_articles.store.get("of-bees").article.paragraphs[0].text == "Bees live in hives."


def test_an_album_is_one_message(talk, admin_articles):
    """With a line a file, and one button for all that can be read."""
    first = send(talk, pdf(), "a.pdf", media_group_id="7")
    send(talk, b"%PDF- broken", "b.pdf", media_group_id="7")
    last = send(talk, b"Of wasps\n\nWasps sting.", "c.txt", media_group_id="7")
    assert last.id == first.id
    assert last.text.splitlines() == [
        "Not added: b.pdf: the PDF is damaged; save it again as PDF.",
        "• Of bees (English, 1 paragraph)",
        "• Of wasps (English, 1 paragraph)",
    ]
    talk.press(last, "Add 2")
    assert titles(admin_articles) == ["Of bees", "Of wasps"]


def test_the_help_tells_admins_what_only_they_can_do(talk):
    """In the private chat, where they can; the menu shows it to nobody."""
    names = ("/add", "/remove", "/gaps")
    assert all(f"{name} – " in talk("/help").text for name in names)
    chat = talk.api.private(BEN)
    talk.api.say(chat, BEN, "/help")
    assert "/add" not in talk.one().text


def test_nobody_else_adds_anything(talk, converse, admin_articles):
    """No stranger, no forward, nobody in a group, whatever they press."""
    assert talk("/add https://example.org/", **FORWARDED).text.startswith("I don’t take articles")
    assert send(talk, pdf(), **FORWARDED).text.startswith("I don’t take articles")
    chat = talk.api.private(BEN)
    assert send(talk, pdf(), person=BEN, chat=chat).text.startswith("I can only read text")
    talk.api.say(chat, BEN, "/add https://example.org/")
    assert talk.one().text.startswith("I don’t know this command")
    shown = send(talk, pdf())
    talk.api.press(chat, BEN, shown.id, shown.data("Add"))
    talk.all()
    assert titles(admin_articles) == []
    group = talk.api.group("Friends", [ADA, BEN])
    talk.api.say(group, ADA, "/add https://example.org/", sender_chat=group.fields)
    talk.api.say(group, ADA, "/add https://example.org/")
    assert talk.all() == []


def test_an_article_is_removed_after_a_question_and_taken_back(talk, admin_articles):
    """The list has what was added, and nothing else."""
    assert talk("/remove").text == "There is no added article."
    talk.press(send(talk, pdf()), "Add")
    sure = talk.press(talk("/remove"), "Of bees")
    assert (sure.text, sure.buttons) == ("Remove “Of bees”?", ["Remove", "Keep"])
    assert talk.press(sure, "Keep").text == "“Of bees” stays."
    removed = talk.press(talk.press(talk("/remove"), "Of bees"), "Remove")
    assert (removed.text, titles(admin_articles)) == ("Removed: Of bees.", [])
    talk.press(removed, "Undo")
    assert titles(admin_articles) == ["Of bees"]


def test_a_file_that_telegram_does_not_hand_out_is_refused(talk, admin_articles):
    """It is not even asked for."""
    shown = send(talk, b"x" * 20_000_001, "big.pdf")
    assert "big.pdf has 20 MB, and Telegram lets me fetch 20 at most" in shown.text
    assert [call.method for call in talk.api.calls if call.method == "getFile"] == []


def test_a_file_that_does_not_arrive_is_fetched_again(talk):
    """Telegram may be out of reach for a moment; nobody has to send it twice."""
    talk.api.refuse_next(Refusal(502, "Bad Gateway"), "getFile")
    assert send(talk, pdf()).text.startswith("Of bees")


def test_a_file_that_is_gone_is_asked_for_again(talk):
    """It holds nothing else up."""
    talk.api.refuse_next(Refusal(404, "Not Found"), "download")
    assert "Telegram did not let me fetch bees.pdf" in send(talk, pdf(), "bees.pdf").text
    assert send(talk, pdf(), "bees.pdf").text.startswith("Of bees")


def test_without_words_it_is_explained(talk):
    """In one sentence."""
    assert talk("/add").text.startswith("Write /add and the address of a page")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("de", "Nicht hinzugefügt: b.pdf: Das PDF ist beschädigt. Speichern Sie es noch einmal"),
        ("ru", "b.pdf: PDF повреждён. Сохраните его в PDF ещё раз."),
    ],
)
def test_a_refusal_is_said_in_the_admins_language(converse, admin_articles, language, said):
    """With what to do about it."""
    talk = converse(rules=AccessRules(admins=frozenset({ADA.id})), admin_articles=admin_articles)
    person = replace(ADA, language_code=language)
    chat = talk.api.private(person)
    assert said in send(talk, b"%PDF- broken", "b.pdf", person=person, chat=chat).text
