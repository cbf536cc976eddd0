"""Markdown in all its dialects reads as its readers see it."""

import pytest
from article_files import english, texts
from hypothesis import given
from hypothesis import strategies as st

from retrieval.sources.article_file import read_article
from retrieval.sources.markdown.markdown_blocks import markdown_blocks


@pytest.fixture
def read(write):
    """Reads a text as an article; its ending may be another than .md."""

    def read_text(text, name="a.md"):
        article = read_article(write(name, text), english).article
        assert article is not None
        return article

    return read_text


def headings(article):
    return [(*p.ancestors, p.heading) for p in article.paragraphs]


def kinds(article):
    return [paragraph.kind.value for paragraph in article.paragraphs]


def test_markup_becomes_plain_words(read):
    """Markup, images and raw HTML are gone, link texts stay, entities are read."""
    article = read(
        "# The *Title*\n\nBees [fly](https://x.org) **far** &amp; ![pic](p.png)well.\n\n"
        "<div>In a <b>box</b></div>\n<!-- no -->\n\n"
        "## Part `one`\n\nThe kinds are:\n\n- one\n- two *three*\n\n"
        "| a | b |\n|---|---|\n| 1 | 2 |\n\n> Quoted.\n"
    )
    assert article.title == "The Title"
    assert texts(article) == [
        "Bees fly far & well.",
        "In a box",
        "The kinds are:\n• one\n• two three",
        "a | b\n1 | 2",
        "Quoted.",
    ]
    assert kinds(article) == ["text", "text", "list", "table", "text"]
    assert headings(article) == [("",), ("",), *[("Part one",)] * 3]


@pytest.mark.parametrize("shown", ["![A barge](barge.jpg)", '<img src="barge.jpg" alt="A barge">'])
def test_a_picture_that_leads_to_itself_says_nothing(read, shown):
    """A link to a page without words still reads as the page."""
    article = read(f"# Boats\n\n[{shown}](./barge.jpg)\n\nBarges are wide.\n\n[](./locks.md)\n")
    assert texts(article) == ["Barges are wide.", "locks"]


def test_headings_are_headings_however_many_stand_in_a_row(read):
    """Each keeps those above it, by level, and the last one may have no text."""
    article = read(
        "# Law\n\n## Part 2\n\n### Chapter 1\n\n#### § 8\n\nBees may fly.\n\n"
        "### Chapter 2\n\nWasps may not.\n\nPart 3\n------\n\nAll else is free.\n\n## Annex\n"
    )
    assert article.title == "Law"
    assert headings(article) == [
        ("Part 2", "Chapter 1", "§ 8"),
        ("Part 2", "Chapter 2"),
        ("Part 3",),
    ]


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("## Late *fees* ##", "Late fees"),
        ("## Late fees {#fees .x}", "Late fees"),
        ('## Late fees { id="late" data-x }', "Late fees"),
        ("## [Late](x.md) fees<a name='x'></a>", "Late fees"),
        ("## :bee: Late fees", "🐝 Late fees"),
        ("<h2 align='center'>Late<br>fees</h2>", "Late fees"),
        ("**Late fees?**", "Late fees?"),
        ("⚠️ **Late fees**", "⚠️ Late fees"),
    ],
)
def test_a_heading_reads_as_its_words(read, line, heading):
    """Without markup, identifiers and closing signs."""
    assert headings(read(f"# Title\n\n{line}\n\nThey are high.")) == [(heading,)]


def test_what_is_quoted_or_listed_heads_nothing(read):
    """A heading that a quotation is, or that stands in it or in an entry, is a line of it."""
    article = read("# Title\n\n> ## Quoted\n\nWords.\n\n> So.\n>\n> # Then\n\n- # Listed")
    assert headings(article) == [("",)] * 4
    assert texts(article) == ["Quoted", "Words.", "So.", "Then\n• Listed"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("---\ntitle: A\n---\n# B\n\nText.", "A"),
        ("## Locks\n\nOne.\n\n# The canal\n\nTwo.", "The canal"),
        ("Before.\n\n# The canal\n\nTwo.", "The canal"),
        ("# One\n\nText.\n\n# Two\n\nText.", "One"),
        ("## One\n\nText.", "One"),
        ("Text alone.", "Late fees"),
        (f"---\ntitle: {'bee ' * 200}\n---\n# The canal\n\nText.", "The canal"),
    ],
)
def test_the_title(read, text, title):
    """Header, the only heading of level one, the heading that opens the text, the file's name."""
    assert read(text, "late_fees.md").title == title


def test_a_file_that_stands_for_its_folder_has_its_name(read):
    """Where nothing else gives a title."""
    assert read("Text alone.", "late-fees/README.md").title == "Late fees"


