"""Makes documents: PDFs with reportlab, zips of XML by hand."""

import io
import zipfile

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4
BODY, LEADING, LEFT = 10, 12, 70
WORDS_OF_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Target="word/document.xml" Type="http://schemas.openxmlformats.org/'
    'officeDocument/2006/relationships/officeDocument"/></Relationships>'
)


def zip_of(parts):
    """A zip of these parts, by name."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return file.getvalue()


def bomb():
    """A small .docx that unpacks to 70 MB; made only where it is needed, as that takes a while."""
    return zip_of({"word/document.xml": bytes(70_000_000)})


def word_file(body, **parts):
    """A .docx with that XML in its body, in which `w:` is Word's namespace."""
    document = f'<w:document xmlns:w="{WORDS_OF_WORD}"><w:body>{body}</w:body></w:document>'
    return zip_of(
        {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": RELATIONS,
            "word/document.xml": document,
            **parts,
        }
    )


def word_paragraph(text, style=""):
    """A paragraph for a .docx in the style of that id."""
    of_style = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{of_style}<w:r><w:t>{text}</w:t></w:r></w:p>"


def book(chapters, metadata="", spine=None, manifest="", **parts):
    """An EPUB of chapters, XHTML bodies by file name, in that order."""
    items = "".join(
        f'<item id="{name}" href="{name}" media-type="application/xhtml+xml"/>'
        for name in chapters
    )
    order = "".join(f'<itemref idref="{name}"/>' for name in chapters) if spine is None else spine
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"{metadata}</metadata><manifest>{items}{manifest}</manifest><spine>{order}</spine>"
        "</package>"
    )
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="OEBPS/book.opf" media-type="x"/></rootfiles></container>'
    )
    pages = {
        f"OEBPS/{name}": '<html xmlns="http://www.w3.org/1999/xhtml" '
        f'xmlns:epub="http://www.idpf.org/2007/ops"><body>{body}</body></html>'
        for name, body in chapters.items()
    }
    return zip_of(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": container,
            "OEBPS/book.opf": package,
            **pages,
            **parts,
        }
    )


def open_document(body, styles="", **parts):
    """An .odt with that XML for its text."""
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "table", "style")
    )
    content = (
        f"<office:document-content{names}>{styles}<office:body><office:text>{body}"
        "</office:text></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.text"
    return zip_of({"mimetype": kind, "content.xml": content, **parts})


class PdfWriter:
    """Writes lines on pages, where they are told to stand."""

    def __init__(self, title=""):
        self._file = io.BytesIO()
        self.canvas = Canvas(self._file, pagesize=A4, invariant=True)
        if title:
            self.canvas.setTitle(title)
        self._top = HEIGHT - 100

    def line(  # noqa: PLR0913  # how a line is set
        self, text, *, left=LEFT, top=None, size=BODY, font="Helvetica", down=LEADING
    ):
        """A line; without `top` right below the one before it."""
        self.canvas.setFont(font, size)
        self.canvas.drawString(left, self._top if top is None else HEIGHT - top, text)
        if top is None:
            self._top -= down

    def lines(self, *texts, left=LEFT):
        """Lines of a paragraph, and the space behind it."""
        for text in texts:
            self.line(text, left=left)
        self.space()

    def space(self, points=10):
        """Space above the next line."""
        self._top -= points

    def go_to(self, top):
        """Let the next line stand so far below the upper edge."""
        self._top = HEIGHT - top

    def page(self):
        """End the page."""
        self.canvas.showPage()
        self._top = HEIGHT - 100

    def content(self):
        """The whole PDF."""
        self.canvas.save()
        return self._file.getvalue()
