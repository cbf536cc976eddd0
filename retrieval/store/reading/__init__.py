"""How is a question looked up in a collection on disk?

The snapshot (one read transaction), articles, lexicon and titles by key, statistics, and the
engines that search them.
"""
