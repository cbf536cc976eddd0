"""Tags of site generators and attribute lists, which are no words of a text.

Jekyll, GitBook and Liquid write `{% … %}` and `{{ … }}`, Hugo `{{< … >}}` and `{{% … %}}`, MDX
`{/* … */}`, MkDocs `{! … !}` for a file, kramdown and Pandoc `{: .class}`, `{#id}` and `{-}`,
kramdown also `{::comment}…{:/comment}`, CriticMarkup `{>>note<<}`, `{--struck--}` and, around
what stays, `{++added++}`, `{==marked==}` and `{~~old~>new~~}`.
"""

import re
from bisect import bisect_left
from collections import defaultdict

LONGEST_TAG = 2000
CLOSERS = (
    ("{{<", ">}}"),
    ("{{%", "%}}"),
    ("{{{", "}}}"),
    ("{{", "}}"),
    ("{% comment %}", "{% endcomment %}"),
    ("{%", "%}"),
    ("{/*", "*/}"),
    ("{::comment}", "{:/comment}"),
    ("{::comment}", "{:/}"),
    ("{::", "}"),
    ("{:/", "}"),
    ("{>>", "<<}"),
    ("{--", "--}"),
    ("{!", "!}"),
    ("{* ", "*}"),
    ("{# ", "#}"),
)
STAYING = re.compile(
    r"\{(?:(\+\+|==)(?P<words>[^{}]{1,1000}?)\1|~~[^{}]{1,300}?~>(?P<new>[^{}]{0,300}?)~~)\}"
)
_PAIR = r"""[\w:-]+=(?:"[^"\n{}]{0,300}"|'[^'\n{}]{0,300}'|[^\s{}"']{1,300})"""
_NAME = r"(?:#[^\s{}]{1,300}|\.[\w:.-]+)"
_MORE = rf"(?:[ \t]+(?:{_NAME}|{_PAIR}|[\w-]+)){{0,30}}[ \t]*\}}"
_FLAG = r"data-[\w-]+"
NAMED = re.compile(rf"\{{:?[ \t]*{_NAME}{_MORE}|\{{:[ \t]*(?:{_PAIR}|toc|no_toc){_MORE}|\{{-\}}$")
PAIRED = re.compile(rf"\{{[ \t]*(?:{_PAIR}|{_FLAG}){_MORE}")
LINE_END = re.compile(r"[ \t]*(?:\n|$)")
BRACES = re.compile(r"[{}]")
# Words with attributes, as Pandoc has them: `[words]{.class}`; no picture, no `[words][page]`.
ATTRIBUTED = re.compile(r"(?<![!\]])\[([^\[\]^]{1,300})\]$")
ATTRIBUTES = ("{.", "{#", "{:")
FRAMES = (("**", "**"), ("__", "__"), ("~~", "~~"), ("*", "*"), ("_", "_"), ("(", ")"))
# What Hugo puts in place of a tag nobody knows here; one in `/*` and `*/` is shown as a tag.
OF_HUGO = re.compile(r"\{\{([<%])(/\*)?([^{}]{0,300}?)(?(2)\*/)([%>])\}\}")
RAW = re.compile(r"\{%-?[ ]?(?:end)?raw[ ]?-?%\}\n?")
BACKTICKS = re.compile(r"`+")


def tag_end(text: str, start: int) -> int:
    """Where the tag or attribute list that begins at `start` ends; `start` if there is none."""
    if match := NAMED.match(text, start):
        return match.end()
    if match := PAIRED.match(text, start):
        is_attached = start > 0 and not (text[start - 1].isspace() or text[start - 1] in "_^")
        if is_attached or (start > 0 and LINE_END.match(text, match.end())):
            return match.end()
    for opener, closer in CLOSERS:
        if text.startswith(opener, start):
            found = text.find(closer, start + len(opener), start + LONGEST_TAG)
            if found >= 0:
                return found + len(closer)
    return start


