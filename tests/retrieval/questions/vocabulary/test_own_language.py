"""A word of a question in another language is not corrected into the articles' words."""

import pytest

from retrieval.index.memory_engine import memory_index
from retrieval.questions.question_reader import QuestionReader

ARTICLES = {
    "en": """
The dance hall opens at nine and the pair of musicians play until midnight. Members get a day of
leave each month. Rent is due in advance and paid monthly. Keys are kept at the desk. Repairs to
bicycles and heating cost little. Sanctions were imposed on trade. The military cooperates with
its partners. Tickets are sold at the entrance hall; a card reader stands there. Granted
holidays count twice. Meals and drinks are served on the terrace. The mayor opened the harbour
in spring. Vacation requests are approved by the manager. The receipt shows the total amount.
""",
    "fr": """
Dans la ville, la paire de chaussures se vend au marché. Les congés sont accordés par le
directeur. Le loyer est payé d'avance. Les sanctions frappent le commerce. L'horaire du musée
change en hiver. La danse est un art. Les clés sont gardées à l'accueil. Le vélo se répare à
l'atelier. Les chats dorment sur les toits. Le ticket donne droit à une entrée. La mère de
Pierre habite en Normandie. Les dons sont acceptés. Il part dimanche.
""",
    "de": """
Der Tanz beginnt um neun. Die Mitglieder erhalten einen Tag Urlaub im Monat. Die Miete wird im
Voraus bezahlt. Die Schlüssel liegen am Empfang. Fahrräder und Heizungen werden repariert.
Sanktionen treffen den Handel. Der Eintritt kostet fünf Euro. Das Militär arbeitet mit seinen
Partnern zusammen. Der Hafen ist im Winter geschlossen. Die Dosen stehen im Keller. Das Paar
heiratet im Mai. Die Ferien dauern lange.
""",
}
# A question a line.
QUESTIONS = {
    "en": """
How many days of leave do I get?
When is the rent paid?
Where can I dance?
Thank you
What does the ticket cost?
opening hours
Who fixes the heating?
""",
    "de": """
Danke
Wie viele Tage Urlaub habe ich?
Wann wird die Miete bezahlt?
Wo ist der Schlüssel?
Fahrrad reparieren
Öffnungszeiten
Wer repariert die Heizung?
Was kostet eine Karte?
""",
    "fr": """
Merci beaucoup
Combien de jours de congé ?
Quand paie-t-on le loyer ?
Où est la clé ?
réparer le vélo
horaires d'ouverture
Qui répare le chauffage ?
""",
    "es": """
Muchas gracias
¿Cuántos días de vacaciones tengo?
¿Cuándo se paga el alquiler?
¿Dónde está la llave?
arreglar la bicicleta
horario de apertura
cuanto cuesta la entrada
""",
    "it": """
Grazie mille
Quanti giorni di ferie ho?
Quando si paga l'affitto?
Dov'è la chiave?
riparare la bici
orari di apertura
quanto costa il biglietto
""",
    "pt": """
Muito obrigado
Quantos dias de férias tenho?
Quando se paga o aluguel?
Onde está a chave?
consertar a bicicleta
horário de funcionamento
""",
    "nl": """
Dank je wel
Hoeveel dagen vakantie krijg ik?
Wanneer wordt de huur betaald?
Waar is de sleutel?
fiets repareren
openingstijden
""",
    "sv": """
Tack så mycket
Hur många dagar semester får jag?
När betalas hyran?
Var är nyckeln?
laga cykeln
öppettider
""",
    "pl": """
Dziękuję bardzo
Ile dni urlopu mam?
Kiedy płaci się czynsz?
Gdzie jest klucz?
naprawa roweru
""",
    "ru": """
Большое спасибо
Сколько дней отпуска?
Где ключ?
""",
    "tr": """
Teşekkür ederim
Kaç gün izin alırım?
Anahtar nerede?
""",
    "da": """
Mange tak
Hvornår betales huslejen?
Hvor er nøglen?
""",
}
MISSPELT = {
    ("en", "sactions"): "Sanctions",
    ("en", "Why were sactions imposed?"): "Sanctions",
    ("en", "Who sells tikets?"): "Tickets",
    ("en", "hetaing repairs"): "heating",
    ("en", "What is the harbuor's depth?"): "harbour's",
    ("en", "terace"): "terrace",
    ("fr", "santions"): "sanctions",
    ("fr", "Où est l'horiare du musée ?"): "l'horaire",
    ("de", "Sankionen"): "Sanktionen",
    ("de", "Wann wird die Meite bezahlt?"): "Miete",
    ("de", "Wer repariert Farräder?"): "Fahrräder",
}


@pytest.fixture(scope="module")
def readers():
    """A reader for each language, made when it is first asked for."""
    return {}


@pytest.fixture
def reader_of(make_collection, readers):
    """Gives the reader of the articles in that language."""

    def reader(code):
        if code not in readers:
            collection = make_collection([ARTICLES[code]], language=code)
            readers[code] = QuestionReader(memory_index(collection), [])
        return readers[code]

    return reader


@pytest.mark.parametrize("articles", ARTICLES)
@pytest.mark.parametrize(
    ("asked", "question"),
    [(code, line) for code, lines in QUESTIONS.items() for line in lines.strip().split("\n")],
)
def test_a_question_in_another_language_is_not_corrected(reader_of, articles, asked, question):
    """However near its words come to those of the articles."""
    if asked != articles:
        assert reader_of(articles).read(question).corrections == {}


@pytest.mark.parametrize(("articles", "question"), MISSPELT)
def test_what_is_misspelt_in_the_language_of_the_articles_is_corrected(
    reader_of, articles, question
):
    """In a question as in a word alone."""
    right = MISSPELT[articles, question]
    found = list(reader_of(articles).read(question).corrections.values())
    assert [word.casefold() for word in found] == [right.casefold()]


@pytest.mark.parametrize(
    ("code", "article", "question", "meant"),
    [
        ("pt", "Leve água na bagagem de mão.", "o que levo na mao", ["levo", "mão"]),
        ("fr", "Il coupe le bois.", "combien coute le bois", ["bois"]),
        ("fr", "Les caméras filment.", "y a t il des cameras", ["caméras"]),
        ("de", "Der Bär schläft.", "Kann ich bar zahlen?", ["bar", "zahlen"]),
    ],
)
def test_a_word_may_be_typed_without_its_accent(make_collection, code, article, question, meant):
    """It is neither taken for another word nor told to be misspelt."""
    reader = QuestionReader(memory_index(make_collection([article], language=code)), [])
    query = reader.read(question)
    assert [word.text for word in query.words if word.own] == meant
    assert query.misspelt == {}


@pytest.mark.parametrize(
    ("code", "article", "question", "shown"),
    [
        ("ru", "Катамаранов нет.", "есть катамараны?", "катамараны"),
        ("uk", "Бібліотека працює щодня.", "коли бібліотеку відкрито", "бібліотеку"),
    ],
)
def test_another_form_of_a_word_of_the_articles_is_no_mistake(
    make_collection, code, article, question, shown
):
    """It is found, and not told to be misspelt, though no stemmer knows that they are one word."""
    query = QuestionReader(memory_index(make_collection([article], language=code)), []).read(
        question
    )
    assert query.uses_known_words
    assert shown in query.corrected
    assert query.misspelt == {}
