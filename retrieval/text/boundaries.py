"""Sentence boundaries: whether a sentence ends at a mark, by what stands before and behind it."""

import re
from typing import NamedTuple

from retrieval.text.analysis import plain_lower
from retrieval.text.frequencies import frequencies_of
from retrieval.text.languages import SentenceEnds, language

REACH = 48  # how many characters back and ahead a decision looks
CLOSERS = "\"'”’»›)\\]}＂」』】）"
NOTE = r"\[[^\[\]\n]{1,30}\]|[¹²³⁰⁴-⁹]"  # "[1]" and "[citation needed]" belong to what is before
ENDING = re.compile(rf"(?P<marks>[.?!…]+)(?P<closers>(?:{NOTE}|[{CLOSERS}])*)$")
# Marks behind which the next sentence needs no space.
UNSPACED_END = re.compile(rf"[。．｡！？‼⁇-⁉][{CLOSERS}]*$")
QUOTED_ON = "とっ"  # a Japanese sentence goes on so behind what it quotes
TO_LAST_WORD = re.compile(r"(?s:.*)[\s(\[{\"“„«»‹›'‘’/–—]")
SPACED = re.compile(
    r"(?<![\w.])(?:[^\W\d_]{1,2}\.-?[ \u00a0\u2009\u202f]?){1,3}[^\W\d_]{1,4}$"  # "z. B", "p. ej"
)
NEXT_WORD = re.compile(
    r"\W*?(?:['’][a-z] )?"  # "'s Avonds" begins with its second word
    r"(?P<word>\.?\w+(?:['’-]\w+)*)(?P<behind>(?:\.\w{2,5}\b)?)(?P<dot>\.?)"
)
# Files and sites, of which the last part tells what they are.
NAMED_FILE = re.compile(
    r"[\w-]+(?:\.[\w-]+)*\.(?:txt|mdx?|rst|json|ya?ml|toml|ini|cfg|conf|env|log|lock|csv|tsv|xml|"
    r"html?|css|jsx?|tsx?|py|rb|go|rs|java|php|sh|bat|exe|dll|so|jar|zip|tar|gz|sql|db|pdf|docx?|"
    r"xlsx?|pptx?|odt|png|jpe?g|gif|svg|mp[34]|com|org|net|io|dev|app|edu|gov|info|de|at|ch|fr|es|"
    r"it|pt|ru|nl|se|uk|eu)",
    re.IGNORECASE,
)
# An amount, which ends a sentence more often than its unit is cut short: "It weighs 5 kg. Tom …".
AMOUNT = re.compile(
    r"\d[ \u00a0\u202f]?(?:[kmµ]?g|[kcmd]?m|[mcdh]?l|t|ha|km/h|m/s|h|min|sec|[kMG]?W|kWh|[kMG]?Hz|"
    r"[kKMGT]i?B|dB|lbs?|oz|ft|mi|yd|mph|кг|мг|км|м|см|мм|мл|л|км/ч|ч|мин|сек|руб|коп)$"
)
LETTER_IN_FRONT = re.compile(r"['’][a-z] $")
ENUMERATOR = re.compile(r"\W*(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})[.)]")
LETTERS_AND_DOTS = re.compile(r"[^\W\d_]{1,3}(?:\.-?[^\W\d_]{1,3})+")  # U.S, J.-P
DAY = re.compile(r"\d{1,2}")
ORDINAL = re.compile(r"\d{1,3}|[IVXLC]{2,}")
ELIDED = re.compile(r"(?:[cdjlmnst]|qu)['’]", re.IGNORECASE)
# With a capital these also go on a name: "J. Le Goff".
PARTICLES = frozenset(
    {"de", "del", "della", "di", "da", "do", "dos", "du", "des", "la", "le", "les", "lo", "el",
     "los", "von", "van", "der", "den", "al"}
)  # fmt: skip
FEWEST_SEEN = 1000  # so often a dictionary counts what is surely a word and no abbreviation
FEWEST_LETTERS = 4


class LeftContext(NamedTuple):  # quickly made, as each mark of a text needs one
    """What stands before a place: the mark, what closes behind it, and the words before it.

    `forms` are the abbreviations that the last word may be, and `previous` the word before it.
    `is_amount` tells that they are a number with its unit.
    """

    mark: str
    closers: str
    last: str
    forms: frozenset[str]
    previous: str
    is_amount: bool

    @property
    def is_file(self) -> bool:
        """Whether the last word is the name of a file or a site."""
        return NAMED_FILE.fullmatch(self.last) is not None

    def is_in(self, abbreviations: frozenset[str]) -> bool:
        """Whether a list holds the abbreviation; one with a capital there is meant only so."""
        return not abbreviations.isdisjoint(self.forms)


