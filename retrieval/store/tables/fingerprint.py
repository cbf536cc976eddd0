"""The fingerprint of the code by which texts are read and analysed."""

from functools import cache
from hashlib import blake2b
from pathlib import Path

PACKAGE = Path(__file__).parents[2]
# What decides how a file becomes rows of tables.
PARTS = ("articles.py", "text", "sources", "index/analysed_paragraph.py", "index/lexicon.py",
         "index/titles_by_term.py", "index/vectors/embedded_texts.py", "store")  # fmt: skip
SUFFIXES = frozenset({".py", ".toml"})


@cache
def fingerprint() -> int:
    """A number above 0 that changes with the program, so that nothing old is taken for new."""
    digest = blake2b(digest_size=4)
    for part in PARTS:
        path = PACKAGE / part
        files = [path] if path.is_file() else sorted(path.rglob("*"))
        for file in files:
            if file.suffix in SUFFIXES:
                digest.update(file.read_bytes())
    return int.from_bytes(digest.digest(), "big") >> 1 or 1
