"""Who may use the bot, and how often?"""
