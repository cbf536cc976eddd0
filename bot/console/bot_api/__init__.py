"""bot_api"""
