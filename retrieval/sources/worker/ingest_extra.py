"""Whether the extra `ingest`, with which documents are read, is installed."""

from importlib.util import find_spec

NEEDED = ("trafilatura", "pypdfium2", "mammoth", "feedparser", "lxml")
INSTALL = "pip install 'footnote-bot[ingest]'"


def is_ingest_installed() -> bool:
    """Whether the libraries that read documents are there; none is loaded for that."""
    return all(find_spec(name) is not None for name in NEEDED)
