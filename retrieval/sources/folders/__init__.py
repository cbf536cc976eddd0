"""Which files of a folder are articles, and what has changed in it?"""
