"""How is a message answered in a conversation?

Questions and `/ask`, follow-ups, edited questions, *More quotes*, suggestions of questions, and
`/gaps`: which questions the articles left open.
"""
