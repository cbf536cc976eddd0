"""Small talk, and questions about the bot or its articles, in words that no pattern knows.

A message is compared with examples of what people say to a bot, and with questions to articles
that sound alike. `tests/background/make_talk_examples.py` makes the file.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from retrieval.index.vectors.quantization import Quantized

FILE = Path(__file__).parent / "talk_examples.npz"
TO_THE_ARTICLES = "other"  # the label of examples that are no talk

# How near a message comes to its nearest example, and how much nearer than to any question to the
# articles, together. Of 1,500 questions of SQuAD none reaches the first.
LEAST_NEARNESS = 0.93
LEAST_OVER_WORDS = 0.955  # where the articles hold words of the message


@dataclass(frozen=True, slots=True)
class TalkExamples:
    """Examples in one encoder's vectors, shape (n, dimensions), and what each is one of."""

    encoder: str
    labels: tuple[str, ...]
    vectors: Quantized

    def label(self, message: Quantized, *, has_words: bool) -> str | None:
        """What the message is, by the example that it comes nearest to; None if it is no talk.

        It has to come nearer if it `has_words` of the articles. The message is one vector.
        """
        cosines = self.vectors.cosines(message)[:, 0]
        is_talk = np.array([label != TO_THE_ARTICLES for label in self.labels])
        nearest = int(np.argmax(np.where(is_talk, cosines, -1.0)))
        nearness = 2 * cosines[nearest] - cosines[~is_talk].max(initial=-1.0)
        least = LEAST_OVER_WORDS if has_words else LEAST_NEARNESS
        return self.labels[nearest] if nearness >= least else None


@cache
def shipped_talk_examples() -> TalkExamples:
    """The examples that come with the program."""
    with np.load(FILE, allow_pickle=False) as arrays:
        return TalkExamples(
            encoder=str(arrays["encoder"]),
            labels=tuple(map(str, arrays["labels"])),
            vectors=Quantized(arrays["codes"], arrays["scales"]),
        )
