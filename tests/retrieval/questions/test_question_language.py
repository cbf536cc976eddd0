"""The language of short questions."""

import pytest

from retrieval.questions import question_language
from retrieval.questions.question_language import foreign_language

# Fifty short questions as people type them on phones, in eight languages, not used for tuning.
QUESTIONS = {
    "en": [
        "who founded the club", "Can I bring my dog?", "refund policy", "how tall is the tower",
        "When does the season start?", "nearest airport", "Is breakfast included?",
    ],
    "de": [
        "Wann beginnt die Saison?", "Darf ich meinen Hund mitbringen?", "Gibt es Frühstück?",
        "wie hoch ist der Turm", "Wer hat den Verein gegründet?", "Welche Bücher gibt es dazu?",
        "Muss man sich anmelden?",
    ],
    "fr": [
        "Quand commence la saison ?", "Puis-je amener mon chien ?",
        "Quelle est la hauteur de la tour ?", "qui a fondé le club",
        "Le petit déjeuner est-il compris ?", "Faut-il s'inscrire ?",
    ],
    "es": [
        "¿Cuándo empieza la temporada?", "puedo llevar mi perro", "¿Quién fundó el club?",
        "qué altura tiene la torre", "¿El desayuno está incluido?", "hay que inscribirse",
    ],
    "tr": [
        "Sezon ne zaman başlıyor?", "Köpeğimi getirebilir miyim?", "Kulübü kim kurdu?",
        "kule ne kadar yüksek", "Kahvaltı dahil mi?", "Kayıt olmak gerekli mi?",
    ],
    "ru": [
        "Когда начинается сезон?", "Можно ли с собакой?", "Кто основал клуб?",
        "какая высота башни", "Завтрак включён?", "Нужно ли записываться?",
    ],
    "zh": [
        "赛季什么时候开始?", "可以带狗吗", "俱乐部是谁创立的?", "塔有多高", "包含早餐吗?",
        "需要报名吗",
    ],
    "hi": [
        "सीज़न कब शुरू होता है?", "क्या मैं अपना कुत्ता ला सकता हूँ?", "क्लब किसने बनाया?",
        "मीनार कितनी ऊँची है", "क्या नाश्ता शामिल है?", "क्या पंजीकरण ज़रूरी है?",
    ],
}  # fmt: skip


def test_most_of_fifty_short_questions_are_recognised():
    """At least 46 of them, in eight languages, where the articles are in English."""
    asked = [(code, text) for code, texts in QUESTIONS.items() for text in texts]
    right = [
        foreign_language(text, ["en"]) == (None if code == "en" else code) for code, text in asked
    ]
    assert len(asked) == 50
    assert sum(right) >= 46, [a for a, is_right in zip(asked, right, strict=True) if not is_right]


@pytest.mark.parametrize(
    ("code", "question"),
    [
        ("de", "wieviel urlaub hab ich"),
        ("es", "puedo llevar a mi perro"),
        ("fr", "vous fermez a quelle heure"),
        ("it", "a che ora chiudete"),
        ("pt", "preciso reservar hoje"),
        ("nl", "heb ik een briefje nodig"),
        ("pl", "ile dni urlopu mam"),
        ("cs", "muzu platit kartou"),
        ("tr", "kartla ödeyebilir miyim"),
        ("tr", "kahvalti dahil mi"),
        ("pl", "sniadanie w cenie?"),
        ("id", "boleh bawa anjing"),
    ],
)
def test_what_people_ask_for_themselves_is_recognised(code, question):
    """On phones, without accents: whether they may, what they have, when it opens."""
    assert foreign_language(question, ["en"]) == code


@pytest.mark.parametrize(
    ("code", "question"),
    [
        ("es", "horario de apertura"),
        ("es", "perdi la llave"),
        ("it", "si paga il parcheggio"),
        ("pt", "o elevador funciona"),
    ],
)
def test_of_languages_that_fit_equally_well_the_dictionaries_decide(code, question):
    """As "de", "la" and "si" are words of many."""
    assert foreign_language(question, ["en"]) == code


