"""Lines that steer a site generator and say nothing: rules for the parser of Markdown.

A line of tags alone (`{% hint %}`), a fence of colons (`:::note`) or slashes (`/// note`), an
import of MDX, a component (`<Tabs>`), an inclusion (`--8<-- "file"`), a place for a table of
contents, an abbreviation, a label (`(bees)=`) or a comment (`% …`) of MyST, a property of Logseq's
own (`collapsed:: true`).
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.rules_block import StateBlock

from retrieval.sources.markdown.markers.fenced_boxes import colons, pair_of_colons, slashes
from retrieval.sources.markdown.markers.forum_tags import TAG as FORUM_TAG
from retrieval.sources.markdown.markers.line_marker import (
    INTERRUPTS,
    LEFT_OUT,
    MOST_LINES_OF_A_COMPONENT,
    NAMED_TITLE,
    Marker,
    closing_line,
    line_at,
    scope,
)
from retrieval.sources.markdown.markers.template_tags import is_only_tags, outside_braces, tag_end

MODULE = re.compile(
    r"""import\s+(?:[\w*{}\s,$]+\s+from\s+)?(["'])[^"'\n]+\1;?"""
    r"""|export\s+(?:const|let|var|default|function|async)\b.*"""
)
OPEN_MODULE = re.compile(r"import\s+(?:\w+\s*,\s*)?\{[\w\s,]*")
QUOTED = re.compile(r"""\"[^"]*"|'[^']*'""")
COMPONENT = re.compile(r"</?[A-Z][\w.]*(?=[\s/>]|$)")
MARKER = re.compile(
    r"""-+8<-+.*|;--8<--.*|\[toc\]|\[\[_?toc_?\]\]|\*\[[^\]]+\]:.*|\.\. toctree::.*|"""
    r"""\([\w:./ -]{1,100}\)=|:orphan:|% .*|\[!include[ ]?\[.*\]\(.*\)\]""",
    re.IGNORECASE,
)
BREAKS = re.compile(r"(?:<(?:br|img\b[^<>]{0,1000}|br ?/)>[ \t]*)+", re.IGNORECASE)
# A tag whose text is Markdown, of kramdown and MkDocs; some have a meaning of their own.
OF_MARKDOWN = re.compile(
    r"""<(?!details|summary|table|t[drh]\b|[uo]l\b|li\b|pre\b)[a-z]\w*(?=\s)[^<>]{0,500}"""
    r"""\smarkdown(?:=["']?\w+["']?)?(?:\s[^<>]{0,500})?>"""
)
AROUND_WORDS = re.compile(
    r"<(?:aside|div|section|article|main|center|p|blockquote)(?:\s[^<>]{0,500})?>", re.IGNORECASE
)
PROPERTY = re.compile(
    r"(?:id|collapsed|tags|alias|public|heading|template|filters|background-color|created-at|"
    r"updated-at|(?:card|logseq|exclude)[\w.-]{1,40}):: .*"
)
REFERENCE = re.compile(r"\[(?P<label>[^\[\]]{1,500})\]:[ \t]*(?P<address>\{[{%].*)")
WRAPPER = re.compile(
    r"\{(?:%-?|\{[<%])\s*"
    r"(comment|mermaid|math|chart|content-ref|openapi|swagger|highlight|code-toggle|code-block|codeblock|sourcecode|capture)\b"
)
CLOSED_TAG = re.compile(r"/\s*(?:[%>]\}|-?%)\}$")  # `{{< code-toggle config=build />}}`
OPENING_TAG = re.compile(r"(?:\{(?:%-?|\{[<%])\s*|<)(?P<ends>end|/)?\s*(?P<name>[A-Za-z]\w*)")
# What shows its text under a title, perhaps once it is opened or chosen.
TITLED = re.compile(
    r"tab|tabitem|details|expand\w*|accordion\w*|collaps\w*|card|step|admonition|callout|aside|notice|"
    r"hint|panel|frame|toggle|question",
    re.IGNORECASE,
)
CONTENTS = re.compile(r"\{:[ ]?(?:no_)?toc")  # belongs to the list above it
TAG_OPENINGS = ("{{", "{%")


# What begins in the line of that number, above the last one; None if it is none of these.
Rule: TypeAlias = Callable[[StateBlock, int, int], Marker | None]


def marker_lines(md: MarkdownIt) -> None:
    """Teach a parser these lines; those with a title become tokens `scope_start`/`scope_end`."""
    rules: dict[str, Sequence[Rule]] = {
        "{": (_wrapped, _template_line),
        ":": (colons, pair_of_colons, _marker),
        "/": (slashes,),
        "<": (_component, _tag_of_markdown),
        **dict.fromkeys("ie", (_module, _property)),
        **dict.fromkeys("abcfhlptu", (_property,)),
        **dict.fromkeys("-;*.(%", (_marker,)),
        "[": (_marker, _forum_tag),
    }
    md.block.ruler.before("fence", "marker", _first_of(rules), INTERRUPTS)
    md.block.ruler.before("html_block", "line_break", _first_of({"<": (_line_break,)}))
    md.block.ruler.before("reference", "template_reference", _first_of({"[": (_reference,)}))


def _first_of(
    rules: Mapping[str, Sequence[Rule]],
) -> Callable[[StateBlock, int, int, bool], bool]:
    """A rule for the parser: the first that applies of those for the line's first character.

    One for all of them, since the parser tries each of its rules at each line.
    """

    def parse(state: StateBlock, start: int, last: int, silent: bool) -> bool:  # noqa: FBT001
        position = state.bMarks[start] + state.tShift[start]
        if position >= state.eMarks[start]:
            return False
        found = rules.get(state.src[position])
        if found is None or state.is_code_block(start):
            return False
        marker = next((m for rule in found if (m := rule(state, start, last))), None)
        if marker is None or silent:
            return marker is not None
        if marker.kind:
            token = state.push(marker.kind, "code" if marker.kind == "fence" else "", 0)
            token.content, token.meta = marker.content, dict(marker.meta)
            token.map = [start, marker.behind]
        state.line = marker.behind
        return True

    return parse


def _template_line(state: StateBlock, start: int, last: int) -> Marker | None:
    """A line of tags; the lines up to the end of a tag, if it has several."""
    line = line_at(state, start)
    behind = start + 1
    if line.startswith(TAG_OPENINGS) and tag_end(line, 0) == 0:
        numbers = range(behind, min(last, start + MOST_LINES_OF_A_COMPONENT))
        closing = next((n for n in numbers if "}" in line_at(state, n)), start)
        behind = closing + 1
        line = "\n".join(line_at(state, n) for n in range(start, behind))
    if CONTENTS.match(line) or not is_only_tags(line):
        return None
    return _titled(line, behind)


def _wrapped(state: StateBlock, start: int, last: int) -> Marker | None:
    """A comment, or code, between two tags; up to the first line that holds the second one."""
    line = line_at(state, start)
    opening = WRAPPER.match(line)
    if opening is None or CLOSED_TAG.search(line) or not is_only_tags(line):
        return None
    name = opening[1]
    closing = re.compile(rf"\{{(?:%-?\s*end|\{{[<%]\s*/\s*){name}\b")
    number = closing_line(state, range(start + 1, last), closing)
    if number is None:
        return None
    if name in LEFT_OUT:
        return Marker(number + 1)
    content = state.getLines(start + 1, number, state.blkIndent, keepLastLF=True)
    return Marker(number + 1, "fence", content)


def _module(state: StateBlock, start: int, last: int) -> Marker | None:
    line = line_at(state, start)
    behind = start + 1
    if OPEN_MODULE.fullmatch(line):
        while behind < min(last, start + MOST_LINES_OF_A_COMPONENT) and "}" not in line:
            line += " " + line_at(state, behind)
            behind += 1
    if not MODULE.fullmatch(line):
        return None
    if line.startswith("export") and line.endswith(("{", "[", "(", "=>", "`")):
        while behind < last and not state.isEmpty(behind):
            behind += 1
    return Marker(behind)


def _component(state: StateBlock, start: int, last: int) -> Marker | None:
    """A tag of a component on lines of its own; `<Foo` up to the line that ends with `>`."""
    line = line_at(state, start)
    if not COMPONENT.match(line):
        return None
    behind = start + 1
    tag, depth = outside_braces(line, 0)
    while depth or not tag.endswith(">"):
        if behind >= min(last, start + MOST_LINES_OF_A_COMPONENT) or state.isEmpty(behind):
            return None
        part, depth = outside_braces(line_at(state, behind), depth)
        tag += " " + part
        behind += 1
    outside = QUOTED.sub("", tag)
    if outside.count(">") > 1 or outside.count("<") > 1:
        return None
    return _titled(tag, behind)


def _tag_of_markdown(state: StateBlock, start: int, last: int) -> Marker | None:
    """A tag alone above words, which are Markdown to most who write so, as Notion does."""
    line, behind = line_at(state, start), start + 1
    if OF_MARKDOWN.fullmatch(line):
        return Marker(behind)
    if behind >= last or not AROUND_WORDS.fullmatch(line):
        return None
    is_words = line_at(state, behind)[:1] not in ("", "<") and not state.is_code_block(behind)
    return Marker(behind) if is_words else None


def _marker(state: StateBlock, start: int, _: int) -> Marker | None:
    return Marker(start + 1) if MARKER.fullmatch(line_at(state, start)) else None


def _forum_tag(state: StateBlock, start: int, _: int) -> Marker | None:
    """A line of a forum's tag; `[details="Title"]` opens what has a title."""
    tag = FORUM_TAG.fullmatch(line_at(state, start))
    if tag is None:
        return None
    name, title = tag["name"].lower(), (tag["value"] or "").strip(" \"'")
    if name != "details":
        return Marker(start + 1)
    return scope(start + 1, name, opens=not tag["ends"], title=title)


def _line_break(state: StateBlock, start: int, _: int) -> Marker | None:
    """A break or a picture of HTML begins no block of it: Markdown follows to most generators."""
    return Marker(start + 1) if BREAKS.fullmatch(line_at(state, start)) else None


def _property(state: StateBlock, start: int, _: int) -> Marker | None:
    return Marker(start + 1) if PROPERTY.fullmatch(line_at(state, start)) else None


def _reference(state: StateBlock, start: int, _: int) -> Marker | None:
    """The address of a link that a template gives: `[docs]: {{ site.docs }}`."""
    match = REFERENCE.fullmatch(line_at(state, start))
    if match is None:
        return None
    known = state.env.setdefault("references", {})
    known.setdefault(normalizeReference(match["label"]), {"href": "", "title": "", "map": []})
    return Marker(start + 1)


def _titled(line: str, behind: int) -> Marker:
    """The line; where it opens or closes what has a title of its own, a token says so."""
    match = OPENING_TAG.match(line)
    if match is None or not TITLED.fullmatch(match["name"]) or line.endswith("/>"):
        return Marker(behind)
    title = NAMED_TITLE.search(line)
    shown = (title[1] or title[2] or "") if title else ""
    return scope(behind, match["name"].lower(), opens=match["ends"] is None, title=shown)
