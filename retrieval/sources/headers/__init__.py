"""Which title, date, author and language does the header of an article name?"""
