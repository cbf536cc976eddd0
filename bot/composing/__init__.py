"""What is said, in which words, and how is it cited?

Answers and briefings in words, the templates of each language, and the pipeline that leads from a
question to a worded answer.
"""
