"""A question about one entry of a list names its number."""

import pytest

from retrieval.questions.entry_questions import asked_entry
from retrieval.text.languages import language


@pytest.mark.parametrize(
    ("code", "question", "number"),
    [
        ("en", "What does the third step say?", 3),
        ("en", "What is step 12?", 12),
        ("en", "the 2nd rule", 2),
        ("en", "And the last point?", -1),
        ("de", "Was ist der zweite Schritt?", 2),
        ("de", "Was steht im 3. Punkt?", 3),
        ("de", "Was sagt Schritt 4?", 4),
        ("fr", "Quelle est la troisième étape ?", 3),
        ("fr", "Que dit la dernière règle ?", -1),
        ("es", "¿Cuál es el tercer paso?", 3),
        ("it", "Qual è il secondo passaggio?", 2),
        ("pt", "Qual é o quarto passo?", 4),
        ("ru", "Что на третьем шаге?", 3),
        ("zh", "第三步是什么？", 3),
        ("ja", "3番目の手順は何ですか？", 3),
        ("ko", "세 번째 단계는 무엇인가요?", 3),
    ],
)
def test_the_number_is_read(code, question, number):
    """In words or digits."""
    entry = asked_entry(question, language(code))
    assert entry is not None
    assert entry.number == number


@pytest.mark.parametrize(
    "question", ["What are the 3 steps?", "Is each step needed?", "Why step back?", "step 0"]
)
def test_a_count_is_no_number_of_an_entry(question):
    """Nor is any other word before "step"."""
    entry = asked_entry(question, language("en"))
    assert entry is None


def test_what_is_looked_up_is_the_rest():
    """Without the words for the entry, or only without its number."""
    entry = asked_entry("What is the third step of baking?", language("en"))
    assert entry is not None
    assert entry.rest.split() == ["What", "is", "of", "baking?"]
    assert entry.noun.split() == ["What", "is", "the", "step", "of", "baking?"]