class RightContext(NamedTuple):
    """The first word behind a place, what stands before that word, and its ending as a file."""

    word: str
    opening: str
    has_dot: bool
    ending: str

    @property
    def is_initial(self) -> bool:
        """Whether it is one letter with a dot."""
        return len(self.word) == 1 and self.has_dot and self.word.isalpha()

    @property
    def is_lower(self) -> bool:
        """Whether it begins with a small letter."""
        return self.word[0].islower()

    @property
    def is_name(self) -> bool:
        """Whether it is written as names are that keep a small letter, or a dot, in front."""
        word = self.word
        if NAMED_FILE.fullmatch(word + self.ending):
            return True
        return word[0] == "." or "_" in word or _is_mixed(word) or _has_inner_capital(word)


class BoundaryRules:
    """Decides for one language whether a sentence ends at a place."""

    def __init__(self, code: str) -> None:
        tongue = language(code)
        self._ends: SentenceEnds = tongue.sentence_ends
        self._openers = tongue.stop_words | self._ends.sentence_openers
        self._code = code
        self._nouns_have_capitals = tongue.capital_nouns

    def decide(self, text: str, begin: int, end: int, following: int) -> bool | None:
        """Whether the sentence from `begin` on ends at `end`, before what stands at `following`.

        All are offsets into the text. None where nothing speaks for it and nothing against it.
        """
        tail = text[max(begin, end - REACH) : end]
        if end == following:
            return None
        if end - begin <= REACH and ENUMERATOR.fullmatch(tail):
            return False
        before = _before(tail)
        ahead = NEXT_WORD.match(text[following : following + REACH])
        if before is None or ahead is None:
            return None
        opening = ahead.group()[: ahead.start("word")]
        after = RightContext(ahead["word"], opening, bool(ahead["dot"]), ahead["behind"])
        return self._ends_between(before, after)

    def is_cut_short(self, text: str, begin: int, end: int) -> bool:
        """Whether the text from `begin` to `end` ends in "Dr.", "e.g." or "the U.N."."""
        before = _before(text[max(begin, end - REACH) : end])
        if before is None or before.mark != ".":
            return False
        is_acronym = before.last.isupper() and LETTERS_AND_DOTS.fullmatch(before.last) is not None
        return is_acronym or before.is_in(self._ends.never_last)

    def _ends_between(self, before: LeftContext, after: RightContext) -> bool | None:
        if after.is_lower or (after.word[0] == "." and not after.opening):
            return self._ends_before_lower(before, after)
        if before.mark != "." or before.closers:
            return True
        return self._dot_ends(before, after)

    def _ends_before_lower(self, before: LeftContext, after: RightContext) -> bool:
        """Before a small letter only a plain end counts: "It was sunny. npm installs it."."""
        if after.opening.strip("([*_ ") or before.closers or before.mark not in (".", "?", "!"):
            return False
        if before.mark == "." and (len(before.last) < 2 or self._is_abbreviation(before)):
            return False
        if after.is_name:
            return True
        return before.mark == "." and self._is_surely_a_word(before.last)

    def _is_surely_a_word(self, last: str) -> bool:
        if last.casefold() in self._openers or _has_inner_capital(last):
            return True
        if len(last) < FEWEST_LETTERS or not last.isalpha():
            return False
        return frequencies_of(self._code).count(last.casefold()) >= FEWEST_SEEN

    def _dot_ends(self, before: LeftContext, after: RightContext) -> bool | None:
        """Whether a single dot before a capital, a number or a letter without case is an end."""
        is_before_number = after.word[0].isdigit() or ORDINAL.fullmatch(after.word) is not None
        is_amount = before.is_amount and not self._nouns_have_capitals
        if (is_amount or before.is_file) and not is_before_number:
            return True
        if before.is_in(self._ends.never_last):
            return False
        if is_before_number:
            return self._ends_before_number(before)
        if before.is_in(self._ends.often_last):
            return True
        return self._ends_before_word(before, after)

    def _ends_before_word(self, before: LeftContext, after: RightContext) -> bool | None:
        opens = self._opens(after)
        is_label = len(after.word) == 1 and not opens
        if is_label and self._is_before_numbers(before):  # "art. L. 121", "App. B"
            return False
        if before.is_in(self._ends.rarely_last) or LETTERS_AND_DOTS.fullmatch(before.last):
            return opens
        if len(before.last) == 1 and before.last.isalpha():
            return self._letter_ends(before, after, opens=opens)
        if self._is_ordinal(before, after, opens=opens):
            return False
        is_acronym = before.last.isupper() and not ORDINAL.fullmatch(before.last)
        if is_acronym and not after.word.isupper():
            return True
        return True if opens and before.last.isalnum() else None

    def _ends_before_number(self, before: LeftContext) -> bool | None:
        if self._is_abbreviation(before):
            return False
        is_date = self._ends.ordinals and DAY.fullmatch(before.last)  # 3. 5. 1950
        is_letter = len(before.last) == 1 and before.last.isalpha()
        return False if is_letter or is_date else None

    def _letter_ends(self, before: LeftContext, after: RightContext, *, opens: bool) -> bool:
        """Whether it is "So did I." or "vitamin C. It …", and not an initial."""
        is_after_small = before.previous[:1].islower()
        if before.last == "I" and self._code == "en" and is_after_small:
            return not after.is_initial
        is_initial = before.last.isupper() and not is_after_small
        if is_initial and after.word.casefold() in PARTICLES:
            return False
        return opens

    def _is_ordinal(self, before: LeftContext, after: RightContext, *, opens: bool) -> bool:
        if not self._ends.ordinals or not ORDINAL.fullmatch(before.last):
            return False
        if after.word.casefold() in self._ends.after_ordinals:
            return True
        previous = before.previous.casefold()
        return not opens and (previous in self._ends.before_ordinals or previous.endswith(","))

    def _opens(self, after: RightContext) -> bool:
        """Whether the word, which has a capital, plainly opens a sentence; `US` does not."""
        if after.is_initial or (len(after.word) > 1 and after.word.isupper()):
            return False
        if LETTER_IN_FRONT.search(after.opening):
            return True
        word = plain_lower(after.word)
        elided = ELIDED.match(word)
        bare = word[elided.end() :] if elided else word
        return bool(self._openers.intersection((word, bare, word.partition("'")[0])))

    def _is_before_numbers(self, before: LeftContext) -> bool:
        is_word = before.last.casefold() in self._openers  # "no"
        return not is_word and before.is_in(self._ends.before_numbers)

    def _is_abbreviation(self, before: LeftContext) -> bool:
        ends = self._ends
        lists = (ends.never_last, ends.rarely_last, ends.often_last, ends.before_numbers)
        if any(before.is_in(listed) for listed in lists):
            return True
        return "." in before.last and not before.is_file


