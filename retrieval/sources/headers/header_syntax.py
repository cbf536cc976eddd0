"""The fields of a header, as they stand in YAML, TOML or JSON at the top of a file.

MultiMarkdown, Pelican and Hexo write them as bare lines (`Title: Bees`), Pandoc as `% Bees`;
Eleventy names what stands between its rules (`---json`).

The libraries that read them are imported where they are needed: most articles need one or none.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

# A field's text, its list of texts or its fields, as deep as headers go.
Value: TypeAlias = "str | list[Value] | dict[str, Value]"

MOST_HEADER_LINES = 400
DEEPEST_VALUES = 4
YAML_FENCE, TOML_FENCE = "---", "+++"
YAML_FENCES = (YAML_FENCE, "---yaml")
TOML_ENDS = {TOML_FENCE: (TOML_FENCE,), "---toml": (YAML_FENCE,)}
JSON_ENDS = {"---json": YAML_FENCE, ";;;": ";;;"}
PANDOC = "% "
PANDOC_NAMES = ("title", "author", "date")
FEWEST_BARE = 2  # a single "Title: …" may be a sentence
YAML_ENDS = (YAML_FENCE, "...")
FIELD = re.compile(r"""["']?(?P<name>[A-Za-z_][\w .-]{0,60})["']?\s*[:=](?:\s+(?P<text>.*)|$)""")
TOML_LINE = re.compile(r"at line (\d+)")
REMEDY = "write it as lines such as 'title: The title'"
QUOTE_REMEDY = "put the value in quotation marks"


@dataclass(frozen=True, slots=True)
class HeaderProblem:
    """What is wrong with a header, in which line of the file, and what to do."""

    text: str
    remedy: str
    line: int


@dataclass(slots=True)
class RawHeader:
    """The fields of a header by their name in lower case, and the lines that they begin in.

    `lines` is how many lines of the file it takes up; 0 where there is none.
    """

    lines: int = 0
    fields: dict[str, Value] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    problems: list[HeaderProblem] = field(default_factory=list)


Reader: TypeAlias = Callable[[RawHeader, list[str], int], None]


def read_raw_header(lines: list[str]) -> RawHeader:
    """The header that opens these lines; an opening rule or brace that is none is text."""
    first = next((number for number, line in enumerate(lines[:20]) if line.strip()), None)
    if first is None:
        return RawHeader()
    opening = lines[first].rstrip()
    if opening in YAML_FENCES:
        return _fenced(lines, first, YAML_ENDS, _read_yaml)
    if opening in TOML_ENDS:
        return _fenced(lines, first, TOML_ENDS[opening], _read_toml)
    is_object = opening.startswith("{") and not opening.startswith(("{%", "{{", "{#"))
    if is_object or opening in JSON_ENDS:
        return _json(lines, first) if is_object else _fenced_json(lines, first)
    if opening.startswith(PANDOC):
        return _pandoc(lines, first)
    return _bare(lines, first)


def _pandoc(lines: list[str], first: int) -> RawHeader:
    """The lines that Pandoc reads as title, authors and date; an empty one is left out."""
    header = RawHeader(lines=first)
    for name, line in zip(PANDOC_NAMES, lines[first:], strict=False):
        if not line.startswith("%"):
            break
        text = line.removeprefix("%").strip()
        is_list = name == "author" and ";" in text
        header.fields[name] = [one.strip() for one in text.split(";")] if is_list else text
        header.lines += 1
        header.places[name] = header.lines
    return header


def _bare(lines: list[str], first: int) -> RawHeader:
    """Lines of fields up to an empty one or a rule, a title among them; else they are text.

    Those that a rule closes are YAML, as Hexo has them.
    """
    last = min(len(lines), first + MOST_HEADER_LINES)
    ends = (n for n in range(first + 1, last) if lines[n].strip() in ("", YAML_FENCE))
    behind = next(ends, len(lines))
    content = lines[first:behind]
    is_yaml = lines[behind : behind + 1] != [] and lines[behind].strip() == YAML_FENCE
    header = RawHeader(lines=behind + is_yaml)
    if is_yaml and FIELD.match(content[0]):
        _read_yaml(header, content, first + 1)
    elif all(":" in line and FIELD.match(line) for line in content):
        _read_plainly(header, content, first + 1)
    is_header = len(header.fields) >= FEWEST_BARE and "title" in header.fields
    return header if is_header else RawHeader()


def _fenced(lines: list[str], first: int, ends: tuple[str, ...], read: Reader) -> RawHeader:
    last = min(len(lines), first + 1 + MOST_HEADER_LINES)
    closing = next((n for n in range(first + 1, last) if lines[n].rstrip() in ends), None)
    if closing is None:
        return _unclosed(lines, first, ends[0])
    content = lines[first + 1 : closing]
    header = RawHeader(lines=closing + 1)
    read(header, content, first + 2)
    looks_like_text = not any(FIELD.match(line) for line in content)
    if not header.fields and looks_like_text and any(line.strip() for line in content):
        return RawHeader()  # two rules with text between them
    return header


def _unclosed(lines: list[str], first: int, fence: str) -> RawHeader:
    """Lines of fields without an end: they are read as far as they go."""
    behind = first + 1
    while behind < len(lines) and FIELD.match(lines[behind]):
        behind += 1
    if behind == first + 1:
        return RawHeader()
    header = RawHeader(lines=behind)
    problem = "the header that begins here does not end"
    header.problems.append(HeaderProblem(problem, f"close it with a line {fence!r}", first + 1))
    _read_plainly(header, lines[first + 1 : behind], first + 2)
    return header


def _read_plainly(header: RawHeader, lines: list[str], first_line: int) -> None:
    """What stands behind each name, where the lines are no valid header."""
    for number, line in enumerate(lines, start=first_line):
        if match := FIELD.match(line):
            name = match["name"].strip().casefold()
            header.fields[name] = (match["text"] or "").strip().strip("\"'")
            header.places[name] = number


def _read_yaml(header: RawHeader, lines: list[str], first_line: int) -> None:
    """Every scalar is text, also `no` and `2024`."""
    import yaml

    text = "\n".join(lines).expandtabs()  # which other readers of YAML take for spaces
    problem = None
    node = None
    try:
        node = yaml.compose(text, Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        said = f"the header is no valid YAML ({error.problem or 'it cannot be read'})"
        problem = HeaderProblem(said, QUOTE_REMEDY, first_line + (mark.line if mark else 0))
    except yaml.reader.ReaderError as error:
        line = first_line + text.count("\n", 0, error.position)
        problem = HeaderProblem(
            "the header holds a character that cannot be shown", "remove it", line
        )
    except (yaml.YAMLError, RecursionError, ValueError):
        problem = HeaderProblem("the header is no valid YAML", REMEDY, first_line)
    if problem is not None:
        header.problems.append(problem)
        _read_plainly(header, lines, first_line)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode):
                name = key.value.casefold()
                header.fields[name] = _yaml_value(value, DEEPEST_VALUES)
                header.places[name] = first_line + key.start_mark.line


def _yaml_value(node: object, depth: int) -> Value:
    import yaml

    if isinstance(node, yaml.ScalarNode):
        return str(node.value).strip()
    if isinstance(node, yaml.SequenceNode) and depth:
        return [_yaml_value(item, depth - 1) for item in node.value]
    if isinstance(node, yaml.MappingNode) and depth:
        return {
            key.value.casefold(): _yaml_value(value, depth - 1)
            for key, value in node.value
            if isinstance(key, yaml.ScalarNode)
        }
    return ""


def _read_toml(header: RawHeader, lines: list[str], first_line: int) -> None:
    import tomllib

    try:
        fields = tomllib.loads("\n".join(lines))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        match = TOML_LINE.search(str(error))
        line = first_line - 1 + (int(match[1]) if match else 1)
        header.problems.append(HeaderProblem("the header is no valid TOML", QUOTE_REMEDY, line))
        _read_plainly(header, lines, first_line)
        return
    _take(header, fields, lines, first_line)


def _fenced_json(lines: list[str], first: int) -> RawHeader:
    header = _json(lines, first + 1) if lines[first + 1 :] else RawHeader()
    closing = "".join(lines[header.lines : header.lines + 1]).rstrip()
    if header.lines and closing == JSON_ENDS[lines[first].rstrip()]:
        header.lines += 1
    return header


def _json(lines: list[str], first: int) -> RawHeader:
    import json

    text = "\n".join(lines[first:])
    try:
        fields, behind = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError) as error:
        if lines[first].strip() != "{" or not lines[first + 1 : first + 2][0:1]:
            return RawHeader()
        return _broken_json(lines, first, error)
    if not isinstance(fields, dict) or not fields:
        return RawHeader()
    taken = text.count("\n", 0, behind)
    header = RawHeader(lines=first + taken + 1)
    _take(header, fields, lines[first : first + taken + 1], first + 1)
    return header


