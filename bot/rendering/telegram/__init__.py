"""How do answers, briefings and paragraphs look in Telegram?

Message entities and the limits of lengths (in UTF-16 units), inline keyboards and their callback
data, deep links and the codes of quotes in them, long paragraphs in pages.
"""
