"""What is quoted of the sentences that answer?

Passages and quotes, omissions, highlighted words, the sentence that completes one, what follows
it, and lists and tables: entries and rows with their lead-in or header row.
"""
