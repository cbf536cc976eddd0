"""Which settings are there, and what may each of them be?"""
