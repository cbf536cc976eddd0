"""Counts the words of a web page, in scripts with and without spaces."""

import re

UNSPACED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")


def word_count(text: str) -> int:
    """How many words there are to read; two characters of a script without spaces are one."""
    unspaced = len(UNSPACED.findall(text))
    return len(UNSPACED.sub(" ", text).split()) + unspaced // 2
