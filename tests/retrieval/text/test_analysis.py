"""Words become terms, the same ones in articles and in questions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.text.analysis import Analyzer, plain_words, words


@pytest.fixture(scope="module")
def english():
    return Analyzer("en")


@pytest.mark.parametrize(
    "group",
    [
        ["US", "U.S.", "USA", "U.S.A.", "u.s."],
        ["China", "China's", "China’s", "CHINA", "china"],
        ["de-dollarisation", "de-dollarization", "De‑dollarization"],
        ["labour", "labor"],
        ["centre", "center"],
        ["defence", "defense"],
        ["leaders'", "leader", "Leaders"],
        ["co\u00adoperation", "cooperation"],
        ["الكتـــاب", "الكتاب"],
        ["ｆｕｌｌ", "full"],
        ["naïve", "naive"],
        ["Wałęsa", "Walesa"],
        ["Søren", "Soren"],
        ["10,000", "10000"],
        ["arms", "ARMS"],
        ["O'Brien", "O’Brien", "OBrien", "obrien", "O'Brien's"],
        ["𝐛𝐞𝐞", "bee", "ｂｅｅ"],
        ["C♯", "C#", "c#"],
    ],
)
def test_spellings_of_one_word_are_one_term(english, group):
    """However it is written, the word is found."""
    assert len({tuple(english.terms(word)) for word in group}) == 1


@pytest.mark.parametrize(
    ("word", "other"),
    [("founded", "found"), ("businesses", "busy"), ("evenings", "even"), ("department", "depart")],
)
def test_words_that_share_a_stem_by_chance_are_kept_apart(english, word, other):
    """Each is still found in all its forms."""
    assert english.terms(word) != english.terms(other)
    assert english.terms("founders") == english.terms("Founding") == english.terms("founded")


@pytest.mark.parametrize(
    ("word", "verb"),
    [("mitzubringen", "mitbringen"), ("Einzureichen", "einreichen"), ("anzugeben", "angeben")],
)
def test_a_german_verb_is_found_without_its_zu(word, verb):
    """A noun such as Umzugskosten has none."""
    german = Analyzer("de")
    assert german.terms(word) == german.terms(verb)
    assert german.terms("Umzugskosten") != german.terms("Umgskosten")


def test_the_pronoun_us_is_no_country(english):
    """In lower case it is a stop word, in capitals a name."""
    assert english.terms("tell us") == english.terms("tell")
    assert english.terms("the US") == ["US"]


def test_wide_and_bold_letters_are_letters(english):
    """In capitals as well, whose ending is cut off as that of other words is."""
    assert english.terms("ＢＲＩＣＳ") == english.terms("𝐁𝐑𝐈𝐂𝐒") == english.terms("BRICS")
    assert english.terms("ＵＳ") == ["US"]


def test_a_compound_is_found_by_its_parts_and_as_one_word(english):
    """`Sino-Russian` gives both parts, and in articles the joined word as well."""
    assert english.terms("Sino-Russian") == ["sino", "russian"]
    assert english.compound_terms("multi-polar")[-1:] == english.terms("multipolar")


def test_symbols_make_other_words():
    """`C`, `C++`, `C#`, `.NET` are four words, and none of them is the net of a fisher."""
    names = ["C", "C++", "C#", "F#", ".NET", "net", "R", "Go"]
    analyzer = Analyzer("en")
    assert len({tuple(analyzer.terms(name)) for name in names}) == len(names)
    assert [word.text for word in words("In C++, C# (or C): .NET.")][1:] == [
        "C++", "C#", "or", "C", ".NET",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("B-52", "B52"), ("B52", "B-52"), ("B 52", "B52"), ("G-7", "G7"), ("G7", "G-7"),
        ("MERS-21", "mers21"), ("mers21", "MERS-21"), ("e-book", "ebook"), ("ebook", "e-book"),
        ("D'Amato", "DAmato"), (".NET", "net"), (".cache", "cache"),
    ],
)  # fmt: skip
def test_one_word_is_found_with_and_without_its_sign(english, text, question):
    """A hyphen, a space, an apostrophe or a dot in front may be left out."""
    found = set(english.compound_terms(text))
    readings = [tuple(english.terms(question)), *english.other_readings(question)]
    assert any(found.issuperset(reading) for reading in readings)


def test_ids_are_made_of_letters_and_digits_alone():
    """What words are in an answer does not change the id of an article."""
    assert [word.text for word in plain_words("C++ v2.1 10 000 .net")] == [
        "C", "v2", "1", "10", "000", "net",
    ]  # fmt: skip


def test_possessives_and_contractions_leave_no_rest(english):
    """`don't` and `they're` are stop words like their parts."""
    assert english.terms("It's what they're saying, isn't it? We don't, can't, won't.") == [
        *english.terms("saying")
    ]


@pytest.mark.parametrize(
    ("code", "one", "other"),
    [
        ("de", "Wirtschaftliche Beziehungen", "wirtschaftlichen Beziehung"),
        ("fr", "l’économie des nations", "économies nation"),
        ("es", "las naciones económicas", "nación económica"),
        ("it", "dell'economia nazionale", "economie nazionali"),
        ("pt", "as guerras econômicas", "guerra econômica"),
        ("ru", "экономические отношения", "экономических отношений"),
    ],
)
def test_inflections_meet_in_each_language(code, one, other):
    """Stems by the article's language; function words and elisions are gone."""
    analyzer = Analyzer(code)
    assert analyzer.terms(one) == analyzer.terms(other)
    assert analyzer.terms(one)


def test_scripts_without_spaces_are_cut_into_bigrams():
    """Chinese, Japanese and Korean by pairs of characters, Latin words inside kept whole."""
    assert Analyzer("zh").terms("中国和俄罗斯") == ["中国", "国和", "和俄", "俄罗", "罗斯"]
    assert Analyzer("ja").terms("東京Tower") == ["東京", "tower"]
    assert Analyzer("ko").terms("한국어 문서") == ["한국", "국어", "문서"]
    assert Analyzer("ko").terms("API를") == ["를", "api"]
    assert Analyzer("zh").terms("DNS是") == ["是", "dns"]


def test_the_ending_of_a_name_behind_an_apostrophe_is_no_part_of_it():
    """In Turkish."""
    turkish = Analyzer("tr")
    assert turkish.terms("DNS'den Ramazan’da") == turkish.terms("dns Ramazan")


def test_marks_belong_to_their_letters():
    """Accents written apart, and vowel signs."""
    assert Analyzer("en").terms("cafe\u0301") == Analyzer("en").terms("café") == ["cafe"]
    assert [word.text for word in words("नमस्ते कितनी")] == ["नमस्ते", "कितनी"]


def test_a_language_nobody_described_is_still_searched():
    """Terms without stop words; a made-up code does no harm."""
    assert Analyzer("sv").terms("bilarna") == Analyzer("sv").terms("bilar")
    assert Analyzer("xx").terms("Some words") == ["some", "words"]
    assert Analyzer("../x").terms("a b") == ["a", "b"]


@given(st.text())
def test_words_stand_where_they_say(text):
    """Each word is the slice of the text between its offsets."""
    for word in words(text):
        assert text[word.start : word.end] == word.text


@given(st.text())
def test_terms_do_not_depend_on_what_stands_around(text):
    """A text's terms are those of its words; none is empty."""
    analyzer = Analyzer("en")
    assert analyzer.terms(text) == [t for w in words(text) for t in analyzer.word_terms(w.text)]
    assert all(analyzer.terms(text))
