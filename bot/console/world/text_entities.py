"""Entities of a text: their offsets and lengths in UTF-16 units, checked as Telegram does."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from bot.console.world.call_values import JsonObject
from bot.console.world.link_checks import checked_link
from bot.console.world.refusals import bad_request

LONGEST_TEXT = 4096
MOST_ENTITIES = 100
MOST_BYTES = 1 << 15
FARTHEST = 1_000_000
BLANK = " \n"

STYLES = frozenset({"bold", "italic", "underline", "strikethrough", "spoiler"})
QUOTES = frozenset({"blockquote", "expandable_blockquote"})
CODES = frozenset({"code", "pre"})
LINK_TO = "text_link"
# What Telegram finds by itself; as a parameter it is passed over.
FOUND = frozenset({
    "mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number",
    "bank_card_number",
})  # fmt: skip

LINK = r"(?:https?|tg)://[^\s<>\"]*[^\s<>\".,:;!?'\]})]"
DOMAIN = (
    r"(?<![\w@./-])(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:com|org|net|io|me|dev|ai|de|ru|cn|fr|uk|eu)"
    r"(?![\w-]|\.\w)(?:/(?:[^\s<>\"]*[^\s<>\".,:;!?'\]})])?)?"
)
PATTERNS = (
    ("url", re.compile(f"{LINK}|{DOMAIN}", re.IGNORECASE)),
    ("mention", re.compile(r"(?<!\w)@[A-Za-z0-9_]{3,32}(?!\w)")),
    (
        "bot_command",
        re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])"),
    ),
)

# Telegram drops these, and writes a space for any other control character but the line end.
DROPPED = re.compile("[\r\u2028-\u202e\u0333\u033f\u030a]")
CONTROL = re.compile(r"[\x00-\x09\x0b\x0c\x0e-\x1f]")


@dataclass(frozen=True, slots=True)
class ParsedEntity:
    """A marked part of a text, from and to in code points."""

    kind: str
    start: int
    end: int
    argument: JsonObject


@dataclass(frozen=True, slots=True)
class FormattedText:
    """A text as Telegram keeps it: cleaned, trimmed, its entities found and in order."""

    text: str
    entities: tuple[JsonObject, ...] = ()

    def fields(self, text: str = "text", entities: str = "entities") -> JsonObject:
        """The text as the fields of a message."""
        fields: JsonObject = {text: self.text} if self.text else {}
        if self.entities:
            fields[entities] = list(self.entities)
        return fields


def units(text: str) -> int:
    """The length of the text in UTF-16 units."""
    return len(text) + sum(char > "\uffff" for char in text)


def formatted(text: str, entities: object = None) -> FormattedText:
    """The text with its entities; raises the refusal of a text or entity that cannot be."""
    try:
        size = len(text.encode())
    except UnicodeEncodeError:
        raise bad_request("strings must be encoded in UTF-8") from None
    if size > MOST_BYTES:
        raise bad_request("text is too long")
    marked = _placed(text, _read(entities))
    _check_nesting(marked)
    text, marked = _cleaned(text, marked)
    text, marked = _trimmed(text, marked)
    if not text:
        raise bad_request("text must be non-empty")
    return FormattedText(text, _fields(text, [*marked, *_found(text, marked)]))


def check_length(text: str, longest: int, problem: str) -> None:
    """Refuse what is longer than that.

    Telegram counts code points here, not UTF-16 units: 4,096 emoji pass, 4,097 do not.
    """
    if len(text) > longest:
        raise bad_request(problem)


def _read(entities: object) -> list[JsonObject]:
    """The entities that are not left to Telegram to find."""
    read = []
    for entity in entities if isinstance(entities, list | tuple) else ():
        if entity["type"] not in STYLES | QUOTES | CODES | FOUND | {LINK_TO}:
            raise bad_request("can't parse MessageEntity: Unsupported type specified")
        if entity["type"] not in FOUND:
            read.append(entity)
    # Telegram keeps the first hundred and drops the others without a word: here it is said.
    if len(read) > MOST_ENTITIES:
        raise bad_request(f"{len(read)} entities, where {MOST_ENTITIES} are kept")
    return read


def _placed(text: str, entities: list[JsonObject]) -> list[ParsedEntity]:
    if not entities:
        return []
    offsets = list(accumulate((1 + (char > "\uffff") for char in text), initial=0))
    index = {offset: position for position, offset in enumerate(offsets)}
    return [_place(text, entity, index, offsets[-1]) for entity in entities]


def _place(text: str, entity: JsonObject, index: dict[int, int], size: int) -> ParsedEntity:
    offset, length = entity["offset"], entity["length"]
    if not 0 <= offset <= FARTHEST:
        raise bad_request(f"receive an entity with incorrect offset {offset}")
    # Telegram drops an entity of no length without a word: here it is said.
    if not 0 < length <= FARTHEST:
        raise bad_request(f"receive an entity with incorrect length {length}")
    end = offset + length
    if offset >= size:
        raise bad_request(f"entity begins after the end of the text at UTF-16 offset {offset}")
    if offset not in index:
        place = len(text[: index[offset + 1]].encode())
        raise bad_request(f"entity begins in a middle of a UTF-16 symbol at byte offset {place}")
    if end > size:
        problem = f"entity beginning at UTF-16 offset {offset} ends after the end of the text"
        raise bad_request(f"{problem} at UTF-16 offset {end}")
    if end not in index:
        place = len(text[: index[end + 1]].encode())
        problem = f"entity beginning at UTF-16 offset {offset} ends in a middle of"
        raise bad_request(f"{problem} a UTF-16 symbol at byte offset {place}")
    return ParsedEntity(entity["type"], index[offset], index[end], _argument(entity))


def _argument(entity: JsonObject) -> JsonObject:
    return {"url": checked_link(entity["url"])} if entity["type"] == LINK_TO else {}


def _check_nesting(entities: list[ParsedEntity]) -> None:
    """Refuse entities that do not nest.

    Telegram splits them, merges them or drops some without a word. Here it is said.
    """
    opened: list[ParsedEntity] = []
    for entity in sorted(entities, key=lambda e: (e.start, -e.end, e.kind not in QUOTES)):
        while opened and opened[-1].end <= entity.start:
            opened.pop()
        for outer in opened:
            if not _may_hold(outer, entity):
                raise bad_request(
                    f"entities overlap: {outer.kind} from {outer.start} to {outer.end} "
                    f"and {entity.kind} from {entity.start} to {entity.end}"
                )
        opened.append(entity)


def _may_hold(outer: ParsedEntity, inner: ParsedEntity) -> bool:
    """Whether one entity may stand within the other, as the Bot API's documentation has it."""
    kinds = {outer.kind, inner.kind}
    if inner.end > outer.end or len(kinds) == 1:
        return False
    if kinds & QUOTES:
        return not kinds <= QUOTES and outer.kind in QUOTES | STYLES
    return not kinds & CODES and bool(kinds & STYLES)


