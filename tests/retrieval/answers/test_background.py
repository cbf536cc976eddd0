"""The texts of the background can be made again."""

from background.make_background import background_texts


def test_its_texts_are_many_and_no_two_are_equal():
    """Two thousand sentences and a thousand questions, the same each time."""
    sentences, questions = background_texts()
    assert (len(set(sentences)), len(set(questions))) == (2000, 1000)
    assert background_texts() == (sentences, questions)
