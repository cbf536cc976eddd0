"""Which sentences answer, and do they?"""
