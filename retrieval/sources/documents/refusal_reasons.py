"""Why a file, a page or a feed gives no article."""

from enum import Enum


class Reason(Enum):
    """A reason: what is the matter, and what to do about it, with places for values.

    The wording is for the command line. The name is what wordings in other languages go by.
    """

    EMPTY = ("the file is empty", "add text, or remove it")
    NO_TEXT = ("there is no text", "name another file")
    TOO_MANY_BYTES = ("the file has more than {most} bytes", "split it into several files")
    NO_FILE = ("this isn't a file", "name a file, or a folder of files")
    NO_ACCESS = ("the file cannot be read ({said})", "check that it exists and its permissions")
    DEFECT = ("{problem}", "{remedy}")
    DAMAGED = ("the file is damaged", "save it again")
    DAMAGED_SO = ("it is damaged ({kind})", "save it again")
    TOO_MUCH_TEXT = ("the file holds more text than can be taken in", "split it")
    TOO_MUCH_MEMORY = ("it takes too much memory to read", "split it")
    TOO_DEEP = ("it is nested too deeply", "save it in a simpler form")
    TOO_SLOW = ("it takes too long to read", "split it, or save it in a simpler form")
    ENDED = (
        "reading it takes more memory or time than is allowed",
        "split it, or save it again",
    )
    STOPPED = ("the program is stopping", "try again after its next start")
    NOT_INSTALLED = ("documents and web pages need the extra `ingest`", "run {command}")

    OLD_OFFICE = ("this is a file of an old version of Office", "save it as .docx or PDF")
    OFFICE_PASSWORD = ("the office file has a password", "save it without one")
    PICTURE = ("this is a picture", "run text recognition (OCR) over it first")
    OTHER_ZIP = ("this is a zip or an office file of another kind", "save it as PDF")
    IS_FEED = ("this is a feed", "follow it with `footnote articles follow`")
    UNKNOWN_KIND = ("this is no kind of file that can be read", "save it as PDF or text")
    PLAIN_TEXT = ("this is plain text", "name it .txt or .md")

    PDF_DAMAGED = ("the PDF is damaged", "save it again as PDF")
    PDF_PASSWORD = ("the PDF has a password", "save it without one")
    PDF_PAGES = ("the PDF has {pages} pages, more than {most}", "split it into several files")
    PDF_LETTERS = ("the PDF has more than {most} letters", "split it into several files")
    PDF_EMPTY = ("the PDF holds no text", "save it again as PDF")
    PDF_SCAN = (
        "the PDF holds pictures of pages and no text, as a scan does",
        "run text recognition (OCR) over it first",
    )
    PDF_UNREADABLE = (
        "the PDF does not say which letters its pages show",
        "run text recognition (OCR) over it first",
    )

    WORD_DAMAGED = ("the Word file is damaged", "save it again")
    WORD_PASSWORD = ("the Word file has a password", "save it without one")
    WORD_TOO_LARGE = (
        "the Word file unpacks to more than {most} MB",
        "split it into several files",
    )
    WORD_TOO_LONG = ("the Word file is too long", "split it into several files")
    WORD_ENTITIES = (
        "the Word file declares entities, which may hide anything",
        "save it again with an office program",
    )
    DOCUMENT_DAMAGED = ("the document is damaged", "save it again")
    DOCUMENT_PASSWORD = ("the document has a password", "save it without one")
    DOCUMENT_TOO_LARGE = (
        "the document unpacks to more than {most} MB",
        "split it into several files",
    )
    DOCUMENT_ENTITIES = (
        "the document declares entities, which may hide anything",
        "save it again with an office program",
    )
    DOCUMENT_KIND = ("the file isn't a text document", "save it as one")
    BOOK_DAMAGED = ("the book is damaged", "save it again")
    BOOK_PASSWORD = ("the book has a password", "save it without one")
    BOOK_TOO_LARGE = ("the book unpacks to more than {most} MB", "split it into several files")
    BOOK_ENTITIES = (
        "the book declares entities, which may hide anything",
        "save it again as EPUB",
    )
    BOOK_CHAPTERS = ("the book has too many chapters", "split it")
    BOOK_CONTENTS = ("the book has no contents", "save it again as EPUB")
    BOOK_EMPTY = ("the book holds no text, as one of pictures does", "choose an edition with text")
    BOOK_PROTECTED = ("the book is protected against copying (DRM)", "use one that is not")

    PAGE_EMPTY = ("the page is empty", "name another")
    PAGE_NO_HTML = ("the HTML of the page can't be read", "save it again")
    PAGE_NO_ARTICLE = ("the page holds no article", "name the page of an article itself")
    PAGE_OF_LINKS = ("the page holds links and no article", "name the page of an article itself")
    PAGE_LOGIN = ("the page asks for a login", "save it as a file from a browser")
    PAGE_CHALLENGE = (
        "the page asks visitors to prove that they are human",
        "save it as a file from a browser",
    )
    PAGE_COOKIES = ("the page shows only its cookie notice", "save it as a file from a browser")
    PAGE_APP = (
        "the page is an app that a browser fills, so it holds no text",
        "save it as a file from a browser",
    )
    PAGE_SUBSCRIBERS = (
        "the page shows only a notice for subscribers",
        "save it as a file from a browser",
    )

    NO_ADDRESS = ("this isn't the address of a page", "{remedy}")
    PRIVATE_ADDRESS = (
        "the address leads into a private network or to a port that is not open to all",
        "FOOTNOTE_PRIVATE_ADDRESSES=true allows it",
    )
    NOT_REACHED = ("the page cannot be reached ({kind})", "check the address, or try again later")
    NOT_IN_TIME = ("the page did not come within {seconds} seconds", "try again later")
    IN_A_CIRCLE = ("the address leads round in a circle", "check the address")
    LEADS_NOWHERE = ("the page leads to an address that cannot be opened", "check the address")
    ROBOTS = (
        "the site's robots.txt asks not to fetch this page",
        "save the page as a file and add that",
    )
    STATUS_LOGIN = ("the page asks for a login", "save the page as a file and add that")
    STATUS_PAID = ("the page has to be paid for", "save the page as a file and add that")
    STATUS_FORBIDDEN = (
        "the page is refused by its server",
        "save the page as a file and add that",
    )
    STATUS_MISSING = ("the page does not exist", "check the address")
    STATUS_GONE = ("the page is gone for good", "check the address")
    STATUS_TOO_OFTEN = ("the page is asked for too often", "try again later")
    STATUS_WAIT = ("the page is asked for too often", "try again in {amount} {unit}")
    STATUS_BUSY = ("the page isn't available now (status {status})", "try again later")
    STATUS_BUSY_WAIT = (
        "the page isn't available now (status {status})",
        "try again in {amount} {unit}",
    )
    STATUS_LEGAL = ("the server says that the page may not be shown", "check the address")
    STATUS_OTHER = ("the page isn't available now (status {status})", "check the address")
    PACKED = ("the server packs its answer as {name}", "save it as a file")
    ANSWER_DAMAGED = ("the server's answer is damaged", "try again later")
    ANSWER_TOO_LARGE = ("the answer has more than {most} MB", "name a smaller one")

    FEED_TOO_LONG = ("the feed is too long", "follow one of its parts")
    NO_FEED = ("this isn't a feed", "name the address of an RSS or Atom feed")
    FEED_UNREADABLE = ("no entry of the feed can be read", "tell those who publish it")

    ID_WRONG = ("{id} can't be an id", "write words in lower case joined by hyphens")
    ID_TAKEN = ("another article has the id {id}", "choose another one")
    ID_OTHER = ("it is here already as {id}", "remove that first")
