"""Questions about the articles themselves are told from questions to them."""

import pytest

from retrieval.questions.article_questions import ArticleQuestion, Fact, article_question
from retrieval.text.languages import language

AUTHOR, PUBLISHED, COUNT, UPDATED = Fact.AUTHOR, Fact.PUBLISHED, Fact.COUNT, Fact.UPDATED


def asked(text, *codes):
    return article_question(text, [language(code) for code in codes or ("en",)])


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("Who wrote this?", AUTHOR),
        ("who wrote this article", AUTHOR),
        ("Who is the author?", AUTHOR),
        ("Who are the authors of these articles?", AUTHOR),
        ("Who was this written by?", AUTHOR),
        ("Please tell me who wrote this text.", AUTHOR),
        ("And who wrote it?", AUTHOR),
        ("When was this published?", PUBLISHED),
        ("When was this article written?", PUBLISHED),
        ("When is it from?", PUBLISHED),
        ("How new is it?", PUBLISHED),
        ("how new are they?", PUBLISHED),
        ("How up to date are the articles?", PUBLISHED),
        ("What is the publication date?", PUBLISHED),
        ("When was this last updated?", UPDATED),
        ("when did you last update the handbook", UPDATED),
        ("What is the date of the last update?", UPDATED),
        ("How many articles are there?", COUNT),
        ("How many texts do you have?", COUNT),
        ("Which articles are there?", COUNT),
    ],
)
def test_english_questions_about_articles(question, fact):
    """In the words that people use."""
    found = asked(question)
    assert found is not None
    assert (found.fact, found.subject, found.title) == (fact, "", "")


@pytest.mark.parametrize(
    ("code", "author", "published", "count"),
    [
        ("de", "Wer hat diesen Text geschrieben?", "Wann ist das erschienen?",
         "Wie viele Artikel gibt es?"),
        ("de", "Von wem ist das?", "Wie aktuell ist der Artikel?", "Welche Texte hast du?"),
        ("fr", "Qui a écrit cet article ?", "Quand a-t-il été publié ?",
         "Combien y a-t-il d'articles ?"),
        ("fr", "Qui est l’auteur ?", "De quand date ce texte ?", "Combien d’articles avez-vous ?"),
        ("es", "¿Quién escribió esto?", "¿Cuándo se publicó este artículo?",
         "¿Cuántos artículos hay?"),
        ("it", "Chi ha scritto questo articolo?", "Quando è stato pubblicato?",
         "Quanti articoli ci sono?"),
        ("it", "Chi è l'autore?", "A quando risale questo testo?", "Quali testi hai?"),
        ("pt", "Quem escreveu este artigo?", "Quando foi publicado isto?",
         "Quantos artigos há?"),
        ("ru", "Кто написал эту статью?", "Когда опубликована эта статья?",
         "Сколько здесь статей?"),
        ("ru", "Кто автор?", "Когда это было написано?", "Какие есть статьи?"),
        ("zh", "这篇文章是谁写的？", "这篇文章什么时候发表的？", "有多少篇文章？"),
        ("zh", "作者是谁？", "这是什么时候写的？", "有哪些文章？"),
        ("ja", "この記事は誰が書きましたか？", "この記事はいつ公開されましたか？",
         "記事はいくつありますか？"),
        ("ja", "著者は誰ですか？", "これはいつのものですか？", "どんな記事がありますか？"),
        ("ko", "이 글은 누가 썼나요?", "이 글은 언제 작성되었나요?", "글이 몇 개 있나요?"),
        ("ko", "저자는 누구인가요?", "이 기사는 언제 발행됐나요?", "어떤 글이 있나요?"),
        ("ko", "누가 썼어", "언제 쓴 글이야", "글 몇 개야"),
        ("ja", "誰が書いた", "いつの記事？", "記事は何本"),
        ("zh", "作者是谁", "文章是什么时候的", "几篇文章"),
        ("ru", "кто это писал", "насколько свежие статьи", "какие у тебя статьи"),
        ("fr", "qui a ecrit ca", "ils datent de quand les articles",
         "vous avez combien de textes"),
        ("it", "chi li ha scritti", "quanto sono recenti gli articoli", "quanti articoli hai"),
        ("pt", "quem escreveu isso", "os artigos são recentes?", "quantos textos tem"),
        ("nl", "wie heeft dit geschreven", "hoe nieuw zijn de artikelen",
         "hoeveel artikelen heb je"),
        ("pl", "kto to napisal", "jak nowe sa artykuly", "ile masz artykulow"),
        ("tr", "makaleleri kim yazdi", "makaleler ne kadar yeni", "kac makale var"),
        ("uk", "хто автор статей", "наскільки свіжі статті", "скільки тут статей"),
        ("ar", "من كتب المقالات", "متى نشرت المقالات", "كم مقال عندك"),
        ("hi", "ये लेख किसने लिखे हैं", "लेख कितने नए हैं", "कितने लेख हैं"),
    ],
)  # fmt: skip
def test_questions_about_articles_in_other_languages(code, author, published, count):
    """In the usual words of each."""
    for question, fact in ((author, AUTHOR), (published, PUBLISHED), (count, COUNT)):
        found = asked(question, code)
        assert found is not None, question
        assert (found.fact, found.subject, found.title) == (fact, "", ""), question


