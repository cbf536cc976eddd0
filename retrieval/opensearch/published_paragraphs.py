"""The paragraphs of a published version, fetched by number and remembered for a while."""

import re
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from threading import Lock
from typing import Any

from pydantic import ValidationError

from retrieval.errors import SearchOutageError
from retrieval.opensearch.search_request import (
    FoundDocument,
    SearchReply,
    SearchRequest,
    count_of,
    search_of,
)
from retrieval.opensearch.search_server import Json, SearchServer, reason_of

MOST_REMEMBERED_PARAGRAPHS = 2000  # some six megabytes
PARAGRAPHS_AT_ONCE = 200
NUMBER = re.compile(r"\d{1,18}", re.ASCII)


class PublishedParagraphs:
    """Searches one index and reads from it; from any thread. Raises SearchOutageError.

    What was found is remembered, so that a question takes one request, and few more.
    """

    def __init__(self, server: SearchServer, index: str) -> None:
        self._server = server
        self._index = index
        self._lock = Lock()
        self._known: OrderedDict[int, Json] = OrderedDict()
        self._coming: Sequence[int] = ()

    def expect(self, numbers: Sequence[int]) -> None:
        """Those will be asked for one after the other, if any of them is: they come at once."""
        self._coming = numbers

    def fields(self, numbers: Sequence[int], nearby: Iterable[int] = ()) -> list[Json]:
        """The fields of paragraphs; those nearby are fetched along with what is missing."""
        found = {number: self._remembered(number) for number in numbers}
        missing = [number for number, fields in found.items() if fields is None]
        if missing:
            along = self._coming if missing[0] in self._coming else nearby
            with self._lock:
                missing += [n for n in along if n not in self._known and n not in found]
            for start in range(0, len(missing), PARAGRAPHS_AT_ONCE):
                found |= self._fetch(missing[start : start + PARAGRAPHS_AT_ONCE])
        there = [fields for number in numbers if (fields := found[number]) is not None]
        if len(there) < len(numbers):
            raise self.outage(f"paragraphs of {self._index} are missing")
        return there

    def search(
        self, request: SearchRequest, limit: int, counted: Iterable[str]
    ) -> tuple[list[int], dict[str, int]]:
        """The numbers of the paragraphs that come first, and how many hold each of the pairs."""
        pairs = list(counted)
        replies = self._searched([search_of(request, limit), *map(count_of, pairs)])
        numbers = [self._note(hit)[0] for hit in replies[0].hits.hits[:limit]]
        counts = {p: self._total(r) for p, r in zip(pairs, replies[1:], strict=True)}
        return list(dict.fromkeys(numbers)), counts

    def count(self, pair: str) -> int:
        """How many paragraphs hold a pair."""
        return self._total(self._searched([count_of(pair)])[0])

    def outage(self, problem: str) -> SearchOutageError:
        """What is wrong with the index, as an error."""
        return SearchOutageError(
            f"{self._server.name}: {problem}; see whether OpenSearch is well there, or run "
            "`footnote articles publish`"
        )

    def _searched(self, searches: Sequence[Json]) -> list[SearchReply]:
        header = {"index": self._index, "allow_partial_search_results": False}
        lines = [line for search in searches for line in (header, search)]
        found = self._server.ask("POST", "/_msearch", lines=lines).get("responses")
        if not isinstance(found, list) or len(found) != len(searches):
            raise self.outage("a search was not answered")
        return [self._whole(reply) for reply in found]

    def _whole(self, reply: Any) -> SearchReply:  # noqa: ANN401  # from outside
        """A reply that leaves nothing out; whatever is found otherwise is no answer."""
        if isinstance(reply, dict) and "error" in reply:
            raise self.outage(f"{self._index} cannot be searched ({reason_of(reply)})")
        try:
            found = SearchReply.model_validate(reply)
        except ValidationError:
            raise self.outage("a search was answered with what is none") from None
        if not found.is_whole:
            problem = "took too long" if found.timed_out else "reached only a part of it"
            raise self.outage(f"a search of {self._index} {problem}")
        return found

    def _total(self, reply: SearchReply) -> int:
        total = reply.hits.total
        if total is None or total.relation != "eq":
            raise self.outage("paragraphs were not counted")
        return total.value

    def _fetch(self, numbers: Sequence[int]) -> dict[int, Json]:
        body = {"ids": [str(number) for number in numbers]}
        found = self._server.ask("POST", f"/{self._index}/_mget", body).get("docs")
        try:
            there = [one for one in found or () if one.get("found") is True]
            documents = [FoundDocument.model_validate(one) for one in there]
        except (ValidationError, AttributeError, TypeError):
            raise self.outage("paragraphs were asked for, and something else came") from None
        return dict(map(self._note, documents))

    def _note(self, document: FoundDocument) -> tuple[int, Json]:
        """Remember what was found: the number of a paragraph, and its fields."""
        fields = document.source.get("row")
        if not isinstance(fields, dict) or not NUMBER.fullmatch(document.id):
            raise self.outage("something was found that is no paragraph")
        number = int(document.id)
        with self._lock:
            self._known[number] = fields
            self._known.move_to_end(number)
            if len(self._known) > MOST_REMEMBERED_PARAGRAPHS:
                self._known.popitem(last=False)
        return number, fields

    def _remembered(self, number: int) -> Json | None:
        with self._lock:
            found = self._known.get(number)
            if found is not None:
                self._known.move_to_end(number)
            return found
