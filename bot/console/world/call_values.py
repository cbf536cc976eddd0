"""The values of a call's parameters: JSON, form fields, files."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

JsonObject: TypeAlias = dict[str, Any]
JsonValue: TypeAlias = JsonObject | list[Any] | str | int | float | bool | None

# Parameters that are text even where it reads as a number; all others come as JSON.
PLAIN = frozenset({
    "callback_query_id",
    "description",
    "document",
    "inline_query_id",
    "language_code",
    "secret_token",
    "short_description",
    "text",
    "url",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that comes with a call."""

    filename: str
    content: bytes = field(repr=False)
    mime_type: str = "application/octet-stream"


def decoded(parameters: Mapping[str, object]) -> JsonObject:
    """The parameters as JSON values; what is None was not given."""
    return {name: _decoded(name, value) for name, value in parameters.items() if value is not None}


def _decoded(name: str, value: object) -> object:
    if not isinstance(value, str) or name in PLAIN:
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


@dataclass(frozen=True, slots=True)
class Parameters:
    """The decoded parameters of one call, read as leniently as Telegram reads them."""

    values: JsonObject

    def __contains__(self, name: str) -> bool:
        return name in self.values

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401  # any JSON value
        return self.values.get(name)

    def text(self, name: str) -> str:
        """The text of that name, empty if there is none."""
        value = self.values.get(name, "")
        return value if isinstance(value, str) else json.dumps(value)

    def number(self, name: str, default: int = 0) -> int:
        """The whole number of that name."""
        value = self.values.get(name, default)
        try:
            return int(value)
        except (TypeError, ValueError):
            return default

    def flag(self, name: str) -> bool:
        """Whether that name is given as true."""
        value = self.values.get(name, False)
        return value is True or str(value).strip().casefold() in {"true", "yes", "1"}

    def array(self, name: str) -> list[Any]:
        """The list of that name, empty if there is none."""
        value = self.values.get(name)
        return value if isinstance(value, list) else []

    def object(self, name: str) -> JsonObject:
        """The object of that name, empty if there is none."""
        value = self.values.get(name)
        return value if isinstance(value, dict) else {}
