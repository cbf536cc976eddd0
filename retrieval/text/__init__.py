"""How is text cut into sentences, words and terms, in each language?"""
