"""Which sentences of these articles answer this question, in their own words?"""