def test_the_title_heads_nothing(read):
    """Nor does a heading that says the header's title and more."""
    article = read("---\ntitle: Bees Act\n---\n# Bees Act (2014)\n\n## Part\n\nText.")
    assert headings(article) == [("Part",)]


DIALECTS = {
    "struck text": (
        "Bring ~~fire, a~~ stove and ~no~ tents<del> no</del>.",
        "Bring stove and tents.",
    ),
    "break": ("At ten.<br>Late guests ring.", "At ten. Late guests ring."),
    "hard break": ("The gate shuts  \nat ten.", "The gate shuts at ten."),
    "verse": ("Bees fly  \nOver the hill", "Bees fly\nOver the hill"),
    "script without spaces": ("門は六時に\n開く。\n犬 cat\ndog", "門は六時に開く。犬 cat dog"),
    "emoji": ("Done :white_check_mark: at 10:30:45, :nobody: and a::b:c", None),
    "icon": (":material-check:{ .big } Done :party-horn:.", "Done."),
    "raw": ("Write `{% raw %}{{ x }}{% endraw %}`.", "Write {{ x }}."),
    "mark": ("A ==marked **bold** word== if a == b.", "A marked bold word if a == b."),
    "wiki links": (
        "[[Page|Words]] of [[Other page]], ![[x.png]]see.",
        "Words of Other page, see.",
    ),
    "sized images": (
        "The shop ![plan](plan.png =400x300)![](a.webp =50%x) is here, 2 ![a](b =c).",
        "The shop is here, 2 ![a](b =c).",
    ),
    "quoted title": (
        'The shop ![the "Ark"](a.png "the "Ark" of wood") is here.',
        "The shop is here.",
    ),
    "wiki parts": ("See [[#Tools]] and [[Page#Tools]] ![[icon.svg#icon]].", None),
    "name of a paragraph": ("Bees fly. ^bees-1", "Bees fly."),
    "bold lost link": (
        "See **[the *docs*][a.b]** and **a** [b**c**][d].",
        "See the docs and a bc.",
    ),
    "empty lost link": ("See [{{ x }}][a] or later.", "See or later."),
    "link without words": ("See [](../a/b.md#c), [](#d) and [![x](y.png)](z.md).", None),
    "lost link": ("See [the *docs*][a.b] and a[1][2].", "See the docs and a[1][2]."),
    "lost link over lines": ("See [the\ndocs][a\nb] or more.", "See the docs or more."),
    "autolink": ("See <https://x.org/a> or https://x.org/b_c_d.", None),
    "citation": (
        "Bees fly [see @doe1999, p. 3; @roe2001], says [@doe] of [@x2001](y).",
        "Bees fly, says [@doe] of @x2001.",
    ),
    "raised": (
        "2<sup>n</sup>, x<sup>n+1</sup>, 2<sup>10</sup>, 5<sup>th</sup>, in 1990<sup>12</sup>.",
        "2^n, x^(n+1), 2^10, 5th, in 1990¹².",
    ),
    "variables": ("If **$HOME** is set, it is **$HOME/x**.", "If $HOME is set, it is $HOME/x."),
    "directives": (
        'It is :badge[new]{color="x"}: :::no-loc text="A + B"::: :::image source="x.png":::.',
        "It is new: A + B.",
    ),
    "link of myst": ("See [](xref:guide/math) or [](https://x.org).", "See guide/math or."),
    "gitbook": ("&#xNAN;Say it :point\\_right: and a\\_b:c\\_d:.", "Say it 👉 and a_b:c_d:."),
    "xml": ("<ac:box ac:name='a'><ac:body><p>Here.<o:p></o:p></p></ac:body></ac:box>", "Here."),
    "address": ("Ask <mailto:a@example.org>.", "Ask mailto:a@example.org."),
    "html": ("H<sub>2</sub>O, 10<sup>2</sup>, <kbd>Q</kbd><!-- no -->.", "H2O, 10², Q."),
    "lost note": ("A tent[^9] and [^a-z].", "A tent and [^a-z]."),
    "attributes": ("A [link](x){: .a target='b'} and `code`{.py}, {x} {a=b}.", None),
    "jekyll": ("Use {{ site.x }} of [docs]({% link x.md %}), {% if a %}now{% endif %}.", None),
    "name in a tag": ("“Bees fly.” - {{ 'ada' | link }}", "“Bees fly.”"),
    "marked tags": ("Ruby **{{ v }}** or ({{ w }}) *{{ x }}* higher.", "Ruby or higher."),
    "kramdown": (
        "It is {::comment}not{:/comment} here{::nomarkdown}.{:/nomarkdown} {::options a='b' /}",
        "It is here.",
    ),
    "liquid": ("It is {% comment %}not {{ x }}{% endcomment %}here.", "It is here."),
    "numberless": ("The set {-} of bees {-}", "The set {-} of bees"),
    "critic": ("It is {--not--}here{>>ask Jo<<}.", "It is here."),
    "critic's words": (
        "A {++new `{x}`++} {++red++}, {==**marked**==} {~~hive~>skep~~} {~~x~>~~}`{++a++}`.",
        "A {++new {x}++} red, marked skep {++a++}.",
    ),
    "code of hugo": (
        "Take `bees:v{{< param vers >}}`, `{{%/* x */%}}` and `{{ x }}`.",
        "Take bees:v…, {{% x %}} and {{ x }}.",
    ),
    "hugo": ('See [a]({{< ref "b" >}}), {{% x %}}b{{% /x %}}.', "See a, b."),
    "stars of code": ("`**text**` is bold\\*\\*", "**text** is bold"),
    "code": ("Write `{{ x }}`, ``{% `y` %}`` and `**`.", "Write {{ x }}, {% `y` %} and **."),
    "mdx": ("It is {/* not */}here.", "It is here."),
    "raised and lowered": (
        "CO~2~ of 10^3^ m on the 5^th^, a ^b^.",
        "CO2 of 10³ m on the 5th, a ^b^.",
    ),
    "myst": (
        "See {ref}`the *list* <a-b>`, {doc}`/guide` {octicon}`bug`.",
        "See the *list*, guide.",
    ),
    "emojis": ("Go :car::dash: at 10:30:45.", "Go 🚗💨 at 10:30:45."),
    "lost word of a note": ("A tent[^note-mine] and [^a-zA-Z].", "A tent and [^a-zA-Z]."),
    "lost stars": ("**Bees fly\n\nover the **** hill.**", "Bees fly|over the hill."),
    "name in another script": ("Bees fly {#die-bienen-–-fliegen}.", "Bees fly."),
    "keys": ("Press ++ctrl+k++, in C++ or D++.", "Press ctrl+k, in C++ or D++."),
    "words with attributes": (
        'A [*red* word]{.red data-x="1"}, [a][b]{.c} and [1]{x}.',
        "A red word, a and [1]{x}.",
    ),
    "tags of a forum": (
        '[quote="Ada, t:2"]Is it [b]hot[/b]?[/quote] It is[img]a.png[/img]; [b](y), `[i]a[/i]`.',
        "Is it hot? It is; b, [i]a[/i].",
    ),
    "dates of a forum": (
        'On [date=2024-09-02 time=18:00:00 timezone="Europe/Berlin"], [date=2024-09-03], [date].',
        "On 2024-09-02 18:00:00, 2024-09-03, [date].",
    ),
    "divided words": (
        "All in well-\nkept, tin- and\nsteel-roofed barns of pris-\noners are well-kept.",
        "All in well-kept, tin- and steel-roofed barns of prisoners are well-kept.",
    ),
    "roles": ("Call :py:func:`~a.b` or :kbd:`Q` at 5:30:`x`.", "Call a.b or Q at 5:30:x."),
}
SHOWN = {
    "link without words": "See a/b#c, d and.",
    "emoji": "Done ✅ at 10:30:45, :nobody: and a::b:c",
    "autolink": "See https://x.org/a or https://x.org/b_c_d.",
    "attributes": "A link and code, {x} {a=b}.",
    "jekyll": "Use of docs, now.",
    "wiki parts": "See Tools and Page > Tools.",
}


