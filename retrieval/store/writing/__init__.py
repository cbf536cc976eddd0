"""How is a collection on disk changed, all at once?

A transaction of the writer: articles and paragraphs are added and deleted, with the counts of
words in the lexicon and the statistics.
"""
