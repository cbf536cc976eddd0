"""What do Telegram's servers keep, and what do people do there?"""
