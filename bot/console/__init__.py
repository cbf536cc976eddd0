"""How is Telegram played where there is none?"""
