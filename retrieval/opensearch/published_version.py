"""What is published: an index of paragraphs, one of files, and an alias on the newest."""

import re
from dataclasses import asdict, dataclass

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from retrieval.errors import SearchOutageError
from retrieval.index.statistics import PARAGRAPH_B, PARAGRAPH_K1
from retrieval.opensearch.search_server import NOT_FOUND, Json, SearchServer, cause_of
from retrieval.store.tables.fingerprint import fingerprint

ALIAS = re.compile(r"[a-z0-9][a-z0-9_]{0,60}")
STAMP = re.compile(r"\d{20}-[0-9a-f]{6}", re.ASCII)
LEXICON = "-lexicon"
LARGEST_LEXICON = 1 << 36  # bytes
NOT_PUBLISHED = "run `footnote articles publish`"


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """A file of a version: its name, how many bytes it has, and what stands for them."""

    name: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class PublishedVersion:
    """A version of a collection on a cluster.

    `index` is the name of its index; `format` the fingerprint of the program that has made it;
    `digest` stands for all that it says. `vectors` is named after the encoder that made them;
    None where there were none.
    """

    index: str
    format: int
    digest: str
    paragraphs: int
    lexicon: PublishedFile
    vectors: PublishedFile | None = None

    @property
    def files(self) -> str:
        """The name of the index that holds the files."""
        return self.index + LEXICON

    @property
    def note(self) -> Json:
        """What is noted of it in the mapping of its index."""
        return {name: value for name, value in asdict(self).items() if name != "index"}


class FileNote(BaseModel):
    """What is noted of a file of a version."""

    model_config = ConfigDict(strict=True, extra="ignore")
    name: str = Field(pattern=r"^[\w.-]{1,100}$")
    size: int = Field(gt=0, le=LARGEST_LEXICON)
    digest: str = Field(pattern=r"^[0-9a-f]{64}$")

    def file(self) -> PublishedFile:
        """The file itself."""
        return PublishedFile(self.name, self.size, self.digest)


class VersionNote(BaseModel):
    """What is noted of a version in the mapping of its index."""

    model_config = ConfigDict(strict=True, extra="ignore")
    format: int
    digest: str = Field(pattern=r"^[0-9a-f]{32}$")
    paragraphs: int = Field(gt=0)
    lexicon: FileNote
    vectors: FileNote | None = None


def settings_and_mappings(shards: int) -> Json:
    """How the index of paragraphs is set up; nothing is seen of it before it is refreshed.

    Terms are this program's own, each a keyword with its frequency, so nothing is analysed there.
    They are searched and not stored: `row` holds all that a paragraph is read from.
    """
    terms = {
        "type": "keyword",
        "norms": True,
        "index_options": "freqs",
        "doc_values": False,
        "similarity": "paragraphs",
    }
    bm25 = {"type": "BM25", "k1": PARAGRAPH_K1, "b": PARAGRAPH_B}
    return {
        "settings": {
            "number_of_shards": shards,
            "number_of_replicas": 0,
            "refresh_interval": "-1",
            "similarity": {"paragraphs": bm25},
        },
        "mappings": {
            "dynamic": "strict",
            "_source": {"excludes": ["terms", "pairs"]},
            "properties": {
                "terms": terms,
                "pairs": terms,
                "row": {"type": "object", "enabled": False},
            },
        },
    }


def settings_of_files() -> Json:
    """How the index of a version's files is set up: they are only fetched by key."""
    return {
        "settings": {"number_of_shards": 1, "number_of_replicas": 0, "refresh_interval": "-1"},
        "mappings": {
            "dynamic": "strict",
            "properties": {"part": {"type": "object", "enabled": False}},
        },
    }


def is_version_of(alias: str, index: str) -> bool:
    """Whether that is the name of a version, or of its files, under that alias."""
    stem, _, stamp = index.removesuffix(LEXICON).partition("-")
    return stem == alias and STAMP.fullmatch(stamp) is not None


def current_index(server: SearchServer, alias: str) -> str | None:
    """The index that the alias stands for; None if nothing is published.

    Raises SearchOutageError, also where the alias stands for several.
    """
    found = server.ask("GET", f"/_alias/{alias}", expected=(NOT_FOUND,))
    if "error" in found:
        if "missing" in str(found["error"]) or "not_found" in str(cause_of(found).get("type")):
            return None
        raise _unusable(server, f"the alias {alias} cannot be looked up")
    if len(found) != 1:
        names = ", ".join(sorted(found)[:3])
        raise SearchOutageError(
            f"{server.name}: the alias {alias} stands for {len(found)} indices ({names}); take it "
            "from all but the newest"
        )
    (name,) = found
    if not is_version_of(alias, name):
        raise _unusable(server, f"{alias} stands for what is no published collection")
    return str(name)


def version_of(server: SearchServer, index: str) -> PublishedVersion:
    """What is noted of a version; raises SearchOutageError if it cannot be used."""
    found = server.ask("GET", f"/{index}/_mapping")
    try:
        mappings = found[index]["mappings"]
        properties = mappings["properties"]
        note = VersionNote.model_validate(mappings["_meta"])
    except (KeyError, TypeError, ValidationError):
        raise _unusable(server, f"{index} was not published to its end") from None
    expected = settings_and_mappings(1)["mappings"]["properties"]
    if any(_kind(properties.get(name)) != _kind(field) for name, field in expected.items()):
        raise _unusable(server, f"the mapping of {index} is another one")
    if note.format != fingerprint():
        raise _unusable(server, f"{index} was published by another version of this program")
    vectors = note.vectors.file() if note.vectors else None
    return PublishedVersion(
        index, note.format, note.digest, note.paragraphs, note.lexicon.file(), vectors
    )


def _kind(field: object) -> object:
    return field.get("type", "object") if isinstance(field, dict) else None


def _unusable(server: SearchServer, problem: str) -> SearchOutageError:
    return SearchOutageError(f"{server.name}: {problem}; {NOT_PUBLISHED}")
