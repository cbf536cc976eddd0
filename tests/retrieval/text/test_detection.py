"""The language of a text, found once and remembered."""

import json

import pytest

from retrieval.text.detection import LanguageDetector, detected_language


def detect(memory):
    detector = LanguageDetector(memory)
    found = detector(GERMAN)
    detector.remember()
    return found


GERMAN = "Die Bienen fliegen von Blume zu Blume und sammeln den ganzen Sommer über Nektar."


def test_a_language_is_detected_and_remembered(tmp_path):
    """The second time nothing has to be loaded."""
    memory = tmp_path / "data" / "languages.json"
    assert detect(memory) == "de"
    [(key, code)] = json.loads(memory.read_text()).items()
    assert code == "de"
    memory.write_text(json.dumps({key: "fr"}))
    assert detect(memory) == "fr"


@pytest.mark.parametrize("content", ["{", "[]", '{"x": 1}', '{"x": "../../etc"}', "[" * 100_000])
def test_a_broken_memory_costs_only_time(tmp_path, content):
    """It is written anew."""
    memory = tmp_path / "languages.json"
    memory.write_text(content)
    assert detect(memory) == "de"
    assert "de" in json.loads(memory.read_text()).values()


def test_a_memory_that_cannot_be_written_is_done_without(tmp_path):
    """For instance where a file is in the way."""
    (tmp_path / "file").write_text("")
    assert detect(tmp_path / "file" / "languages.json") == "de"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Wolves hunt deer in packs.", "en"),
        ("Otters eat crayfish at night.", "en"),
        ("Ask at desk: guest1234 in lobby.", "en"),
        ("Das Dach ist dicht.", "de"),
        ("A ponte velha caiu.", "pt"),
        ("Huset er gammelt og rødt.", "da"),
    ],
)
def test_a_sentence_is_enough(text, code):
    """Where the detector is unsure, the words that the likely languages know decide."""
    assert detected_language(text) == code
