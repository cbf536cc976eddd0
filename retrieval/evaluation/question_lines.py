"""Questions as JSON lines: what is asked, after what, and which quotes would be right."""

import json
from typing import Any, NamedTuple

from retrieval.errors import QuestionError


class Request(NamedTuple):
    """A question from a file; `gold` are texts that answer it, None where that is not known."""

    id: str | int | None
    question: str
    context: str | None = None
    gold: tuple[str, ...] | None = None


def read_request(line: bytes, number: int) -> Request:
    """The request on a line; raises QuestionError, which names the line and what to do."""
    fields = _fields(line, number)
    remedy = 'write {"id": "1", "question": "Why …?"}'
    identity = fields.get("id")
    if isinstance(identity, bool) or not isinstance(identity, str | int | None):
        raise QuestionError(f"line {number}: 'id' is neither text nor a whole number; {remedy}")
    if not isinstance(fields.get("question"), str):
        raise QuestionError(f"line {number}: 'question' is not text; {remedy}", identity)
    context = fields.get("context")
    if not isinstance(context, str | None):
        raise QuestionError(f"line {number}: 'context' is not text; {remedy}", identity)
    gold = fields.get("quotes")
    is_texts = isinstance(gold, list) and all(isinstance(text, str) for text in gold)
    if gold is not None and not is_texts:
        raise QuestionError(f"line {number}: 'quotes' is not a list of texts; {remedy}", identity)
    known = None if gold is None else tuple(gold)
    return Request(identity, fields["question"], context, known)


def _fields(line: bytes, number: int) -> dict[str, Any]:
    remedy = 'write one object a line, such as {"question": "Why …?"}'
    try:
        fields = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise QuestionError(f"line {number}: not UTF-8; save it as UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise QuestionError(f"line {number}: not valid JSON; {remedy}") from error
    if not isinstance(fields, dict):
        raise QuestionError(f"line {number}: not a JSON object; {remedy}")
    return fields
