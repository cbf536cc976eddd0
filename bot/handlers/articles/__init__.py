"""How do admins add and remove articles in Telegram?"""
