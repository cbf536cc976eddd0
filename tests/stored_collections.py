"""Collections on disk over a folder of articles of several kinds, and all that they say."""

from article_files import english

from bot.composing.pipeline import pipeline_of
from bot.rendering.json_output import answer_object, briefing_object
from retrieval.briefing.briefing import Length
from retrieval.sources.article_file import read_article
from retrieval.sources.file_kinds import SUFFIXES
from retrieval.store.collection_store import CollectionStore
from retrieval.store.folder_sync import FolderSync, SourceFolder

SYNONYMS = (("bee", "honey maker"), ("harbour", "port"))
TEXTS = {
    "bees.md": "# Bees\n\nBees make honey. A hive has one queen, and 40 percent of bees dance.\n\n"
    "## Dangers\n\nMites harm the bees because they carry viruses. In 1987 mites reached Florida.",
    "harbour/fees.md": "# Harbour fees\n\nBoats pay in summer.\n\n| Boat | Fee |\n|---|---|\n"
    "| rowing boat | 12 |\n| catamaran | 55 |\n\nThe port closes at 10 p.m.",
    "harbour/README.md": "# The harbour\n\nThe harbour lies in Osterhavn. Ada Berg keeps it.",
    "bread.txt": "Bread at home\n\nTo bake bread you need:\n- 500 g flour\n- 10 g salt\n\n"
    "Let the dough rise overnight.",
    "Bees.txt": "More bees\n\nThe queen bee lives for five years. Queens are fed royal jelly.",
    "miete.md": "---\nlanguage: de\nauthor: Eva Roth\npublished: 2024-05-01\n---\n# Mietrecht\n\n"
    "Die Mietkaution beträgt drei Monatsmieten. Haustiere sind erlaubt.",
    "code.md": "# Scale\n\nSet it from the shell.\n\n```\nscale.set_unit('gram')\n```",
}
CHANGES = {
    "bees.md": "# Bees and wasps\n\nBees make honey, wasps make paper. Mites came in 1991.",
    "Bees.txt": None,
    "harbour/README.md": "# The port\n\nThe port lies in Westerhavn. Ben Lund keeps it.",
    "a/bees.md": "# Bumblebees\n\nBumblebees fly in the rain. Their queen sleeps all winter.",
    "rye.md": "---\nauthor: Eva Roth\npublished: 2023-01-01\n---\n# Rye\n\nRye bread is dark.",
    "code.md": None,
}
QUESTIONS = (
    "What do bees make?", "When did mites reach Florida?", "How much does a catamaran pay?",
    "Where is the harbour?", "Who keeps the port?", "What do I need to bake bread?",
    "Wie hoch ist die Kaution?", "milatary bes", "Which unit does the scale have?", "queen",
    "Who wrote these articles?", "How many articles are there?", "Who wrote about rye?",
    "Compare the articles on bees", "What is the oldest article?", "Ist der Hund erlaubt?",
    "honey maker", "Osterhavn", "xylophone",
)  # fmt: skip


def opened(folder, suffixes=SUFFIXES, most_waiting=5, *, embeds=True):
    source = SourceFolder(
        folder, suffixes, read=lambda path, name: read_article(path, english, name)
    )
    store = CollectionStore(folder.parent / "store", most_waiting, embeds=embeds)
    return FolderSync(store, [source])


def everything(index):
    """All that is said of these articles, in one order, and all that is encoded of them."""
    pipeline = pipeline_of(index, SYNONYMS)
    said = [answer_object(pipeline.ask(question), question) for question in QUESTIONS]
    said += [answer_object(pipeline.ask("and when?", q), q) for q in QUESTIONS[:3]]
    length = Length(words=120, points=5)
    said += [briefing_object(pipeline.brief(t, length), t) for t in ("", "bees", "harbour fees")]
    said += [(one.sentences, one.digests.hex()) for _, one in index.engine.embedded()]
    return said


def write(folder, name, text):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink() if text is None else path.write_text(text, encoding="utf-8")
