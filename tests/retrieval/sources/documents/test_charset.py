"""Bytes are decoded as their sender meant them, and never into nonsense in silence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.sources.documents.charset import decoded

RUSSIAN = "Пчёлы живут в ульях, и у каждой из них есть своя работа с первого дня жизни. " * 4
POLISH = "Pszczoły żyją w ulach, a każda z nich ma swoją pracę już od pierwszego dnia życia. " * 2
GERMAN = "Bienen wohnen in Bienenstöcken – und für jede gibt es „schon früh“ etwas zu tun. " * 2
GREEK = "Οι μέλισσες ζουν σε κυψέλες και η καθεμία έχει τη δουλειά της από την πρώτη μέρα. " * 2
KOREAN = "꿀벌은 벌집에서 살며 태어난 날부터 각자 맡은 일이 있습니다. 겨울에는 조용합니다. " * 2
JAPANESE = "みつばちは巣箱に住み、生まれた日から仕事があります。冬は静かです。" * 4


@pytest.mark.parametrize(
    ("content", "declared", "expected"),
    [
        ("Bienenstöcke".encode(), None, "Bienenstöcke"),
        ("Bienenstöcke".encode(), "iso-8859-1", "Bienenstöcke"),
        ("“Bees”".encode("cp1252"), "ISO-8859-1", "“Bees”"),
        ("“Bees”".encode("cp1252"), None, "“Bees”"),
        ("\ufeffBees – ß".encode(), "windows-1251", "Bees – ß"),
        ("Пчёлы".encode("utf-16"), None, "Пчёлы"),
        (RUSSIAN.encode("koi8-r"), "koi8-r", RUSSIAN),
        (RUSSIAN.encode("cp1251"), None, RUSSIAN),
        (b'<meta charset="shift_jis">' + JAPANESE.encode("cp932"), None, JAPANESE),
        (JAPANESE.encode("euc-jp"), "euc-jp", JAPANESE),
        (JAPANESE.encode("iso2022_jp"), "iso-2022-jp", JAPANESE),
        (JAPANESE.encode("iso2022_jp"), "utf-8", JAPANESE),
        ("中文网页".encode("gb18030"), "gb2312", "中文网页"),
        (RUSSIAN.encode("cp1251"), "iso-8859-1", RUSSIAN),
        (RUSSIAN.encode("koi8-r"), "windows-1251", RUSSIAN),
        (RUSSIAN.encode("cp1251"), "koi8-r", RUSSIAN),
        (RUSSIAN.upper().encode("cp1251"), "windows-1251", RUSSIAN.upper()),
        (JAPANESE.encode("cp932"), "iso-8859-1", JAPANESE),
        ("Пчёлы и улья: 12 штук".encode("utf-16-le"), None, "Пчёлы и улья: 12 штук"),
        ("<p>Bienenstöcke</p>".encode("utf-16-be"), None, "<p>Bienenstöcke</p>"),
        (POLISH.encode("iso-8859-2"), "iso-8859-1", POLISH),
        (GERMAN.encode("cp1252"), "utf-8", GERMAN),
        (GERMAN.encode("cp1252"), "iso-8859-1", GERMAN),
        (RUSSIAN.encode("iso-8859-5"), None, RUSSIAN),
        (GREEK.encode("iso-8859-7"), "utf-8", GREEK),
        (KOREAN.encode("cp949"), None, KOREAN),
        (b"caf\xe9", "no-such-charset", "café"),
        ("Grüße ".encode() * 3 + "Grün".encode("cp1252"), "utf-8", "Grüße " * 3 + "Grün"),
        ("Grüße, ".encode() * 60 + b"\xff", "utf-8", "Grüße, " * 60 + "\ufffd"),
    ],
)
def test_a_text_is_decoded_as_it_was_meant(content, declared, expected):
    """By its mark, by UTF-8, by what is declared, by what is likeliest; at last windows-1252."""
    assert decoded(content, declared).removeprefix('<meta charset="shift_jis">') == expected


@given(st.binary(max_size=300), st.sampled_from([None, "utf-8", "utf-7", "koi8-r", "x", "utf-16"]))
def test_whatever_bytes_there_are_there_is_a_text(content, declared):
    """Nothing crashes."""
    assert isinstance(decoded(content, declared), str)
