"""How fast is Footnote beside other searches, and how much room does each take?"""
