"""How does the process speak HTTP, as a server and to Telegram?"""