def _cleaned(text: str, entities: list[ParsedEntity]) -> tuple[str, list[ParsedEntity]]:
    text = CONTROL.sub(" ", text)
    if not DROPPED.search(text):
        return text, entities
    kept = list(accumulate((DROPPED.match(char) is None for char in text), initial=0))
    moved = [ParsedEntity(e.kind, kept[e.start], kept[e.end], e.argument) for e in entities]
    return DROPPED.sub("", text), [entity for entity in moved if entity.start < entity.end]


def _trimmed(text: str, entities: list[ParsedEntity]) -> tuple[str, list[ParsedEntity]]:
    """The text without blanks around it; entities give up blanks that they begin with."""
    end = len(text.rstrip(BLANK))
    start = len(text) - len(text.lstrip(BLANK))
    kept = []
    for entity in entities:
        part = text[entity.start : min(entity.end, end)]
        first = entity.start + len(part) - len(part.lstrip(BLANK))
        if first < min(entity.end, end):
            last = min(entity.end, end) - start
            kept.append(ParsedEntity(entity.kind, first - start, last, entity.argument))
    return text[start:end], kept


def _found(text: str, entities: Iterable[ParsedEntity]) -> Iterator[ParsedEntity]:
    """What Telegram finds in the text: links, mentions, commands; never within other links."""
    taken = [e for e in entities if e.kind in CODES | {LINK_TO}]
    for kind, pattern in PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.span()
            if all(end <= other.start or start >= other.end for other in taken):
                taken.append(ParsedEntity(kind, start, end, {}))
                yield taken[-1]


def _fields(text: str, entities: list[ParsedEntity]) -> tuple[JsonObject, ...]:
    if not entities:
        return ()
    offsets = list(accumulate((1 + (char > "\uffff") for char in text), initial=0))
    ordered = sorted(entities, key=lambda e: (e.start, -e.end, e.kind))
    return tuple(
        {
            "type": entity.kind,
            "offset": offsets[entity.start],
            "length": offsets[entity.end] - offsets[entity.start],
            **entity.argument,
        }
        for entity in ordered
    )
