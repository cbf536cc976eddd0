"""Which sentences answer, and do they?

`finder` leads through it. `ranking` scores the sentences and decides whether the best is an answer
at all, `question_types` treats comparisons, denials, follow-ups and facts about the articles in
ways of their own, `word_finder` finds by words alone, `by_meaning` adds the encoder, and `quoting`
cuts out what is shown.
"""