def is_possible_boundary(text: str, place: int) -> bool:
    """Whether a sentence may begin there: behind white space, or behind a mark that needs none."""
    if place == 0 or text[place - 1].isspace():
        return True
    if not UNSPACED_END.search(text[max(0, place - REACH) : place]):
        return False
    return text[place - 1] not in CLOSERS or text[place : place + 1] not in QUOTED_ON


def _before(tail: str) -> LeftContext | None:
    ending = ENDING.search(tail)
    if ending is None:
        return None
    text = tail[: ending.start()].rstrip("\"'”’»)")
    parted = TO_LAST_WORD.match(text)
    last = text[parted.end() :] if parted else text
    spaced = SPACED.search(text) if "." in text else None
    key = "".join(spaced.group().split()) if spaced else last
    words = text[: len(text) - len(last)].split()[-1:]
    previous = words[0] if words else ""
    is_amount = AMOUNT.search(text) is not None
    written = {key, last, last.rpartition("-")[2]} - {""}
    forms = frozenset((*written, *map(str.lower, written)))
    return LeftContext(ending["marks"], ending["closers"], last, forms, previous, is_amount)


def _has_inner_capital(word: str) -> bool:
    """Whether it is written as `iPhone` or `gRPC` is."""
    return word[:1].islower() and word != word.lower()


def _is_mixed(word: str) -> bool:
    """Whether a word mixes letters and digits: `k8s`."""
    return any(char.isdigit() for char in word) and any(char.isalpha() for char in word)
