"""A grown corpus in a folder: articles for Footnote, the same paragraphs as lines for peers.

All contenders import it, so it imports no library that would count as theirs.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from retrieval.evaluation.grown_corpus import GrownCorpus

PARAGRAPHS_AN_ARTICLE = 20


@dataclass(frozen=True, slots=True)
class BenchCorpus:
    """Where a corpus lies."""

    folder: Path

    @property
    def articles(self) -> Path:
        """The folder of articles."""
        return self.folder / "articles"

    def texts(self) -> list[str]:
        """All paragraphs in their order."""
        return self._lines.read_text(encoding="utf-8").splitlines()

    def kept(self, name: str) -> Path:
        """The folder where a contender keeps its index."""
        return self.folder / "kept" / name

    @property
    def _lines(self) -> Path:
        return self.folder / "paragraphs.txt"

    def write(self, corpus: "GrownCorpus", paragraphs: int, questions: int) -> list[str]:
        """Write files of that many paragraphs; returns that many questions from all over them."""
        self.articles.mkdir(parents=True)
        asked: list[str] = []
        batch: list[str] = []
        with self._lines.open("w", encoding="utf-8") as lines:
            for number, text in enumerate(corpus.paragraphs(paragraphs)):
                lines.write(text + "\n")
                while len(asked) * paragraphs < (number + 1) * questions:
                    asked.append(corpus.question(text, len(asked)))
                batch.append(text)
                if len(batch) == PARAGRAPHS_AN_ARTICLE or number == paragraphs - 1:
                    self.write_article(f"article-{number:07d}", batch, corpus.language)
                    batch = []
        return asked

    def write_article(self, name: str, texts: Iterable[str], language: str) -> None:
        """Write an article of those paragraphs."""
        header = f"---\ntitle: {name}\nlanguage: {language}\n---\n"
        content = "\n\n".join([header, *texts])
        (self.articles / f"{name}.txt").write_text(content + "\n", encoding="utf-8")
