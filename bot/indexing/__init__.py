"""How do a collection's vectors come to be, while the bot answers?"""
