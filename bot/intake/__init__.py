"""How do updates come in, and how is none lost?"""
