"""Lengths in UTF-16 units, as Telegram counts, and texts shortened to them."""

ELLIPSIS = "…"


def utf16(text: str) -> int:
    """The length of a text in UTF-16 units, in which Telegram counts."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def beginning(text: str, longest: int) -> str:
    """As many whole words from the beginning as `longest` units hold; of one word, characters."""
    end = length = 0
    for char in text:
        length += utf16(char)
        if length > longest:
            break
        end += 1
    if end == len(text):
        return text
    words = text[: end + 1].rsplit(None, 1)[0].rstrip()
    return words if end // 2 < len(words) <= end else text[:end]


def cut(text: str, longest: int) -> str:
    """The text, or its beginning with `…` behind it, in at most `longest` units."""
    if utf16(text) <= longest:
        return text
    return beginning(text, longest - 1) + ELLIPSIS
