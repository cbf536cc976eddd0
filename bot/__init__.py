"""How are questions taken in, in Telegram and on the command line, and answers given?"""
