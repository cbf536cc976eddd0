"""The file `.env` in the current folder: its values, and the lines that cannot be read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dotenv.parser import Binding

PREFIX = "FOOTNOTE_"
ENV_FILE = Path(".env")
NAME = re.compile(r"\w+", re.ASCII)
LINE_END = re.compile(r"\r\n|\n|\r")
QUOTED = re.compile(r"[^=]*=\s*[\"']")
SWALLOWED = re.compile(rf"\n[ \t]*(?:export[ \t]+)?{PREFIX}\w+[ \t]*=", re.IGNORECASE)
NOT_A_SETTING = "this is not NAME=value; write it so, or start the line with # if it is a comment"
OPEN_QUOTE = (
    "the quotation marks do not match; put one before the value and the same one behind it, and "
    "none within"
)


@dataclass(frozen=True, slots=True)
class EnvFile:
    """What the file says: values and line numbers by name, as they are written there.

    `mistakes` may concern settings of ours, by where they are; `warnings` do not. Each is a
    sentence.
    """

    values: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    mistakes: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


def read_env_file(path: Path = ENV_FILE) -> EnvFile:
    """What the file says; nothing where there is none."""
    try:
        if path.is_dir():
            return EnvFile(warnings=_of_folder(path))
        if not path.exists():
            return EnvFile()
        content = path.read_bytes()
    except OSError as error:
        problem = f"{path}: cannot be read ({error.strerror}); let this user read it, or remove it"
        return EnvFile(mistakes={str(path): problem})
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _not_text(path, content[: error.start])
    if "\0" in text:  # as in UTF-16, which decodes
        return _not_text(path, content[: content.index(b"\0")])
    return _parse(path, text)


def _parse(path: Path, text: str) -> EnvFile:
    from dotenv import dotenv_values
    from dotenv.parser import parse_stream

    lines: dict[str, int] = {}
    mistakes: dict[str, str] = {}
    warnings: list[str] = []
    good: list[str] = []
    for binding in parse_stream(StringIO(text, newline="")):
        line = _line_of(binding)
        if problem := _problem(binding):
            said = f"{path}:{line}: {problem}"
            if PREFIX in binding.original.string.upper():
                mistakes[f"{path}:{line}"] = said
            else:
                warnings.append(said)
        else:
            good.append(binding.original.string)
            lines |= {binding.key: line} if binding.key else {}
    # Without the bad lines, of which python-dotenv would write a warning of its own.
    found = dotenv_values(stream=StringIO("".join(good), newline=""))
    values = {name: value for name, value in found.items() if value is not None}
    return EnvFile(values, lines, mistakes, tuple(warnings))


def _line_of(binding: "Binding") -> int:
    """The number of the line, after the empty ones that the parser takes for a part of it."""
    written = binding.original.string
    blank = written[: len(written) - len(written.lstrip())]
    return int(binding.original.line) + len(LINE_END.findall(blank))


def _problem(binding: "Binding") -> str:
    """What is wrong with a line; empty where nothing is. Its value is not repeated."""
    written = binding.original.string.strip()
    if binding.error:
        return OPEN_QUOTE if QUOTED.match(written) else NOT_A_SETTING
    if SWALLOWED.search(written):  # by the value of another name
        return OPEN_QUOTE
    key = binding.key or ""
    if PREFIX not in key.upper():
        return ""
    if not NAME.fullmatch(key):
        return NOT_A_SETTING
    if binding.value is None:
        return f"{key} has no value; write {key}=value, or {key}= for none"
    return ""


def _of_folder(path: Path) -> tuple[str, ...]:
    """The warning about a folder of that name, as Docker makes it; virtual environments are so."""
    if (path / "pyvenv.cfg").exists():
        return ()
    remedy = "rename it, and write settings as lines of a file"
    return (f"{path}: this is a folder, so no setting is read from it; {remedy}",)


def _not_text(path: Path, before: bytes) -> EnvFile:
    """A file that is no text, as the bytes before the first wrong one tell its place."""
    lines = len(LINE_END.findall(before.decode("utf-8", errors="replace")))
    place = f"{path}:{lines + 1}"
    return EnvFile(mistakes={place: f"{place}: this is not UTF-8; save the file as UTF-8"})
