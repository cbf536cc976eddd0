"""How are briefings given and scheduled in a chat?"""
