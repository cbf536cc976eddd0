"""Which headings and paragraphs are in a file that is no plain text?"""
