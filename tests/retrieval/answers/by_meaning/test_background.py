"""The background of unrelated text, in English, and how far other languages are from it."""

import pytest
from background.make_background import background_texts

from retrieval.answers.by_meaning.background import shipped_background
from retrieval.answers.by_meaning.background_distance import TAKEN_OFF, height_correction
from retrieval.index.vectors.quantization import quantized

UNRELATED = {
    "en": ("The tax form is due in May.", "When does the train to the coast leave?"),
    "de": ("Das Steuerformular ist im Mai fällig.", "Wann fährt der Zug an die Küste?"),
    "es": ("El formulario de impuestos vence en mayo.", "¿Cuándo sale el tren a la costa?"),
    "fr": ("Le formulaire fiscal est dû en mai.", "Quand part le train pour la côte ?"),
    "ru": ("Налоговая форма сдаётся в мае.", "Когда отправляется поезд на побережье?"),
    "zh": ("税表应在五月提交。", "去海边的火车什么时候开?"),
}


def test_its_texts_are_many_and_no_two_are_equal():
    """Two thousand sentences and a thousand questions, the same each time."""
    sentences, questions = background_texts()
    assert (len(set(sentences)), len(set(questions))) == (2000, 1000)
    assert background_texts() == (sentences, questions)


@pytest.mark.parametrize("language", sorted(UNRELATED.keys() - {"en"}))
def test_unrelated_text_stands_as_low_in_any_language(encoder, language):
    """That is how far languages are from English, of which confidence takes a part off."""

    def height(code):
        sentence, question = UNRELATED[code]
        told = quantized(encoder.passages([sentence]))
        asked = quantized(encoder.questions([question]))
        cosine = float(told.cosines(asked)[0, 0])
        measured = height_correction(code, code) / TAKEN_OFF
        return shipped_background().height(asked, told, cosine) + measured

    assert abs(height(language) - height("en")) < 0.08
