"""How much a folder holds on disk."""

import os
from contextlib import suppress
from pathlib import Path


def folder_size(folder: Path) -> int:
    """The size of all files below a folder, in bytes; what is removed meanwhile counts nothing."""
    size = 0
    for place, _, names in os.walk(folder):
        for name in names:
            with suppress(FileNotFoundError):  # the index merges its files in the background
                size += Path(place, name).stat().st_size
    return size
