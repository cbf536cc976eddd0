"""Which headings and paragraphs are in a file that is no plain text?

What all formats have in common: the document that a file is read into, its article, character
encodings, Unicode normalisation, blocks of HTML elements, and why a file is refused.
"""
