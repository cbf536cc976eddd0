"""Added articles are kept whole, and each change can be taken back."""

import stat

from hypothesis import given
from hypothesis import strategies as st

from retrieval.articles import Article, Paragraph, ParagraphKind, Place
from retrieval.sources.added.added_article import (
    AddedArticle,
    Origin,
    decoded_article,
    encoded,
    text_digest,
)
from retrieval.sources.added.article_store import ArticleStore
from retrieval.sources.documents.cautions import noted

words = st.text(max_size=12)
places = st.one_of(
    st.none(), st.builds(Place, st.none() | st.integers(1, 999), label=words, anchor=words)
)


def made(identity, text="Bees live in hives.", source=None):
    article = Article(identity, "Of bees", "en", (Paragraph(identity, 1, "", text),))
    return AddedArticle(article, Origin(source or f"/{identity}", text_digest(article)))


@st.composite
def articles(draw):
    identity = draw(words)
    paragraphs = tuple(
        Paragraph(
            identity,
            number,
            draw(words),
            draw(words),
            tuple(draw(st.lists(words, max_size=2))),
            draw(st.sampled_from(ParagraphKind)),
            draw(places),
        )
        for number in range(1, draw(st.integers(0, 3)) + 1)
    )
    article = Article(identity, draw(words), "en", paragraphs, url=draw(st.none() | words))
    return AddedArticle(
        article, Origin(draw(words), "x", aliases=("a",)), 3, (noted("a warning"),)
    )


@given(articles())
def test_what_is_stored_is_read_again(added):
    """With its paragraphs, their places, and where it is from."""
    assert decoded_article(encoded(added)) == added


def test_an_article_is_added_changed_and_removed(tmp_path):
    """Its file is its owner's alone."""
    store = ArticleStore(tmp_path)
    store.put([made("bees"), made("хлеб/и соль")])
    store.put([made("bees", "Bees sleep at night.")])
    store.remove(["хлеб/и соль"])
    (added,) = store.all()
    assert added == store.get("bees") == made("bees", "Bees sleep at night.")
    (file,) = store.folder.glob("*.json")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_each_change_is_taken_back_as_a_whole(tmp_path):
    """What was added goes, what was changed is as it was, what was removed is there again."""
    store = ArticleStore(tmp_path)
    store.put([made("bees"), made("wasps")])
    store.put([made("bees", "Bees sleep at night.")])
    store.put([made("ants")], goes_on=True)
    assert set(store.undo()) == {"bees", "ants"}
    assert [added.article.id for added in store.all()] == ["bees", "wasps"]
    assert store.get("bees") == made("bees")
    assert store.undo() == []
    store.remove(["wasps", "bees"])
    assert store.all() == ()
    store.undo()
    assert store.all() == (made("bees"), made("wasps"))


def test_one_article_is_taken_back_alone(tmp_path):
    """However many came after it."""
    store = ArticleStore(tmp_path)
    store.put([made("bees")])
    store.put([made("bees", "Bees sleep at night.")])
    store.put([made("wasps")])
    store.restore("bees")
    store.restore("wasps")
    assert store.all() == (made("bees"),)


def test_a_damaged_file_takes_no_other_down(tmp_path, caplog):
    """It is named in the log."""
    store = ArticleStore(tmp_path)
    store.put([made("bees")])
    (store.folder / "broken.json").write_text('{"format": 1, "id"')
    assert store.all() == (made("bees"),)
    assert "broken.json" in caplog.text
