"""Which questions are answered in ways of their own?

Comparisons of two things, denials and yes or no (polarity), follow-ups that lean on the question
before, and facts about the articles themselves (author, date, how many).
"""
