"""Which articles are in a folder or a file, and what is wrong with the others?"""

from retrieval.sources.files import SUFFIXES, read_article
from retrieval.sources.folder import Loaded, load_folder

__all__ = ["SUFFIXES", "Loaded", "load_folder", "read_article"]
