"""Which articles are in a folder or a file, and what is wrong with the others?"""
