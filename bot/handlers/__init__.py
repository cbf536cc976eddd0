"""What can a user do, and how does the bot answer?

`application` is the table of contents: which handler is called for which command, message, button
or change in a chat. `dependencies` puts the handlers together.
"""
