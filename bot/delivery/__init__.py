"""How does a message get to Telegram, once, within its rate limits?"""
