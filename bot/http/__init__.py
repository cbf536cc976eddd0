"""How does the process serve HTTP?"""
