"""How much do two sentences have in common?

Concepts that they share, things that both name, quantities, and whether one says all that the
other says.
"""
