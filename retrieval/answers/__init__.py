"""Which sentences answer, and do they?

`finder` takes the message apart, and `answer_search` looks up what is asked. `ranking` scores the
sentences, `question_types` treats comparisons, denials, follow-ups and facts about the articles in
ways of their own, `word_answers` says what answers by words alone, `by_meaning` adds the encoder,
and `quoting` cuts out what is shown.
"""