@pytest.mark.parametrize(
    ("code", "question"),
    [
        ("de", "Wann wurde der Artikel zuletzt aktualisiert?"),
        ("fr", "Quand cette page a-t-elle été mise à jour pour la dernière fois ?"),
        ("es", "¿Cuándo se actualizó este artículo por última vez?"),
        ("it", "Quando è stato aggiornato questo articolo l'ultima volta?"),
        ("pt", "Quando este artigo foi atualizado pela última vez?"),
        ("ru", "Когда эта статья последний раз обновлялась?"),
        ("zh", "这篇文章最后更新是什么时候？"),
        ("ja", "この記事はいつ更新されましたか？"),
        ("ko", "이 글은 마지막으로 언제 업데이트되었나요?"),
        ("nl", "Wanneer is dit artikel voor het laatst bijgewerkt?"),
        ("pl", "kiedy ostatnio aktualizowane"),
        ("tr", "Bu makale en son ne zaman güncellendi?"),
        ("uk", "Коли востаннє оновлювалася ця стаття?"),
        ("ar", "متى تم تحديث هذه المقالة"),
        ("hi", "यह लेख आखिरी बार कब अपडेट हुआ"),
    ],
)
def test_the_last_update_is_asked_for_in_other_languages(code, question):
    """And nothing else than it."""
    found = asked(question, code)
    assert found is not None
    assert (found.fact, found.subject, found.title) == (UPDATED, "", "")


@pytest.mark.parametrize(
    ("code", "question", "fact", "subject"),
    [
        ("en", "Who wrote the article about wild honey?", AUTHOR, "wild honey"),
        ("en", "When was the honey article published?", PUBLISHED, "honey"),
        ("en", "How many articles are there on honey?", COUNT, "honey"),
        ("de", "Wann wurde der Artikel über wilden Honig veröffentlicht?", PUBLISHED,
         "wilden honig"),
        ("fr", "Qui a écrit l'article sur le miel ?", AUTHOR, "le miel"),
        ("es", "¿Cuándo se publicó el artículo sobre la miel?", PUBLISHED, "la miel"),
        ("it", "Chi ha scritto l'articolo sul miele?", AUTHOR, "miele"),
        ("pt", "Quando foi publicado o artigo sobre mel?", PUBLISHED, "mel"),
        ("ru", "Кто написал статью о мёде?", AUTHOR, "мёде"),
        ("zh", "关于蜂蜜的文章是谁写的？", AUTHOR, "蜂蜜"),
        ("ja", "蜂蜜についての記事は誰が書きましたか？", AUTHOR, "蜂蜜"),
        ("ko", "꿀에 대한 글은 누가 썼나요?", AUTHOR, "꿀"),
    ],
)  # fmt: skip
def test_the_article_is_named_by_its_subject(code, question, fact, subject):
    """The rest of the question."""
    found = asked(question, code)
    assert found is not None
    assert (found.fact, found.subject) == (fact, subject)


def test_whatever_else_is_asked_for_may_be_a_title():
    """The articles' titles decide, and what the articles say themselves comes first."""
    found = asked("Who wrote “The Treaty of Rome”?")
    assert found == ArticleQuestion(AUTHOR, title="the treaty of rome", is_vague=True)


@pytest.mark.parametrize(
    "question",
    [
        "Who wrote this and why did the author like bees?",
        "How many articles does the constitution have?",
        "When did mites reach Florida?",
        "What does the author of the article say about honey?",
        "When was it?",
        "dates",
        "author of honey " * 30,
        "",
        "?",
    ],
)
def test_other_questions_are_no_questions_about_articles(question):
    """Also where they begin or end like one."""
    found = asked(question)
    assert found is None or found.title


def test_a_question_may_be_in_any_of_the_languages():
    """Those of the articles, in their order."""
    assert asked("Wer hat das geschrieben?", "en") is None
    assert asked("Wer hat das geschrieben?", "en", "de") is not None
