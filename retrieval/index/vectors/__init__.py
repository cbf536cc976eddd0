"""Which sentences and paragraphs come nearest in meaning, whatever their words?"""
