"""What is kept only for a while, the oldest going first."""

from typing import TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")

MOST_RECENT = 10_000


class Recent(dict[Key, Value]):
    """A dict that forgets its oldest entries, so a long run does not fill the memory."""

    def __setitem__(self, key: Key, value: Value) -> None:
        super().__setitem__(key, value)
        while len(self) > MOST_RECENT:
            del self[next(iter(self))]