@pytest.mark.parametrize("kind", DIALECTS)
def test_a_line_reads_as_its_readers_see_it(read, kind):
    """No marks, no tags, no struck words."""
    text, shown = DIALECTS[kind]
    assert texts(read(text)) == (shown or SHOWN[kind]).split("|")


def test_a_note_is_a_paragraph_behind_the_one_that_cites_it(read):
    """Under the same heading, wherever it is written; a list keeps its lead-in."""
    article = read(
        "# T\n\n## One\n\nBring a tent[^a]:\n\n- pegs ^[of *steel*]\n\nGo.\n\n"
        "## Two\n\nMore[^a].\n\n"
        "[^a]: It is wet.\n\n    Very wet.\n[^b]: Nobody cites it.\n"
    )
    assert texts(article) == [
        "Bring a tent:\n• pegs",
        "It is wet.",
        "Very wet.",
        "of steel",
        "Go.",
        "More.",
    ]
    assert headings(article) == [("One",)] * 5 + [("Two",)]


def test_a_list_keeps_numbers_boxes_nesting_and_its_lead_in(read):
    """With or without a colon; what belongs to an entry is indented."""
    article = read(
        "Do this.\n\n3. Open\n4. Shut\n\n   Softly.\n   - left\n   - right\n\n       deep()\n\n"
        "## Next\n\n- [ ] Order gas\n- [x] Mend\n- [/] Call\n\n7. [x] Rest\n"
    )
    assert texts(article) == [
        "Do this.\n3. Open\n4. Shut\n   Softly.\n   • left\n   • right\n     deep()",
        "☐ Order gas\n☑ Mend\n☐ Call",
        "7. ☑ Rest",
    ]


