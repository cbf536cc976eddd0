"""As what may the words of a question be found?

Spelling corrected from the articles' own words, synonyms, stems, word families and compounds.
"""
