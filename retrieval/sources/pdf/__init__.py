"""Which headings and paragraphs are on the pages of a PDF?"""
