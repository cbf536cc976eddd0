"""Is all well, and what is to be done where it is not?"""
