"""Meaning: how near a question comes to each sentence of a collection, whatever its words."""

from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from retrieval.answers.by_meaning.background import Background
from retrieval.answers.by_meaning.centring import Centre, CentredVectors, centre_of
from retrieval.answers.by_meaning.talk_by_meaning import TalkExamples
from retrieval.index.vectors.collection_vectors import SAMPLE, CollectionVectors
from retrieval.index.vectors.encoder import Encoder
from retrieval.index.vectors.layer_vectors import Layer, Places
from retrieval.index.vectors.quantization import Cosines, Quantized, quantized
from retrieval.index.vectors.sentence_rows import SentenceRows

Rows: TypeAlias = NDArray[np.intp]

# Fitted on SQuAD 2.0, as a softmax over each question's candidates.
WEIGHTS = {Layer.PLAIN: 0.44, Layer.WINDOW: 1.0, Layer.PARAGRAPH: 0.71}
READY = 0.9  # of a layer's vectors have to be there before it counts
MOST_COMPARED_SENTENCES = 10_000  # of more, those of the nearest paragraphs and of a sample
MOST_NEAR_PARAGRAPHS = 200
MOST_ENCODED_PARAGRAPHS = 6  # by words and by meaning, whose sentences get vectors for a question
STAND_IN = 0.6  # of a paragraph's score is expected of its sentences, while they have none
MOST_QUESTION_TOKENS = 32  # of a question are encoded, which takes some 30 ms
MOST_TOKENS_OF_TWO = 18  # of one that is encoded twice
MOST_QUESTION_CHARACTERS = 400
MOST_REMEMBERED_QUESTIONS = 500
UNLIKE = 0.88  # the cosine of sentences on one subject that say different things


class Likeness(NamedTuple):
    """How near one question comes to a collection.

    `scores` are weighted sums of z-scores over the collection, one for each sentence that was
    compared, and `even_scores` the means of these and of those without what all texts have in
    common; `compared` are the rows of these sentences, in their order. What is expected of the
    others is the same for all of a paragraph. `height` is how far the best sentence stands above
    unrelated text, None where sentences have no vectors.
    """

    scores: Cosines
    even_scores: Cosines
    height: float | None
    rows: SentenceRows
    compared: Rows
    expected: Cosines  # shape (paragraphs,)
    evenly_expected: Cosines

    def of(self, sentence: int) -> float:
        """The score of the sentence of that number."""
        return self._of(sentence, self.scores, self.expected)

    def evenly_of(self, sentence: int) -> float:
        """The even score of the sentence of that number."""
        return self._of(sentence, self.even_scores, self.evenly_expected)

    def nearest(self, count: int) -> list[int]:
        """The numbers of the sentences with the highest even scores, equal ones in their order."""
        rows = self.compared[_highest(self.even_scores, count)]
        return [self.rows.number(row) for row in rows.tolist()]

    def _of(self, sentence: int, scores: Cosines, expected: Cosines) -> float:
        row = self.rows.row(sentence)
        place = int(np.searchsorted(self.compared, row))
        if place < len(self.compared) and self.compared[place] == row:
            return float(scores[place])
        return float(expected[self.rows.paragraph_of(row)])


