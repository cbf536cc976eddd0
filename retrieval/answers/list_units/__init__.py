"""Which entries of a list or rows of a table answer, and how much of it is shown?"""