def test_a_list_that_an_entry_leads_in_to_belongs_to_it(read):
    """Though its author has not indented it; and so do the entries that are counted on."""
    article = read("1. Choose:\n\n- oak\n- ash\n\n2. Saw it.\n\n- A saw\n- A file\n")
    assert texts(article) == [
        "1. Choose:\n   • oak\n   • ash\n2. Saw it.",
        "• A saw\n• A file",
    ]
    article = read("1. Saw it.\n\n> Mind the dog.\n\n2. Sand it.\n\nLater:\n\n3. Oil it.\n")
    assert texts(article) == ["1. Saw it.", "Mind the dog.", "2. Sand it.", "Later:\n3. Oil it."]


def test_code_that_an_entry_leads_in_to_belongs_to_it(read):
    """Though its author has not indented it; other code stands for itself."""
    article = read("- Tune it:\n```\ntune 16\nmute\n```\n- Stop.\n\n```\nstop\n```\n")
    assert texts(article) == ["• Tune it:\n   tune 16\n   mute", "• Stop.", "stop"]


def test_paragraphs_that_count_themselves_are_a_list(read):
    """As in statutes; what only begins with such a sign is a paragraph."""
    article = read(
        "It is free if:\n\n1° it rains;\n\n2° it snows.\n\na) is a letter.\n\n3° of frost.\n"
    )
    assert texts(article) == [
        "It is free if:\n1° it rains;\n2° it snows.",
        "a) is a letter.",
        "3° of frost.",
    ]


def test_a_list_of_links_to_the_headings_of_its_page_is_no_text(read):
    """As contents are; links that lead elsewhere stay, and so do entries that say more."""
    places = "- [Wax](#wax)\n- 2. [Honey](#honey)\n  - [Clover](#clover)\n"
    article = read(f"# Bees\n\nContents:\n\n{places}\n## Wax\n\nIt melts.\n")
    assert texts(article) == ["It melts."]
    for other in ("- [Mead](mead.md)", "- [Mead](#mead), which is drunk"):
        shown = texts(read(f"# Bees\n\nPlaces\n\n{places}{other}\n"))[0]
        assert shown.startswith("Places\n• Wax\n• 2. Honey")


def test_what_is_nested_only_to_take_time_is_read_once(read):
    """Lists in lists on one line, and brackets that never close among a few that do."""
    (text,) = texts(read("- * + " * 9 + "Bees."))
    assert text.endswith("Bees.")
    (text,) = texts(read("Bees live in [hives](x)" + " ^[" * 300 + " and [trees](y)."))
    assert text == "Bees live in hives" + " ^[" * 300 + " and trees."


def test_a_long_table_or_list_is_several_paragraphs(read):
    """Each with the header row or the lead-in, and none with more than a hundred rows."""
    rows = "".join(f"| {n} | x |\n" for n in range(250))
    entries = "".join(f"- entry {n}\n" for n in range(250))
    article = read(f"| N | X |\n|---|---|\n{rows}\nThese:\n\n{entries}")
    lines = [text.split("\n") for text in texts(article)]
    assert [line[0] for line in lines] == ["N | X"] * 3 + ["These:"] * 3
    assert [len(line) for line in lines] == [101, 101, 51] * 2
    assert lines[4][1] == "• entry 100"


BOXES = {
    "alert": "> [!WARNING]\n> Mind the gap.",
    "admonition": "!!! warning\n    Mind the gap.",
    "slashes": "/// warning\nMind the gap.\n///",
    "pair of colons": '::warning{icon="x"}\nMind the gap.\n::',
    "second of a quotation": "> [!div class='x']\n>\n> [!WARNING]\n> Mind the gap.",
    "range of versions": '::: moniker range=">= x"\nMind the gap.\n::: moniker-end',
    "slashes of html": "/// html | div.wide\n/// caption\nMind the gap.\n///\n///",
    "colons": ":::warning\n\nMind the gap.\n\n:::",
    "colons without lines between": "::: warning\nMind the gap.\n:::",
    "gitbook": '{% hint style="info" %}\nMind the gap.\n{% endhint %}',
    "hugo": "{{% notice tip %}}\nMind the gap.\n{{% /notice %}}",
    "callout": "> [!info]\n> Mind the gap.",
    "myst": "```{warning}\n:class: tip\n:name: gap\n\nMind the gap.\n```",
    "myst with colons": ":::{warning}\n:class: tip\nMind the gap.\n:::",
    "component of components": "<Aside\n a={<b>x</b>}\n c={<>y <i>z</i></>}\n/>\n\nMind the gap.",
    "component": "<Aside type={`x`}>\n\nMind the gap.\n\n</Aside>",
    "component of lines": "<Aside\n  type='x'\n  on={() => 1}\n>\n\nMind the gap.\n\n</Aside>",
    "html": "<div class='x' markdown>\n\nMind the gap.\n\n</div>",
}


