"""What is read together with the question before, and what stands for itself."""

import pytest

from retrieval.index.memory_engine import memory_index
from retrieval.questions.follow_ups import chained
from retrieval.questions.question_kinds import Kind, Need
from retrieval.questions.question_reader import QuestionReader

BEFORE = {
    "en": "Are dogs welcome?",
    "de": "Darf ich rauchen?",
    "fr": "Les chiens sont-ils admis ?",
    "es": "¿Pueden entrar los perros?",
    "it": "I cani sono ammessi?",
    "pt": "Os cães são permitidos?",
    "ru": "Можно с собакой?",
    "zh": "可以带狗吗？",
    "ja": "犬も入れますか？",
}
ALONE = {
    "zh": "楼梯间由谁打扫？",
    "ja": "階段は誰が掃除しますか？",
    "en": """
How long does it take until the honey is ripe?
Is it allowed to smoke?
How much is it to smoke here?
Who's the landlord?
wheres the towel
Is it possible for guests to pay by card?
How long does it take to get a passport?
Is one towel enough?
Are guests allowed this weekend?
what if the landlord sells the house
my dog is old can he come
what is the worst that can happen to passports
is smoking all that is forbidden
""",
    "de": """
Wer putzt das Treppenhaus?
wer putzt das treppenhaus
Haben Sie Parkplätze?
Habt ihr diese Woche offen?
Muss das neue Fahrrad in den Keller?
Ist es erlaubt, Hunde mitzubringen?
Darf mein Hund dabei sein?
""",
    "fr": """
Peut-on payer en ligne ?
Y a-t-il un parking ?
est ce que je peux me garer
Il y a un parking ?
Faut-il payer une cotisation ?
Est-il interdit de fumer ?
Le parking est-il ouvert cette semaine ?
""",
    "es": """
Esta permitido fumar?
¿Abre el jardín este domingo?
""",
    "it": "Il giardino apre questo sabato?",
    "pt": """
Esta permitido fumar?
O jardim abre este domingo?
""",
    "ru": """
Где лежат полотенца?
Сад открыт на этой неделе?
""",
}
TOGETHER = {
    "zh": "那猫呢？\n小猫呢",
    "ja": "猫は？\nでは子猫は\nそこは無料？",
    "en": """
what if I leave
what if not
not even puppies
Is it allowed?
Is smoking allowed there?
What does it cost?
Which one is washed?
from what age
How many days?
Where do the bees sleep then?
""",
    "de": """
Ist es erlaubt?
Ist das erlaubt?
Wer putzt es?
wer macht das eigentlich
Wer öffnet denen?
Gilt diese Regel für Katzen?
ab welchem Alter
Wo schlafen die Bienen dann?
""",
    "fr": """
Est-il gratuit ?
Est-ce interdit ?
Combien en faut-il ?
Ce parking est-il gratuit ?
à quel âge
ca coûte combien
Où dorment les chats alors ?
""",
    "es": "¿Cuánto cuesta eso?\n¿Cuántos kilómetros?\na que edad\n¿Dónde duermen entonces?",
    "it": "Quanto costa questo?\na quale età\nE dove dormono i gatti allora?",
    "pt": "Quanto custa isso?\nQuem cuida deles?\ncom que idade\nOnde dormem os gatos então?",
    "ru": """
Это запрещено?
Их моют?
Кто за ними смотрит?
с какого возраста
Где спят кошки тогда?
""",
}
CASES = [
    (code, question, leans)
    for leans, told in ((False, ALONE), (True, TOGETHER))
    for code, lines in told.items()
    for question in lines.strip().split("\n")
]


@pytest.fixture(scope="module")
def readers():
    """A reader for each language, made when it is first asked for."""
    return {}


@pytest.mark.parametrize(("code", "question", "leans"), CASES)
def test_a_question_leans_only_if_it_points_back(make_collection, readers, code, question, leans):
    """What only looks like a pronoun points to nothing: "Is it allowed to smoke?"."""
    if code not in readers:
        texts = [BEFORE[code], *(asked for tongue, asked, _ in CASES if tongue == code)]
        readers[code] = QuestionReader(memory_index(make_collection(texts, language=code)), [])
    query = readers[code].read(question, BEFORE[code])
    assert (query.context is not None) == leans


def test_more_of_a_chain_is_more_of_its_last_question(make_collection):
    """Whatever the first one asked for."""
    reader = QuestionReader(memory_index(make_collection(["Bees make honey in summer."])), ())
    chain = chained("Why do bees make honey?", "and how much do they make?")
    assert reader.read("more", chain).need is Need.NUMBER
    assert reader.read("more", "Why do bees make honey?").kind is Kind.WHY
