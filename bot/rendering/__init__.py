"""How does it look in Telegram, on a terminal, in a file and as JSON?

Messages, entities and buttons are in `telegram`.
"""
