"""Who may use the bot, and how often?

Admission: allowed chats, administrators, and the rate limits of users.
"""
