"""How are articles taken in, while the bot runs and from the command line?"""