@pytest.mark.parametrize("box", BOXES.values(), ids=BOXES)
def test_a_box_without_a_title_is_its_text(read, box):
    """Its marks are no words."""
    article = read(f"# T\n\nBefore.\n{box}\n\nBehind.")
    assert " ".join(texts(article)) == "Before. Mind the gap. Behind."
    assert set(headings(article)) == {("",)}


TITLED = {
    "details": "<details>\n<summary>How do I <b>win</b>?</summary>\n\nPlay.\n\n</details>",
    "details in a line": "<details><summary>How do I win?</summary>Play.</details>",
    "pair of colons": '::card{icon="x" title="How do I win?"}\nPlay.\n::',
    "values below colons": '::card\n---\nicon: x\ntitle: "How do I win?"\n---\nPlay.\n::',
    "slashes": "//// details | How do I *win*?\n    open: True\n\nPlay.\n////",
    "admonition": '??? note "How do I win?"\n\n    Play.',
    "myst": "```{admonition} How do I *win*?\n:class: tip\nPlay.\n```",
    "tab": '=== "How do I win?"\n\n    Play.',
    "colons": ":::tip How do I win?\n\nPlay.\n\n:::",
    "callout": "> [!faq]- How do I *win*?\n> Play.",
    "quotation": "> #### How do I *win*?\n> Play.",
    "colons with brackets": ":::tip[How do I *win*?]\nPlay.\n:::",
    "gitbook": '{% tab title="How do I win?" %}\nPlay.\n{% endtab %}',
    "mdx": '<TabItem value="x" label="How do I win?">\n\nPlay.\n\n</TabItem>',
    "line of a template": "{{% def id='x' name='How do I win?' %}} Play. {{% /def %}}",
    "line of tabs": '{% tab title="How do I win?" %}Play.{% endtab %}',
    "line of mdx": '<Card icon="x" title="How do I win?" href="/x">Play.</Card>',
    "card": '<Card title="How do I win?" href="/x">\n  Play.\n</Card>',
    "details of a forum": '[details="How do I *win*?"]\nPlay.\n\n[/details]',
    "definition of html": "<dl><dt>How do I win?</dt>\n<dd>Play.</dd></dl>",
    "definition": "How do I win?\n: Play.",
}


@pytest.mark.parametrize("box", TITLED.values(), ids=TITLED)
def test_a_title_heads_what_is_in_its_box_and_no_more(read, box):
    """A summary, the title of a tab or of an admonition, a term."""
    article = read(f"# T\n\n## Games\n\nBefore.\n\n{box}\n\nBehind.")
    assert texts(article) == ["Before.", "Play.", "Behind."]
    assert headings(article) == [("Games",), ("Games", "How do I win?"), ("Games",)]


LINES = {
    "import": "import Tabs from '@theme/Tabs';",
    "import of several": "import {\n  a,\n  b,\n} from 'x';",
    "export": "export const toc = [];",
    "include": '--8<-- "file.md"',
    "picture of microsoft": ':::image type="a" source="not-this.png" alt-text="Not this":::',
    "row of microsoft": ":::row:::",
    "line of nuxt": ':read-more{to="/not-this"}',
    "include of microsoft": "[!INCLUDE [not this](../not-this.md)]",
    "film of microsoft": "> [!VIDEO https://not.this/x]",
    "include of code": "```py\n{! not-this.py !}\n```\n\n```rust\n{{#include not-this.rs:2}}\n```",
    "include of a plugin": "{! ../file.md !}",
    "include of lines": "{* ../file.py hl[6:7] *}",
    "tag": "{% include head.html %}",
    "tag of lines": "{{< figure\n  src='x'\n>}}",
    "contents": "[TOC]",
    "abbreviation": "*[HTML]: Hyper Text",
    "module": "::: package.module",
    "comment of a template": "{% comment %}\nNot *this*.\n\nNor this.\n{% endcomment %}",
    "contents of kramdown": "* This becomes the contents\n{:toc}",
    "comment of obsidian": "%% Not this %%",
    "reference of gitbook": '{% content-ref url="x.md" %}\n[x.md](x.md)\n{% endcontent-ref %}',
    "comment of myst": "% Not this.\n% Nor this.",
    "label of myst": "(not-this)=",
    "break": "<br/>",
    "quotation of a forum": '[quote="Ada, post:2, topic:7"]',
    "end of a quotation": "[/quote]",
    "property of logseq": "collapsed:: true",
    "drawing in colons": "::: mermaid\nnot --> this\n\nnor --> this\n:::",
    "comment": "<!-- Not this.\n\nNor this. -->",
    "head": "<head>\n<title>Not this</title>\n</head>",
    "drawing": "<svg>\n<text>Not this.</text>\n</svg>",
    "style": "<style>\np { color: red }\n</style>",
    "way back": "↑ [Back to the top](#top)",
    "way back of html": '<p align="right">(<a href="#top">back to the top</a>)</p>',
    "address of a template": "[docs]: {{ site.docs }}",
}


