"""How are articles listed, read, added and removed in Telegram?"""
