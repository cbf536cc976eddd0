"""What do the people who run the bot see of it?"""
