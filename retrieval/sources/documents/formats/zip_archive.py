"""Opens a zip whose directory may lie about what is in it."""

import io
import zipfile
import zlib

from lxml import etree

from retrieval.sources.documents.document import UnreadableError
from retrieval.sources.documents.refusal_reasons import Reason

MOST_INFLATED_BYTES = 200_000_000  # all parts together
MOST_OF_A_PART = 60_000_000
MOST_PARTS = 20_000
CHUNK = 1 << 16
ENTITY = b"<!ENTITY"


class ZipArchive:
    """A zip that is read with a limit for all that it inflates to, counted while inflating.

    `kind` is what it is: WORD, DOCUMENT or BOOK, with which the reasons to refuse it begin.
    """

    def __init__(self, content: bytes, kind: str) -> None:
        self._kind = kind
        self._left = MOST_INFLATED_BYTES
        try:  # zipfile raises a RuntimeError for kinds of zip that it does not know
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, RuntimeError, OSError) as error:
            raise self._damaged() from error
        if len(self._zip.namelist()) > MOST_PARTS:
            raise self._too_large()
        if any(info.flag_bits & 1 for info in self._zip.infolist()):
            raise self._refused("PASSWORD")

    def names(self) -> list[str]:
        """The names of its parts."""
        return self._zip.namelist()

    def __contains__(self, name: str) -> bool:
        return name in self._zip.NameToInfo

    def read(self, name: str) -> bytes:
        """A part; raises UnreadableError, also where there is none."""
        parts = []
        size = 0
        try:
            with self._zip.open(name) as file:
                while chunk := file.read(CHUNK):
                    size += len(chunk)
                    self._left -= len(chunk)
                    if self._left < 0 or size > MOST_OF_A_PART:
                        raise self._too_large()
                    parts.append(chunk)
        except (KeyError, zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError) as error:
            raise self._damaged() from error
        except RuntimeError as error:  # packed in a way that zipfile does not know
            raise self._damaged() from error
        return b"".join(parts)

    def tree(self, name: str, *, is_html: bool = False) -> etree._Element:
        """The tree of a part in XML; raises UnreadableError.

        Entities of its own are refused: they may name files, or grow beyond all bounds.
        """
        content = self.read(name)
        if ENTITY in content:
            raise self._refused("ENTITIES")
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, recover=is_html, huge_tree=False
        )
        try:
            root = etree.fromstring(content, parser)
        except etree.XMLSyntaxError as error:
            if is_html:
                root = None
            else:
                raise self._damaged() from error
        if root is None:
            raise self._damaged()
        return root

    def _damaged(self) -> UnreadableError:
        return self._refused("DAMAGED")

    def _too_large(self) -> UnreadableError:
        return self._refused("TOO_LARGE", most=MOST_INFLATED_BYTES // 1_000_000)

    def _refused(self, problem: str, **values: str | int) -> UnreadableError:
        return UnreadableError(Reason[f"{self._kind}_{problem}"], **values)