def _broken_json(lines: list[str], first: int, error: Exception) -> RawHeader:
    """A header in JSON that cannot be read, up to its closing brace; else it is text."""
    last = min(len(lines), first + MOST_HEADER_LINES)
    closing = next((n for n in range(first + 1, last) if lines[n].rstrip() == "}"), None)
    if closing is None or not lines[first + 1].lstrip().startswith('"'):
        return RawHeader()
    header = RawHeader(lines=closing + 1)
    line = first + getattr(error, "lineno", 1)
    remedy = 'write each field as "name": "text", with commas between'
    header.problems.append(HeaderProblem("the header is no valid JSON", remedy, line))
    return header


def _take(header: RawHeader, fields: dict[str, object], lines: list[str], first_line: int) -> None:
    for key, value in fields.items():
        name = key.casefold()
        header.fields[name] = _plain_value(value, DEEPEST_VALUES)
        pattern = re.compile(rf"""\s*[{{,]?\s*["']?{re.escape(key)}["']?\s*[:=]""")
        places = (n for n, line in enumerate(lines, start=first_line) if pattern.match(line))
        header.places[name] = next(places, first_line)


def _plain_value(value: object, depth: int) -> Value:
    """A value of TOML or JSON as text, list or fields; dates as ISO writes them."""
    if isinstance(value, dict) and depth:
        return {str(k).casefold(): _plain_value(v, depth - 1) for k, v in value.items()}
    if isinstance(value, list) and depth:
        return [_plain_value(item, depth - 1) for item in value]
    return "" if value is None or isinstance(value, (dict, list)) else str(value).strip()