@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
def test_lines_for_a_generator_are_no_text(read, line):
    """Above, below and between paragraphs."""
    assert texts(read(f"{line}\n\nBees [fly][docs].\n\n{line}", "a.md"))[0].startswith("Bees ")
    assert len(read(f"{line}\n\nBees fly.\n\n{line}").paragraphs) == 1


def test_an_expression_of_mdx_is_no_word(read):
    """In Markdown a word in braces is one."""
    assert texts(read("Hello {props.name}!", "a.mdx")) == ["Hello!"]
    assert texts(read("Hello {name}!")) == ["Hello {name}!"]
    assert texts(read("<Card>\n\t\tBees fly.\n</Card>", "a.mdx")) == ["Bees fly."]
    inner = "<div>\n  <p>Bees *[fly](x)* <b>far</b>.</p>\n</div>\n\n<Frame>![A](b.png)</Frame>"
    assert texts(read(inner, "a.mdx")) == ["Bees fly far."]
    assert texts(read('<A type="B<c, d>">\n  *Bees*.\n</A>', "a.mdx")) == ["Bees."]
    assert texts(read("Bees.\n\n{bees.map(b => (<li>{b}</li>))}\n", "a.mdx")) == ["Bees."]


@pytest.mark.parametrize(
    "code",
    [
        "```sh\nif x; then\n  {{ y }} # **z**\nfi\n```",
        "    if x; then\n      {{ y }} # **z**\n    fi",
        "`if x; then`\n`\u00a0\u00a0{{ y }} # **z**`\n`fi`",
        "{% highlight sh %}\nif x; then\n  {{ y }} # **z**\nfi\n{% endhighlight %}",
        "```{r}\nif x; then\n  {{ y }} # **z**\nfi\n```",
        "{{< highlight sh >}}\nif x; then\n  {{ y }} # **z**\nfi\n{{< /highlight >}}",
    ],
)
def test_code_is_kept_as_it_is(read, code):
    """In its place, and told from text."""
    article = read(f"# T\n\nRun:\n\n{code}\n\nDone.")
    assert texts(article) == ["Run:", "if x; then\n  {{ y }} # **z**\nfi", "Done."]
    assert kinds(article) == ["text", "code", "text"]


def test_a_tag_that_closes_itself_holds_no_code(read):
    """What follows is text, up to the next such tag and behind it."""
    article = read(
        "{{< code-toggle config=a />}}\n\nBees fly.\n\n{{< code-toggle >}}\nx = 1\n"
        "{{< /code-toggle >}}\n"
    )
    assert list(zip(kinds(article), texts(article), strict=True)) == [
        ("text", "Bees fly."),
        ("code", "x = 1"),
    ]


def test_lines_of_rust_that_its_book_hides_are_left_out(read):
    """Those behind a lone `#`; attributes stay, and so do comments of other languages."""
    rust = "#[derive(Debug)]\n# use std::io;\n#\nfn main() {\n    # let x = 5;\n}"
    (shown,) = texts(read(f"```rust,ignore\n{rust}\n```"))
    assert shown == "#[derive(Debug)]\nfn main() {\n}"
    (kept,) = texts(read("```sh\n# Feed the bees.\nfeed\n```"))
    assert kept == "# Feed the bees.\nfeed"


def test_lines_that_twoslash_only_compiles_are_left_out(read):
    """Those above a cut, and its notes; other code keeps its comments."""
    code = "import 'hive'\n// ---cut---\n// @noErrors\nfeed() // all\n// @ts-ignore\nbees"
    (shown,) = texts(read(f"```ts twoslash [feed.ts]\n{code}\n```"))
    assert shown == "feed() // all\n// @ts-ignore\nbees"
    assert texts(read(f"```ts\n{code}\n```")) == [code]


def test_a_book_in_quarto_is_read(read):
    """Options of its code, which no reader sees, are left out."""
    article = read("Bees fly.\n\n```{r}\n#| echo: false\nfly(bees) # far\n```\n", "Wings.qmd")
    assert article.title == "Wings"
    assert texts(article) == ["Bees fly.", "fly(bees) # far"]
    article = read("- Call\n\n    ```{r}\nfly(\n  bees)\n    ```\n\n- Run\n", "Wings.qmd")
    assert texts(article) == ["• Call\n  fly(\n    bees)\n• Run"]


