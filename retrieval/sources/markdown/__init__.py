"""Which words, headings, lists, tables and code does a text in Markdown show its readers?"""
