"""Decodes the bytes of web pages and text files."""

import codecs
import re

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
META = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w:.-]{2,40})""", re.IGNORECASE)
XML = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w:.-]{2,40})""", re.IGNORECASE)
META_BYTES = 2048
WORD_BEYOND = re.compile(r"\w*[^\W\x00-\x7f]\w*")
ACCENTED = re.compile(r"[\u00aa\u00b2-\u00ff]{3}")
CYRILLIC_SMALL, CYRILLIC_CAPITAL = re.compile("[а-яё]"), re.compile("[А-ЯЁ]")
MOST_ODD = 0.4  # of the words with letters beyond ASCII
# What browsers take for these names, https://encoding.spec.whatwg.org/#names-and-labels
LABELS = {
    "iso-8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "ascii": "cp1252",
    "us-ascii": "cp1252", "iso8859-1": "cp1252", "iso_8859-1": "cp1252", "windows-1252": "cp1252",
    "iso-8859-9": "cp1254", "tis-620": "cp874", "iso-8859-11": "cp874", "gb2312": "gb18030",
    "gbk": "gb18030", "x-gbk": "gb18030", "shift_jis": "cp932", "shift-jis": "cp932",
    "x-sjis": "cp932", "sjis": "cp932", "euc-kr": "cp949", "ks_c_5601-1987": "cp949",
    "ksc5601": "cp949", "big5": "big5hkscs", "utf8": "utf-8", "x-mac-roman": "mac_roman",
    "iso-8859-8-i": "iso8859_8", "windows-874": "cp874",
}  # fmt: skip
# What pages without any sign were written in; the library knows a hundred more.
LIKELY = (
    "cp1252", "cp1251", "koi8_r", "cp1250", "cp1253", "cp1254", "cp1255", "cp1256", "cp874",
    "cp932", "euc_jp", "gb18030", "big5hkscs", "cp949",
)  # fmt: skip
ENOUGH = 30  # bytes beyond ASCII, to guess from
MOST_DAMAGED = 0.01  # of the characters beyond ASCII


def decoded(content: bytes, declared: str | None = None) -> str:
    """The text of bytes; `declared` is what came with them, as the header of a response.

    In this order: the mark at the beginning, UTF-8 if more than ASCII proves it, what was
    declared, what the file says in its first 2 kB, both if words come out of it, and what
    charset-normalizer finds likeliest; in the end windows-1252, as browsers do.
    """
    for mark, name in BOMS:
        if content.startswith(mark):
            return content[len(mark) :].decode(name, "replace")
    utf8 = content.decode("utf-8", "replace")
    if "\N{REPLACEMENT CHARACTER}" not in utf8:
        return _as_declared(content, declared) if utf8.isascii() else utf8
    for label in (declared, _said(content)):
        codec = _codec(label)
        if codec == "utf-8" and _is_hardly_damaged(utf8):
            return utf8
        if codec is not None and codec != "utf-8":
            try:
                text = content.decode(codec)
            except UnicodeDecodeError:
                continue
            if _is_plausible(text):
                return text
    return utf8 if _is_hardly_damaged(utf8) else _guessed(content)


def _as_declared(content: bytes, declared: str | None) -> str:
    """ASCII, unless it is an encoding that looks like ASCII and is none."""
    name = _codec(declared) or _codec(_said(content))
    if name in ("iso2022_jp", "utf_7", "hz"):
        try:
            return content.decode("iso2022_jp" if name == "iso2022_jp" else "ascii")
        except UnicodeDecodeError:
            pass
    return content.decode("ascii")


def _said(content: bytes) -> str | None:
    head = content[:META_BYTES]
    match = META.search(head) or XML.search(head)
    return match[1].decode("ascii", "replace") if match else None


def _codec(label: str | None) -> str | None:
    """The name of the codec; None for one that is not known or cannot be what it says."""
    if not label:
        return None
    name = LABELS.get(label.strip().casefold(), label.strip())
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    return "utf-8" if found.startswith(("utf-16", "utf-32")) else found


def _is_plausible(text: str) -> bool:
    """Whether words look as if the declared codec were theirs.

    Servers declare Latin-1 for whatever they have, in which letters of other scripts become runs
    of accented ones; KOI8 read as windows-1251, or the other way, is nearly all in capitals.
    """
    words = WORD_BEYOND.findall(text)
    accented = sum(ACCENTED.search(word) is not None for word in words)
    capitals = len(CYRILLIC_CAPITAL.findall(text))
    return accented <= MOST_ODD * len(words) and (
        capitals < ENOUGH or capitals < len(CYRILLIC_SMALL.findall(text))
    )


def _is_hardly_damaged(text: str) -> bool:
    beyond = sum(not char.isascii() for char in text)
    return text.count("\N{REPLACEMENT CHARACTER}") <= MOST_DAMAGED * beyond


def _guessed(content: bytes) -> str:
    from charset_normalizer import from_bytes

    names = ["cp1252"]
    if sum(byte > 127 for byte in content) >= ENOUGH:
        best = from_bytes(content[:200_000], cp_isolation=list(LIKELY)).best()
        names = [best.encoding, *names] if best is not None else names
    for name in names:
        try:
            return content.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode("latin-1")
