"""What can a user do, and how does the bot answer?"""
