"""A JSON object, as the Bot API takes and gives it."""

from typing import TypeAlias

JsonObject: TypeAlias = dict[str, object]
