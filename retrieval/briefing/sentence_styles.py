"""The styles of sentences: no prose, mere talk, comment or announcement, leaning on others."""

import re

from retrieval.articles import ParagraphKind
from retrieval.briefing.article_styles import ArticleStyles
from retrieval.index.collection_index import Index
from retrieval.text.analysis import UNSPACED_LANGUAGES, fold, word_texts
from retrieval.text.discourse import CLOSING, leans

NO_PROSE = (ParagraphKind.TABLE, ParagraphKind.CODE)
# Signs that programs, markup and data are written with; running text has few of them.
CODE_SIGNS = re.compile(r"[{}\[\]<>=|\\;#$^~`_]|::|\w\(\)|\":")
MOST_CODE_SIGNS = 0.04
ROW = re.compile(r"\s*\|\s|.*?\s\|\s")  # of a table that is not marked up as one
ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\b[\w-]+(?:\.[\w-]+)+/\S*|(?<!\S)/\w\S*")  # or paths
MOST_OF_ADDRESSES = 0.4
# Who said what stands above: "— Ada Holm, Notes of a ferryman".
CREDIT = re.compile(r"[\s\"'“”„«»*_(]*[—–―-]{1,2}\s*[@\w\[]")
FRAGMENT = re.compile(r"[,;)…]|\.{2}|\w*[a-z]:[\"'^\w]")  # or about code: "deck:current finds …"
NUMBER = re.compile(r"^\(?\d+[a-z]?[.)]\s+")  # of a paragraph of a law: "(3) It …"


class SentenceStyles:
    """Tells the styles of the sentences of one collection, each by its text."""

    def __init__(self, index: Index, articles: ArticleStyles) -> None:
        self._index = index
        self._articles = articles

    def is_no_prose(self, sentence: int) -> bool:
        """Whether it is a cell of a table, code, marked as such or not, addresses or a credit."""
        paragraph = self._index.paragraph(self._index.paragraph_of(sentence))
        if paragraph.kind in NO_PROSE or self._index.kind_of(sentence) in NO_PROSE:
            return True
        text = self._index.text(sentence)
        if (
            CREDIT.match(text)
            or FRAGMENT.match(text)
            or ROW.match(text)
            or len(CODE_SIGNS.findall(text)) > MOST_CODE_SIGNS * len(text)
        ):
            return True
        return sum(map(len, ADDRESS.findall(text))) > MOST_OF_ADDRESSES * len(text)

    def is_item(self, sentence: int) -> bool:
        """Whether the text is the item of a list or a title: it ends without a mark."""
        text = self._index.text(sentence).rstrip(CLOSING)
        return (
            text[-1:].isalnum()
            and self._index.language_of(sentence).code not in UNSPACED_LANGUAGES
        )

    def is_chatter(self, sentence: int) -> bool:
        """Whether it only talks to the reader."""
        briefing = self._index.language_of(sentence).briefing
        if self._index.is_filler(sentence) or self._index.finds(briefing.chatter, sentence):
            return True
        if not self._index.finds(briefing.talking, sentence) or self.is_specific(sentence):
            return False
        return not self._articles.talks(self._index.paragraph_of(sentence))

    def is_specific(self, sentence: int) -> bool:
        """Whether a sentence holds a number or a name."""
        found = word_texts(self._index.text(sentence))
        return any(
            word[0].isdecimal() or (word[0].isupper() and fold(word) in self._index.names)
            for word in found
        )

    def is_hollow(self, sentence: int) -> bool:
        """Whether it comments on its subject more than it tells of it."""
        briefing = self._index.language_of(sentence).briefing
        if not self._index.finds(briefing.hollow, sentence):
            return False
        talks = self._index.finds(briefing.talking, sentence)
        return not (talks and self._articles.talks(self._index.paragraph_of(sentence)))

    def leans(self, sentence: int) -> bool:
        """Whether a sentence is not understood without the one before it."""
        language = self._index.language_of(sentence)
        text = NUMBER.sub("", self._index.text(sentence), count=1)
        return leans(text, language) or language.briefing.relying.match(text) is not None

    def announces(self, sentence: int) -> bool:
        """Whether it only says that something follows."""
        return self._index.finds(self._index.language_of(sentence).briefing.announcing, sentence)
