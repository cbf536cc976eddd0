"""In what form do texts, words and files lie on disk?

The SQLite schema and its version, rows of paragraphs and terms, states of files (size, time,
digest), and tantivy's inverted index.
"""
