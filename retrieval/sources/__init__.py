"""Here is a folder, or a file: give me its articles, and name every defect with its line."""

from retrieval.sources.files import SUFFIXES, read_article
from retrieval.sources.folder import Loaded, load_folder

__all__ = ["SUFFIXES", "Loaded", "load_folder", "read_article"]
