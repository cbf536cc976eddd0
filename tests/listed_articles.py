"""Articles with lists, tables and code, written as text.

That is a title, then paragraphs with an empty line between them. A line with `#` heads what
follows; a first line `list`, `table` or `code` says of what kind a paragraph is.
"""

from dataclasses import replace

from retrieval.answers.finder import Finder
from retrieval.articles import Article, Collection, Paragraph, ParagraphKind
from retrieval.index.memory_engine import memory_index

BREAD = """
Bread at home

Bread is older than the oven. Most of it is patience.

# What you need
list
To bake a loaf of bread you need:
• 500 g flour
• 350 ml water
• a packet of yeast
• 10 g salt

# Baking a loaf
list
Follow these steps and do not hurry.
1. Mix flour and water and let them rest for an hour.
2. Add the yeast and the salt.
3. Knead the dough for ten minutes.
   • Fold it twice.
   • Turn the bowl a quarter each time.
4. Let it rise overnight in the fridge.
5. Heat the oven to 240 degrees.
6. Bake the loaf for 45 minutes.

# Flours
table
Flour | Protein | Price
Spelt | 12 % | 3.20
Wheat | 10 % | 1.10
Rye | 8 % | 1.40
Emmer | 13 % | 4.00

# The scale
Set the scale from the command line.

code
scale.set_unit("gram")
scale.tare(BOWL_WEIGHT)
if scale.ready():
    scale.weigh()
"""
HARBOUR = """
The harbour office

The office is in the old customs house. Its staff answers the radio.

# Fees
table
Boat | Summer | Winter
up to 8 m | 18 | 9
up to 12 m | 26 | 13
catamaran | 55 | 27
trimaran | 60 | 30

# Opening hours
list
• Monday to Friday
  • 8 to 12 in the morning
  • 14 to 17 in the afternoon
• Saturday
  • 9 to 11
• Sunday: closed
"""


def article(text, identity="article", language="en", **header):
    """An article with that text, its header's fields given by name."""
    title, *blocks = text.strip("\n").split("\n\n")
    paragraphs, heading = [], ""
    for block in blocks:
        lines = block.split("\n")
        if lines[0].startswith("# "):
            heading = lines.pop(0).removeprefix("# ")
        kind = ParagraphKind.TEXT
        if lines[0] in set(ParagraphKind):
            kind = ParagraphKind(lines.pop(0))
        number = len(paragraphs) + 1
        paragraphs.append(Paragraph(identity, number, heading, "\n".join(lines), kind=kind))
    return Article(identity, title, language, tuple(paragraphs), **header)


def collection_of(*texts, language="en"):
    """A collection of articles with these texts."""
    articles = [article(text, language=language) for text in texts]
    return Collection([renamed(a, f"article-{n}") for n, a in enumerate(articles, start=1)])


def renamed(made, identity):
    """The same article with another id."""
    paragraphs = tuple(p._replace(article=identity) for p in made.paragraphs)
    return replace(made, id=identity, paragraphs=paragraphs)


def finder_of(*texts, language="en"):
    """Answers from articles with these texts."""
    return Finder(memory_index(collection_of(*texts, language=language)))