def without_tags(text: str, *, is_mdx: bool = False) -> str:
    """The text of a paragraph without its tags; code in backticks and line breaks stay.

    `is_mdx` says that whatever stands in braces is an expression.
    """
    position = text.find("{")
    if position < 0:
        return text
    code = _code_spans(text)
    expressions = _expressions(text) if is_mdx else {}
    kept: list[str] = []
    done = 0
    while position >= 0:
        inside = next((span for span in _at(code, position) if span[1] > position), None)
        staying = None if inside or is_mdx else STAYING.match(text, position)
        if staying:
            kept += (text[done:position], staying["words"] or staying["new"] or "")
            done = staying.end()
            position = text.find("{", done)
            continue
        behind = inside[1] if inside else expressions.get(position, tag_end(text, position))
        if inside is None and behind > position:
            before, behind = _without_frame(text[done:position], text, behind)
            if text.startswith(ATTRIBUTES, position):
                before = ATTRIBUTED.sub(r"\1", before)
            if before.endswith(" ") and text[behind : behind + 1] in " ,.;:!?)\n":
                before = before[:-1]
            kept += (before, "\n" * text.count("\n", position, behind))
            done = behind
        position = text.find("{", max(behind, position + 1))
    return "".join(kept) + text[done:]


def _without_frame(before: str, text: str, behind: int) -> tuple[str, int]:
    """Without marks around a tag alone: `**{{ x }}**` would leave four stars.

    The brackets around the address of a link stay.
    """
    if before.endswith("]("):
        return before, behind
    for opening, closing in FRAMES:
        if before.endswith(opening) and text.startswith(closing, behind):
            return before[: -len(opening)], behind + len(closing)
    return before, behind


def without_raw(code: str) -> str:
    """Code as a generator shows it, without the tags that keep one from reading it."""
    if "{{<" in code or "{{%" in code:
        code = OF_HUGO.sub(lambda t: f"{{{{{t[1]}{t[3]}{t[4]}}}}}" if t[2] else "…", code)
    return RAW.sub("", code) if "{%" in code else code


def is_only_tags(line: str) -> bool:
    """Whether a line holds tags of a template and nothing else."""
    rest = line.strip()
    return rest.startswith("{") and not without_tags(rest).strip()


def _expressions(text: str) -> dict[int, int]:
    """Where each brace that opens stands, and the place behind the one that closes it."""
    opened: list[int] = []
    found: dict[int, int] = {}
    for brace in BRACES.finditer(text):
        if brace.group() == "{":
            opened.append(brace.start())
        elif opened:
            found[opened.pop()] = brace.end()
    return found


def outside_braces(line: str, depth: int) -> tuple[str, int]:
    """What of a line stands outside of braces, and how many are open behind it.

    `depth` is how many are open before it.
    """
    kept: list[str] = []
    done = 0
    for brace in BRACES.finditer(line):
        if depth == 0:
            kept.append(line[done : brace.start()])
        depth = depth + 1 if brace.group() == "{" else max(0, depth - 1)
        done = brace.end()
    return "".join(kept) + (line[done:] if depth == 0 else ""), depth


def _at(spans: list[tuple[int, int]], position: int) -> list[tuple[int, int]]:
    """The last span that begins before a position, if there is one."""
    number = bisect_left(spans, (position, 0))
    return spans[number - 1 : number] if number else []


def _code_spans(text: str) -> list[tuple[int, int]]:
    """Where code in backticks begins and ends: a run closes with the next one of its length."""
    runs = [match.span() for match in BACKTICKS.finditer(text)]
    by_length: dict[int, list[int]] = defaultdict(list)
    for start, behind in runs:
        by_length[behind - start].append(start)
    spans: list[tuple[int, int]] = []
    free = 0
    for start, behind in runs:
        if start < free:
            continue
        alike = by_length[behind - start]
        number = bisect_left(alike, behind)
        if number < len(alike):
            free = alike[number] + behind - start
            spans.append((start, free))
    return spans
