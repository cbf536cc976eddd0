"""Small talk, and questions about the bot or its articles, in words that no pattern knows.

A message is compared with examples of what people say to a bot, and with questions to articles
that sound alike. `tests/background/make_talk_examples.py` makes the file.
"""

from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from retrieval.index.vectors.quantization import Cosines, Quantized

FILE = Path(__file__).parent / "talk_examples.npz"
TO_THE_ARTICLES = "other"  # the label of examples that are no talk

NEAREST = 3  # examples of a kind; one alone may come near by chance

# How near a message comes to one kind of talk, and how much nearer than to questions, together.
# Of 1,000 questions to articles one reaches the first.
LEAST_NEARNESS = 0.895
LEAST_OF_A_QUESTION = 0.915  # that may be asked of the articles


class TalkExamples(NamedTuple):
    """Examples in one encoder's vectors, shape (n, dimensions), and what each is one of."""

    encoder: str
    labels: tuple[str, ...]
    vectors: Quantized

    def label(self, message: Quantized, *, may_be_asked: bool) -> str | None:
        """What the message is, by the kind that it comes nearest to; None if it is no talk.

        It has to come nearer where it `may_be_asked` of the articles. The message is one vector.
        """
        cosines = self.vectors.cosines(message)[:, 0]
        of_kinds = {kind: self._nearness(kind, cosines) for kind in dict.fromkeys(self.labels)}
        to_articles = of_kinds.pop(TO_THE_ARTICLES)
        nearest = max(of_kinds, key=of_kinds.__getitem__)
        least = LEAST_OF_A_QUESTION if may_be_asked else LEAST_NEARNESS
        return nearest if 2 * of_kinds[nearest] - to_articles >= least else None

    def _nearness(self, kind: str, cosines: Cosines) -> float:
        of_kind = cosines[np.array(self.labels) == kind]
        return float(np.sort(of_kind)[-NEAREST:].mean())


@cache
def shipped_talk_examples() -> TalkExamples:
    """The examples that come with the program."""
    with np.load(FILE, allow_pickle=False) as arrays:
        return TalkExamples(
            encoder=str(arrays["encoder"]),
            labels=tuple(map(str, arrays["labels"])),
            vectors=Quantized(arrays["codes"], arrays["scales"]),
        )