def test_references_of_a_book_read_as_their_labels_and_its_citations_as_names(read):
    """What only makes the index is left out; elsewhere `@doe` is somebody."""
    article = read(
        "Bees [@doe; @roe:2001] fly, says @roe:2001. \\index{Bees|see{Wings}}\n"
        "See @sec-wings (@fig-wing), (see @tbl-all), and `@sec-x`.\n\n\\indexc{a!b}\n\n"
        "Figure \\@ref(fig:wing) and \\ref{sec:fly} (![](a.png)) show it.\n\n\\newpage\n",
        "Wings.qmd",
    )
    assert texts(article) == [
        "Bees fly, says Roe (2001). See § wings (Fig. wing), (see Table all), and @sec-x.",
        "Figure wing and fly show it.",
    ]
    assert texts(read("Ask [@doe] or @doe2001.")) == ["Ask [@doe] or @doe2001."]


def test_a_link_around_several_paragraphs_shows_them(read):
    """As programs write it that clip pages of the web."""
    article = read(
        "[\n\n## Wax\n\n](#wax)\n\nBees make it.\n\n[\n\nAda\n\n](https://x.org/a_(b)) wrote.\n"
    )
    assert texts(article) == ["Bees make it.", "Ada", "wrote."]
    assert texts(read("Bees fly [\n\n](not an address), too.")) == [
        "Bees fly [",
        "](not an address), too.",
    ]


def test_a_list_that_is_indented_is_no_code(read):
    """Converters leave such lists; the next text is what it was."""
    article = read("# T\n\nThese:\n\n    *   Beer\n\n    *   More\n        beer\n\nDone.")
    assert texts(article) == ["These:\n• Beer\n• More beer", "Done."]


def test_texts_in_texts_are_read_to_a_depth(read):
    """What is deeper stays as it is written."""
    fences = [("`" * (3 + n)) + "{note}" for n in range(200, 0, -1)]
    assert "note" in texts(read("\n".join([*fences, "Bees fly."])))[0]


def test_tables_and_lists_of_html(read):
    """A row a line, an entry a line; Markdown in a cell belongs to it."""
    article = read(
        "<table><thead><tr><th>A</th><th>B</th></tr></thead>\n<tr><td>1</td><td>2<br>3</td></tr>\n"
        "<tr><td>\n\n*x*\n\n- y\n\n</td><td></td></tr>\n\n    <tr><td>4</td></tr></table>\n\n"
        "These:\n\n"
        "<ul><li>one</li><li>two<ol><li>x</li><li>y</li></ol></li></ul>\n"
    )
    assert texts(article) == [
        "A | B\n1 | 2 3\nx • y |\n4",
        "These:\n• one\n• two\n  1. x\n  2. y",
    ]
    assert kinds(article) == ["table", "list"]


def test_lists_of_html_in_a_cell_are_told_apart(read):
    """And so are paragraphs."""
    row = "<ul><li>oak</li><li>ash?</li></ul><p>*Old*</p><p>wood</p>"
    assert texts(read(f"| A | B |\n|---|---|\n| 1 | {row} |\n")) == [
        "A | B\n1 | • oak • ash? Old wood"
    ]


def test_text_in_a_tag_of_markdown_is_markdown(read):
    """As kramdown, MkDocs and Notion have it, and behind a picture of HTML."""
    article = read(
        'Bees fly.\n<aside class="x" markdown="1">\n  <img src="a.png" alt="a">\n  They *dance*.\n'
        '  <p markdown="1">\n— [Ada](b.md), "Bees"\n  </p>\n</aside>\n\n- one\n- two\n\n'
        "<aside>\n💡 **Bees** fly.\n</aside>\n\n<div>\n    <p>They rest.</p>\n</div>\n\n"
        "<div markdown>\nThese:\n- three\n</div>\n\n[All trees →](t.md)\n\n- oak\n"
    )
    assert texts(article) == [
        "Bees fly.",
        "They dance.",
        '— Ada, "Bees"',
        "• one\n• two",  # who said something leads in to nothing
        "💡 Bees fly.",
        "They rest.",
        "These:\n• three",
        "All trees →",  # nor does a link
        "• oak",
    ]


def test_a_head_that_does_not_end_is_spoken_of(read):
    """Nothing behind it is lost."""
    assert texts(read("<head> opens it.\n\nBees fly.")) == ["opens it.", "Bees fly."]


def test_a_table_whose_header_row_is_empty_is_a_list(read):
    """No other row heads it; columns that GitBook hides are left out."""
    row = "<td>:xyz:</td><td>a.png</td><td>A</td>"
    card = f"<table><tr><th></th><th data-hidden>Cover</th></tr><tr>{row}</tr>"
    article = read(f"| | |\n|-|-|\n| A | 1 |\n| B | |\n\n## Cards\n\n{card}</table>")
    assert texts(article) == ["• A | 1\n• B", "• A"]


