"""How is a page or a feed fetched from the web without harm?"""
