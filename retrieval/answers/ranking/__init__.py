"""Which sentence comes first, and does it answer at all?

Scores (BM25 and bonuses), also of the lines of lists and tables; confidence and its thresholds;
abstention where the articles don't mention the subject.
"""