@pytest.mark.parametrize("code", QUESTIONS)
def test_a_question_in_the_articles_language_is_never_foreign(code):
    """That would take all its words away."""
    assert [q for q in QUESTIONS[code] if foreign_language(q, [code])] == []


@pytest.mark.parametrize("text", ["如何监控 systemd 任务?", "Kubernetes とは何ですか"])
def test_a_long_latin_name_does_not_hide_the_language(text):
    """A character of Chinese or Japanese says as much as several letters."""
    assert foreign_language(text, ["en"]) in ("zh", "ja")
    assert foreign_language("What does 如何 mean?", ["en"]) is None


@pytest.mark.parametrize(
    "text",
    [
        "BRICS",
        "2024",
        "",
        "🙂🙂",
        "Xi Jinping",
        "Charles de Gaulle",
        "iPhone 15 Pro",
        "?!",
        "El Niño",
    ],
)
def test_names_numbers_and_single_words_are_not_foreign(text):
    """They are in no language, or in any."""
    held = {"charles", "gaulle", "niño", "xi", "jinping"}
    assert foreign_language(text, ["en"], lambda word: word.casefold() in held) is None


def test_a_quoted_foreign_word_does_not_make_a_question_foreign():
    """Most of its small words count."""
    assert foreign_language("What does Perestroika (перестройка) mean?", ["en"]) is None
    assert foreign_language("Who said “L'État, c'est moi”?", ["en"]) is None


def test_a_question_in_one_of_several_languages_of_the_articles_is_not_foreign():
    """Each of them is known."""
    assert foreign_language("Wann beginnt die Saison?", ["en", "de"]) is None
    assert foreign_language("¿Cuándo empieza la temporada?", ["en", "de"]) == "es"


def test_a_few_words_that_two_languages_share_are_not_foreign_in_either():
    """Nothing in them is Russian alone."""
    assert foreign_language("а в суботу?", ["uk"]) is None
    assert foreign_language("а в субботу?", ["ru"]) is None


def test_an_english_question_on_russian_articles_is_foreign():
    """Their script is another one, and so is every word."""
    assert foreign_language("When does the season start?", ["ru"]) == "en"


def test_one_small_word_among_many_tells_no_language():
    """Hindi in Latin letters may hold "der", too."""
    assert foreign_language("chawal kitni der bhigona hai", ["en"]) is None
    assert foreign_language("wo ist der See", ["en"]) == "de"


def test_small_words_alone_are_foreign_unless_a_language_of_the_articles_has_them():
    """A German "why" is German; "dove" is a bird before it is an Italian "where"."""
    assert foreign_language("warum", ["en"]) == "de"
    assert foreign_language("und warum?", ["en"]) == "de"
    assert foreign_language("dove", ["en"]) is None


def test_short_forms_tell_the_language():
    """As people use them on phones."""
    assert foreign_language("qdo cai o salario", ["en"]) == "pt"
    assert foreign_language("pk cest ferme", ["en"]) == "fr"


@pytest.mark.parametrize(
    ("code", "question"),
    [
        ("es", "que licencia me conviene"),
        ("es", "me dejan entrar"),
        ("pt", "me deixam entrar"),
        ("it", "ci danno qualcosa"),
    ],
)
def test_a_question_about_oneself_is_in_the_language_of_the_articles(code, question):
    """Though another language has the same "me"."""
    assert foreign_language(question, [code]) is None


def test_only_a_question_that_may_be_foreign_is_looked_up_in_dictionaries(monkeypatch):
    """Each is read whole, which takes longer than a short answer; "is" is a word in Dutch, too."""
    looked_up = []
    monkeypatch.setattr(
        question_language, "frequencies_of", lambda code: looked_up.append(code) or frozenset()
    )
    assert foreign_language("What is propolis?", {"en"}) is None
    assert not looked_up
    foreign_language("hvor er det", {"en"})
    assert looked_up
