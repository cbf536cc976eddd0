"""Puts the questions of another language to English paragraphs, for `footnote evaluate`.

    python tests/cross_language.py xquad.en.json xquad.de.json > de.json
    footnote evaluate de.json

The files are XQuAD's, which has the same texts and questions in many languages.
"""

import argparse
import json
from pathlib import Path
from typing import Any


def cross_language(english: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """SQuAD's format: the English texts and answers with the other file's questions."""
    asked = {qa["id"]: qa["question"] for qa in _questions(other)}
    for qa in _questions(english):
        qa["question"] = asked[qa["id"]]
    return english


def _questions(content: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        qa
        for article in content["data"]
        for paragraph in article["paragraphs"]
        for qa in paragraph["qas"]
    ]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("english", type=Path, help="XQuAD's file in English")
    parser.add_argument("other", type=Path, help="its file in the language of the questions")
    given = parser.parse_args()
    files = (json.loads(path.read_text(encoding="utf-8")) for path in (given.english, given.other))
    print(json.dumps(cross_language(*files)))
