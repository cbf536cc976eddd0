"""Which sentences speak of a topic, and how closely?

By words and by meaning; what a paragraph's headings and neighbours add; Biased LexRank, which
finds the central ones among them; for a briefing on everything, what stands in a prominent place.
"""
