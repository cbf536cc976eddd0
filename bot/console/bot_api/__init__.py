"""What does the Bot API take from a bot, and what does it refuse?"""
