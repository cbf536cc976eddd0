"""What is said, in which words, and how is it cited?"""
