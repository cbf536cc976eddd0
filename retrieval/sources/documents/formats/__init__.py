"""Which format is a file in, and how is each format read?

Word (DOCX), OpenDocument (ODT), EPUB books, web pages (HTML) and feeds (RSS, Atom). PDFs and
Markdown have folders of their own in `retrieval/sources/`.
"""