def test_an_entry_is_read_however_far_it_is_from_its_mark(read):
    """Nobody writes code there."""
    article = read("These:\n\n*        Bees **fly**\n*    Ants run")
    assert texts(article) == ["These:\n• Bees fly\n• Ants run"]


def test_a_list_of_lists_is_a_table(read):
    """Converters write tables so, and MyST does; a number with a list is no row."""
    article = read(
        "These:\n\n*    *        Bees **fly**\n     *    far\n\n*    *    Ants\n     *    - run\n"
        "\n## Steps\n\n1. - left\n   - right\n"
    )
    assert texts(article) == ["These:\n• Bees fly | far\n• Ants | • run", "1. • left\n   • right"]


def test_a_table_of_html_that_does_not_end_takes_no_section_with_it(read):
    """The next heading ends it."""
    article = read("# T\n\n<table><tr><td>1\n\n## Next\n\nText.\n\nMore.")
    assert texts(article) == ["1", "Text.", "More."]
    assert kinds(article) == ["table", "text", "text"]


# fmt: off
PIECES = st.sampled_from([
    "# ", "- ", "1. ", "> ", "\n", "\n\n", "    ", "```", "`", "*", "**", "~~", "==", "[", "]",
    "(", ")", "[^a]", "[^a]: ", "{{", "}}", "{%", "%}", "{#x}", "<", ">", "</", "<table>", "<td>",
    "<li>", "<ul>", "</ul>", "<details>", "<summary>", "</details>", "<pre>", "<s>", "<!--", "-->",
    ":::", "!!! a", '=== "b"', "\n: ", "word", "<Foo", "import ", "^[", "\\", "&amp;", ":bee:",
    "|", "a|b\n-|-\n", "[**word**][b]",
])
# fmt: on


@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_markup_is_read(text):
    """Whatever is nested, open or crossed; every paragraph has something to read."""
    for block in markdown_blocks(text.split("\n"), 1):
        assert block.line >= 1
        if block.is_paragraph:
            assert any(char.isalnum() for char in block.text)
            assert "\0" not in block.text


def test_formulas_are_read_in_a_sentence_and_kept_in_lines_of_their_own(read):
    """The latter are like code."""
    article = read(
        "Let $x_1 * y_1$ and $\\{a, b\\}$ be given, at $5 or $10.\n\n"
        "$$\nx = \\frac{a_1 * b}{2a}. Q \\\\\n\ny_1\n$$\n\n"
        "\\begin{align}\na &= b_1 * c_1\n\\end{align}\n\nSet `$A` and $B_1 to *one* of `$C`."
    )
    assert texts(article) == [
        "Let x_1 * y_1 and {a, b} be given, at $5 or $10.",
        "$$\nx = \\frac{a_1 * b}{2a}. Q \\\\\n\ny_1\n$$",
        "\\begin{align}\na &= b_1 * c_1\n\\end{align}",
        "Set $A and $B_1 to one of $C.",
    ]
    assert kinds(article) == ["text", "code", "code", "text"]


@pytest.mark.parametrize(
    ("latex", "shown"),
    [
        (r"$\frac{a+b}{2} \le x_{ij}$", "(a+b)/2 ≤ x_(ij)"),
        (r"\(\boldsymbol{w}^{\mathrm{T}}\)", "w^T"),
        (r"\[ q = -k \nabla T \]", "q = -k ∇T"),
        (r"$80 \degree$", "80 °"),
        (r"\[optional\]", "[optional]"),
        (r"\(see_above\)", "(see_above)"),
        (r"$\sum_{i=1}^{m}x_i$", "∑_(i = 1)^mx_i"),
        (r"$\begin{x}$", r"$\begin{x}$"),
        (r"$\sqrt$", r"$\sqrt$"),
        (r"$\mathit\input$", r"$\mathit\input$"),
    ],
)
def test_a_formula_in_a_sentence_shows_its_signs(read, latex, shown):
    """As far as text can; what is no formula, or a broken one, stays as it is."""
    assert texts(read(f"The value {latex} holds.")) == [f"The value {shown} holds."]


def test_a_formula_that_is_never_closed_is_text(read):
    """So that it does not take the rest of the article."""
    assert texts(read("$$\na\n\nBees *fly*.")) == ["$$ a", "Bees fly."]


def test_tags_that_embed_ruby_or_javascript_are_left_out(read):
    """In code they are what the code says."""
    article = read("# <%= page.title %>\n\nBees <%= link 'a', 'b' %> fly, says `<%= x %>`.")
    assert texts(article) == ["Bees fly, says <%= x %>."]
