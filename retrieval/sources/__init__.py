"""Which articles are in a folder or a file, and what is wrong with the others?"""

from retrieval.sources.article_file import SUFFIXES, ReadFile, read_article
from retrieval.sources.file_kinds import FileKind
from retrieval.sources.folder import Loaded, load_folder

__all__ = ["SUFFIXES", "FileKind", "Loaded", "ReadFile", "load_folder", "read_article"]
