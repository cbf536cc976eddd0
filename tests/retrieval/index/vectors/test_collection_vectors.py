"""The vectors of a collection: made once, in order, and only for what changed."""

import numpy as np
from encoders import WordEncoder

from retrieval.articles import Article, Collection, Paragraph, ParagraphKind
from retrieval.index.memory_engine import memory_index
from retrieval.index.vectors.collection_vectors import CollectionVectors
from retrieval.index.vectors.embedded_texts import paragraph_texts, window_text
from retrieval.index.vectors.layer_vectors import Layer
from retrieval.index.vectors.vector_store import VectorStore

BEES = [
    ("Honey", "Bees make honey. They store it in combs."),
    ("Swarms", "A swarm looks for a home."),
]
LONG = " ".join(
    f"Sentence number {number} tells of bees and of their honey." for number in range(60)
)


def opened(collection, folder, encoder=None, **options):
    return CollectionVectors(
        memory_index(collection), VectorStore(folder, encoder or WordEncoder()), **options
    )


def made(vectors, batch=2):
    while vectors.make(batch):
        pass
    return vectors


def test_paragraphs_come_first_then_windows_then_sentences_alone(make_collection, tmp_path):
    """A window has title and heading, and the sentence before."""
    encoder = WordEncoder()
    made(opened(make_collection(BEES), tmp_path, encoder))
    assert encoder.seen == [  # the same text has one vector
        "Title 1: Honey. Bees make honey. They store it in combs.",
        "Title 1: Swarms. A swarm looks for a home.",
        "Title 1: Honey. Bees make honey.",
        "Bees make honey.",
        "They store it in combs.",
        "A swarm looks for a home.",
    ]


def test_it_goes_on_where_it_was_interrupted(make_collection, tmp_path):
    """Nothing is encoded twice."""
    first, second = WordEncoder(), WordEncoder()
    opened(make_collection(BEES), tmp_path, first).make(3)
    vectors = made(opened(make_collection(BEES), tmp_path, second))
    assert vectors.progress.is_complete
    assert len(first.seen) == 3
    assert not set(first.seen) & set(second.seen)


def test_a_changed_article_costs_only_what_changed(make_collection, tmp_path):
    """A new last sentence: its paragraph, its window and itself."""
    made(opened(make_collection(BEES, ["Wolves hunt."]), tmp_path))
    encoder = WordEncoder()
    changed = [BEES[0], ("Swarms", "A swarm looks for a home. It finds one.")]
    made(opened(make_collection(changed, ["Wolves hunt."]), tmp_path, encoder))
    assert encoder.seen == [
        "Title 1: Swarms. A swarm looks for a home. It finds one.",
        "It finds one.",
    ]


def test_what_another_process_makes_is_taken_over(make_collection, tmp_path):
    """The bot looks into the store before each answer."""
    reader = opened(make_collection(BEES), tmp_path)
    before = reader.generation
    made(opened(make_collection(BEES), tmp_path))
    assert not reader.progress.is_complete
    reader.refresh()
    assert reader.progress.is_complete
    assert reader.generation > before


def test_vectors_of_texts_that_are_gone_leave_the_file_once_they_are_most(
    make_collection, tmp_path
):
    """Who has the other file open goes on with the new one."""
    bees = made(opened(make_collection(BEES), tmp_path))
    keys = np.concatenate([layer.keys for layer in bees.layers.values()])
    made(opened(make_collection(["Bears sleep.", "Cranes fly."]), tmp_path))
    bees.store.keep(keys)
    assert len(bees.store.records()) == 10  # four of ten are gone, so they may stay
    made(opened(make_collection(["Owls see.", "Moles dig.", "Foxes run."]), tmp_path))
    both = make_collection(BEES, ["Wolves hunt."])
    reader = opened(both, tmp_path)
    bees.store.keep(keys)
    assert len(bees.store.records()) == 6
    encoder = WordEncoder()
    made(opened(both, tmp_path, encoder))
    assert encoder.seen == ["Title 2: Wolves hunt.", "Wolves hunt."]
    reader.refresh()
    assert reader.progress.is_complete


def test_a_long_paragraph_has_a_vector_for_each_part(make_collection, tmp_path):
    """The parts are whole sentences, none is missing, and each begins with the title."""
    index = memory_index(make_collection([LONG, "Short."]))
    parts = list(paragraph_texts(index.analysed(0), "Title 1"))
    assert len(parts) > 1
    assert all(part.startswith("Title 1: Sentence number") for part in parts)
    assert " ".join(part.removeprefix("Title 1: ").strip() for part in parts) == LONG
    vectors = made(opened(make_collection([LONG, "Short."]), tmp_path))
    assert vectors.paragraph_parts.tolist() == [0, len(parts)]
    assert len(vectors.layers[Layer.PARAGRAPH]) == len(parts) + 1


def test_paragraphs_alone_can_be_chosen(make_collection, tmp_path):
    """For collections whose sentences would take hours."""
    vectors = made(opened(make_collection(BEES), tmp_path, sentences=False))
    assert {layer: len(found) for layer, found in vectors.layers.items()} == {
        Layer.PARAGRAPH: 2, Layer.WINDOW: 0, Layer.PLAIN: 0,
    }  # fmt: skip


def test_no_article_is_nothing_to_do(make_collection, tmp_path):
    """And complete."""
    vectors = opened(make_collection(), tmp_path)
    assert not vectors.make()
    assert vectors.progress.is_complete


def test_an_entry_stands_behind_what_leads_in_to_its_list():
    """The entry before it says nothing of it."""
    text = "You need:\na rope,\na lamp,\na map."
    paragraph = Paragraph("a", 1, "Caves", text, kind=ParagraphKind.LIST)
    index = memory_index(Collection([Article("a", "Hiking", "en", (paragraph,))]))
    windows = [window_text(index.analysed(0), "Hiking", place) for place in range(4)]
    assert windows[-1] == "Hiking: Caves. You need: a map."


def test_sentences_of_a_large_collection_have_vectors_once_they_are_needed(
    make_collection, tmp_path
):
    """Whoever answers asks for them, and another process makes and keeps them."""
    large = make_collection(*([f"Bees number {n}. They fly. They dance."] for n in range(2000)))
    asking, making = (opened(large, tmp_path, most=100) for _ in range(2))
    made(making, 500)
    asking.refresh()
    plain = asking.layers[Layer.PLAIN]
    rows = asking.rows.of_paragraph(777)
    assert asking.progress.is_complete
    assert not plain.are_there[rows].all()
    asking.need([777])
    made(making)
    asking.refresh()
    assert plain.are_there[rows].all()
    later = opened(large, tmp_path, most=100)
    later.need([777])
    assert later.layers[Layer.PLAIN].are_there[rows].all()


def test_a_collection_is_large_by_its_sentences(make_collection, tmp_path):
    """They take the memory, however many paragraphs they stand in."""
    few = make_collection([LONG], [LONG])
    assert opened(few, tmp_path, most=100).is_on_demand
    assert not opened(few, tmp_path, most=120).is_on_demand


def test_a_request_for_a_paragraph_that_is_gone_is_passed_over(make_collection, tmp_path):
    """The articles may have changed since it was noted."""
    vectors = made(opened(make_collection(BEES), tmp_path, most=1))
    next(tmp_path.glob("*.vectors")).with_suffix(".needed").write_text("99999\nx\n-1\n")
    assert not vectors.make()
