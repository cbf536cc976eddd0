"""When is a briefing due, and how is it sent once?"""