class Meaning:
    """The vectors of a collection, asked for what comes near a question."""

    def __init__(
        self,
        vectors: CollectionVectors,
        background: Background | None,
        talk_examples: TalkExamples | None = None,
    ) -> None:
        self._rows = vectors.rows
        self._vectors = vectors
        encoder = vectors.encoder
        fits = background is not None and background.encoder == encoder.name
        self._background = background if fits else None
        is_talk_known = talk_examples is not None and talk_examples.encoder == encoder.name
        self._talk_examples = talk_examples if is_talk_known else None
        self._centred: dict[Layer, CentredVectors] = {}
        self._question = lru_cache(maxsize=MOST_REMEMBERED_QUESTIONS)(self._encoded)

    @property
    def generation(self) -> int:
        """A number that changes when answers may; vectors that came meanwhile are taken over."""
        self._vectors.refresh()
        return self._vectors.generation

    def likeness(
        self, question: str, context: str | None = None, by_words: Sequence[int] = ()
    ) -> Likeness | None:
        """How near the question comes, read behind `context`; None while vectors are missing.

        Of a large collection only the sentences of the nearest paragraphs are compared, and those
        of the paragraphs in `by_words`.
        """
        self._vectors.refresh()
        layers = {n: v for n, v in self._vectors.layers.items() if v.share >= READY}
        if Layer.PARAGRAPH not in layers or not len(self._rows):
            return None
        asked = self._question(question, context)
        parts = layers.pop(Layer.PARAGRAPH)
        views = self._views(Layer.PARAGRAPH, asked, parts.places(np.arange(len(parts))))
        best_parts = [np.maximum.reduceat(view, self._vectors.paragraph_parts) for view in views]
        of_paragraphs = [_z(best, slice(None, None, _step(len(best)))) for best in best_parts]
        paragraphs = of_paragraphs[0]
        rows = self._compared(paragraphs, by_words)
        self._need(paragraphs, by_words)
        within = self._rows.paragraphs_of(rows)
        is_sampled = rows % _step(len(self._rows)) == 0
        expected = [WEIGHTS[Layer.PARAGRAPH] * z for z in of_paragraphs]
        scores = [z[within] for z in expected]
        missing = (STAND_IN if self._vectors.is_on_demand else 0.0) * paragraphs
        height = None
        for layer, found in layers.items():
            places = found.places(rows)
            views = self._views(layer, asked, places)
            for n, view in enumerate(views):
                scores[n] = scores[n] + WEIGHTS[layer] * _z(view, is_sampled, missing[within])
                expected[n] = expected[n] + WEIGHTS[layer] * missing
            if layer is Layer.PLAIN:
                height = self._height(asked, places, views[0])
        return Likeness(
            scores[0],
            np.mean(scores, axis=0),
            height,
            self._rows,
            rows,
            expected[0],
            np.mean(expected, axis=0),
        )

    def talk_label(self, message: str, *, may_be_asked: bool) -> str | None:
        """What a message is that is put to the bot; None if it asks something of the articles.

        It `may_be_asked` of them if they hold words of it, or it leans on a question before.
        """
        if self._talk_examples is None:
            return None
        vector = self._question(message, None)
        return self._talk_examples.label(vector, may_be_asked=may_be_asked)

    def is_short(self, text: str) -> bool:
        """Whether there is time to encode the text a second time, in other words."""
        return self._vectors.encoder.tokens(text[:MOST_QUESTION_CHARACTERS]) <= MOST_TOKENS_OF_TWO

    def height(self, question: str, context: str | None, sentences: Sequence[int]) -> float | None:
        """How far the best of these sentences stands above unrelated text.

        None where they have no vectors.
        """
        plain = self._vectors.layers[Layer.PLAIN]
        places = plain.places(self._rows.rows(sentences))
        places = places[places >= 0]
        if not len(places):
            return None
        asked = self._question(question, context)
        return self._height(asked, places, plain.cosines(asked, places))

    def likenesses(self, sentences: Sequence[int]) -> Cosines | None:
        """How alike sentences are in meaning, from 0 to 1; shape (sentences, sentences).

        None while one of them has no vector.
        """
        plain = self._vectors.layers[Layer.PLAIN]
        if not len(plain):
            return None
        places = plain.places(self._rows.rows(sentences))
        if (places < 0).any():
            return None
        vectors = plain.came[places]
        alike = (vectors.cosines(vectors) - UNLIKE) / (1 - UNLIKE)
        return np.clip(alike, 0.0, 1.0)

    def _need(self, paragraphs: Cosines, by_words: Sequence[int]) -> None:
        """Request vectors for the sentences of the nearest paragraphs, where not all have them."""
        nearest = _highest(paragraphs, MOST_ENCODED_PARAGRAPHS).tolist()
        by_rows = (
            self._rows.paragraph_row(number) for number in by_words[:MOST_ENCODED_PARAGRAPHS]
        )
        self._vectors.need(dict.fromkeys([*nearest, *by_rows]))

    def _compared(self, paragraphs: Cosines, by_words: Sequence[int]) -> Rows:
        """The sentences to compare, in their order."""
        count = len(self._rows)
        if count <= MOST_COMPARED_SENTENCES:
            return np.arange(count)
        near = _highest(paragraphs, MOST_NEAR_PARAGRAPHS).tolist()
        near += [self._rows.paragraph_row(number) for number in by_words]
        sample = np.arange(0, count, _step(count))  # from which mean and spread are taken
        return np.union1d(sample, self._rows.of_paragraphs(np.array(near)))

    def _views(self, layer: Layer, asked: Quantized, places: Places) -> list[Cosines]:
        """Cosines of the layer's vectors as they are, and without what all texts have in common.

        NaN for what is not there.
        """
        found = self._vectors.layers[layer]
        cosines = found.cosines(asked, places)
        if self._centre is None:
            return [cosines]
        centred = self._centred.setdefault(layer, CentredVectors(self._centre))
        return [cosines, centred.nearness(cosines, asked, found.came, places)]

    def _height(self, asked: Quantized, places: Places, cosines: Cosines) -> float | None:
        if self._background is None:
            return None
        best = int(np.nanargmax(cosines))
        sentence = self._vectors.layers[Layer.PLAIN].came[places[best : best + 1]]
        return self._background.height(asked, sentence, float(cosines[best]))

    @cached_property
    def _centre(self) -> Centre | None:
        return centre_of(self._background) if self._background else None

    def _encoded(self, question: str, context: str | None) -> Quantized:
        encoder = self._vectors.encoder
        text = shortened(encoder, [context, question] if context else [question])
        return quantized(encoder.questions([text]))


def shortened(encoder: Encoder, texts: Sequence[str]) -> str:
    """The texts in a row, as much of their end as may be encoded while somebody waits.

    A long message asks at its end; what stands there counts most.
    """
    words = " ".join(texts).split()
    low, high = 0, len(words)
    while low < high:  # as few words of the start as it takes are left out
        middle = (low + high) // 2
        if encoder.tokens(" ".join(words[middle:])) <= MOST_QUESTION_TOKENS:
            high = middle
        else:
            low = middle + 1
    return " ".join(words[low:]) or words[-1][-MOST_QUESTION_TOKENS:] if words else ""


def _highest(scores: Cosines, count: int) -> Rows:
    """The rows of the highest scores, equal ones in their order; only these are sorted."""
    rows = np.arange(len(scores))
    if count < len(scores):
        rows = np.flatnonzero(scores >= np.partition(scores, -count)[-count])
    return rows[np.argsort(-scores[rows], kind="stable")][:count]


def _step(count: int) -> int:
    return max(1, count // SAMPLE)


def _z(
    cosines: Cosines, sampled: slice | NDArray[np.bool_], missing: Cosines | float = 0.0
) -> Cosines:
    """The standard scores; mean and spread of a sample. What is not there gets `missing`."""
    sample = cosines[sampled]
    known = sample[~np.isnan(sample)]
    if not len(known):
        return np.zeros(len(cosines))
    scores: Cosines = (cosines - known.mean()) / (known.std() + 1e-6)
    return np.where(np.isnan(scores), missing, scores)
